import { type RefObject, useEffect, useState } from 'react'
import { useLocation, useNavigationType } from 'react-router'

/** Where each list had been scrolled to, by its address: going back finds the same rows in sight. */
const kept = new Map<string, number>()

/** The offset to begin at: the kept one after «back», the top after going somewhere anew. */
export function useScrollMemory(scroller: RefObject<HTMLElement | null>): number {
  const { pathname, search } = useLocation()
  const wentBack = useNavigationType() === 'POP'
  const address = pathname + search
  const [initial] = useState(() => (wentBack ? (kept.get(address) ?? 0) : 0))
  useEffect(() => {
    const element = scroller.current
    const keep = () => kept.set(address, element?.scrollTop ?? 0)
    element?.addEventListener('scroll', keep, { passive: true })
    return () => element?.removeEventListener('scroll', keep)
  }, [address, scroller])
  return initial
}
