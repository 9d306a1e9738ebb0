/**
 * Rules and conditions over values that are made of other records. They are asked when these have been worked out, before
 * the transaction ends: of the records that it writes, and of those whose values follow from what it writes.
 */
import { systemPolicy } from '../../access/index.ts'
import { type Row, sql } from '../../database/index.ts'
import { type FieldProblem, validationError } from '../../errors/index.ts'
import { type CompiledObject, inLocale } from '../../metadata/index.ts'
import type { StoredValue } from '../../metadata/values/index.ts'
import { assembleChange } from '../assemble.ts'
import { refuseDoubleBookings } from '../bookings/refusal.ts'
import { ownFormulas } from '../computed/own.ts'
import { settle } from '../computed/settle.ts'
import type { RecordContext } from '../context.ts'
import type { ParsedInput } from '../parsed.ts'
import { type RecordRow, recordColumns } from '../row.ts'
import { updateStatement } from '../write.ts'
import { breaksRule, type Judge, judgeOf, judgeValues } from './judge.ts'
import { lateRules, type ObjectRules } from './read.ts'
import { changedBetween, isEmptyValue, linksByRelation, type StoredRecord, stateBefore, valuesOf } from './state.ts'
import { type Awaiting, askInTheEnd, awaitingRules, takeAwaiting } from './written.ts'

/**
 * Works out what follows from the transaction's changes and asks the rules that look at it, and for bookings. Fields that are not shown any
 * more lose their values.
 *
 * @returns the records that lost some; what is known of them is out of date.
 * @throws VALIDATION_ERROR.
 */
export async function judgeSettled(context: RecordContext): Promise<Set<string>> {
  const cleared = new Set<string>()
  await settle(context)
  await refuseDoubleBookings(context)
  while (awaitingRules(context)) {
    const byObject = Map.groupBy(takeAwaiting(context), ([, { objectId }]) => objectId)
    for (const [objectId, awaiting] of byObject) {
      const object = context.model.objectById.get(objectId)!
      for (const id of await judgeObject(context, object, new Map(awaiting))) cleared.add(id)
    }
    await settle(context)
  }
  return cleared
}

askInTheEnd(judgeSettled)

/** A change as it stands in the database, and what it was made of. */
interface LateCase {
  now: StoredRecord
  /** Undefined where the transaction has made the record. */
  before: StoredRecord | undefined
  input: ParsedInput
  isWritten: boolean
}

async function judgeObject(
  context: RecordContext,
  object: CompiledObject,
  awaiting: Map<string, Awaiting>,
): Promise<string[]> {
  const everybody = { ...context, policy: { ...systemPolicy(context.model), userId: context.policy.userId } }
  const records = await livingRecords(everybody, object, [...awaiting.keys()])
  const cases = records.map((now) => lateCase(everybody, object, now, awaiting.get(now.id)!))
  const judge = await judgeOf(everybody, object, cases, lateRules(context.model, object))
  const cleared: string[] = []
  for (const one of cases) {
    const problems = one.isWritten ? judgeValues(judge, object, one.input, one.before) : brokenBy(judge, object, one)
    if (problems.length > 0) throw validationError(problems)
    if (!one.isWritten) continue
    if (await clear(everybody, object, one.now, clearedFields(object, one, judge.rules))) cleared.push(one.now.id)
  }
  return cleared
}

type LateRow = RecordRow & Row & { all_links: [string, string][] | null }

/** The transaction has locked them: it has written them, or what is computed of them. */
async function livingRecords(context: RecordContext, object: CompiledObject, ids: string[]): Promise<StoredRecord[]> {
  const { model, policy, tx } = context
  const rows = await tx.query<LateRow>(sql<LateRow>`select ${recordColumns(model, policy, object)}, (
      select jsonb_agg(jsonb_build_array(l.relation_id, l.to_id) order by l.position, l.created_at) from links l
      where l.tenant_id = ${model.tenantId} and l.from_id = r.id) as all_links
    from records r where r.tenant_id = ${model.tenantId} and r.object_id = ${object.id} and r.id = any(${ids}::uuid[])
      and r.deleted_at is null order by r.id`)
  return rows.map((row) => {
    const { id, data, owner_id, location_id } = row
    return { id, data, owner_id, location_id, links: linksByRelation(row.all_links), row }
  })
}

/** Told as a change of the record that was: what was written, and what followed from it. */
function lateCase(
  context: RecordContext,
  object: CompiledObject,
  now: StoredRecord,
  { isNew, isWritten, before }: Awaiting,
): LateCase {
  const input: ParsedInput = {
    values: new Map(),
    links: new Map(),
    inverse: new Map(),
    unsent: new Set(),
    problems: [],
    ownerId: now.owner_id,
    locationId: now.location_id,
  }
  const was = { ...now, data: { ...now.data }, links: new Map(now.links) }
  for (const key of isNew ? Object.keys(now.data) : before.keys()) {
    if (!object.relation.has(key)) input.values.set(key, now.data[key] ?? null)
  }
  for (const relation of object.relations) {
    if (relation.direction === 'out' && (isNew || before.has(relation.key))) {
      input.links.set(relation, now.links.get(relation.relationId) ?? [])
    }
  }
  for (const [key, value] of before) {
    const relation = object.relation.get(key)
    if (key === 'ownerId') was.owner_id = value as string | null
    else if (key === 'locationId') was.location_id = value as string | null
    else if (relation) was.links.set(relation.relationId, [value].flat() as string[])
    else if (value === null) delete was.data[key]
    else was.data[key] = value as StoredValue
  }
  was.data = ownFormulas(context, object, was.data).data
  return { now, before: isNew ? undefined : was, input, isWritten }
}

/**
 * Of a record whose values follow from a change of others: the rules that held and do not any more. One that was broken
 * already holds nobody up.
 */
function brokenBy(judge: Judge, object: CompiledObject, { now, before }: LateCase): FieldProblem[] {
  if (!before) return []
  const [was, is] = [stateBefore(before), stateBefore(now)]
  const changed = changedBetween(object, was, is)
  const { locale } = judge.context
  return judge.rules.checks
    .filter((rule) => [...rule.check.reads, ...(rule.when?.reads ?? [])].some((key) => changed.has(key)))
    .filter((rule) => breaksRule(judge, rule, valuesOf(object, is)) && !breaksRule(judge, rule, valuesOf(object, was)))
    .map(({ rule }) => ({
      field: `${object.slug}.${rule.field ?? rule.key}`,
      message: `${inLocale(object.label, locale)}: ${inLocale(rule.message, locale)}`,
    }))
}

/** The fields that the rules left without the values that stand in the record. */
function clearedFields(object: CompiledObject, { now, before, input }: LateCase, rules: ObjectRules): ParsedInput {
  const cleared: ParsedInput = {
    values: new Map(),
    links: new Map(),
    inverse: new Map(),
    unsent: new Set(),
    problems: [],
  }
  for (const { key, storage } of rules.fields.map(({ field }) => field)) {
    const relation = storage.kind === 'links' ? object.relation.get(key) : undefined
    const isLeft = (left: unknown, isSaid: boolean): boolean => (isSaid || !before) && isEmptyValue(left)
    if (relation) {
      const linked = now.links.get(relation.relationId)
      if (!isEmptyValue(linked) && isLeft(input.links.get(relation), input.links.has(relation))) {
        cleared.links.set(relation, [])
      }
    } else if (!isEmptyValue(now.data[key]) && isLeft(input.values.get(key), input.values.has(key))) {
      cleared.values.set(key, null)
    }
  }
  return cleared
}

/** Gives whether anything was written. */
async function clear(
  context: RecordContext,
  object: CompiledObject,
  now: StoredRecord,
  cleared: ParsedInput,
): Promise<boolean> {
  const change = assembleChange(context, object, now, cleared)
  if (!change) return false
  const { record, uniqueFieldIds, relationIds } = change
  const replaced = {
    uniques: uniqueFieldIds.map((field_id) => ({ record_id: now.id, field_id })),
    relations: relationIds.map((relation_id) => ({ record_id: now.id, relation_id })),
  }
  await context.tx.query(updateStatement(context, object, [record], replaced))
  return true
}
