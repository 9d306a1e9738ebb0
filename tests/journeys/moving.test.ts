/** Values that change with the day, and sample records that go. */
import { newId, sql } from '@oneforge/kernel/database'
import { beginDay } from '@oneforge/modules/customization'
import { LongJobs } from '@oneforge/modules/jobs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { ApiClient, Json } from '../client.ts'
import { type RunningSystem, startSystem } from '../server.ts'

let system: RunningSystem
let client: ApiClient

const field = (key: string, type: string, more: object = {}) => ({ key, label: key, type, ...more })

beforeAll(async () => {
  system = await startSystem()
  client = await system.register({ template: 'blank' })
})
afterAll(() => system.stop())

it('are worked out anew in the first hour of a day, as the workspace has it', async () => {
  const days = field('days', 'formula', { computed: { expression: 'days(since, today())' } })
  const object = await client.post('/objects', {
    slug: 'loans',
    label: 'Loan',
    labelPlural: 'Loans',
    fields: [field('name', 'text'), field('since', 'date'), days],
  })
  const today = new Date().toISOString().slice(0, 10)
  const loan = await client.post('/loans', { name: 'Book', since: today })
  await system.sql(`update records set data = data || '{"days": 77}' where id = $1`, [loan.id])
  const daysOf = async () => (await client.get<Json>(`/loans/${loan.id}`)).days
  expect([Math.abs(loan.days) <= 1, await daysOf()]).toEqual([true, 77])
  const marked = await system.sql('select id from fields where object_id = $1 and moving', [object.id])
  expect(marked).toHaveLength(1)
  const tenants = await system.system.database.run<{ id: string }>({}, sql`select tenants_with_moving_fields() as id`)
  expect(tenants).toEqual([{ id: client.tenantId }])
  const longJobs = new LongJobs({
    database: system.system.database,
    enqueue: (tx, kind, payload) => system.system.jobs.enqueue(tx, kind, payload),
  })
  const zone = (await client.get<Json>('/workspace')).timeZone
  const at = (hour: number) => {
    const moment = new Date('2026-11-21T00:30:00Z')
    const offset = Number(
      new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', hourCycle: 'h23' }).format(moment),
    )
    return new Date(moment.getTime() + ((hour - offset + 24) % 24) * 3_600_000)
  }
  const { database } = system.system
  await beginDay(database, longJobs, client.tenantId, at(9))
  expect(await system.sql('select id from jobs where object_id = $1', [object.id])).toEqual([])
  await beginDay(database, longJobs, client.tenantId, at(0))
  await expect.poll(daysOf, { timeout: 20_000 }).toBe(loan.days)
  await beginDay(database, longJobs, newId(), at(0)).catch((error) => expect(error.status).toBe(404))
})

it('forget sample records that are removed for good', async () => {
  const shop = await system.register({ template: 'blank', sampleData: true })
  const [company] = await shop.get<Json>('/companies?limit=1')
  const mine = await shop.post('/companies', { name: 'Mine' })
  const count = field('deal_count', 'rollup', { computed: { relation: 'deals', op: 'count' } })
  await shop.post('/objects/companies/fields', count)
  const [deal] = await shop.get<Json>('/deals?limit=1')
  await shop.put(`/companies/${mine.id}/links/deals/${deal.id}`)
  const countOf = async () => (await shop.get<Json>(`/companies/${mine.id}`)).deal_count
  await expect.poll(countOf, { timeout: 20_000 }).toBe(1)
  await shop.delete('/workspace/samples?touched=trash')
  expect([await countOf(), (await shop.send('GET', `/companies/${company.id}`)).status]).toEqual([0, 404])
})
