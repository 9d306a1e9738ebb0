import { useEffect, useRef } from 'react'
import { isTaken } from './useShortcuts.ts'

/** So long after `g` the next key still says where to go, in milliseconds. */
const patience = 1500

/**
 * Two keys, one after the other, that lead somewhere: `g`, then a letter of these. Heard before the page's own keys, so
 * that the letter alone may mean something else there.
 */
export function useGoKeys(places: Record<string, () => void>): void {
  const latest = useRef(places)
  latest.current = places
  useEffect(() => {
    let began = Number.NEGATIVE_INFINITY
    function onKeyDown(event: KeyboardEvent): void {
      if (event.ctrlKey || event.metaKey || event.altKey || isTaken(event)) return
      const go = event.timeStamp - began < patience ? latest.current[event.key] : undefined
      began = event.key === 'g' ? event.timeStamp : Number.NEGATIVE_INFINITY
      if (!go) return
      event.preventDefault()
      go()
    }
    document.addEventListener('keydown', onKeyDown, true)
    return () => document.removeEventListener('keydown', onKeyDown, true)
  }, [])
}
