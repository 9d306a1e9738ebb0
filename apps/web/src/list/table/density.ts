import type { Density } from '@oneforge/client'

export const densities: Density[] = ['compact', 'normal', 'tall']

/** Pixels. */
export const rowHeights: Record<Density, number> = { compact: 28, normal: 36, tall: 52 }
