/**
 * Areas whose words the first page does without, by the part that they come in: the pages of administration, rare work,
 * and what explains the others. The first two are loaded at the first sign of a person, and all by what needs them.
 */
const laterParts: Record<Exclude<Part, 'first'>, string[]> = {
  settings: [
    'access',
    'arrangements',
    'audit',
    'installation',
    'intake',
    'locationsettings',
    'modelling',
    'pipelinesettings',
    'reshaping',
    'settings',
    'templates',
    'translations',
    'versions',
  ],
  help: ['firstday', 'help'],
  mail: ['mail'],
  automation: ['automation', 'recurrence'],
  dashboards: ['dashboards'],
  filling: ['filling'],
  recurrence: ['recurrence'],
  later: [
    'duplicates',
    'firstrun',
    'graph',
    'imports',
    'manyfiles',
    'people',
    'profile',
    'refusals',
    'security',
    'trash',
  ],
}

export type Part =
  | 'first'
  | 'later'
  | 'settings'
  | 'help'
  | 'mail'
  | 'automation'
  | 'dashboards'
  | 'filling'
  | 'recurrence'

/** In which parts an area comes: what several pages need apart from one another comes with each. */
export function partsOf(area: string): Part[] {
  const parts = Object.keys(laterParts) as (keyof typeof laterParts)[]
  const later = parts.filter((part) => laterParts[part].includes(area))
  return later.length > 0 ? later : ['first']
}
