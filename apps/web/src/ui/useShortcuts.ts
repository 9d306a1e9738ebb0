import { useEffect, useRef } from 'react'

type Shortcuts = Record<string, (event: KeyboardEvent) => void>

/**
 * Single keys for the page, named as `event.key` gives them (`c`, `/`, `?`, `Enter`). Silent while somebody types or
 * a dialog, menu or list has the focus, so that no letter acts twice.
 */
export function useShortcuts(shortcuts: Shortcuts): void {
  const latest = useRef(shortcuts)
  latest.current = shortcuts
  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTaken(event)) return
      const action = latest.current[event.key]
      if (!action) return
      event.preventDefault()
      action(event)
    }
    document.addEventListener('keydown', onKeyDown)
    return () => document.removeEventListener('keydown', onKeyDown)
  }, [])
}

const takers =
  'input:not([type=checkbox]), textarea, select, [contenteditable=true], [role=dialog], [role=menu], [role=listbox]'

/** Enter presses the button or follows the link that has the focus. */
const pressed = 'button, a[href]'

/** Whether the key belongs to what has the focus. */
export function isTaken({ target, key }: KeyboardEvent): boolean {
  return target instanceof Element && target.closest(key === 'Enter' ? `${takers}, ${pressed}` : takers) !== null
}
