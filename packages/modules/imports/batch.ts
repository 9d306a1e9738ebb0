/** One batch of rows: which become records, which change one, which are refused and why. */
import type { FieldProblem } from '@oneforge/kernel/errors'
import { alikeAmong, createRecords, type ItemResult, type RecordContext, updateRecords } from '@oneforge/kernel/records'
import type { TableRow } from './formats/table.ts'
import { takenBack } from './imports.store.ts'
import { findMatches, type MatchedRecord } from './names.store.ts'
import type { ImportPlan } from './plan.ts'
import { checkRow, fieldOfKey, type PreparedRow, prepareRows } from './rows.ts'

export type RowOutcome = { row: PreparedRow } & (
  | { kind: 'created'; recordId: string; version: number; mayBeAnother?: boolean }
  | { kind: 'updated'; recordId: string; version: number }
  | { kind: 'unchanged' }
  | { kind: 'duplicate' | 'refused'; problems: FieldProblem[] }
)

/** Reads which of these keys an earlier line of the file has. */
type Claimed = (keys: string[]) => Promise<Map<string, number>>

/**
 * Writes the rows in the caller's transaction and tells what became of each, in the order of the file.
 */
export async function importRows(
  context: RecordContext,
  plan: ImportPlan,
  rows: TableRow[],
  claimed: Claimed,
): Promise<RowOutcome[]> {
  const prepared = await prepareRows(context, plan, rows)
  const lineOfKey = await claimed(prepared.flatMap((row) => row.keys))
  const outcomes: RowOutcome[] = prepared
    .filter((row) => row.problems.length > 0)
    .map((row) => refusedByCells(plan, row))
  let rest = prepared.filter((row) => row.problems.length === 0)
  while (rest.length > 0) {
    const { first, later, duplicates } = firstOfEachKey(rest, lineOfKey)
    const written = await writeRows(context, plan, first)
    for (const { row, kind } of written) {
      // A row that was refused leaves its values to the next one that has them.
      if (kind === 'duplicate' || kind === 'refused') continue
      for (const key of row.keys) lineOfKey.set(key, row.line)
    }
    outcomes.push(...duplicates, ...written)
    rest = later
  }
  return (await markedAlike(context, plan, outcomes)).sort((a, b) => a.row.line - b.row.line)
}

/** Says which of the new records may be the same as one that was there, or as one that the file brings twice. */
async function markedAlike(
  context: RecordContext,
  { object }: ImportPlan,
  outcomes: RowOutcome[],
): Promise<RowOutcome[]> {
  const made = outcomes.flatMap((outcome) => (outcome.kind === 'created' ? [outcome.recordId] : []))
  const alike = await alikeAmong(context, object, made)
  return outcomes.map((outcome) =>
    outcome.kind === 'created' && alike.has(outcome.recordId) ? { ...outcome, mayBeAnother: true } : outcome,
  )
}

/** What would become of the rows: they are written and taken back. */
export const tryRows = (
  context: RecordContext,
  plan: ImportPlan,
  rows: TableRow[],
  claimed: Claimed,
): Promise<RowOutcome[]> => takenBack(context.tx, () => importRows(context, plan, rows, claimed))

/** With all that is wrong in its cells, so that it is mended once. */
const refusedByCells = (plan: ImportPlan, row: PreparedRow): RowOutcome => ({
  row,
  kind: 'refused',
  problems: checkRow(plan, row).map(({ field, message }) => ({ field, message })),
})

function firstOfEachKey(
  rows: PreparedRow[],
  lineOfKey: Map<string, number>,
): { first: PreparedRow[]; later: PreparedRow[]; duplicates: RowOutcome[] } {
  const seen = new Set<string>()
  const split = { first: [] as PreparedRow[], later: [] as PreparedRow[], duplicates: [] as RowOutcome[] }
  for (const row of rows) {
    const taken = row.keys.find((key) => lineOfKey.has(key))
    if (taken !== undefined) {
      const message = `is the same as in line ${lineOfKey.get(taken)}`
      split.duplicates.push({ row, kind: 'duplicate', problems: [{ field: fieldOfKey(taken), message }] })
    } else if (row.keys.some((key) => seen.has(key))) {
      split.later.push(row)
    } else {
      split.first.push(row)
    }
    for (const key of row.keys) seen.add(key)
  }
  return split
}

async function writeRows(context: RecordContext, plan: ImportPlan, rows: PreparedRow[]): Promise<RowOutcome[]> {
  const values = rows.map((row) => row.matchValue).filter((value) => value !== undefined)
  const matches = plan.match ? await findMatches(context, plan.object, plan.match, values) : new Map()
  const outcomes: RowOutcome[] = []
  const creations: PreparedRow[] = []
  const changes: { row: PreparedRow; record: MatchedRecord }[] = []
  for (const row of rows) {
    const record: MatchedRecord | undefined = row.matchValue === undefined ? undefined : matches.get(row.matchValue)
    if (record && plan.mode === 'create') outcomes.push(alreadyThere(plan, row, record))
    else if (record) changes.push({ row, record })
    else if (plan.mode === 'update') outcomes.push(notFound(plan, row))
    else creations.push(row)
  }
  outcomes.push(...(await create(context, plan, creations)), ...(await change(context, plan, changes)))
  return outcomes
}

const alreadyThere = (plan: ImportPlan, row: PreparedRow, record: MatchedRecord): RowOutcome => ({
  row,
  kind: 'duplicate',
  problems: [{ field: plan.match!.key, message: `is already that of ${record.record_number}` }],
})

const notFound = (plan: ImportPlan, row: PreparedRow): RowOutcome => ({
  row,
  kind: 'refused',
  problems: [
    {
      field: plan.match!.key,
      message:
        row.matchValue === undefined
          ? 'is empty or unreadable, so there is no telling which record is meant'
          : `no record of ${plan.object.slug} has “${row.matchValue}”`,
    },
  ],
})

async function create(context: RecordContext, plan: ImportPlan, rows: PreparedRow[]): Promise<RowOutcome[]> {
  if (rows.length === 0) return []
  const results = await createRecords(
    context,
    plan.object,
    rows.map((row) => (plan.locationId === undefined ? row.input : { ...row.input, locationId: plan.locationId })),
    { entrance: 'import' },
  )
  return results.map((result): RowOutcome => {
    const row = rows[result.index]!
    if (!result.success) return failure(row, result)
    return { row, kind: 'created', recordId: result.id, version: result.version }
  })
}

async function change(
  context: RecordContext,
  plan: ImportPlan,
  changes: { row: PreparedRow; record: MatchedRecord }[],
): Promise<RowOutcome[]> {
  if (changes.length === 0) return []
  const inputs = changes.map(({ row, record }) => ({ id: record.id, input: withoutMatch(plan, row.input) }))
  const results = await updateRecords(context, plan.object, inputs, { entrance: 'import' })
  return results.map((result): RowOutcome => {
    const { row, record } = changes[result.index]!
    if (!result.success) return failure(row, result)
    if (result.version === record.version) return { row, kind: 'unchanged' }
    return { row, kind: 'updated', recordId: result.id, version: result.version }
  })
}

/** What tells the record is not changed by it: `x1` finds X1 and leaves it so. */
function withoutMatch(plan: ImportPlan, input: Record<string, unknown>): Record<string, unknown> {
  const key = plan.match?.field?.field.key
  return key === undefined ? input : Object.fromEntries(Object.entries(input).filter(([name]) => name !== key))
}

/**
 * A value that another record has makes a duplicate; whatever else is wrong, a refused row. What is forbidden concerns no
 * field: its details are hints for programs.
 */
function failure(row: PreparedRow, { error }: Extract<ItemResult, { success: false }>): RowOutcome {
  const concernsFields = error.code !== 'FORBIDDEN' && error.details?.length
  const problems = concernsFields ? error.details! : [{ field: '', message: error.message }]
  return { row, kind: error.code === 'CONFLICT' ? 'duplicate' : 'refused', problems }
}
