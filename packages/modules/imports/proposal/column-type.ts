/**
 * Which type of field a column is to become. A type is proposed if the import would take every value of the column, as
 * it is the import's own reading that is asked; a type that nearly all values fit is named as an alternative.
 */
import type { FieldOption, FieldRules, FieldType } from '@oneforge/kernel/metadata'
import { foldText, parseValue } from '@oneforge/kernel/metadata/values'
import type { RecordContext } from '@oneforge/kernel/records'
import { valueContext } from '@oneforge/kernel/records'
import { type CellField, cellInput, type Notation, NotationSurvey, saysNothing } from '../cells.ts'
import type { ColumnSurvey } from './column-survey.ts'
import { snakeCase } from './names.ts'

export interface Alternative {
  type: FieldType
  /** Values that would be refused, and some of them. */
  unreadable: number
  examples: string[]
}

export interface ColumnType {
  type: FieldType
  /** 0 to 1. */
  confidence: number
  options?: FieldOption[]
  rules?: FieldRules
  alternatives: Alternative[]
}

/** In the order in which they are tried, with what a value must look like before it is read. */
const candidates: { type: FieldType; named?: RegExp; looks: RegExp; not?: RegExp }[] = [
  { type: 'phone', named: /phone|mobile|^tel$|_tel$|^tel_|^fax|telefono|movil/, looks: /^\+?[\d\s().\-/]{7,20}$/ },
  { type: 'boolean', looks: /^\p{L}+$/u, not: /^(x|on|off|s|ja|oui|non|nein)$/i },
  { type: 'integer', looks: /^[(+\-−]?\d/, not: /^[+-]?0\d|[.,](?!\d{3}(?!\d))/ },
  { type: 'number', looks: /^[(+\-−]?[\d.,]/, not: /^[+-]?0\d/ },
  { type: 'percent', looks: /\d\s*%$/ },
  { type: 'money', looks: /\d/, not: /^[\d.,\s()+-]*$|%/ },
  { type: 'date', looks: /\d/, not: /^[\d.]+$/ },
  { type: 'datetime', looks: /\d:\d\d/, not: /^[\d.]+$/ },
  { type: 'time', looks: /^\d{1,2}:\d\d/ },
  { type: 'email', looks: /^[^\s@]+@[^\s@]+$|<[^\s@]+@[^\s@]+>$/ },
  { type: 'url', looks: /^https?:\/\//i },
  { type: 'phone', looks: /^\+[\d\s().\-/]{7,20}$/ },
  { type: 'json', looks: /^[[{]/ },
]

/** As many of a column's values may miss a type for it to be offered. */
const mostUnreadable = 0.05
const shownExamples = 3

export function typeOfColumn(column: ColumnSurvey, context: RecordContext, defaults: Notation): ColumnType {
  const alternatives: Alternative[] = []
  if (column.filled === 0) return { type: 'text', confidence: 0, alternatives }
  for (const { type, named, looks, not } of candidates) {
    if (named && !named.test(snakeCase(column.name))) continue
    const unreadable = unreadableValues(column, type, { looks, not }, context, defaults)
    const taken = column.values.length - unreadable.length
    if (unreadable.length === 0) {
      alternatives.push(...widerTypes(column, type, context, defaults))
      return { type, confidence: confidenceOf(column), rules: rulesFor(column, type), alternatives }
    }
    if (taken >= 2 && unreadable.length / column.values.length <= mostUnreadable) {
      alternatives.push({ type, unreadable: unreadable.length, examples: unreadable.slice(0, shownExamples) })
    }
  }
  return { ...wordType(column), alternatives }
}

/** What else a column of a type may be meant as: a price is written like any number. */
const wider: Partial<Record<FieldType, FieldType[]>> = {
  integer: ['number', 'money', 'percent'],
  number: ['money', 'percent'],
  date: ['datetime'],
}

function widerTypes(column: ColumnSurvey, type: FieldType, context: RecordContext, defaults: Notation): Alternative[] {
  const fits = (one: FieldType) => unreadableValues(column, one, { looks: /./ }, context, defaults).length === 0
  return (wider[type] ?? []).filter(fits).map((one) => ({ type: one, unreadable: 0, examples: [] }))
}

/** A handful of values may look like something by chance. */
const confidenceOf = ({ filled }: ColumnSurvey): number => Math.round(Math.min(1, 0.6 + filled / 50) * 100) / 100

function unreadableValues(
  column: ColumnSurvey,
  type: FieldType,
  { looks, not }: { looks: RegExp; not?: RegExp },
  context: RecordContext,
  defaults: Notation,
): string[] {
  const field: CellField & { key: string } = { key: 'column', type, optionByValue: new Map() }
  const values = valueContext(context)
  const notation = notationOf(column, type, defaults)
  const unreadable: string[] = []
  const bearable = column.values.length * mostUnreadable + 1
  for (const text of column.values) {
    const input = cellInput(field, text, notation, values.today)
    if (input === undefined) continue
    const fits = looks.test(text) && !not?.test(text) && parseValue(field, input, values).ok && keepsTime(type, text)
    if (!fits) unreadable.push(text)
    if (unreadable.length > bearable) break
  }
  // A column of nothing but «n/a» is of no type.
  return column.values.every((text) => saysNothing(type, text)) ? column.values : unreadable
}

/** A date that would lose the time of day behind it is none. */
const keepsTime = (type: FieldType, text: string): boolean =>
  type !== 'date' || !/\d:\d\d/.test(text) || /[T ]00:00(:00(\.0+)?)?(Z|[+-]00:?00)?$/.test(text)

function notationOf(column: ColumnSurvey, type: FieldType, defaults: Notation): Notation {
  const survey = new NotationSurvey(type)
  for (const text of column.values) survey.observe(text)
  return survey.decide(defaults).notation
}

/** Places on the globe have bounds. */
function rulesFor({ name, values }: ColumnSurvey, type: FieldType): FieldRules | undefined {
  if (type !== 'number' && type !== 'integer') return undefined
  const most = { lat: 90, latitude: 90, latitud: 90, lon: 180, lng: 180, long: 180, longitude: 180, longitud: 180 }[
    snakeCase(name)
  ]
  if (most === undefined || values.some((text) => Math.abs(Number(text)) > most)) return undefined
  return { min: -most, max: most }
}

const mostOptions = 20
const longestOption = 60
/** Each option must come so often on average for the values to be a choice among few. */
const usesOfOption = 4
const longestLine = 200

function wordType(column: ColumnSurvey): Omit<ColumnType, 'alternatives'> {
  const { values } = column
  if (values.some((text) => text.includes('\n') || text.length > longestLine))
    return { type: 'longtext', confidence: 0.9 }
  const options = optionsOf(column)
  return options ? { type: 'select', confidence: 0.85, options } : { type: 'text', confidence: 0.8 }
}

/** One for each value, the most frequent spelling of it; undefined where they are too many or too rare. */
function optionsOf(column: ColumnSurvey): FieldOption[] | undefined {
  const bySpelling = new Map<string, string>()
  for (const [text] of [...column.counts].sort((a, b) => b[1] - a[1])) {
    const folded = foldText(text)
    if (!bySpelling.has(folded)) bySpelling.set(folded, text)
  }
  const few = bySpelling.size >= 2 && bySpelling.size <= mostOptions && column.filled >= bySpelling.size * usesOfOption
  if (!column.complete || !few || column.values.some((text) => text.length > longestOption)) return undefined
  return [...bySpelling.values()]
    .sort((a, b) => a.localeCompare(b))
    .map((text) => ({ value: text, label: { en: text } }))
}
