/**
 * Brings `unique_values` in line after the unique keys of an object have changed. From the change on, whoever writes
 * records keeps to the keys; the values of records that were there before are taken in batches, at once where they are
 * few and by a job where they are many.
 */
import { mayExpression } from '../../access/index.ts'
import { newId, type Row, sql } from '../../database/index.ts'
import { conflict, type FieldProblem } from '../../errors/index.ts'
import { type CompiledObject, type CompiledUniqueKey, holdModel } from '../../metadata/index.ts'
import type { DiscardedValues } from '../computed/deferred-work.ts'
import type { RecordContext } from '../context.ts'
import type { RecordData } from '../project.ts'
import { dataColumn, presentRecord, type RecordRow, recordColumns } from '../row.ts'
import type { UniqueValue } from '../write.ts'
import { linksByRelation, type RecordState } from './state.ts'
import { uniqueValues } from './unique.ts'

/** Objects with more living records than this leave them to a job. */
const mostInRequest = 2_000
const batchSize = 100
const mostForgotten = 5_000
/** So many duplicates are named when a key cannot be turned on. */
export const mostDuplicates = 20

/** A value that a record cannot have, because another has it. */
export type LostValue = UniqueValue & { record_id: string }

/**
 * Forgets the values of keys that are gone or mean something else now, and takes those of keys that are new or changed,
 * of every living record; see above. The caller holds the tenant's turn.
 *
 * @throws CONFLICT where few records share values, with those that the caller may see; a job ends with it later.
 */
export async function changeUniqueKeys(
  context: RecordContext,
  before: CompiledUniqueKey[],
  object: CompiledObject,
): Promise<void> {
  const same = (a: CompiledUniqueKey, b: CompiledUniqueKey): boolean => meaningOf(a) === meaningOf(b)
  const gone = before.filter((old) => !object.uniqueKeys.some((key) => same(key, old)))
  const fresh = object.uniqueKeys.filter((key) => !before.some((old) => same(key, old)))
  if (gone.length + fresh.length === 0) return
  const work = (await isLarge(context, object)) ? context.defer : undefined
  if (gone.length > 0) {
    const discarded = { objectId: object.id, valuesIds: gone.map(({ id }) => id) }
    await context.tx.query(sql`delete from unique_keys
      where tenant_id = ${context.model.tenantId} and key_id = any(${gone.map(({ keyId }) => keyId)}::uuid[])`)
    if (work) await work({ kind: 'forget', ...discarded })
    else while (await forgetValues(context, discarded, { inUse: false }));
  }
  if (fresh.length === 0) return
  const jobId = work && (await work({ kind: 'unique', objectId: object.id }))
  const begun = await beginKeys(context, object, fresh, jobId)
  if (!jobId) await takeAll(context, object, begun)
}

const meaningOf = ({ keyId, fields, ignoreCase, ignoreAccents, ignoreSpaces }: CompiledUniqueKey): string =>
  JSON.stringify([keyId, fields, ignoreCase, ignoreAccents, ignoreSpaces])

async function isLarge({ tx, model }: RecordContext, object: CompiledObject): Promise<boolean> {
  const rows = await tx.query(sql`select 1 as one from record_counters
    where tenant_id = ${model.tenantId} and object_id = ${object.id} and live > ${mostInRequest}`)
  return rows.length > 0
}

/** Writes down where the values of the keys are going to stand: not where something is left of an earlier time. */
async function beginKeys(
  { tx, model }: RecordContext,
  object: CompiledObject,
  keys: CompiledUniqueKey[],
  jobId: string | undefined,
): Promise<CompiledUniqueKey[]> {
  const { tenantId } = model
  const used = await tx.query<
    Row & { id: string }
  >(sql`select k.id from unnest(${keys.map(({ keyId }) => keyId)}::uuid[]) as k(id)
    where exists (select from unique_values u where u.tenant_id = ${tenantId} and u.field_id = k.id)`)
  const begun = keys.map((key) => ({ ...key, id: used.some(({ id }) => id === key.keyId) ? newId() : key.keyId }))
  const kept = begun.filter((key) => jobId || key.id !== key.keyId)
  const rows = kept.map(({ id, keyId }) => ({ key_id: keyId, values_id: id }))
  await tx.query(sql`insert into unique_keys (tenant_id, object_id, key_id, values_id, job_id)
    select ${tenantId}, ${object.id}, key_id, values_id, ${jobId ?? null}::uuid
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t(key_id uuid, values_id uuid)`)
  return begun
}

async function takeAll(context: RecordContext, object: CompiledObject, keys: CompiledUniqueKey[]): Promise<void> {
  const lost: LostValue[] = []
  let after: string | undefined
  do {
    const batch = await takeUniqueValues(context, object, keys, after)
    after = batch?.after
    lost.push(...(batch?.lost ?? []))
  } while (after !== undefined && lost.length < mostDuplicates)
  if (lost.length > 0) throw sharedValues(object, await namedDuplicates(context, object, keys, lost))
}

export const sharedValues = ({ slug }: Pick<CompiledObject, 'slug'>, details: FieldProblem[]) =>
  conflict(`Some of ${slug} share values that are to be unique. Merge or change them first.`, { details })

interface LivingRow extends Row {
  id: string
  data: RecordData
  owner_id: string | null
  location_id: string | null
  links: [string, string][] | null
}

/**
 * Takes the values of the next living records after this id; undefined when there are none. The records are held until
 * the transaction ends, so that nobody gives them other values meanwhile; they are read once they are.
 */
export async function takeUniqueValues(
  context: RecordContext,
  object: CompiledObject,
  keys: CompiledUniqueKey[],
  after: string | undefined,
): Promise<{ after: string; count: number; lost: LostValue[] } | undefined> {
  const { tenantId } = context.model
  const next = sql`select r.id from records r where r.tenant_id = ${tenantId} and r.object_id = ${object.id}
    ${after ? sql`and r.id > ${after}::uuid` : sql``} order by r.id limit ${batchSize}`
  const held = sql`${next} for no key update of r`
  const rows = (await context.tx.batch<{ id: string }>([...holdModel(context.model), held])).at(-1)!
  if (rows.length === 0) return undefined
  const living =
    await context.tx.query<LivingRow>(sql`select r.id, ${dataColumn(object)} as data, r.owner_id, r.location_id, (
      select jsonb_agg(jsonb_build_array(l.relation_id, l.to_id) order by l.position, l.created_at) from links l
      where l.tenant_id = ${tenantId} and l.from_id = r.id) as links
    from records r where r.tenant_id = ${tenantId} and r.id = any(${rows.map(({ id }) => id)}::uuid[]) and r.deleted_at is null`)
  const values = living.flatMap((row) =>
    uniqueValues(object, stateOf(row), keys).map((value) => ({ ...value, record_id: row.id })),
  )
  return { after: rows.at(-1)!.id, count: rows.length, lost: await take(context, values) }
}

const stateOf = (row: LivingRow): RecordState => ({
  data: row.data,
  ownerId: row.owner_id,
  locationId: row.location_id,
  links: linksByRelation(row.links),
})

/** Takes values; gives back those that another record has. Who wrote a record since the change has its values already. */
async function take(context: RecordContext, values: LostValue[]): Promise<LostValue[]> {
  if (values.length === 0) return []
  const { tenantId } = context.model
  const wanted = sql`jsonb_to_recordset(${JSON.stringify(values)}::jsonb) as t(field_id uuid, value text, record_id uuid)`
  const taken = await context.tx.query<
    Row & LostValue
  >(sql`insert into unique_values (tenant_id, field_id, value, record_id)
    select ${tenantId}, field_id, value, record_id from ${wanted} order by field_id, value
    on conflict do nothing returning field_id, record_id`)
  const mine = new Set(taken.map(placeOf))
  const missed = values.filter((value) => !mine.has(placeOf(value)))
  const holders = await holdersOf(context, missed)
  // Whoever had the value has just given it up.
  const again = await take(
    context,
    missed.filter((_, index) => holders[index] === null),
  )
  return [...missed.filter(({ record_id }, index) => ![null, record_id].includes(holders[index]!)), ...again]
}

const placeOf = ({ field_id, record_id }: Pick<LostValue, 'field_id' | 'record_id'>): string =>
  `${field_id} ${record_id}`

/** The records that have these values now, in the order given; null where none has. */
async function holdersOf({ tx, model }: RecordContext, values: UniqueValue[]): Promise<(string | null)[]> {
  if (values.length === 0) return []
  const rows = await tx.query<Row & { holder: string | null }>(sql`select (
      select u.record_id from unique_values u
      where u.tenant_id = ${model.tenantId} and u.field_id = t.field_id and u.value = t.value) as holder
    from rows from (jsonb_to_recordset(${JSON.stringify(values)}::jsonb) as (field_id uuid, value text))
      with ordinality as t(field_id, value, n) order by t.n`)
  return rows.map(({ holder }) => holder)
}

/** Key by key the records that share a value, as far as the caller may see them; others are not counted either. */
export async function namedDuplicates(
  context: RecordContext,
  object: CompiledObject,
  keys: CompiledUniqueKey[],
  lost: LostValue[],
): Promise<FieldProblem[]> {
  const { tenantId } = context.model
  const shown = lost.slice(0, mostDuplicates)
  const holders = await context.tx.query<
    Row & LostValue
  >(sql`select u.field_id, u.value, u.record_id from unique_values u
    join jsonb_to_recordset(${JSON.stringify(shown)}::jsonb) as lost(field_id uuid, value text)
      on lost.field_id = u.field_id and lost.value = u.value
    where u.tenant_id = ${tenantId}`)
  const ids = [...holders, ...shown].map((value) => value.record_id)
  const rows =
    await context.tx.query<RecordRow>(sql`select ${recordColumns(context.model, context.policy, object)} from records r
    where r.tenant_id = ${tenantId} and r.id = any(${ids}::uuid[]) and ${mayExpression(context.policy, object, 'read', 'r')}`)
  const names = new Map(rows.map((row) => [row.id, nameOf(context, object, row)]))
  const groups = Map.groupBy([...holders, ...shown], (value) => `${value.field_id} ${value.value}`)
  return [...groups.values()].flatMap((group) => {
    const key = keys.find((one) => one.id === group[0]!.field_id)!
    const seen = [...new Set(group.flatMap((value) => names.get(value.record_id) ?? []))]
    return seen.length > 0 ? [{ field: key.key, message: seen.join(', ') }] : []
  })
}

function nameOf(context: RecordContext, object: CompiledObject, row: RecordRow): string {
  const { recordNumber, title } = presentRecord(context.model, context.policy, object, row)
  return [recordNumber, title].filter(Boolean).join(' ')
}

/**
 * Removes some of the values that no key stands for any more; false once there are none. Others may be removing some of
 * them at the same time, with the records that had them, so how many went says nothing about what is left.
 *
 * @param inUse whether a key may have come to stand for them again, whose values then stay.
 */
export async function forgetValues(
  { tx, model }: RecordContext,
  { objectId, valuesIds }: DiscardedValues,
  { inUse }: { inUse: boolean },
): Promise<boolean> {
  const used = new Set((inUse && model.objectById.get(objectId)?.uniqueKeys.map(({ id }) => id)) || [])
  const ids = valuesIds.filter((id) => !used.has(id))
  // By their places, not by a join: of values that have just been taken the planner knows nothing.
  const some = (limit: number) => sql`select ctid from unique_values
    where tenant_id = ${model.tenantId} and field_id = any(${ids}::uuid[]) limit ${limit}`
  const answers = await tx.batch([
    ...holdModel(model),
    sql`delete from unique_values where ctid = any(array(${some(mostForgotten)})) and tenant_id = ${model.tenantId}`,
    some(1),
  ])
  return answers.at(-1)!.length > 0
}
