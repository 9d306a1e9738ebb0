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
  automation: ['automation'],
  dashboards: ['dashboards'],
  filling: ['filling'],
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

export type Part = 'first' | 'later' | 'settings' | 'help' | 'mail' | 'automation' | 'dashboards' | 'filling'

export function partOf(area: string): Part {
  if (laterParts.settings.includes(area)) return 'settings'
  if (laterParts.help.includes(area)) return 'help'
  if (laterParts.mail.includes(area)) return 'mail'
  if (laterParts.automation.includes(area)) return 'automation'
  if (laterParts.dashboards.includes(area)) return 'dashboards'
  if (laterParts.filling.includes(area)) return 'filling'
  return laterParts.later.includes(area) ? 'later' : 'first'
}
