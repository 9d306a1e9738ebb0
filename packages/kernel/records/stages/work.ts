/** Work on the stages of many records after their pipeline has changed: in batches, each a short transaction. */
import { type Row, sql } from '../../database/index.ts'
import { type CompiledField, holdModel, storedKey } from '../../metadata/index.ts'
import { assembleChange } from '../assemble.ts'
import type { Restaging, StayStart } from '../computed/deferred-work.ts'
import { settle } from '../computed/settle.ts'
import type { RecordContext } from '../context.ts'
import { asEverybody } from '../delete-rules.ts'
import { lockRecords } from '../lock.ts'
import { updateStatement } from '../write.ts'

interface Batch {
  after: string
  count: number
}

const batchSize = 500

const fieldOf = ({ model }: RecordContext, { objectId, fieldId }: StayStart): CompiledField | undefined =>
  model.objectById.get(objectId)?.fields.find(({ id }) => id === fieldId)

/** Moves the next records out of the stages that are no more. What a move asks for is not asked: the pipeline's owner moves them. */
export async function restage(
  context: RecordContext,
  work: Restaging,
  after: string | undefined,
): Promise<Batch | undefined> {
  const object = context.model.objectById.get(work.objectId)
  const field = fieldOf(context, work)
  if (!object || !field) return undefined
  const left = Object.keys(work.replace).map((stage) => JSON.stringify({ [storedKey(field)]: stage }))
  if (left.length === 0) return undefined
  const { tenantId } = context.model
  const rows = await context.tx.query<
    Row & { id: string; deleted: boolean }
  >(sql`select r.id, r.deleted_at is not null as deleted
    from records r where r.tenant_id = ${tenantId} and r.object_id = ${object.id}
      and (${sql.join(
        left.map((stage) => sql`r.data @> ${stage}::jsonb`),
        sql` or `,
      )})
      ${after ? sql`and r.id > ${after}::uuid` : sql``} order by r.id limit ${batchSize}`)
  if (rows.length === 0) return undefined
  const everybody = asEverybody(context)
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
    const stage = before.data[key] as string | undefined
    if (stage === undefined || !Object.hasOwn(work.replace, stage)) return []
    const input = {
      values: new Map([[key, work.replace[stage] ?? null]]),
      links: new Map(),
      inverse: new Map(),
      unsent: new Set<string>(),
      problems: [],
    }
    return assembleChange(context, object, before, input) ?? []
  })
  if (changes.length === 0) return
  const uniques = changes.flatMap(({ record, uniqueFieldIds }) =>
    uniqueFieldIds.map((field_id) => ({ record_id: record.id, field_id })),
  )
  const records = changes.map(({ record }) => (options.deleted ? { ...record, uniques: [] } : record))
  await context.tx.query(updateStatement(context, object, records, { uniques, relations: [] }))
  await settle(context)
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
  if (field.key === object.roles.stage) {
    await tx.query(sql`update records r set stage_since = s.entered_at from stage_stays s
      where r.tenant_id = ${tenantId} and r.id = any(${ids}::uuid[]) and s.tenant_id = ${tenantId} and s.record_id = r.id
        and s.field_id = ${field.id} and s.left_at is null and coalesce(r.stage_since, r.created_at) <> s.entered_at`)
  }
  return { after: ids.at(-1)!, count: ids.length }
}
