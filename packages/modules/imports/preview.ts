/** What an import would make of a file's beginning: matched columns, and the first rows with what is wrong in them. */
import type { FieldProblem } from '@oneforge/kernel/errors'
import type { CompiledObject, FieldType } from '@oneforge/kernel/metadata'
import { parseValue } from '@oneforge/kernel/metadata/values'
import type { RecordContext } from '@oneforge/kernel/records'
import { type RowOutcome, tryRows } from './batch.ts'
import { type DecidedNotation, NotationSurvey } from './cells.ts'
import type { Table, TableRow } from './formats/table.ts'
import type { ImportSettings } from './imports.schemas.ts'
import type { ImportOptions } from './imports.store.ts'
import type { ColumnMapping } from './mapping.ts'
import { type ColumnMatch, matchColumns, recordNumberKey } from './matching.ts'
import { chosenNotation, type ImportPlan, missingFields, planImport, writableFields } from './plan.ts'
import type { CellProblem, PreparedRow } from './rows.ts'

/** Rows from which columns are matched. */
const sampledRows = 1_000
const shownRows = 50
/** Rows that are counted, and from which it is decided how dates and numbers are written. */
const countedRows = 50_000

export interface PreviewColumn extends ColumnMatch {
  dateOrder?: DecidedNotation['dates']
  numbers?: DecidedNotation['numbers']
}

export interface PreviewRow {
  line: number
  values: string[]
  /** By field: values that a file may write in many ways, as they would be stored. */
  read: Record<string, unknown>
  /** What the import would make of it; null while no column is mapped. */
  outcome: RowOutcome['kind'] | null
  errors: CellProblem[]
}

export interface Preview {
  format: Table['format']
  rowCount: number | null
  columns: PreviewColumn[]
  rows: PreviewRow[]
  problems: FieldProblem[]
  summary: { checked: number; withErrors: number }
}

/** Rows of the table's beginning. */
export async function sampleRows(table: Table): Promise<TableRow[]> {
  const rows: TableRow[] = []
  for await (const row of table.rows()) {
    rows.push(row)
    if (rows.length === sampledRows) break
  }
  return rows
}

/** How many rows there are: exactly for files that are read in an instant, estimated for others. Each is shown to `look`. */
async function countRows(table: Table, look: (row: TableRow) => void): Promise<number | null> {
  let count = 0
  for await (const row of table.rows()) {
    look(row)
    count += 1
    if (count === countedRows) return table.estimateRows()
  }
  return count
}

/** The columns that were asked for, or those that match; and what each match rests on. */
export function decideMapping(
  context: RecordContext,
  object: CompiledObject,
  header: string[],
  sample: TableRow[],
  settings: Pick<ImportSettings, 'mapping'>,
): { mapping: ColumnMapping; matches: ColumnMatch[] } {
  const rows = sample.map((row) => row.values)
  const matches = matchColumns(object, writableFields(context, object), header, rows)
  const suggested = Object.fromEntries(matches.map(({ index, field }) => [String(index), field]))
  return { mapping: settings.mapping ?? suggested, matches }
}

export async function previewTable(
  context: RecordContext,
  object: CompiledObject,
  table: Table,
  settings: ImportSettings,
): Promise<Preview> {
  const sample = await sampleRows(table)
  const { mapping, matches } = decideMapping(context, object, table.header, sample, settings)
  const shown = sample.slice(0, shownRows)
  const options: ImportOptions = { ...settings, mapping }
  if (Object.values(mapping).every((field) => field === null)) {
    const rows = shown.map(({ line, values }) => ({ line, values, read: {}, outcome: null, errors: [] }))
    return {
      format: table.format,
      rowCount: await countRows(table, () => {}),
      columns: matches,
      rows,
      problems: [{ field: 'mapping', message: 'choose a field for at least one column' }],
      summary: { checked: rows.length, withErrors: 0 },
    }
  }
  const plan = planImport(context, object, table.header, options, table.format.kind)
  const { rowCount, notations } = await survey(table, plan, settings)
  const problems = missingFields(object, plan)
  const rows = await checkRows(context, plan, shown, problems)
  return {
    format: table.format,
    rowCount,
    columns: matches.map((match) => ({ ...match, ...notations.get(match.index) })),
    rows,
    problems,
    summary: { checked: rows.length, withErrors: rows.filter((row) => row.errors.length > 0).length },
  }
}

/** Counts the rows and writes into the plan how they write dates and numbers; gives the same by column. */
async function survey(
  table: Table,
  plan: ImportPlan,
  settings: ImportSettings,
): Promise<{ rowCount: number | null; notations: Map<number, Pick<PreviewColumn, 'dateOrder' | 'numbers'>> }> {
  const surveys = plan.mapping.fields.map(({ field, columns }) => ({
    field,
    column: columns[0]!,
    survey: new NotationSurvey(field.type),
  }))
  const rowCount = await countRows(table, ({ values }) => {
    for (const one of surveys) one.survey.observe(values[one.column] ?? '')
  })
  const notations = new Map<number, Pick<PreviewColumn, 'dateOrder' | 'numbers'>>()
  for (const { field, column, survey } of surveys) {
    const { notation, dates, numbers } = survey.decide(plan.defaults, chosenNotation(settings))
    plan.notations[field.key] = notation
    notations.set(column, { ...(dates && { dateOrder: dates }), ...(numbers && { numbers }) })
  }
  return { rowCount, notations }
}

/** Goes the way of the import itself; what the whole file lacks is not said of each row again. */
async function checkRows(
  context: RecordContext,
  plan: ImportPlan,
  rows: TableRow[],
  missing: FieldProblem[],
): Promise<PreviewRow[]> {
  const columnOf = columnsByName(plan)
  const isMissing = ({ field }: FieldProblem) => missing.some((one) => one.field === field)
  const outcomes = await tryRows(context, plan, rows, async () => new Map())
  return outcomes.map((outcome) => {
    const { line, values } = outcome.row
    const problems = 'problems' in outcome ? outcome.problems.filter((problem) => !isMissing(problem)) : []
    const errors = problems.map(({ field, message }) => ({ column: columnOf(field), field, message }))
    return { line, values, read: readValues(plan, outcome.row), outcome: outcome.kind, errors }
  })
}

/** A file may write the values of these types in many ways. */
const spelledTypes = new Set<FieldType>([
  'number',
  'integer',
  'percent',
  'money',
  'date',
  'datetime',
  'time',
  'duration',
  'phone',
])

function readValues(plan: ImportPlan, { input }: PreparedRow): Record<string, unknown> {
  const read: Record<string, unknown> = {}
  for (const { field } of plan.mapping.fields) {
    if (!spelledTypes.has(field.type)) continue
    const parsed = parseValue(field, input[field.key], plan.values)
    if (parsed.ok && parsed.value !== null) read[field.key] = parsed.value
  }
  return read
}

/** The column that a problem is shown at, by the name it is told under: `stage`, `stageMoves.main.done.called`. */
function columnsByName({ mapping }: ImportPlan): (name: string) => number {
  const columns = new Map([
    ...mapping.fields.map(({ field, columns }) => [field.key, columns[0]!] as const),
    ...mapping.moves.map(({ key, column }) => [key, column] as const),
    ...(mapping.recordNumberColumn === undefined ? [] : [[recordNumberKey, mapping.recordNumberColumn] as const]),
  ])
  return (name) => columns.get(name) ?? mapping.moves.find(({ key }) => name.startsWith(`${key}.`))?.column ?? -1
}
