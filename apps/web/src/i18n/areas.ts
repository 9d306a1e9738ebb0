/**
 * Areas whose words the first page does without, by the part that they come in: the pages of administration, and rare
 * work. They are loaded at the first sign of a person, and by the routes that need them.
 */
const laterParts: Record<Exclude<Part, 'first'>, string[]> = {
  settings: [
    'access',
    'arrangements',
    'audit',
    'installation',
    'modelling',
    'reshaping',
    'settings',
    'templates',
    'translations',
    'versions',
  ],
  later: ['duplicates', 'firstrun', 'graph', 'imports', 'people', 'profile', 'security', 'trash'],
}

export type Part = 'first' | 'later' | 'settings'

export function partOf(area: string): Part {
  if (laterParts.settings.includes(area)) return 'settings'
  return laterParts.later.includes(area) ? 'later' : 'first'
}
