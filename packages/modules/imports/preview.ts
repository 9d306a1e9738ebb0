/** What an import would make of a file's beginning: matched columns, and the first rows with what is wrong in them. */
import type { FieldProblem } from '@oneforge/kernel/errors'
import type { CompiledObject } from '@oneforge/kernel/metadata'
import type { RecordContext } from '@oneforge/kernel/records'
import { isDated, type Notation, type NotationSource, NotationSurvey } from './cells.ts'
import type { Table, TableRow } from './formats/table.ts'
import type { ImportSettings } from './imports.schemas.ts'
import type { ImportOptions } from './imports.store.ts'
import type { ColumnMapping, MappedField } from './mapping.ts'
import { type ColumnMatch, matchColumns } from './matching.ts'
import { type ImportPlan, missingFields, planImport, writableFields } from './plan.ts'
import { checkRow, prepareRows } from './rows.ts'

/** Rows from which columns are matched and notations decided. */
const sampledRows = 1_000
const shownRows = 50
const countedRows = 50_000

export interface PreviewColumn extends ColumnMatch {
  dateOrder?: { order: Notation['dateOrder']; source: NotationSource }
}

export interface Preview {
  format: Table['format']
  rowCount: number | null
  columns: PreviewColumn[]
  rows: { line: number; values: string[]; errors: { column: number; field: string; message: string }[] }[]
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

/** Exact for files that are read in an instant, estimated for others. */
async function countRows(table: Table): Promise<number | null> {
  let count = 0
  for await (const _row of table.rows()) {
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
  const preview = {
    format: table.format,
    rowCount: await countRows(table),
    columns: matches,
  }
  const options: ImportOptions = { ...settings, mapping }
  if (Object.values(mapping).every((field) => field === null)) {
    const rows = shown.map(({ line, values }) => ({ line, values, errors: [] }))
    const problems = [{ field: 'mapping', message: 'choose a field for at least one column' }]
    return { ...preview, rows, problems, summary: { checked: rows.length, withErrors: 0 } }
  }
  const plan = planImport(context, object, table.header, options, table.format.kind)
  const dateOrders = decideNotations(plan, sample, settings)
  const rows = await checkRows(context, plan, shown)
  return {
    ...preview,
    columns: matches.map((match) => ({ ...match, ...dateOrders.get(match.index) })),
    rows,
    problems: missingFields(object, plan),
    summary: { checked: rows.length, withErrors: rows.filter((row) => row.errors.length > 0).length },
  }
}

/** Writes the notations into the plan; gives the order of dates by column. */
function decideNotations(
  plan: ImportPlan,
  sample: TableRow[],
  { dateOrder }: ImportSettings,
): Map<number, Pick<PreviewColumn, 'dateOrder'>> {
  const orders = new Map<number, Pick<PreviewColumn, 'dateOrder'>>()
  for (const { field, columns } of plan.mapping.fields) {
    const survey = surveyOf(field, columns, sample)
    const chosen = dateOrder === 'auto' || !isDated(field.type) ? undefined : dateOrder
    const decided = survey.decide(plan.defaults, chosen)
    plan.notations[field.key] = decided
    if (isDated(field.type)) {
      orders.set(columns[0]!, { dateOrder: { order: decided.dateOrder, source: decided.dateOrderSource } })
    }
  }
  return orders
}

function surveyOf(field: MappedField['field'], columns: number[], sample: TableRow[]): NotationSurvey {
  const survey = new NotationSurvey()
  for (const { values } of sample) survey.observe(field.type, values[columns[0]!] ?? '')
  return survey
}

async function checkRows(context: RecordContext, plan: ImportPlan, rows: TableRow[]): Promise<Preview['rows']> {
  const prepared = await prepareRows(context, plan, rows)
  return prepared.map((row) => ({ line: row.line, values: row.values, errors: checkRow(plan, row) }))
}
