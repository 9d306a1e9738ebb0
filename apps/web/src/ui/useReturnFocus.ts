import { useEffect, useState } from 'react'

/**
 * Gives the focus back, when what called it is gone, to where it was before; the page takes it where that is gone as well
 * or was nowhere. Never is it left to the document, where Tab begins at the very top.
 */
export function useReturnFocus(): void {
  const [before] = useState(opener)
  useEffect(() => () => void requestAnimationFrame(() => giveBack(before)), [before])
}

/** What has the focus now; the button of a menu in place of the item that was chosen in it. */
function opener(): HTMLElement | null {
  const focused = document.activeElement as HTMLElement | null
  const menu = focused?.closest('[role=menu]')
  return menu ? document.querySelector<HTMLElement>(`[aria-controls="${CSS.escape(menu.id)}"]`) : focused
}

function giveBack(before: HTMLElement | null): void {
  if (document.activeElement !== document.body) return
  if (before?.isConnected && before !== document.body) before.focus({ preventScroll: true })
  else focusPage()
}

/** A page that has just been opened takes the focus if nothing has it: the link that led to it is gone. */
export function takeFocus(): void {
  if (document.activeElement === document.body) focusPage()
}

/** The keys of the page are heard from here, and Tab goes on from its beginning. */
export function focusPage(): void {
  document.getElementById('page')?.focus({ preventScroll: true })
}
