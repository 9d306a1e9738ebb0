/** Changes to records: merged or replaced, of one or of several that stand or fall together. */
import { forRecord, requireAction } from '../access/index.ts'
import type { RawBuilder, Row } from '../database/index.ts'
import { validationError } from '../errors/index.ts'
import type { CompiledObject, CompiledRelation, ObjectAction } from '../metadata/index.ts'
import { type AssembledChange, assembleChange } from './assemble.ts'
import { type SettledRecord, settle } from './computed/settle.ts'
import type { RecordContext } from './context.ts'
import { inputContext, presentAnew, requireNone } from './create.ts'
import { askBefore } from './drafts.ts'
import { writeError } from './failures.ts'
import { parseInput } from './input.ts'
import { type InversePlan, planInverse } from './inverse.ts'
import { type LockedRecord, lockEach, lockTogether } from './lock.ts'
import type { InputContext, ParsedInput } from './parsed.ts'
import { checkReferences, loadReferences, type References } from './references.ts'
import { type PresentedRecord, presentRecord, type RecordRow, type RowLink } from './row.ts'
import { judge, judgeOf } from './rules/judge.ts'
import { judgeSettled } from './rules/late.ts'
import { fillMoments } from './stages/moments.ts'
import { movedOutside, outsideOf, type Standing, standingStatement } from './staying.ts'
import type { Trace } from './trace.ts'
import { updateStatement } from './write.ts'

export interface UpdatedRow extends Row {
  id: string
  version: number
  updated_at: string
  stage_since: string
  stages_since: Record<string, string>
}

export interface RecordChange {
  id: string
  input: Record<string, unknown>
  /** The version that it was made on; any unless said. */
  version?: number
}

/** Merges (patch) or replaces the values of one record; nothing may follow in the transaction. */
export async function updateRecord(
  context: RecordContext,
  object: CompiledObject,
  id: string,
  input: Record<string, unknown>,
  { mode, version }: { mode: 'patch' | 'replace'; version?: number },
): Promise<PresentedRecord> {
  const change = { id, input, ...(version !== undefined && { version }) }
  const [record] = await updateAllOrNone(context, object, [change], mode)
  return record!
}

/**
 * Changes records, each once, that stand or fall together; nothing may follow in the transaction. Where the changes have
 * traces, see `isTraceable`.
 */
export async function updateAllOrNone(
  context: RecordContext,
  object: CompiledObject,
  wanted: (RecordChange & { trace?: Trace })[],
  mode: 'patch' | 'replace',
): Promise<PresentedRecord[]> {
  requireAction(context.policy, object, 'update')
  const inputs = wanted.map(({ input }) => input)
  await lockTogether(
    context,
    object,
    wanted.map(({ id }) => id),
    inputs,
  )
  const befores = await lockEach(context, object, wanted, 'update')
  const judged = befores.map((before, n) => ({
    before,
    input: parseInput(object, inputs[n]!, mode, inputOf(context, object, before)),
  }))
  await askBefore(context, object, judged)
  requireNone(judged.flatMap(({ input }) => input.problems))
  for (const { input, before } of judged) keepOwner(input, before, mode)
  const fresh = judged.map(({ input, before }) => withoutUnchanged(input, before))
  const references = await loadReferences(context, object, fresh)
  requireNone(judged.flatMap(({ before }, n) => checkReferences(context, object, fresh[n]!, references, before)))
  for (const { input, before } of judged) {
    keepUnseenLinks(input, before)
    fillMoments(object, input, before)
  }
  const rules = await judgeOf(context, object, judged)
  requireNone(judged.flatMap(({ input, before }) => judge(rules, object, input, before)))
  const meant = judged.map(({ input, before }, index) => ({ index, id: before.id, input }))
  const inverse = await planInverse(context, object, meant)
  const [unlinkable] = inverse.refused.values()
  if (unlinkable) throw unlinkable
  const changes = judged.map(({ input, before }, n) => ({
    input,
    before,
    change: traced(assembleChange(context, object, before, input), wanted[n]!.trace),
  }))
  const written = await writeTogether(context, object, changes.filter(isChange), inverse)
  return presentChanged(context, object, changes, written, references)
}

/** Who may not give a record away leaves its owner as it is where they replace all of its values. */
function keepOwner(parsed: ParsedInput, before: LockedRecord, mode: 'patch' | 'replace'): void {
  if (!givesAwayUnasked(parsed, before)) return
  if (mode === 'patch') throw validationError([notAssignable])
  parsed.ownerId = undefined
}

const traced = (change: AssembledChange | undefined, trace: Trace | undefined): AssembledChange | undefined =>
  change && { ...change, record: { ...change.record, trace } }

interface Written {
  updated: Map<string, UpdatedRow>
  standing: Map<string, Standing>
  computed: Map<string, SettledRecord>
  /** Rules took something away from them after they were written. */
  anew: Set<string>
}

async function writeTogether(
  context: RecordContext,
  object: CompiledObject,
  changes: Change[],
  inverse: InversePlan,
): Promise<Written> {
  const answers: Row[][] = []
  try {
    const statements = changes.length > 0 ? changeStatements(context, object, changes, ['update']) : []
    if (!inverse.isEmpty) {
      if (statements.length > 0) answers.push(...(await context.tx.batch<Row>(statements)))
      await inverse.carryOut()
    }
    const answered = (rows: Row[]) => void answers.push(rows)
    const ahead = inverse.isEmpty ? statements.map((statement) => ({ statement, answered })) : []
    const computed = changes.length > 0 ? await settle(context, {}, { isLast: true, ahead }) : new Map()
    const anew = changes.length > 0 ? await judgeSettled(context) : new Set<string>()
    const [updated = [], standing = []] = answers as [UpdatedRow[]?, Standing[]?]
    return { updated: byId(updated), standing: byId(standing), computed, anew }
  } catch (error) {
    throw changeError(context, object, error, changes, ['update'])
  }
}

const byId = <R extends { id: string }>(rows: R[]): Map<string, R> => new Map(rows.map((row) => [row.id, row]))

/** What the caller may write into this record. */
export const inputOf = (
  context: RecordContext,
  object: CompiledObject,
  before: LockedRecord | undefined,
): InputContext => inputContext({ ...context, policy: forRecord(context.policy, object, before?.row.voices) })

/** The linked records of a relation that the caller sees. */
const seenLinks = ({ row }: LockedRecord, { relationId }: CompiledRelation): string[] =>
  (row.links ?? []).filter(([id]) => id === relationId).map(([, otherId]) => otherId)

/** A link that the caller sees and keeps is not checked again. One they do not see must not be told by guessing it. */
export function withoutUnchanged(parsed: ParsedInput, before: LockedRecord): ParsedInput {
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
export const givesAwayUnasked = (parsed: ParsedInput, before: LockedRecord): boolean =>
  parsed.ownerId !== undefined && parsed.ownerId !== before.owner_id && !before.may.assign

export const notAssignable = { field: 'ownerId', message: 'may not be changed by your role' }

/** A list of links replaces those that the caller sees; the others are not theirs to take away. */
export function keepUnseenLinks(parsed: ParsedInput, before: LockedRecord): void {
  for (const [relation, ids] of parsed.links) {
    if (!relation.many) continue
    const seen = seenLinks(before, relation)
    const known = before.links.get(relation.relationId) ?? []
    const unseen = known.filter((id) => !seen.includes(id) && !ids.includes(id))
    if (unseen.length === 0) continue
    parsed.links.set(relation, seen.join() === ids.join() ? known : [...ids, ...unseen])
  }
}

export interface Change {
  before: LockedRecord
  change: AssembledChange
}

/** The change itself, and whether it leaves the records where the caller may change them by these actions. */
export function changeStatements(
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
  changes: Change[],
  actions: ObjectAction[],
): unknown {
  const outside = outsideOf(error)
  const moved = changes.find(({ before }) => outside.has(before.id))
  if (!moved) return writeError(object, error)
  return movedOutside(context, object, { keys: Object.keys(moved.change.record.changes) }, actions)
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

interface JudgedOne {
  input: ParsedInput
  before: LockedRecord
  change?: AssembledChange | undefined
}

const isChange = <J extends JudgedOne>(one: J): one is J & Change => one.change !== undefined

async function presentChanged(
  context: RecordContext,
  object: CompiledObject,
  changes: JudgedOne[],
  { updated, standing, computed, anew }: Written,
  references: References,
): Promise<PresentedRecord[]> {
  const { model, policy } = context
  const presented: PresentedRecord[] = []
  for (const one of changes) {
    const { id, row } = one.before
    if (anew.has(id)) presented.push(await presentAnew(context, object, id))
    else if (!isChange(one)) presented.push(presentRecord(model, policy, object, row))
    else {
      Object.assign(one.change.record, computed.get(id))
      const now = changedRow(context, one, updated.get(id)!, references)
      presented.push(presentRecord(model, policy, object, { ...now, voices: standing.get(id)?.voices }))
    }
  }
  return presented
}

function changedRow(
  context: RecordContext,
  { before, change: { record }, input }: Change & { input: ParsedInput },
  updated: UpdatedRow,
  references: References,
): RecordRow {
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
    links: linksAfter(before.row, input, references),
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
