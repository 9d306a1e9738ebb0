import { Client } from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { cloneDatabase, type TestDatabase } from '../../../tests/postgres.ts'
import { Database, newId, sql } from '../database/index.ts'
import { pruneAnswers } from './idempotency.store.ts'

let test: TestDatabase
let owner: Client
let database: Database

beforeAll(async () => {
  test = await cloneDatabase()
  owner = new Client({ connectionString: test.ownerUrl })
  await owner.connect()
  database = new Database({ url: test.appUrl, max: 1 })
})
afterAll(async () => {
  await Promise.all([owner.end(), database.close()])
  await test.drop()
})

it('forgets answers of all workspaces after two days, and keeps the others', async () => {
  const tenants = [newId(), newId()]
  for (const [index, tenantId] of tenants.entries()) {
    await owner.query(`insert into tenants (id, name, slug, plan) values ($1, 'Tenant', $2, 'unlimited')`, [
      tenantId,
      `t${index}`,
    ])
    for (const [key, age] of [
      ['old', '3 days'],
      ['fresh', '1 day'],
    ]) {
      await owner.query(
        `insert into idempotency_keys (tenant_id, actor_id, key, fingerprint, created_at) values ($1, $2, $3, '', now() - $4::interval)`,
        [tenantId, newId(), key, age],
      )
    }
  }
  expect(await pruneAnswers(database)).toBe(2)
  for (const tenantId of tenants) {
    expect(await database.run({ tenantId }, sql`select key from idempotency_keys`)).toEqual([{ key: 'fresh' }])
  }
})
