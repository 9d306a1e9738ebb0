/** Brings `unique_values` in line after the unique keys of an object have changed. */
import { mayExpression } from '../../access/index.ts'
import { type Row, sql } from '../../database/index.ts'
import { type AppError, conflict } from '../../errors/index.ts'
import type { CompiledObject, CompiledUniqueKey } from '../../metadata/index.ts'
import type { RecordContext } from '../context.ts'
import type { RecordData } from '../project.ts'
import { presentRecord, type RecordRow, recordColumns } from '../row.ts'
import type { UniqueValue } from '../write.ts'
import { linksByRelation, type RecordState } from './state.ts'
import { uniqueValues } from './unique.ts'

const batchSize = 2_000
/** So many groups of duplicates are named when a key cannot be turned on. */
const maxNamed = 20

/**
 * Forgets the values of keys that are gone or mean something else now, and takes those of keys that are new or changed,
 * of every living record. The caller holds the tenant's turn, so nobody writes records meanwhile.
 *
 * @throws CONFLICT where records share values, with those that the caller may see.
 */
export async function changeUniqueKeys(
  context: RecordContext,
  before: CompiledUniqueKey[],
  object: CompiledObject,
): Promise<void> {
  const same = (a: CompiledUniqueKey, b: CompiledUniqueKey): boolean => meaningOf(a) === meaningOf(b)
  const gone = before.filter((old) => !object.uniqueKeys.some((key) => same(key, old)))
  const fresh = object.uniqueKeys.filter((key) => !before.some((old) => same(key, old)))
  if (gone.length > 0) {
    await context.tx.query(sql`delete from unique_values
      where tenant_id = ${context.model.tenantId} and field_id = any(${gone.map((key) => key.id)}::uuid[])`)
  }
  if (fresh.length > 0) await takeAll(context, object, fresh)
}

const meaningOf = ({ id, fields, ignoreCase, ignoreAccents, ignoreSpaces }: CompiledUniqueKey): string =>
  JSON.stringify([id, fields, ignoreCase, ignoreAccents, ignoreSpaces])

interface LivingRow extends Row {
  id: string
  data: RecordData
  owner_id: string | null
  location_id: string | null
  links: [string, string][] | null
}

type TakenValue = UniqueValue & { record_id: string }

async function takeAll(context: RecordContext, object: CompiledObject, keys: CompiledUniqueKey[]): Promise<void> {
  const { tenantId } = context.model
  const losers: TakenValue[] = []
  for (let after = '00000000-0000-0000-0000-000000000000'; losers.length < maxNamed; ) {
    const rows = await context.tx.query<LivingRow>(sql`select r.id, r.data, r.owner_id, r.location_id, (
        select jsonb_agg(jsonb_build_array(l.relation_id, l.to_id) order by l.position, l.created_at) from links l
        where l.tenant_id = ${tenantId} and l.from_id = r.id) as links
      from records r where r.tenant_id = ${tenantId} and r.object_id = ${object.id} and r.deleted_at is null and r.id > ${after}
      order by r.id limit ${batchSize}`)
    if (rows.length === 0) break
    after = rows.at(-1)!.id
    const values = rows.flatMap((row) =>
      uniqueValues(object, stateOf(row), keys).map((value) => ({ ...value, record_id: row.id })),
    )
    losers.push(...(await take(context, values)))
  }
  if (losers.length > 0) throw await duplicatesFound(context, object, losers.slice(0, maxNamed))
}

const stateOf = (row: LivingRow): RecordState => ({
  data: row.data,
  ownerId: row.owner_id,
  locationId: row.location_id,
  links: linksByRelation(row.links),
})

/** Takes values; gives back those that another record has already. */
async function take(context: RecordContext, values: TakenValue[]): Promise<TakenValue[]> {
  if (values.length === 0) return []
  const taken = await context.tx.query<Row & { field_id: string; record_id: string }>(
    sql`insert into unique_values (tenant_id, field_id, value, record_id)
      select ${context.model.tenantId}, field_id, value, record_id
      from jsonb_to_recordset(${JSON.stringify(values)}::jsonb) as t(field_id uuid, value text, record_id uuid)
      on conflict do nothing returning field_id, record_id`,
  )
  const mine = new Set(taken.map((row) => `${row.field_id} ${row.record_id}`))
  return values.filter((value) => !mine.has(`${value.field_id} ${value.record_id}`))
}

/** Names the records that share a value, key by key; those that the caller may not see are not counted either. */
async function duplicatesFound(
  context: RecordContext,
  object: CompiledObject,
  losers: TakenValue[],
): Promise<AppError> {
  const { tenantId } = context.model
  const holders = await context.tx.query<
    Row & TakenValue
  >(sql`select u.field_id, u.value, u.record_id from unique_values u
    join jsonb_to_recordset(${JSON.stringify(losers)}::jsonb) as lost(field_id uuid, value text)
      on lost.field_id = u.field_id and lost.value = u.value
    where u.tenant_id = ${tenantId}`)
  const ids = [...holders, ...losers].map((value) => value.record_id)
  const rows =
    await context.tx.query<RecordRow>(sql`select ${recordColumns(context.model, context.policy, object)} from records r
    where r.tenant_id = ${tenantId} and r.id = any(${ids}::uuid[]) and ${mayExpression(context.policy, object, 'read', 'r')}`)
  const names = new Map(rows.map((row) => [row.id, nameOf(context, object, row)]))
  const groups = Map.groupBy([...holders, ...losers], (value) => `${value.field_id} ${value.value}`)
  const details = [...groups.values()].flatMap((group) => {
    const key = object.uniqueKeys.find((one) => one.id === group[0]!.field_id)!
    const seen = [...new Set(group.flatMap((value) => names.get(value.record_id) ?? []))]
    return seen.length > 0 ? [{ field: key.key, message: seen.join(', ') }] : []
  })
  return conflict(`Some of ${object.slug} share values that are to be unique. Merge or change them first.`, { details })
}

function nameOf(context: RecordContext, object: CompiledObject, row: RecordRow): string {
  const { recordNumber, title } = presentRecord(context.model, context.policy, object, row)
  return [recordNumber, title].filter(Boolean).join(' ')
}
