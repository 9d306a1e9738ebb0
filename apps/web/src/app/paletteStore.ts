import { createSpotlight } from '@mantine/spotlight'
import { holdTyped } from './typedAhead.ts'

/** Apart from the palette itself, so that a button can open it without carrying it along. */
export const [paletteStore, { open, close: closePalette }] = createSpotlight()

/** Whoever types on at once types into the palette. */
export function openPalette(): void {
  if (!paletteStore.getState().opened) holdTyped()
  open()
}

/** Puts the choice on the first line, as the palette itself does after each key; it does not for lines that came later. */
export function selectFirstLine(): void {
  const list = document.getElementById(paletteStore.getState().listId)
  list?.querySelector('[data-selected]')?.removeAttribute('data-selected')
  list?.querySelector('[data-action]')?.setAttribute('data-selected', 'true')
  paletteStore.updateState((state) => ({ ...state, selected: 0 }))
}
