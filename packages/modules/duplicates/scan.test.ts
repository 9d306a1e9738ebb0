/** What a scan of 10,000 people finds of those that stand there twice, and what it finds that is none. */
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import type { ApiClient } from '../../../tests/client.ts'
import { type RunningSystem, startSystem } from '../../../tests/server.ts'
import { crowdOf } from './similar-people.fixture.ts'

let system: RunningSystem
let client: ApiClient

beforeAll(async () => {
  system = await startSystem()
  client = await system.register()
  await client.post('/objects', {
    slug: 'people',
    label: 'Person',
    labelPlural: 'People',
    roles: { title: 'name', email: 'email', phone: 'phone' },
    fields: [
      { key: 'name', label: 'Name', type: 'text' },
      { key: 'email', label: 'E-mail', type: 'email' },
      { key: 'phone', label: 'Phone', type: 'phone' },
      { key: 'date_of_birth', label: 'Born', type: 'date' },
    ],
  })
})
afterAll(() => system.stop())

it('finds nearly all that are the same, and little else', async () => {
  const { people, twins } = crowdOf(10_000)
  const ids: string[] = []
  for (let from = 0; from < people.length; from += 1_000) {
    const records = people
      .slice(from, from + 1_000)
      .map(({ name, email, phone, born }) => ({ name, email, phone, date_of_birth: born }))
    const { results } = await client.post('/people/bulk', { records })
    ids.push(...results.map(({ id }: { id: string }) => id))
  }
  const { jobId } = await client.post('/people/duplicates/scan')
  await vi.waitFor(async () => expect((await client.get(`/jobs/${jobId}`)).status).toBe('completed'), {
    timeout: 120_000,
    interval: 250,
  })
  const pairs = await system.sql<{ first_id: string; second_id: string }>(
    `select first_id, second_id from duplicate_pairs where tenant_id = $1 and state = 'open'`,
    [client.tenantId],
  )
  const planted = new Set(twins.map(([one, other]) => [ids[one], ids[other]].sort().join()))
  const right = pairs.filter(({ first_id, second_id }) => planted.has([first_id, second_id].sort().join())).length
  const [recall, precision] = [right / planted.size, right / pairs.length]
  console.log(
    `${people.length} people, ${planted.size} twice: ${pairs.length} pairs, recall ${recall.toFixed(3)}, precision ${precision.toFixed(3)}`,
  )
  expect(recall).toBeGreaterThan(0.85)
  expect(precision).toBeGreaterThan(0.9)
}, 240_000)
