import { useLayoutEffect, useState } from 'react'
import { anchorOf, type Stop } from './stops.ts'

/**
 * Where the thing that the stop is about stands in the window. Until it is there, on a page that is on its way, that of
 * the stop before.
 */
export function useAnchor(stop: Stop): DOMRect | undefined {
  const [rect, setRect] = useState<DOMRect>()
  useLayoutEffect(() => {
    let anchor: HTMLElement | null = null
    const measure = () => anchor?.isConnected && setRect(anchor.getBoundingClientRect())
    const resized = new ResizeObserver(measure)
    const look = () => {
      if (anchor?.isConnected) return
      resized.disconnect()
      anchor = anchorOf(stop)
      if (anchor) resized.observe(anchor)
      measure()
    }
    look()
    const drawn = new MutationObserver(look)
    drawn.observe(document.body, { childList: true, subtree: true })
    addEventListener('resize', measure)
    addEventListener('scroll', measure, { capture: true, passive: true })
    return () => {
      drawn.disconnect()
      resized.disconnect()
      removeEventListener('resize', measure)
      removeEventListener('scroll', measure, { capture: true })
    }
  }, [stop])
  return rect
}
