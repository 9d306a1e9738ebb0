import { useEffect } from 'react'
import { useLocation } from 'react-router'
import { takeFocus } from './useReturnFocus.ts'

/** The link or button that led to a page may be gone with the one before: then the page has the focus. */
export function useFocusOnArrival(): void {
  const { pathname } = useLocation()
  useEffect(() => void requestAnimationFrame(takeFocus), [pathname])
}
