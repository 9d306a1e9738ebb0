/** The data that is measured. Rows are what the record store would write, its projections included. */
import { Database, newId } from '@oneforge/kernel/database'
import { type CompiledObject, loadModel, type TenantModel } from '@oneforge/kernel/metadata'
import { project, type RecordData } from '@oneforge/kernel/records'
import type pg from 'pg'
import { contact, deal } from './people.ts'

export const sizes = {
  bigContacts: 1_000_000,
  bigDeals: 100_000,
  smallContacts: 10_000,
  otherTenants: 998,
  perOther: 20,
}

const batchSize = 5_000

/** Fills a tenant that has the corporate template. */
export async function fillTenant(
  client: pg.Client,
  model: TenantModel,
  counts: { contacts: number; deals: number },
): Promise<void> {
  await fillObject(client, model, model.object.get('contacts')!, counts.contacts, (index) =>
    contact(index, counts.contacts),
  )
  await fillObject(client, model, model.object.get('deals')!, counts.deals, deal)
}

async function fillObject(
  client: pg.Client,
  model: TenantModel,
  object: CompiledObject,
  count: number,
  dataOf: (index: number) => RecordData,
): Promise<void> {
  for (let from = 0; from < count; from += batchSize) {
    const rows = Array.from({ length: Math.min(batchSize, count - from) }, (_, offset) =>
      row(object, from + offset, dataOf),
    )
    await client.query(
      `insert into records (tenant_id, object_id, id, record_number, title, title_key, stage, amount_minor, currency, due_at, email, phone,
         search, s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, data, created_at, updated_at)
       select $1, $2, id, record_number, title, title_key, stage, amount_minor, currency, due_at, email, phone,
         search, s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, data, created_at, created_at
       from jsonb_to_recordset($3::jsonb) as t(id uuid, record_number text, title text, title_key text, stage text, amount_minor bigint,
         currency text, due_at timestamptz, email text, phone text, search text, s1 text, s2 text, s3 text, s4 text, s5 text,
         s6 text, s7 text, s8 text, s9 text, s10 text, data jsonb, created_at timestamptz)`,
      [model.tenantId, object.id, JSON.stringify(rows)],
    )
  }
  await client.query('update record_counters set last_number = $3, live = $3 where tenant_id = $1 and object_id = $2', [
    model.tenantId,
    object.id,
    count,
  ])
}

const start = Date.parse('2024-01-01T00:00:00Z')

function row(object: CompiledObject, index: number, dataOf: (index: number) => RecordData): object {
  const data = dataOf(index)
  const number = `${object.numberPrefix}${String(index + 1).padStart(6, '0')}`
  const columns = project(object, data)
  return {
    ...columns,
    search: `${number.toLowerCase()} ${columns.search}`,
    id: newId(),
    record_number: number,
    data,
    created_at: new Date(start + index * 60_000).toISOString(),
  }
}

/** Small tenants beside the big one: what it costs that a table is not one tenant's alone. */
export async function fillOthers(client: pg.Client): Promise<void> {
  await client.query(
    `with made as (
       insert into tenants (id, name, slug, plan) select gen_random_uuid(), 'Tenant ' || n, 'bench-' || n, 'team'
       from generate_series(1, $1) n returning id
     ), things as (
       insert into objects (tenant_id, id, slug, definition) select id, gen_random_uuid(), 'contacts', '{}' from made returning tenant_id, id
     )
     insert into records (tenant_id, object_id, id, record_number, title, title_key, search, data)
     select tenant_id, id, gen_random_uuid(), 'CON-' || n, 'Person ' || n, 'person ' || n, 'person ' || n, jsonb_build_object('full_name', 'Person ' || n)
     from things, generate_series(1, $2) n`,
    [sizes.otherTenants, sizes.perOther],
  )
}

/** Loads with the indexes away and makes them afterwards: a fifth of the time. */
export async function withoutIndexes(client: pg.Client, load: () => Promise<void>): Promise<void> {
  const { rows } = await client.query<{ name: string; definition: string }>(
    `select indexname as name, indexdef as definition from pg_indexes
     where tablename = 'records' and indexname not in ('records_pkey', 'records_number')`,
  )
  for (const index of rows) await client.query(`drop index ${index.name}`)
  await load()
  await client.query(`set maintenance_work_mem = '1GB'`)
  for (const index of rows) await client.query(index.definition.replace(' ON ONLY ', ' ON '))
  await client.query('vacuum analyze')
}

export async function modelOf(appUrl: string, tenantId: string): Promise<TenantModel> {
  const database = new Database({ url: appUrl, max: 1 })
  try {
    return await database.transaction({ tenantId }, (tx) => loadModel(tx, tenantId))
  } finally {
    await database.close()
  }
}
