import { createSpotlight } from '@mantine/spotlight'

/** Apart from the palette itself, so that a button can open it without carrying it along. */
export const [paletteStore, { open: openPalette, close: closePalette }] = createSpotlight()
