/** Changes to records: merged, replaced, or many at once. */
import { forRecord, requireAction } from '../access/index.ts'
import { type RawBuilder, type Row, sql } from '../database/index.ts'
import { AppError, notFound, validationError } from '../errors/index.ts'
import type { CompiledObject, CompiledRelation, ObjectAction } from '../metadata/index.ts'
import { type AssembledChange, assembleChange } from './assemble.ts'
import { settle } from './computed/settle.ts'
import type { RecordContext } from './context.ts'
import { failed, type ItemResult, inputContext, presentAnew } from './create.ts'
import { askBefore } from './drafts.ts'
import { duplicateError, losersOf, writeError } from './failures.ts'
import { parseInput } from './input.ts'
import { planInverse } from './inverse.ts'
import { type LockedRecord, lockRecord, lockRecords, lockTogether, outOfScope, staleness } from './lock.ts'
import type { InputContext, ParsedInput } from './parsed.ts'
import { checkReferences, loadReferences, type References } from './references.ts'
import { type PresentedRecord, presentRecord, type RecordRow, type RowLink } from './row.ts'
import { eachForItself } from './rules/each-for-itself.ts'
import { type Judge, judge, judgeOf } from './rules/judge.ts'
import { judgeSettled } from './rules/late.ts'
import { fillMoments } from './stages/moments.ts'
import { movedOutside, outsideOf, type Standing, standingStatement } from './staying.ts'
import { updateStatement } from './write.ts'

interface UpdatedRow extends Row {
  id: string
  version: number
  updated_at: string
  stage_since: string
  stages_since: Record<string, string>
}

/** Merges (patch) or replaces the values of one record; nothing may follow in the transaction. */
export async function updateRecord(
  context: RecordContext,
  object: CompiledObject,
  id: string,
  input: Record<string, unknown>,
  options: { mode: 'patch' | 'replace'; version?: number },
): Promise<PresentedRecord> {
  requireAction(context.policy, object, 'update')
  await lockTogether(context, object, [id], [input])
  const before = await lockRecord(context, object, id, 'update', options)
  const parsed = parseInput(object, input, options.mode, inputOf(context, object, before))
  await askBefore(context, object, [{ input: parsed, before }])
  if (parsed.problems.length > 0) throw validationError(parsed.problems)
  if (givesAwayUnasked(parsed, before)) {
    if (options.mode === 'patch') throw validationError([notAssignable])
    parsed.ownerId = undefined
  }
  const fresh = withoutUnchanged(parsed, before)
  const references = await loadReferences(context, object, [fresh])
  const problems = checkReferences(context, object, fresh, references, before)
  if (problems.length > 0) throw validationError(problems)
  keepUnseenLinks(parsed, before)
  fillMoments(object, parsed, before)
  const refused = judge(await judgeOf(context, object, [{ input: parsed, before }]), object, parsed, before)
  if (refused.length > 0) throw validationError(refused)
  const inverse = await planInverse(context, object, [{ index: 0, id: before.id, input: parsed }])
  const [unlinkable] = inverse.refused.values()
  if (unlinkable) throw unlinkable
  const change = assembleChange(context, object, before, parsed)
  if (!change) {
    await inverse.carryOut()
    return presentRecord(context.model, context.policy, object, before.row)
  }
  try {
    const statements = changeStatements(context, object, [{ before, change }], ['update'])
    const answers: Row[][] = inverse.isEmpty ? [] : await context.tx.batch<Row>(statements)
    if (!inverse.isEmpty) await inverse.carryOut()
    const answered = (rows: Row[]) => void answers.push(rows)
    const ahead = inverse.isEmpty ? statements.map((statement) => ({ statement, answered })) : []
    const computed = (await settle(context, {}, { isLast: true, ahead })).get(id)
    const [updated, standing] = answers as [[UpdatedRow], [Standing]?]
    if ((await judgeSettled(context)).has(id)) return presentAnew(context, object, id)
    Object.assign(change.record, computed)
    const row = changedRow(context, before, change, updated[0], parsed, references)
    return presentRecord(context.model, context.policy, object, { ...row, voices: standing?.[0].voices })
  } catch (error) {
    throw changeError(context, object, error, change, ['update'])
  }
}

/** What the caller may write into this record. */
const inputOf = (context: RecordContext, object: CompiledObject, before: LockedRecord | undefined): InputContext =>
  inputContext({ ...context, policy: forRecord(context.policy, object, before?.row.voices) })

/** The linked records of a relation that the caller sees. */
const seenLinks = ({ row }: LockedRecord, { relationId }: CompiledRelation): string[] =>
  (row.links ?? []).filter(([id]) => id === relationId).map(([, otherId]) => otherId)

/** A link that the caller sees and keeps is not checked again. One they do not see must not be told by guessing it. */
function withoutUnchanged(parsed: ParsedInput, before: LockedRecord): ParsedInput {
  const links = [...parsed.links].map(([relation, ids]) => {
    const known = seenLinks(before, relation)
    return [relation, ids.filter((id) => !known.includes(id))] as const
  })
  return {
    ...parsed,
    links: new Map(links),
    ownerId: parsed.ownerId === before.owner_id ? undefined : parsed.ownerId,
    locationId: parsed.locationId === before.location_id ? undefined : parsed.locationId,
    values: new Map([...parsed.values].filter(([key, value]) => before.data[key] !== value)),
  }
}

/** Giving the record to somebody else takes the right to assign this record. */
const givesAwayUnasked = (parsed: ParsedInput, before: LockedRecord): boolean =>
  parsed.ownerId !== undefined && parsed.ownerId !== before.owner_id && !before.may.assign

const notAssignable = { field: 'ownerId', message: 'may not be changed by your role' }

/** A list of links replaces those that the caller sees; the others are not theirs to take away. */
function keepUnseenLinks(parsed: ParsedInput, before: LockedRecord): void {
  for (const [relation, ids] of parsed.links) {
    if (!relation.many) continue
    const seen = seenLinks(before, relation)
    const known = before.links.get(relation.relationId) ?? []
    const unseen = known.filter((id) => !seen.includes(id) && !ids.includes(id))
    if (unseen.length === 0) continue
    parsed.links.set(relation, seen.join() === ids.join() ? known : [...ids, ...unseen])
  }
}

interface Change {
  before: LockedRecord
  change: AssembledChange
}

/** The change itself, and whether it leaves the records where the caller may change them by these actions. */
function changeStatements(
  context: RecordContext,
  object: CompiledObject,
  changes: Change[],
  actions: ObjectAction[],
): RawBuilder<unknown>[] {
  const changed = changes.map(({ before, change }) => ({
    id: before.id,
    ownerBefore: before.owner_id,
    keys: Object.keys(change.record.changes),
  }))
  const written = changes.map(({ change }) => change)
  const standing = standingStatement(context, object, changed, actions)
  return [changeStatement(context, object, written), ...(standing ? [standing] : [])]
}

function changeError(
  context: RecordContext,
  object: CompiledObject,
  error: unknown,
  { record }: AssembledChange,
  actions: ObjectAction[],
): unknown {
  if (outsideOf(error).size === 0) return writeError(object, error)
  return movedOutside(context, object, { keys: Object.keys(record.changes) }, actions)
}

function changeStatement(context: RecordContext, object: CompiledObject, changes: AssembledChange[]) {
  return updateStatement(
    context,
    object,
    changes.map((change) => change.record),
    {
      uniques: changes.flatMap(({ record, uniqueFieldIds }) =>
        uniqueFieldIds.map((field_id) => ({ record_id: record.id, field_id })),
      ),
      relations: changes.flatMap(({ record, relationIds }) =>
        relationIds.map((relation_id) => ({ record_id: record.id, relation_id })),
      ),
    },
  )
}

function changedRow(
  context: RecordContext,
  before: LockedRecord,
  change: AssembledChange,
  updated: UpdatedRow,
  parsed: ParsedInput,
  references: References,
): RecordRow {
  const { record } = change
  return {
    ...before.row,
    version: updated.version,
    updated_at: updated.updated_at,
    updated_by: context.actor.userId,
    title: record.columns.title,
    stage: record.columns.stage,
    stage_since: updated.stage_since,
    stages_since: updated.stages_since,
    owner_id: record.ownerId,
    location_id: record.locationId,
    data: record.data,
    links: linksAfter(before.row, parsed, references),
    files: [...(before.row.files ?? []), ...[...references.files.values()].map(({ shown }) => shown)],
  }
}

function linksAfter(row: RecordRow, parsed: ParsedInput, references: References): RecordRow['links'] {
  const others = new Map((row.links ?? []).map(([, id, ...other]) => [id, other]))
  for (const { id, title, object_id } of references.targets.values()) others.set(id, [title, object_id])
  const replaced = new Set([...parsed.links.keys()].map((relation) => relation.relationId))
  const kept = (row.links ?? []).filter(([relationId]) => !replaced.has(relationId))
  const fresh = [...parsed.links].flatMap(([relation, ids]) =>
    ids.filter((id) => others.has(id)).map((id): RowLink => [relation.relationId, id, ...others.get(id)!]),
  )
  return [...kept, ...fresh]
}

export interface RecordChange {
  id: string
  input: Record<string, unknown>
  /** The version that it was made on; any unless said. */
  version?: number
}

/** Merges into many records; each stands for itself. The transaction stays open. */
export async function updateRecords(
  context: RecordContext,
  object: CompiledObject,
  changes: RecordChange[],
  options: { entrance?: 'import' } = {},
): Promise<ItemResult[]> {
  requireAction(context.policy, object, 'update')
  const change = (some: RecordChange[]) => updateTogether(context, object, some, options)
  const results = await eachForItself(context, object, changes, change, (error) => failed(0, error))
  return results.map((result, index) => ({ ...result, index }))
}

/** Gives one result for each, in their order. */
async function updateTogether(
  context: RecordContext,
  object: CompiledObject,
  changes: RecordChange[],
  options: { entrance?: 'import' },
): Promise<ItemResult[]> {
  await lockTogether(
    context,
    object,
    changes.map((change) => change.id),
    changes.map((change) => change.input),
  )
  const locked = await lockRecords(
    context,
    object,
    changes.map((change) => change.id),
  )
  const parsed = changes.map(({ id, input }) =>
    parseInput(object, input, 'patch', inputOf(context, object, locked.get(id))),
  )
  const judged = parsed.map((input, index) => ({ input, before: locked.get(changes[index]!.id) }))
  await askBefore(
    context,
    object,
    judged.filter(({ before }) => before),
  )
  const references = await loadReferences(context, object, parsed)
  const rules = await judgeOf(context, object, judged)
  const results: ItemResult[] = []
  const pending: PendingChange[] = []
  const accepted: (Omit<PendingChange, 'change'> & { change?: AssembledChange })[] = []
  for (const [index, input] of parsed.entries()) {
    const outcome = prepareChange(context, object, changes[index]!, input, locked, references, rules, options.entrance)
    if (outcome instanceof AppError) results.push(failed(index, outcome))
    else accepted.push({ index, ...outcome })
  }
  const meant = accepted.map(({ index, before }) => ({ index, id: before.id, input: parsed[index]! }))
  const inverse = await planInverse(context, object, meant)
  for (const { index, before, change } of accepted) {
    const refusal = inverse.refused.get(index)
    if (refusal) results.push(failed(index, refusal))
    else if (change) pending.push({ index, before, change })
    else {
      const { id, record_number: recordNumber, version } = before.row
      results.push({ index, success: true, id, recordNumber, version })
    }
  }
  const actions: ObjectAction[] = options.entrance ? ['update', options.entrance] : ['update']
  results.push(...(await writeAll(context, object, pending, actions)))
  await inverse.carryOut((index) => results.some((result) => result.index === index && result.success))
  return results.sort((a, b) => a.index - b.index)
}

interface PendingChange extends Change {
  index: number
}

/** The change of one of many, or why it cannot be made. */
function prepareChange(
  context: RecordContext,
  object: CompiledObject,
  { id, version }: RecordChange,
  input: ParsedInput,
  locked: Map<string, LockedRecord>,
  references: References,
  rules: Judge,
  entrance: 'import' | undefined,
): { before: LockedRecord; change?: AssembledChange } | AppError {
  const before = locked.get(id)
  if (!before) return notFound(`The record ${id} of ${object.slug}`)
  // Named a second time, it would be changed from a state that the first change has already left.
  locked.delete(id)
  if (!before.may.update) return outOfScope(object, 'update')
  if (entrance && !before.may[entrance]) return outOfScope(object, entrance)
  const stale = staleness(context, object, before.row, version)
  if (stale) return stale
  if (givesAwayUnasked(input, before)) return validationError([notAssignable])
  const fresh = withoutUnchanged(input, before)
  const problems = [...input.problems, ...checkReferences(context, object, fresh, references, before)]
  if (problems.length > 0) return validationError(problems)
  keepUnseenLinks(input, before)
  fillMoments(object, input, before)
  const refused = judge(rules, object, input, before)
  if (refused.length > 0) return validationError(refused)
  return { before, change: assembleChange(context, object, before, input) }
}

async function writeAll(
  context: RecordContext,
  object: CompiledObject,
  pending: PendingChange[],
  actions: ObjectAction[],
): Promise<ItemResult[]> {
  const results: ItemResult[] = []
  let rest = pending
  while (rest.length > 0) {
    await context.tx.query(sql`savepoint records`)
    try {
      const [rows] = await context.tx.batch<UpdatedRow>(changeStatements(context, object, rest, actions))
      for (const [position, { id, version }] of rows!.entries()) {
        const { index, before } = rest[position]!
        results.push({ index, success: true, id, recordNumber: before.row.record_number, version })
      }
      await context.tx.query(sql`release savepoint records`)
      return results
    } catch (error) {
      const losers = losersOf(error)
      const outside = outsideOf(error)
      if (losers.size + outside.size === 0) throw writeError(object, error)
      await context.tx.query(sql`rollback to savepoint records`)
      for (const item of rest) {
        const fieldIds = losers.get(item.before.id)
        if (fieldIds) results.push(failed(item.index, duplicateError(object, fieldIds)))
        if (outside.has(item.before.id)) {
          const keys = Object.keys(item.change.record.changes)
          results.push(failed(item.index, movedOutside(context, object, { keys }, actions)))
        }
      }
      rest = rest.filter(({ before }) => !losers.has(before.id) && !outside.has(before.id))
    }
  }
  return results
}
