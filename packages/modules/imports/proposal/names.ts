/** Names for what a file brings: people read `Miles per gallon` where the file says `Miles_per_Gallon`. */
import { checkFieldDefinition, foldText } from '@oneforge/kernel/metadata/values'

const longestKey = 55

/** `Miles_per_Gallon`, `milesPerGallon` and `Miles per gallon` are the same three words. */
export const wordsOf = (name: string): string[] =>
  name
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
    .split(/[^\p{L}\p{N}%$]+/u)
    .filter(Boolean)

/** `miles_per_gallon`; '' where nothing is left of the name. */
export const snakeCase = (name: string): string =>
  foldText(wordsOf(name).join(' '))
    .replaceAll('%', ' percent')
    .replace(/[^a-z0-9]+/g, '_')
    .slice(0, longestKey)
    .replace(/^_+|_+$/g, '')

/** What people see of a column: its words, the first with a capital letter; what has spaces was written for people. */
export function labelOf(name: string): string {
  const text = /\s/.test(name.trim()) ? name.trim() : wordsOf(name).join(' ')
  const words = text.replace(/\s+/g, ' ') || name.trim()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/**
 * Keys for the columns, each once and none that the system uses.
 *
 * @param singular of the object, which goes before names that are taken: `id` of airports becomes `airport_id`.
 * @param title index of the column that fills the role; only that may be called `title`.
 */
export function keysFor(header: string[], singular: string, title: number | undefined): string[] {
  const taken = new Set<string>()
  return header.map((name, index) => {
    const bare = snakeCase(name) || `column_${index + 1}`
    const begun = /^[a-z]/.test(bare) ? bare : `n_${bare}`
    const key = free(isUsable(begun, index === title) ? begun : `${snakeCase(singular) || 'own'}_${begun}`, taken)
    taken.add(key)
    return key
  })
}

function isUsable(key: string, isTitle: boolean): boolean {
  const roles = isTitle ? { title: key } : {}
  return checkFieldDefinition({ key, type: 'text', label: { en: key } }, roles).every(({ field }) => field !== 'key')
}

/** The name, or with a number behind it where it is taken already. */
export function free(name: string, taken: ReadonlySet<string>): string {
  let candidate = name
  for (let number = 2; taken.has(candidate); number++) candidate = `${name}_${number}`
  return candidate
}

/** What the rows of a file are called: `seattle-weather.csv` holds `Seattle weather`, `countries.json` countries. */
export function objectNames(fileName: string): { slug: string; label: string; labelPlural: string } {
  const stem = fileName.replace(/\.[a-z0-9]{1,5}$/i, '')
  const labelPlural = labelOf(stem.replace(/[._]+/g, ' ')) || 'Rows'
  const slug = snakeCase(stem)
  return {
    slug: /^[a-z][a-z0-9_]/.test(slug) ? slug : `rows_${slug}`.replace(/_$/, ''),
    label: singularOf(labelPlural),
    labelPlural,
  }
}

/** English only; a word of another language stays as it is, and the person changes it. */
function singularOf(plural: string): string {
  if (/[^aeiou]ies$/i.test(plural)) return plural.replace(/ies$/i, 'y')
  if (/(?:s|x|ch|sh)es$/i.test(plural)) return plural.replace(/es$/i, '')
  return /[^su]s$/i.test(plural) ? plural.slice(0, -1) : plural
}
