/**
 * Areas whose words the first page does without: pages of administration and of rare work. They are loaded once the
 * first page stands, and by the routes that need them; the build puts them into a file of their own.
 */
const laterAreas = new Set([
  'arrangements',
  'audit',
  'firstrun',
  'graph',
  'imports',
  'installation',
  'modelling',
  'profile',
  'reshaping',
  'settings',
  'templates',
  'translations',
  'versions',
])

export const isLater = (area: string): boolean => laterAreas.has(area)

/** `…/i18n/en/list.json` holds the area `list` in English; undefined for other files. */
export function areaOf(path: string): { language: string; area: string } | undefined {
  const [, language, area] = /(\w+)\/(\w+)\.json$/.exec(path) ?? []
  return language && area ? { language, area } : undefined
}
