/** boolean, select, multiselect and tags. */
import { says } from '../../errors/index.ts'
import type { LocalizedText } from '../definition.ts'
import { foldText } from './fold.ts'
import { textKey } from './order.ts'
import { parseLine } from './text.ts'
import { accept, type Parsed, refuse, type StoredValue, type ValueField, type ValueType } from './value-type.ts'

function parseBoolean(input: unknown): Parsed<boolean> {
  if (typeof input === 'boolean') return accept(input)
  const text = typeof input === 'string' ? input.trim().toLowerCase() : undefined
  if (text === '') return accept<boolean>(null)
  if (text === 'true' || text === 'false') return accept(text === 'true')
  return refuse('must be true or false')
}

const words: Record<string, [yes: string, no: string]> = { en: ['Yes', 'No'], es: ['Sí', 'No'] }

export const boolean: ValueType = {
  parse: parseBoolean,
  sortKey: (value) => (value ? '1' : '0'),
  search: () => '',
  display: (value, _field, locale) => (words[locale.slice(0, 2)] ?? words.en!)[value ? 0 : 1],
  rules: [],
}

/** `en` stands in for a language that is missing. */
export const labelIn = (label: LocalizedText, locale: string): string =>
  label[locale] ?? label[locale.slice(0, 2)] ?? label.en

const labelsOf = (label: LocalizedText): string[] => Object.values(label)

const mostNamed = 12

function listOptions(field: ValueField): string {
  const labels = Array.from(field.optionByValue.values(), (option) => option.label.en)
  const more = labels.length - mostNamed
  return more > 0 ? `${labels.slice(0, mostNamed).join(', ')} and ${more} more` : labels.join(', ')
}

/** The option that a text means: its value, or else its label in any language, whatever the case. */
function optionOf(text: string, field: ValueField): string | undefined {
  if (field.optionByValue.has(text)) return text
  const folded = foldText(text)
  for (const option of field.optionByValue.values()) {
    if ([option.value, ...labelsOf(option.label)].some((name) => foldText(name) === folded)) return option.value
  }
  return undefined
}

function parseOption(input: unknown, field: ValueField): Parsed<string> {
  const parsed = parseLine(input)
  if (!parsed.ok) return refuse(says('option', { options: listOptions(field) }))
  if (parsed.value === null) return parsed
  const option = optionOf(parsed.value, field)
  return option === undefined ? refuse(`is not one of ${listOptions(field)}`) : accept(option)
}

const labelOfOption = (value: string, field: ValueField, locale: string): string => {
  const option = field.optionByValue.get(value)
  return option ? labelIn(option.label, locale) : value
}

/** Found by the words of every language, because the people of one tenant may read different ones. */
const searchOption = (value: string, field: ValueField): string => {
  const option = field.optionByValue.get(value)
  return [value, ...(option ? labelsOf(option.label) : [])].join(' ')
}

export const select: ValueType = {
  parse: parseOption,
  sortKey: (value) => textKey(value as string),
  search: (value, field) => searchOption(value as string, field),
  display: (value, field, locale) => labelOfOption(value as string, field, locale),
  rules: ['exclusive'],
}

/** Each item through `parseItem`, empty and repeated ones dropped; `null` when none is left. */
export function parseList(
  input: unknown,
  what: string,
  parseItem: (item: unknown) => Parsed<string>,
): Parsed<string[]> {
  if (!Array.isArray(input)) return refuse(`must be a list of ${what}`)
  const items = new Set<string>()
  for (const [index, entry] of input.entries()) {
    const parsed = parseItem(entry)
    if (!parsed.ok) return refuse(`${parsed.message} (item ${index + 1})`)
    if (parsed.value !== null) items.add(parsed.value)
  }
  return accept(items.size ? [...items] : null)
}

/** How many items; `most` holds where the rules say nothing. */
export const checkCount =
  (most: number) =>
  (value: StoredValue, field: ValueField): string | undefined => {
    const { minItems: min = 0, maxItems: max = most } = field.rules ?? {}
    const count = (value as string[]).length
    if (count < min) return `must have at least ${min} item${min === 1 ? '' : 's'}, not ${count}`
    if (count > max) return `must have at most ${max} item${max === 1 ? '' : 's'}, not ${count}`
    return undefined
  }

export const multiselect: ValueType = {
  parse: (input, field) => parseList(input, 'options', (item) => parseOption(item, field)),
  check: checkCount(200),
  search: (value, field) => (value as string[]).map((item) => searchOption(item, field)).join(' '),
  display: (value, field, locale) => (value as string[]).map((item) => labelOfOption(item, field, locale)).join(', '),
  rules: ['minItems', 'maxItems'],
}

const longestTag = 60

function parseTag(input: unknown): Parsed<string> {
  const parsed = parseLine(input)
  if (parsed.ok && parsed.value !== null && Array.from(parsed.value).length > longestTag) {
    return refuse(`must be tags of at most ${longestTag} characters`)
  }
  return parsed
}

export const tags: ValueType = {
  parse: (input) => parseList(input, 'tags', parseTag),
  check: checkCount(100),
  search: (value) => (value as string[]).join(' '),
  display: (value) => (value as string[]).join(', '),
  rules: ['minItems', 'maxItems'],
}
