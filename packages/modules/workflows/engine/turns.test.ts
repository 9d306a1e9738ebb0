/** Whose turn it is, over all workspaces. */
import { Database, newId, sql } from '@oneforge/kernel/database'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { cloneDatabase, type TestDatabase } from '../../../../tests/postgres.ts'
import { turns } from './runs.store.ts'

const now = new Date('2026-06-01T09:00:00Z')
const minutes = (count: number) => new Date(now.getTime() + count * 60_000)

let test: TestDatabase
let database: Database

beforeAll(async () => {
  test = await cloneDatabase()
  database = new Database({ url: test.appUrl, max: 2 })
})
afterAll(async () => {
  await database.close()
  await test.drop()
})

/** A workspace that has so many runs which go on at these moments. */
async function waiting(moments: Date[], copies = 1): Promise<string> {
  const tenantId = newId()
  const workflowId = newId()
  await database.transaction({ tenantId }, async (tx) => {
    await tx.query(
      sql`insert into tenants (id, name, slug, plan) values (${tenantId}, 'Tenant', ${`t-${tenantId}`}, 'free')`,
    )
    await tx.query(sql`insert into workflows (tenant_id, id, key, definition)
      values (${tenantId}, ${workflowId}, 'waits', '{"trigger": {"type": "called"}, "steps": []}')`)
    await tx.query(sql`insert into workflow_runs (tenant_id, id, workflow_id, version, cause_key, state, wake_at)
      select ${tenantId}, gen_random_uuid(), ${workflowId}, 1, m || ' ' || n, 'waiting', m
      from unnest(${moments.map((moment) => moment.toISOString())}::timestamptz[]) m, generate_series(1, ${copies}::int) n`)
  })
  return tenantId
}

it('is that of those with something due, and then of the next one alone', async () => {
  const late = await waiting([minutes(-5), minutes(-9), minutes(7)])
  const next = await waiting([minutes(2), minutes(3)])
  await waiting([minutes(4)])
  const stopped = await waiting([minutes(-1), minutes(1)])
  await database.run(
    { tenantId: stopped },
    sql`update tenants set suspended_at = now(), suspended_reason = 'Unpaid' where id = ${stopped}`,
  )
  const found = async () =>
    (await turns(database, now)).map(({ tenant_id, wake_at }) => [tenant_id, Date.parse(wake_at)])
  expect(await found()).toEqual([
    [late, minutes(-9).getTime()],
    [next, minutes(2).getTime()],
  ])
  const busy = await waiting([minutes(-20)], 1_100)
  expect(await found()).toEqual([
    [late, minutes(-9).getTime()],
    [busy, minutes(-20).getTime()],
    [next, minutes(2).getTime()],
  ])
})
