import { useEffect, useRef, useState } from 'react'
import { useNavigate } from 'react-router'
import { client } from '../api/client.ts'
import { useSignOut } from '../api/session.ts'
import { paths } from '../paths.ts'
import { useMe } from '../people/people.ts'
import { onDemand } from '../ui/onDemand.tsx'
import { idleState, isPresenceDue } from './idleTime.ts'

const IdleWarning = onDemand(async () => (await import('./IdleWarning.tsx')).IdleWarning)

/** All tabs of the page count as one person: what is done in any of them is noted here. */
const storageKey = 'oneforge-last-active'
const signs = ['pointerdown', 'keydown', 'wheel', 'touchstart'] as const
const lookEvery = 5_000

/** Signs out whoever has done nothing for the time that the workspace sets, a minute after a warning. */
export function IdleLogOff() {
  const { data: me } = useMe()
  return me?.idleMinutes ? <Watch idleMinutes={me.idleMinutes} /> : null
}

function Watch({ idleMinutes }: { idleMinutes: number }) {
  const [isWarned, setWarned] = useState(false)
  const stay = useIdleWatch(idleMinutes, setWarned)
  return isWarned ? <IdleWarning onStay={stay} /> : null
}

function useIdleWatch(idleMinutes: number, onWarning: (isWarned: boolean) => void): () => void {
  const navigate = useNavigate()
  const { mutate: signOut } = useSignOut()
  const lastTold = useRef(Date.now())
  const noteActivity = () => localStorage.setItem(storageKey, String(Date.now()))

  useEffect(() => {
    noteActivity()
    const look = () => {
      const now = Date.now()
      const lastActive = Number(localStorage.getItem(storageKey)) || now
      const state = idleState(lastActive, now, idleMinutes)
      onWarning(state === 'warned')
      if (state === 'over') {
        signOut(undefined, { onSettled: () => navigate(paths.signIn(), { replace: true }) })
      } else if (isPresenceDue(lastActive, lastTold.current, now, idleMinutes)) {
        lastTold.current = now
        void client.identity.me().catch(() => undefined)
      }
    }
    const timer = setInterval(look, lookEvery)
    for (const sign of signs) window.addEventListener(sign, noteActivity, { passive: true })
    return () => {
      clearInterval(timer)
      for (const sign of signs) window.removeEventListener(sign, noteActivity)
    }
  }, [idleMinutes, signOut, navigate, onWarning])

  return () => {
    noteActivity()
    onWarning(false)
  }
}
