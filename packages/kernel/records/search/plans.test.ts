/** What a search costs does not grow with the records: no step of it reads a table from one end to the other. */
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cloneDatabase, type TestDatabase } from '../../../../tests/postgres.ts'
import { compile, newId, type Query, type Transaction } from '../../database/index.ts'
import type { CompiledObject } from '../../metadata/index.ts'
import { foldText } from '../../metadata/values/index.ts'
import { candidatesOf, type Search } from './candidates.ts'
import { best } from './ranking.ts'
import { termsOf } from './terms.ts'

const records = 20_000
const [tenantId, objectId] = [newId(), newId()]
let test: TestDatabase
let owner: Client

beforeAll(async () => {
  test = await cloneDatabase()
  owner = new Client({ connectionString: test.ownerUrl })
  await owner.connect()
  await owner.query(`insert into tenants (id, name, slug, plan) values ($1, 'Big', 'big', 'team')`, [tenantId])
  await owner.query('begin')
  await owner.query('select bind_tenant($1, null)', [tenantId])
  await owner.query(`insert into objects (tenant_id, id, slug, definition) values ($1, $2, 'people', '{}')`, [
    tenantId,
    objectId,
  ])
  await owner.query(
    `insert into records (tenant_id, object_id, id, record_number, title, title_key, email, search, updated_at)
     select $1, $2, gen_random_uuid(), 'PER-' || lpad(n::text, 6, '0'), name, name, 'p' || n || '@example.com',
       'per-' || lpad(n::text, 6, '0') || ' ' || name || ' p' || n || '@example.com', now() - n * interval '1 minute'
     from generate_series(1, $3::int) n, lateral (select 'person ' || md5(n::text) || case when n % 4000 = 0 then ' okafor' else '' end as name) as t`,
    [tenantId, objectId, records],
  )
  await owner.query(
    `insert into record_counters (tenant_id, object_id, live) values ($1, $2, $3)
    on conflict (tenant_id, object_id) do update set live = excluded.live`,
    [tenantId, objectId, records],
  )
  await owner.query('commit')
  await owner.query('analyze records, title_words')
}, 120_000)

afterAll(async () => {
  await owner.end()
  await test.drop()
})

const searchFor = (text: string): Search => ({
  tenantId,
  userId: newId(),
  objects: [
    {
      object: { id: objectId } as CompiledObject,
      conditions: [],
      sees: { title: true, email: true, phone: true, text: true },
    },
  ],
  terms: termsOf(text),
  phrase: foldText(text),
  exact: { numbers: [text.toUpperCase()], email: text.includes('@') ? text : null, phone: null },
})

/** Runs the search as the application does, and gives the plans of all its statements. */
async function plansOf(text: string): Promise<{ plans: string[]; found: number }> {
  const plans: string[] = []
  const run = async (query: Query) => {
    const { text: statement, values } = compile(query)
    const explained = await owner.query(`explain (analyze, timing off) ${statement}`, [...values])
    plans.push(explained.rows.map((row) => row['QUERY PLAN']).join('\n'))
    return (await owner.query(statement, [...values])).rows
  }
  const tx = {
    query: run,
    batch: async (queries: Query[]) => {
      const answers: unknown[] = []
      for (const query of queries) answers.push(await run(query))
      return answers
    },
  } as unknown as Transaction
  await owner.query('begin')
  try {
    await owner.query('set local role oneforge_app')
    await owner.query('select bind_tenant($1, null)', [tenantId])
    const search = searchFor(text)
    const { ids } = await candidatesOf(tx, search)
    await run(best(search, ids, 20))
    return { plans, found: ids.length }
  } finally {
    await owner.query('rollback')
  }
}

describe('the plan of a search', () => {
  it.each([
    ['a word of all records', 'person', 10],
    ['two letters', 'pe', 10],
    ['a rare word that stands in the middle', 'okafor', 5],
    ['words across the title', 'okafor person', 5],
    ['a number', 'per-000777', 1],
    ['an e-mail address', 'p777@example.com', 1],
    ['nothing that is there', 'qzxwvk', 0],
  ])('of %s reads no table as a whole', async (_, text, least) => {
    const { plans, found } = await plansOf(text)
    expect(found).toBeGreaterThanOrEqual(least)
    for (const plan of plans) expect(plan).not.toMatch(/Seq Scan on (records|title_words)/)
  })

  it('looks a mistyped word up in the index of words', async () => {
    await owner.query('begin')
    await owner.query('set local role oneforge_app')
    await owner.query('select bind_tenant($1, null)', [tenantId])
    const { rows } = await owner.query(`select word from similar_words('okafro')`)
    await owner.query('rollback')
    expect(rows).toEqual([{ word: 'okafor' }])
  })
})
