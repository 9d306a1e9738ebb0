import type { Conflict } from './ConflictDialog.tsx'
import { overlays } from './overlays.ts'

/** Somebody else saved the record first: shows both sides and lets the person choose. */
export async function openConflict(conflict: Conflict): Promise<void> {
  const [dialog] = await Promise.all([import('./ConflictDialog.tsx'), overlays()])
  dialog.openConflict(conflict)
}
