/** A change of many records and its undoing leave every record as it was that nobody touched in between. */
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { ApiClient, Json } from '../client.ts'
import { type RunningSystem, startSystem } from '../server.ts'
import { contentOf, idsOf, type LeadWorld, leadsOf, makeLeads, nowOf } from './bulk.world.ts'

let system: RunningSystem
let client: ApiClient
let world: LeadWorld

beforeAll(async () => {
  system = await startSystem()
  client = await system.register()
  world = await makeLeads(client)
})
afterAll(() => system.stop())

const maybe = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: undefined })
const number = fc.option(fc.integer({ min: 0, max: 50 }), { nil: null })
const one = fc.option(fc.nat(2), { nil: null })
const tags = fc.uniqueArray(fc.constantFrom('old', 'red', 'blue'), { minLength: 1 })
const areas = fc.uniqueArray(fc.constantFrom('north', 'south', 'east'), { minLength: 1 })
const topics = fc.uniqueArray(fc.nat(2), { minLength: 1 })

const lead = fc.record({
  size: number,
  tags,
  areas: maybe(areas),
  company: one,
  topics: maybe(topics),
  isOffer: fc.boolean(),
})
const lists = fc.record({ tags: maybe(tags), areas: maybe(areas), topics: maybe(topics) })
const change = fc.record({
  action: fc.constantFrom('update', 'update', 'delete'),
  size: maybe(number),
  company: maybe(one),
  stage: maybe(fc.constantFrom('offer', 'won')),
  isUnowned: fc.boolean(),
  lists,
  isAdding: fc.boolean(),
})
const plan = fc.record({
  leads: fc.array(lead, { minLength: 3, maxLength: 8 }),
  change,
  touched: fc.array(fc.nat(7), { maxLength: 2 }),
})

/** As the API takes it: positions stand for the records of the world. */
function asSent<T extends { company?: number | null | undefined; topics?: number[] | undefined }>(values: T): object {
  const { company, topics, ...rest } = values
  return {
    ...rest,
    ...(company === undefined ? {} : { company: company === null ? null : world.companies[company].id }),
    ...(topics ? { topics: topics.map((at) => world.topics[at].id) } : {}),
  }
}

const totals = async (): Promise<Json[]> =>
  (await client.get('/companies?sort=name&limit=50')).map(({ id, total }: Json) => [id, total ?? 0])

it('the records become what they were, but for those that were touched', { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(plan, async ({ leads, change, touched }) => {
      const made = await Promise.all(
        leads.map(async ({ isOffer, ...values }) => {
          const reach = values.areas?.includes('east') ? 'far' : null
          const [made] = await leadsOf(client, 1, { ...asSent(values), reach })
          if (isOffer && values.size !== null) await client.patch(`/leads/${made!.id}`, { stage: 'offer' })
          return made!
        }),
      )
      const before = await nowOf(client, made)
      const sums = await totals()
      const { action, size, company, stage, isUnowned, lists, isAdding } = change
      const updates = { ...asSent({ size, company }), stage, reach: 'near', ...(isUnowned ? { ownerId: null } : {}) }
      const edit = action === 'update' ? { updates, [isAdding ? 'add' : 'remove']: asSent(lists) } : {}
      const others = touched.flatMap((at) => made[at] ?? [])
      const touch = async () => {
        for (const { id } of others) await client.send('PATCH', `/leads/${id}`, { name: `Touched ${Math.random()}` })
      }
      const [done] = await Promise.all([
        client.post('/leads/bulk/jobs', { action, ids: idsOf(made), ...edit }),
        touch(),
      ])
      await touch()
      if (done.result.changed > 0) await client.post(`/bulk-jobs/${done.jobId}/undo`)
      const isTouched = new Set(idsOf(others))
      const rest = (records: Json[]) => records.filter(({ id }) => !isTouched.has(id)).map(contentOf)
      expect(rest(await nowOf(client, made))).toEqual(rest(before))
      if (others.length === 0) expect(await totals()).toEqual(sums)
    }),
    { numRuns: 12 },
  )
})
