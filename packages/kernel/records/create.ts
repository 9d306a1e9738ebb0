/** New records, one or many. */
import { atBest, requireAction } from '../access/index.ts'
import { type Row, sql } from '../database/index.ts'
import { type AppError, type FieldProblem, validationError } from '../errors/index.ts'
import { type CompiledObject, holdModel } from '../metadata/index.ts'
import { planExhausted, shortageOf } from '../tenancy/index.ts'
import { assembleNew } from './assemble.ts'
import { type Ahead, type SettledRecord, settle } from './computed/settle.ts'
import { holdTurn } from './computed/turn.ts'
import { type RecordContext, valueContext } from './context.ts'
import { creationRefusal, type Entrance, type NewStanding, newStanding } from './creation.ts'
import { askBefore } from './drafts.ts'
import { duplicateError, losersOf, writeError } from './failures.ts'
import { parseInput } from './input.ts'
import { type InversePlan, planInverse } from './inverse.ts'
import { lockTogether } from './lock.ts'
import type { InputContext, ParsedInput } from './parsed.ts'
import { readRow } from './read.ts'
import { leaveTrail } from './reading.ts'
import { checkReferences, loadReferences, type References } from './references.ts'
import { type PresentedRecord, presentRecord, type RecordRow } from './row.ts'
import { eachForItself } from './rules/each-for-itself.ts'
import { judge, judgeOf } from './rules/judge.ts'
import { judgeSettled } from './rules/late.ts'
import type { Trace } from './trace.ts'
import { type InsertedRow, insertStatement, type WrittenRecord } from './write.ts'

export function inputContext(context: RecordContext): InputContext {
  const { model, policy, locationId } = context
  return { model, policy, values: valueContext(context), userId: policy.userId, locationId }
}

/** Of a new record nobody knows yet which roles will grant it; see `creationRefusal`. */
export const newInputContext = (context: RecordContext): InputContext =>
  inputContext({ ...context, policy: atBest(context.policy) })

/** Creates one record; nothing may follow in the transaction. */
export async function createRecord(
  context: RecordContext,
  object: CompiledObject,
  input: Record<string, unknown>,
): Promise<PresentedRecord> {
  const [record] = await createAllOrNone(context, object, [{ input }])
  return record!
}

/** A record that is to be made, and whose doing that is where it is made along with those of others. */
export interface NewRecord {
  input: Record<string, unknown>
  trace?: Trace
}

/**
 * Creates records that stand or fall together, in one statement; nothing may follow in the transaction. Where they have
 * traces, see `isTraceable`.
 */
export async function createAllOrNone(
  context: RecordContext,
  object: CompiledObject,
  wanted: NewRecord[],
): Promise<PresentedRecord[]> {
  requireAction(context.policy, object, 'create')
  const inputs = wanted.map(({ input }) => input)
  const settings = newInputContext(context)
  const parsed = inputs.map((input) => parseInput(object, input, 'create', settings))
  const judged = parsed.map((input) => ({ input }))
  await askBefore(context, object, judged)
  requireNone(parsed.flatMap(({ problems }) => problems))
  const references = await loadReferences(context, object, parsed)
  const rules = await judgeOf(context, object, judged)
  requireNone(
    parsed.flatMap((input) => [...checkReferences(context, object, input, references), ...judge(rules, object, input)]),
  )
  const records = parsed.map((input, n) => ({ ...assembleNew(context, object, input), trace: wanted[n]!.trace }))
  await lockTogether(context, object, [], inputs)
  const ids = records.map(({ id }) => id)
  leaveTrail(context, object, ids)
  const changes = parsed.map((input, index) => ({ index, id: ids[index]!, input }))
  const inverse = await planInverse(context, object, changes)
  const { rows, computed } = await insertTogether(context, object, records, inputs, inverse)
  const anew = await judgeSettled(context)
  const presented: PresentedRecord[] = []
  for (const [n, record] of records.entries()) {
    const { id } = record
    const whole = { ...record, ...computed.get(id) }
    presented.push(
      anew.has(id) ? await presentAnew(context, object, id) : presentNew(context, object, whole, rows[n]!, references),
    )
  }
  return presented
}

/** @throws VALIDATION_ERROR of all that is wrong, if anything is. */
export function requireNone(problems: FieldProblem[]): void {
  if (problems.length > 0) throw validationError(problems)
}

/** The record as it came to be after it was written, where rules took something away. */
export async function presentAnew(
  context: RecordContext,
  object: CompiledObject,
  id: string,
): Promise<PresentedRecord> {
  return presentRecord(context.model, context.policy, object, await readRow(context, object, id))
}

type NewRow = InsertedRow & Partial<NewStanding>

/** Gives the rows in the order of the records. */
async function insertTogether(
  context: RecordContext,
  object: CompiledObject,
  records: WrittenRecord[],
  inputs: Record<string, unknown>[],
  inverse: InversePlan,
): Promise<{ rows: NewRow[]; computed: Map<string, SettledRecord> }> {
  const [refused] = inverse.refused.values()
  if (refused) throw refused
  const held = [...holdModel(context.model), ...holdTurn(context, object)]
  const insert = insertStatement(context, object, records)
  const standing = newStanding(
    context,
    object,
    'create',
    records.map(({ id }) => id),
  )
  const settled = (ahead: Ahead[]) => settle(context, {}, { isLast: true, ahead })
  try {
    if (!standing && inverse.isEmpty) {
      let rows: NewRow[] = []
      const answered = (inserted: Row[]) => {
        rows = inserted as InsertedRow[]
      }
      const computed = await settled([...held.map((statement) => ({ statement })), { statement: insert, answered }])
      return { rows, computed }
    }
    const answers = await context.tx.batch<Row>([...held, insert, ...(standing ? [standing] : [])])
    const [inserted, stands = []] = answers.slice(held.length) as [InsertedRow[], NewStanding[]?]
    const standingOf = new Map(stands.map((one) => [one.id, one]))
    for (const [n, { id }] of records.entries()) {
      const own = standingOf.get(id)
      const refusal = own && creationRefusal(context, object, own, inputs[n]!)
      if (refusal) throw refusal
    }
    await inverse.carryOut()
    return { rows: inserted.map((row) => ({ ...row, ...standingOf.get(row.id) })), computed: await settled([]) }
  } catch (error) {
    throw writeError(object, error)
  }
}

function presentNew(
  context: RecordContext,
  object: CompiledObject,
  record: WrittenRecord,
  inserted: NewRow,
  references: References,
): PresentedRecord {
  const row: RecordRow = {
    id: record.id,
    version: 1,
    record_number: inserted.record_number,
    title: record.columns.title,
    stage: record.columns.stage,
    stage_since: inserted.created_at,
    stages_since: {},
    owner_id: record.ownerId,
    location_id: record.locationId,
    created_at: inserted.created_at,
    created_by: context.actor.userId,
    updated_at: inserted.created_at,
    updated_by: context.actor.userId,
    deleted_at: null,
    data: { ...record.data, ...inserted.numbers },
    links: record.links.map((link) => {
      const { title, object_id } = references.targets.get(link.to_id)!
      return [link.relation_id, link.to_id, title, object_id]
    }),
    files: [...references.files.values()].map(({ shown }) => shown),
    voices: inserted.voices,
  }
  return presentRecord(context.model, context.policy, object, row)
}

export type ItemResult = { index: number } & (
  | { success: true; id: string; recordNumber: string; version: number }
  | { success: false; error: { code: string; message: string; details?: FieldProblem[]; current?: unknown } }
)

interface CreateOptions {
  sample?: boolean
  entrance?: Entrance
}

interface Pending {
  index: number
  record: WrittenRecord
  input: Record<string, unknown>
}

/**
 * Creates many records; each stands for itself: what is refused is reported under its index and the others are made.
 * The transaction stays open.
 */
export async function createRecords(
  context: RecordContext,
  object: CompiledObject,
  inputs: Record<string, unknown>[],
  options: CreateOptions = {},
): Promise<ItemResult[]> {
  requireAction(context.policy, object, 'create')
  const create = (some: Record<string, unknown>[]) => createTogether(context, object, some, options)
  const results = await eachForItself(context, object, inputs, create, (error) => failed(0, error))
  return results.map((result, index) => ({ ...result, index }))
}

/** Gives one result for each, in their order. */
async function createTogether(
  context: RecordContext,
  object: CompiledObject,
  inputs: Record<string, unknown>[],
  options: CreateOptions,
): Promise<ItemResult[]> {
  const settings = newInputContext(context)
  const parsed = inputs.map((input) => parseInput(object, input, 'create', settings))
  if (!options.sample) {
    await askBefore(
      context,
      object,
      parsed.map((input) => ({ input })),
    )
  }
  const references = await loadReferences(context, object, parsed)
  const rules = await judgeOf(
    context,
    object,
    parsed.map((input) => ({ input })),
  )
  const results: ItemResult[] = []
  const pending: Pending[] = []
  parsed.forEach((input, index) => {
    const problems = [...input.problems, ...checkReferences(context, object, input, references)]
    if (problems.length === 0) problems.push(...judge(rules, object, input))
    if (problems.length > 0) results.push(failed(index, validationError(problems)))
    else pending.push({ index, record: assembleNew(context, object, input as ParsedInput), input: inputs[index]! })
  })
  await lockTogether(
    context,
    object,
    [],
    pending.map(({ input }) => input),
  )
  const made = pending.map(({ index, record }) => ({ index, id: record.id, input: parsed[index]! }))
  const inverse = await planInverse(context, object, made)
  for (const [index, refusal] of inverse.refused) results.push(failed(index, refusal))
  const wanted = pending.filter(({ index }) => !inverse.refused.has(index))
  const inserted = await insertAll(context, object, wanted, options)
  await inverse.carryOut((index) => inserted.some((result) => result.index === index && result.success))
  results.push(...inserted)
  leaveTrail(
    context,
    object,
    results.flatMap((result) => (result.success ? [result.id] : [])),
  )
  return results.sort((a, b) => a.index - b.index)
}

/**
 * Inserts in one statement; records that lose a unique value, or that the plan has no room for, are taken out and the rest
 * is tried again.
 */
async function insertAll(
  context: RecordContext,
  object: CompiledObject,
  pending: Pending[],
  options: CreateOptions,
): Promise<ItemResult[]> {
  const results: ItemResult[] = []
  let rest = pending
  while (rest.length > 0) {
    await context.tx.batch([...holdModel(context.model), ...holdTurn(context, object), sql`savepoint records`])
    try {
      const statement = insertStatement(
        context,
        object,
        rest.map((item) => item.record),
        options,
      )
      const rows = await context.tx.query<InsertedRow>(statement)
      const refusals = await refusalsOf(context, object, rest, options.entrance ?? 'create')
      if (refusals.size > 0) {
        await context.tx.query(sql`rollback to savepoint records`)
        for (const [item, refusal] of refusals) results.push(failed(item.index, refusal))
        rest = rest.filter((item) => !refusals.has(item))
        continue
      }
      rows.forEach((row, position) => {
        results.push({
          index: rest[position]!.index,
          success: true,
          id: row.id,
          recordNumber: row.record_number,
          version: 1,
        })
      })
      await context.tx.query(sql`release savepoint records`)
      return results
    } catch (error) {
      const shortage = shortageOf(error)
      const losers = losersOf(error)
      if (!shortage && losers.size === 0) throw writeError(object, error)
      await context.tx.query(sql`rollback to savepoint records`)
      if (shortage) {
        const room = Math.max(0, shortage.limit - shortage.used)
        results.push(...rest.slice(room).map((item) => failed(item.index, planExhausted(shortage))))
        rest = rest.slice(0, room)
        continue
      }
      for (const item of rest) {
        const fieldIds = losers.get(item.record.id)
        if (fieldIds) results.push(failed(item.index, duplicateError(object, fieldIds)))
      }
      rest = rest.filter((item) => !losers.has(item.record.id))
    }
  }
  return results
}

/** Of the records just inserted those that may not be, with the reason. */
async function refusalsOf(
  context: RecordContext,
  object: CompiledObject,
  pending: Pending[],
  entrance: Entrance,
): Promise<Map<Pending, AppError>> {
  const ids = pending.map((item) => item.record.id)
  const standing = newStanding(context, object, entrance, ids)
  if (!standing) return new Map()
  const byId = new Map((await context.tx.query<NewStanding>(standing)).map((stands) => [stands.id, stands]))
  const refusals = pending.flatMap((item) => {
    const refusal = creationRefusal(context, object, byId.get(item.record.id)!, item.input)
    return refusal ? [[item, refusal] as const] : []
  })
  return new Map(refusals)
}

export function failed(index: number, error: AppError): ItemResult {
  const { code, message, details, data } = error
  return { index, success: false, error: { code, message, details, ...(data !== undefined && { current: data }) } }
}
