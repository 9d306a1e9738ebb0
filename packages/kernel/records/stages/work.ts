/** Work on the stages of many records after their pipeline has changed: in batches, each a short transaction. */
import { type Row, sql } from '../../database/index.ts'
import { type CompiledField, type CompiledObject, holdModel, storedKey } from '../../metadata/index.ts'
import type { StoredValue } from '../../metadata/values/index.ts'
import { type AssembledChange, assembleChange } from '../assemble.ts'
import type { Reinstatement, Restaging, StayStart } from '../computed/deferred-work.ts'
import { settle } from '../computed/settle.ts'
import type { RecordContext } from '../context.ts'
import { asEverybody } from '../delete-rules.ts'
import { lockRecords } from '../lock.ts'
import { updateStatement } from '../write.ts'

interface Batch {
  after: string
  count: number
}

/** Few enough that whoever writes behind a batch never waits long for it to end. */
const batchSize = 100

/** What the history of a record calls the source where the system put another option, or none, in place of one. */
const replacing = 'system'

const fieldOf = ({ model }: RecordContext, { objectId, fieldId }: StayStart): CompiledField | undefined =>
  model.objectById.get(objectId)?.fields.find(({ id }) => id === fieldId)

/** Moves the next records out of stages and options that are no more. What a move asks for is not asked: the administrator moves them. */
export async function restage(
  context: RecordContext,
  work: Restaging,
  after: string | undefined,
): Promise<Batch | undefined> {
  const object = context.model.objectById.get(work.objectId)
  const field = fieldOf(context, work)
  if (!object || !field) return undefined
  const key = storedKey(field)
  // Somebody may have brought one of them back meanwhile: then it stays.
  const gone = Object.keys(work.replace).filter((value) => !field.optionByValue.has(value))
  const left = gone.flatMap((value) => [value, [value]].map((held) => JSON.stringify({ [key]: held })))
  if (left.length === 0) return undefined
  const { tenantId } = context.model
  const rows = await context.tx.query<
    Row & { id: string; deleted: boolean }
  >(sql`select r.id, r.deleted_at is not null as deleted
    from records r where r.tenant_id = ${tenantId} and r.object_id = ${object.id}
      and (${sql.join(
        left.map((held) => sql`r.data @> ${held}::jsonb`),
        sql` or `,
      )})
      ${after ? sql`and r.id > ${after}::uuid` : sql``} order by r.id limit ${batchSize}`)
  if (rows.length === 0) return undefined
  const everybody: RecordContext = { ...asEverybody(context), source: replacing }
  for (const deleted of [false, true]) {
    const ids = rows.filter((row) => row.deleted === deleted).map(({ id }) => id)
    if (ids.length > 0) await moveAll(everybody, work, ids, { deleted })
  }
  return { after: rows.at(-1)!.id, count: rows.length }
}

async function moveAll(
  context: RecordContext,
  work: Restaging,
  ids: string[],
  options: { deleted: boolean },
): Promise<void> {
  const object = context.model.objectById.get(work.objectId)!
  const { key } = fieldOf(context, work)!
  const locked = await lockRecords(context, object, ids, options)
  const changes = [...locked.values()].flatMap((before) => {
    return assembleChange(context, object, before, withValue(key, replaced(before.data[key], work.replace))) ?? []
  })
  await writeChanges(context, object, changes, options)
}

const withValue = (key: string, value: StoredValue | null) => ({
  values: new Map([[key, value]]),
  links: new Map(),
  inverse: new Map(),
  unsent: new Set<string>(),
  problems: [],
})

/** The value without what is no more: of a list the items one by one, each of them once. */
function replaced(value: StoredValue | undefined, replace: Restaging['replace']): StoredValue | null {
  const one = (item: string): string | null => (Object.hasOwn(replace, item) ? (replace[item] ?? null) : item)
  if (!Array.isArray(value)) return typeof value === 'string' ? one(value) : (value ?? null)
  const items = new Set((value as string[]).flatMap((item) => one(item) ?? []))
  return items.size > 0 ? [...items] : null
}

async function writeChanges(
  context: RecordContext,
  object: CompiledObject,
  changes: AssembledChange[],
  options: { deleted: boolean },
): Promise<void> {
  if (changes.length === 0) return
  const uniques = changes.flatMap(({ record, uniqueFieldIds }) =>
    uniqueFieldIds.map((field_id) => ({ record_id: record.id, field_id })),
  )
  const records = changes.map(({ record }) => (options.deleted ? { ...record, uniques: [] } : record))
  await context.tx.query(updateStatement(context, object, records, { uniques, relations: [] }))
  await settle(context)
}

interface ReplacedRow extends Row {
  id: string
  deleted: boolean
  /** The changes of the field, the oldest first. */
  history: { source: string | null; before: StoredValue | null }[]
}

/** Gives the next records the stages and options back that the system took from them, unless somebody has changed those since. */
export async function reinstate(
  context: RecordContext,
  work: Reinstatement,
  after: string | undefined,
): Promise<Batch | undefined> {
  const { tx, model } = context
  const object = model.objectById.get(work.objectId)
  const field = fieldOf(context, work)
  const values = field ? work.values.filter((value) => field.optionByValue.has(value)) : []
  if (!object || !field || values.length === 0) return undefined
  const { key } = field
  const rows =
    await tx.query<ReplacedRow>(sql`select r.id, r.deleted_at is not null as deleted, coalesce(h.history, '[]') as history
    from (select id, deleted_at from records where tenant_id = ${model.tenantId} and object_id = ${object.id}
        ${after ? sql`and id > ${after}::uuid` : sql``} order by id limit ${batchSize}) r,
      lateral (
        select jsonb_agg(jsonb_build_object('source', a.source, 'before', a.changes -> ${key}::text -> 0) order by a.at, a.id) as history
        from audit_entries a
        where a.tenant_id = ${model.tenantId} and a.record_id = r.id and a.action = 'updated' and a.changes ? ${key}::text
      ) h`)
  if (rows.length === 0) return undefined
  const back = new Map(
    rows.flatMap(({ id, history }) => valueBefore(history, values).map((value) => [id, value] as const)),
  )
  for (const deleted of [false, true]) {
    const ids = rows.filter((row) => row.deleted === deleted && back.has(row.id)).map(({ id }) => id)
    if (ids.length === 0) continue
    const everybody: RecordContext = { ...asEverybody(context), source: 'undo' }
    const locked = await lockRecords(everybody, object, ids, { deleted })
    const changes = [...locked.values()].flatMap(
      (before) => assembleChange(everybody, object, before, withValue(key, back.get(before.id)!)) ?? [],
    )
    await writeChanges(everybody, object, changes, { deleted })
  }
  return { after: rows.at(-1)!.id, count: rows.length }
}

/** What the system took away last, where nothing was changed after it; what was taken back is as if it had never been. */
function valueBefore(history: ReplacedRow['history'], values: string[]): StoredValue[] {
  const standing: ReplacedRow['history'] = []
  for (const change of history) {
    if (change.source === 'undo') standing.pop()
    else standing.push(change)
  }
  const last = standing.at(-1)
  if (last?.source !== replacing || last.before === null) return []
  return [last.before].flat().some((item) => values.includes(item as string)) ? [last.before] : []
}

/** Begins the stays of the next records: since when they stand where they are, nobody wrote down. */
export async function beginStays(
  context: RecordContext,
  work: StayStart,
  after: string | undefined,
): Promise<Batch | undefined> {
  const { model, tx } = context
  const { tenantId } = model
  const object = model.objectById.get(work.objectId)
  const field = fieldOf(context, work)
  if (!object || !field) return undefined
  const locked = await tx.batch<Row & { id: string }>([
    ...holdModel(model),
    sql`select id from records where tenant_id = ${tenantId} and object_id = ${object.id}
      ${after ? sql`and id > ${after}::uuid` : sql``} order by id limit ${batchSize} for no key update`,
  ])
  const ids = locked.at(-1)!.map(({ id }) => id)
  if (ids.length === 0) return undefined
  await tx.query(sql`with moment as materialized (select clock_timestamp() as at), closed as (
      update stage_stays s set left_at = greatest(moment.at, s.entered_at), left_to = r.data ->> ${storedKey(field)}
      from records r, moment
      where r.tenant_id = ${tenantId} and r.id = any(${ids}::uuid[]) and s.tenant_id = ${tenantId} and s.record_id = r.id
        and s.field_id = ${field.id} and s.left_at is null and s.stage is distinct from r.data ->> ${storedKey(field)}
      returning s.record_id, s.left_at
    )
    insert into stage_stays (tenant_id, object_id, record_id, field_id, stage, entered_at, exact, owner_id, amount_minor, currency)
    select ${tenantId}::uuid, ${object.id}::uuid, r.id, ${field.id}::uuid, r.data ->> ${storedKey(field)}, coalesce(c.left_at, r.created_at), false,
      r.owner_id, r.amount_minor, r.currency
    from records r left join closed c on c.record_id = r.id
    where r.tenant_id = ${tenantId} and r.id = any(${ids}::uuid[]) and r.data ->> ${storedKey(field)} is not null
      and (c.record_id is not null or not exists (select from stage_stays s where s.tenant_id = ${tenantId} and s.record_id = r.id
        and s.field_id = ${field.id} and s.left_at is null))`)
  const standing = sql`from stage_stays s
    where r.tenant_id = ${tenantId} and r.id = any(${ids}::uuid[]) and s.tenant_id = ${tenantId} and s.record_id = r.id
      and s.field_id = ${field.id} and s.left_at is null`
  await tx.query(
    field.key === object.roles.stage
      ? sql`update records r set stage_since = s.entered_at ${standing} and coalesce(r.stage_since, r.created_at) <> s.entered_at`
      : sql`update records r set stages_since = r.stages_since || jsonb_build_object(s.field_id, s.entered_at) ${standing}
          and coalesce((r.stages_since ->> ${field.id})::timestamptz, r.created_at) <> s.entered_at`,
  )
  return { after: ids.at(-1)!, count: ids.length }
}
