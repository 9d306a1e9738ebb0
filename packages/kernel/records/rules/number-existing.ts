/**
 * Numbers for the records that were there before an autonumber field: in the order of their creation, in batches. Their
 * range is reserved when the field is made, so that new records go on after it from the first moment.
 */
import { type Row, sql } from '../../database/index.ts'
import {
  type CompiledField,
  type CompiledObject,
  holdModel,
  type NumberForm,
  numberForm,
} from '../../metadata/index.ts'
import type { Numbered } from '../computed/deferred-work.ts'
import { noteValues } from '../computed/note.ts'
import { computedStatement } from '../computed/write-computed.ts'
import type { RecordContext } from '../context.ts'
import { project, type RecordData } from '../project.ts'
import { dataColumn } from '../row.ts'

const batchSize = 100

/** The counter of the numbers that are still to be given to older records. */
const olderSequence = (fieldId: string): string => `${fieldId} older`

interface Place extends Row {
  day: string
  location_id: string | null
}

/** The day and the place of a record, as its number may name them. */
const placeOf = ({ model }: RecordContext) =>
  sql`to_char(r.created_at at time zone ${model.timeZone}, 'YYYY-MM-DD') as day, r.location_id`

/** How the number of an older record is written; undefined where it would name a location that the record has not. */
function formFor({ model }: RecordContext, field: CompiledField, { day, location_id }: Place): NumberForm | undefined {
  const numbering = field.compiledNumbering!
  const location = location_id === null ? undefined : model.locations.get(location_id)?.code
  return numbering.namesLocation && location === undefined ? undefined : numberForm(numbering, { today: day, location })
}

interface Unnumbered extends Place {
  count: number
}

/**
 * Sets a range of numbers aside for the records there are. The caller holds the tenant's turn.
 *
 * @param isFresh the field has just been made, so no record has a number of it: they need not be read to count them.
 */
export async function reserveNumbers(
  context: RecordContext,
  object: CompiledObject,
  field: CompiledField,
  isFresh: boolean,
): Promise<void> {
  const { tenantId } = context.model
  const isPlain = field.compiledNumbering!.parts.every((part) => !('take' in part))
  const count = isPlain && isFresh ? countAll(context, object) : countUnnumbered(context, object, field, isFresh)
  const rows = await context.tx.query<Unnumbered>(count)
  const counts = new Map<string, number>()
  for (const row of rows) {
    const form = formFor(context, field, row)
    if (form) counts.set(form.scope, (counts.get(form.scope) ?? 0) + row.count)
  }
  const wanted = [...counts].map(([scope, count]) => ({ scope, count }))
  await context.tx.query(sql`with wanted as (
      select * from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as t(scope text, count bigint)
    ), reserved as (
      insert into number_counters (tenant_id, object_id, sequence, scope, last_number)
      select ${tenantId}, ${object.id}, ${field.id}, scope, count from wanted
      on conflict (tenant_id, object_id, sequence, scope)
        do update set last_number = number_counters.last_number + excluded.last_number
      returning scope, last_number
    )
    insert into number_counters (tenant_id, object_id, sequence, scope, last_number)
    select ${tenantId}, ${object.id}, ${olderSequence(field.id)}, scope, r.last_number - w.count
    from reserved r join wanted w using (scope)
    on conflict (tenant_id, object_id, sequence, scope) do update set last_number = excluded.last_number`)
}

/** The living are counted as they come and go; those in the trash stand in an index of their own. */
const countAll = ({ model }: RecordContext, object: CompiledObject) => sql`select '' as day, null::uuid as location_id,
    c.live + (select count(*) from records r
      where r.tenant_id = ${model.tenantId} and r.object_id = ${object.id} and r.deleted_at is not null) as count
  from record_counters c where c.tenant_id = ${model.tenantId} and c.object_id = ${object.id}`

/** By month and location, as far as numbers may tell them apart. */
function countUnnumbered({ model }: RecordContext, object: CompiledObject, field: CompiledField, isFresh: boolean) {
  const { parts, namesLocation } = field.compiledNumbering!
  const month = sql`to_char(date_trunc('month', r.created_at at time zone ${model.timeZone}), 'YYYY-MM-DD')`
  const hasPeriod = parts.some((part) => 'take' in part && part.take !== 'LOC')
  return sql`select ${hasPeriod ? month : sql`''`} as day, ${namesLocation ? sql`r.location_id` : sql`null::uuid`} as location_id,
    count(*) as count
  from records r where r.tenant_id = ${model.tenantId} and r.object_id = ${object.id}
    ${isFresh ? sql`` : sql`and not r.data ? ${field.key}`} group by 1, 2`
}

interface OlderRow extends Place {
  id: string
  data: RecordData
}

/** Numbers the next records; `after` says where the batch before ended: a time and an id. */
export async function numberExisting(
  context: RecordContext,
  { objectId, fieldId }: Numbered,
  after: string | undefined,
): Promise<{ after: string; count: number } | undefined> {
  const { model, tx } = context
  const object = model.objectById.get(objectId)
  const field = object?.fields.find(({ id }) => id === fieldId)
  if (!object || !field?.compiledNumbering) return undefined
  const [time, last] = after?.split(' ') ?? []
  const next = sql`select r.id, to_char(r.created_at, 'YYYY-MM-DD"T"HH24:MI:SS.USOF') as time from records r
    where r.tenant_id = ${model.tenantId} and r.object_id = ${objectId}
    ${time ? sql`and (r.created_at, r.id) > (${time}::timestamptz, ${last}::uuid)` : sql``}
    order by r.created_at, r.id limit ${batchSize}`
  const found = (await tx.batch<{ id: string; time: string }>([...holdModel(model), next])).at(-1)!
  if (found.length === 0) return undefined
  const ids = sql`r.tenant_id = ${model.tenantId} and r.id = any(${found.map(({ id }) => id)}::uuid[])`
  const answers = await tx.batch<Row>([
    sql`select r.id from records r where ${ids} order by r.id for no key update of r`,
    sql`select r.id, ${dataColumn(object)} as data, ${placeOf(context)} from records r where ${ids} and not r.data ? ${field.key}
      order by r.created_at, r.id`,
  ])
  await giveNumbers(context, object, field, answers[1] as OlderRow[])
  const end = found.at(-1)!
  return { after: `${end.time} ${end.id}`, count: found.length }
}

async function giveNumbers(
  context: RecordContext,
  object: CompiledObject,
  field: CompiledField,
  rows: OlderRow[],
): Promise<void> {
  const placed = rows.flatMap((row) => {
    const form = formFor(context, field, row)
    return form ? [{ row, form }] : []
  })
  const next = await drawOlder(
    context,
    object,
    field,
    Map.groupBy(placed, ({ form }) => form.scope),
  )
  const numbered = placed.map(({ row, form: { before, digits, after, scope } }) => {
    const number = next.get(scope)!
    next.set(scope, number + 1)
    const data = { ...row.data, [field.key]: `${before}${String(number).padStart(digits, '0')}${after}` }
    return {
      id: row.id,
      objectId: object.id,
      slug: object.slug,
      data,
      columns: project(object, data),
      fields: [field.key],
    }
  })
  if (numbered.length === 0) return
  await context.tx.query(computedStatement(context, numbered))
  const changes = numbered.map(({ id, data }) => ({ id, changes: { [field.key]: data[field.key] }, derived: [] }))
  noteValues(context, object, changes)
}

/** Takes as many numbers of each scope as there are records; gives the first of them. */
async function drawOlder(
  { tx, model }: RecordContext,
  object: CompiledObject,
  field: CompiledField,
  byScope: Map<string, unknown[]>,
): Promise<Map<string, number>> {
  const wanted = [...byScope].map(([scope, { length }]) => ({ scope, count: length }))
  const drawn = await tx.query<Row & { scope: string; first: number }>(sql`update number_counters c
    set last_number = c.last_number + w.count
    from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as w(scope text, count bigint)
    where c.tenant_id = ${model.tenantId} and c.object_id = ${object.id} and c.sequence = ${olderSequence(field.id)}
      and c.scope = w.scope
    returning c.scope, c.last_number - w.count + 1 as first`)
  return new Map(drawn.map(({ scope, first }) => [scope, first]))
}
