/** What the navigation leads to beside the objects: the sidebar draws it, and so do the first words of a page. */
import type { Workspace } from '@oneforge/client'

/** As its text is named: `nav.home`. */
export type Place = 'home' | 'day' | 'dashboards' | 'automation' | 'import' | 'settings'

/** On top of the objects. */
export const placesAbove = ({ objects }: Workspace): Place[] => [
  'home',
  ...(objects.some(({ activity }) => activity === 'task') ? (['day'] as const) : []),
  'dashboards',
]

/** Always in sight, however many objects there are. */
export function placesBelow({ permissions: { admin, objects } }: Workspace): Place[] {
  const mayAutomate = admin.includes('automation') || admin.includes('*')
  const mayImport = Object.values(objects).some((may) => may.import)
  return [...(mayAutomate ? (['automation'] as const) : []), ...(mayImport ? (['import'] as const) : []), 'settings']
}
