/** Ctrl+Z, or Cmd+Z, for what a toast offers to take back, as long as it stands there. */
import { isTaken } from './useShortcuts.ts'

let standing: (() => void) | undefined

/** @returns forgets it again, unless something newer stands there. */
export function offerUndo(undo: () => void): () => void {
  standing = undo
  document.addEventListener('keydown', onKeyDown)
  return () => {
    if (standing !== undo) return
    standing = undefined
    document.removeEventListener('keydown', onKeyDown)
  }
}

function onKeyDown(event: KeyboardEvent): void {
  const isUndo = (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === 'z'
  // Who types takes back what they typed, and a table what was done in its cells.
  if (!isUndo || event.defaultPrevented || isTaken(event)) return
  event.preventDefault()
  standing?.()
}
