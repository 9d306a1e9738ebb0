/**
 * Records that are linked: visits that are five relations away from their countries, and a ledger that adds up 100,000
 * entries. Defined over the API, loaded past the record store.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { CompiledObject, TenantModel } from '@oneforge/kernel/metadata'
import type pg from 'pg'

/** Asks the server as an administrator of the workspace; gives what stands in `data`. */
export type Ask = (method: string, path: string, body?: object) => Promise<Record<string, unknown>>

/** From the far end; each object points at the ones named, which come before it. */
const objects: { slug: string; count: number; to: Record<string, string> }[] = [
  { slug: 'countries', count: 20, to: {} },
  { slug: 'cities', count: 40, to: { country: 'countries' } },
  { slug: 'buildings', count: 100, to: { city: 'cities' } },
  { slug: 'wards', count: 500, to: { building: 'buildings' } },
  { slug: 'rooms', count: 5_000, to: { ward: 'wards' } },
  { slug: 'physicians', count: 2_000, to: {} },
  { slug: 'guests', count: 50_000, to: {} },
  { slug: 'visits', count: 1_000_000, to: { room: 'rooms', physician: 'physicians', guest: 'guests' } },
  { slug: 'ledgers', count: 1, to: {} },
  { slug: 'entries', count: 100_000, to: { ledger: 'ledgers' } },
]

/** The way from a visit to its country. */
export const wayToCountry = ['room', 'ward', 'building', 'city', 'country']

const field = (key: string, type: string, more: object = {}) => ({ key, label: key, type, ...more })

export async function defineRelated(ask: Ask): Promise<void> {
  for (const { slug, to } of objects) {
    const relations = Object.entries(to).map(([key, object]) =>
      field(key, 'relation', { relation: { object, inverse: { key: slug, label: slug } } }),
    )
    const fields = [field('name', 'text'), field('amount', 'number'), ...relations]
    await ask('POST', '/objects', { slug, label: slug, labelPlural: slug, fields })
  }
}

export async function fillRelated(client: pg.Client, model: TenantModel): Promise<void> {
  // Foreign keys are looked up row by row, which takes longer than all else.
  await client.query(`set session_replication_role = 'replica'`)
  for (const { slug, count, to } of objects) {
    const object = model.object.get(slug)!
    await fillObject(client, model.tenantId, object, count)
    for (const key of Object.keys(to)) await linkObject(client, model.tenantId, object, key)
  }
  await client.query(`set session_replication_role = 'origin'`)
  await client.query('vacuum analyze records, links')
}

async function fillObject(client: pg.Client, tenantId: string, object: CompiledObject, count: number): Promise<void> {
  await client.query(
    `insert into records (tenant_id, object_id, id, record_number, title, title_key, search, data, created_at)
     select $1, $2, gen_random_uuid(), $3 || lpad(n::text, 7, '0'), $4 || n, $4 || n, $4 || n,
       jsonb_build_object('name', $4 || n, 'amount', n % 100), timestamptz '2024-01-01' + n * interval '1 minute'
     from generate_series(1, $5::int) n`,
    [tenantId, object.id, object.numberPrefix, `${object.slug} `, count],
  )
  await client.query('update record_counters set live = $3, last_number = $3 where tenant_id = $1 and object_id = $2', [
    tenantId,
    object.id,
    count,
  ])
}

/** Spreads the records over those they point at. */
async function linkObject(client: pg.Client, tenantId: string, from: CompiledObject, key: string): Promise<void> {
  const { relationId, objectId } = from.relation.get(key)!
  await client.query(
    `with froms as (select id, row_number() over (order by created_at) as n from records where tenant_id = $1 and object_id = $2),
       tos as (select id, row_number() over (order by created_at) - 1 as n, count(*) over () as count
         from records where tenant_id = $1 and object_id = $3)
     insert into links (tenant_id, relation_id, from_id, to_id, from_single)
     select $1, $4, froms.id, tos.id, true
     from froms join tos on tos.n = froms.n * 7919 % (select max(count) from tos)`,
    [tenantId, from.id, objectId, relationId],
  )
}

/** Lets the ledger add up its entries; gives back when the job is done. */
export async function defineTotal(ask: Ask): Promise<void> {
  const computed = { relation: 'entries', op: 'sum', field: 'amount' }
  await ask('POST', '/objects/ledgers/fields', field('total', 'rollup', { computed }))
  for (;;) {
    const { fields } = (await ask('GET', '/objects/ledgers')) as { fields: { key: string; computing: boolean }[] }
    if (!fields.find(({ key }) => key === 'total')!.computing) return
    await sleep(200)
  }
}
