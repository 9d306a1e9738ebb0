/** The object that a file could become: its names, its fields, which column fills which of them, and how sure that is. */
import type { FieldType, TenantModel } from '@oneforge/kernel/metadata'
import type { RecordContext } from '@oneforge/kernel/records'
import { isReservedSlug } from '@oneforge/modules/customization'
import { saysNothing } from '../cells.ts'
import type { Table } from '../formats/table.ts'
import { defaultNotation } from '../plan.ts'
import { ColumnSurvey } from './column-survey.ts'
import { type Alternative, type ColumnType, typeOfColumn } from './column-type.ts'
import { free, keysFor, labelOf, objectNames, snakeCase } from './names.ts'

/** Rows that are looked at; the import itself reads them all. */
const surveyedRows = 100_000
/** Values that are remembered of all columns together. */
const rememberedValues = 500_000
const sortableFields = 8
const searchableFields = 5
const shownSamples = 5

export interface ProposedField {
  key: string
  label: string
  type: FieldType
  options?: { value: string; label: string }[]
  rules?: ColumnType['rules']
  unique?: boolean
  sortable?: boolean
  searchable?: boolean
  default?: { formula: string }
}

export interface ProposedColumn {
  index: number
  name: string
  samples: string[]
  /** Rows with a value, and how many different ones there are, up to what is remembered. */
  filled: number
  distinct: number
  field: string
  type: FieldType
  confidence: number
  alternatives: Alternative[]
}

export interface Proposal {
  format: Table['format']
  rowCount: number | null
  object: { slug: string; label: string; labelPlural: string; roles: { title: string }; fields: ProposedField[] }
  columns: ProposedColumn[]
}

export async function proposeObject(context: RecordContext, table: Table, fileName: string): Promise<Proposal> {
  const { surveys, rows, all } = await surveyOf(table)
  const defaults = defaultNotation(context, table.format.kind)
  const types = surveys.map((survey) => typeOfColumn(survey, context, defaults))
  const names = objectNames(fileName)
  const title = titleColumn(surveys, types)
  const keys = keysFor(table.header, names.label, title)
  const fields = surveys.map((survey, index) => fieldOf(survey, types[index]!, keys[index]!, all ? rows : undefined))
  spread(fields, title)
  const titleField = title === undefined ? composedTitle(fields, keys) : undefined
  return {
    format: table.format,
    rowCount: all ? rows : table.estimateRows(),
    object: {
      ...names,
      slug: freeSlug(context.model, names.slug),
      roles: { title: titleField?.key ?? keys[title!]! },
      fields: titleField ? [titleField, ...fields] : fields,
    },
    columns: surveys.map((survey, index) => ({
      index,
      name: survey.name,
      samples: survey.values.slice(0, shownSamples).map((text) => text.slice(0, 120)),
      ...survey.without((text) => saysNothing(types[index]!.type, text)),
      field: keys[index]!,
      type: types[index]!.type,
      confidence: types[index]!.confidence,
      alternatives: types[index]!.alternatives,
    })),
  }
}

async function surveyOf(table: Table): Promise<{ surveys: ColumnSurvey[]; rows: number; all: boolean }> {
  const most = Math.max(1_000, Math.floor(rememberedValues / table.header.length))
  const surveys = table.header.map((name) => new ColumnSurvey(name, most))
  let rows = 0
  for await (const { values } of table.rows()) {
    if (rows === surveyedRows) return { surveys, rows, all: false }
    rows += 1
    for (const [index, survey] of surveys.entries()) survey.observe(values[index] ?? '')
  }
  return { surveys, rows, all: true }
}

function freeSlug(model: TenantModel, slug: string): string {
  const usable = isReservedSlug(slug) ? `${slug}_list` : slug
  return free(usable, new Set(model.objects.map((object) => object.slug)))
}

const identifying = /(^|_)(id|uuid|guid|code|iata|icao|isbn|ean|sku|vin|slug|ref|reference|number|no|nr|key)$/

function fieldOf(
  survey: ColumnSurvey,
  { type, options, rules }: ColumnType,
  key: string,
  rows?: number,
): ProposedField {
  const field: ProposedField = { key, label: labelOf(survey.name), type }
  if (options) field.options = options.map(({ value, label }) => ({ value, label: label.en }))
  if (rules) field.rules = rules
  const mayIdentify =
    type === 'email' || (identifying.test(key) && !sharing.test(key) && (type === 'text' || type === 'integer'))
  if (mayIdentify && rows !== undefined && isUnique(survey, rows)) field.unique = true
  return field
}

/** A code that many share. */
const sharing = /post|postal|zip|area|country|state|region/

const isUnique = (survey: ColumnSurvey, rows: number): boolean =>
  survey.complete &&
  rows > 1 &&
  survey.filled === rows &&
  new Set(survey.values.map((text) => text.toLowerCase())).size === rows

const ordered = new Set<FieldType>(['text', 'select', 'integer', 'number', 'percent', 'money', 'date', 'datetime'])

/** The first fields can be sorted by, the first texts found by; the title always. */
function spread(fields: ProposedField[], title: number | undefined): void {
  const byTitle = (one: ProposedField) => (title !== undefined && one === fields[title] ? 0 : 1)
  const inOrder = [...fields].sort((a, b) => byTitle(a) - byTitle(b))
  for (const field of inOrder.filter(({ type }) => ordered.has(type)).slice(0, sortableFields)) field.sortable = true
  const words = inOrder.filter(({ type }) => type === 'text' || type === 'email')
  for (const field of words.slice(0, searchableFields)) field.searchable = true
}

const titled = /(^|_)(name|title|label|subject|nombre|titulo)$/

/** The text that names a row: what says so, otherwise what differs most; undefined where there are no texts. */
function titleColumn(surveys: ColumnSurvey[], types: ColumnType[]): number | undefined {
  let best: { index: number; score: number } | undefined
  for (const [index, survey] of surveys.entries()) {
    const { type } = types[index]!
    if ((type !== 'text' && type !== 'email') || survey.filled === 0) continue
    const key = snakeCase(survey.name)
    const called = titled.test(key) ? (key.includes('_') ? 1.5 : 2) : identifying.test(key) ? -0.5 : 0
    const score = called + survey.distinct / survey.filled + (type === 'text' ? 0.2 : 0)
    if (!best || score > best.score) best = { index, score }
  }
  return best?.index
}

const describing = new Set<FieldType>(['date', 'datetime', 'select'])
const partsOfTitle = 3

/** A name for rows without one: `2012-01-01 · drizzle`, worked out when each is made. */
function composedTitle(fields: ProposedField[], keys: string[]): ProposedField {
  const telling = fields.filter(({ type }) => describing.has(type))
  const parts = (telling.length > 0 ? telling : fields).slice(0, partsOfTitle).map(({ key }) => `text(${key})`)
  return {
    key: free('name', new Set(keys)),
    label: 'Name',
    type: 'text',
    sortable: true,
    searchable: true,
    default: { formula: parts.join(' + " · " + ') },
  }
}
