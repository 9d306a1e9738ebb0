/** Merging and undoing leaves nothing changed: whatever the two records hold, point at, or are pointed at by. */
import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { ApiClient, Json } from '../client.ts'
import { type RunningSystem, startSystem } from '../server.ts'
import { makePractice, stateOf } from './duplicates.world.ts'

let system: RunningSystem
let client: ApiClient
let helpers: string[]
let groups: string[]

beforeAll(async () => {
  system = await startSystem()
  client = await system.register()
  await makePractice(client)
  const several = async (object: string) => {
    const names = ['one', 'two', 'three']
    const made = await Promise.all(names.map((name) => client.post(`/${object}`, { name: `${object} ${name}` })))
    return made.map(({ id }: Json) => id as string)
  }
  helpers = await several('helpers')
  groups = await several('groups')
})
afterAll(() => system.stop())

const choice = fc.constantFrom('keep', 'from', undefined)
const person = fc.record({
  email: fc.boolean(),
  phone: fc.constantFrom('+61293744000', '+61293744001', null),
  date_of_birth: fc.constantFrom('1980-01-01', null),
  level: fc.option(fc.integer({ min: 1, max: 9 })),
  remark: fc.constantFrom('said', 'written', null),
  helper: fc.option(fc.nat(2)),
  groups: fc.uniqueArray(fc.nat(2)),
  locker: fc.boolean(),
  visits: fc.nat(2),
  notes: fc.nat(2),
})
const plan = fc.record({
  people: fc.tuple(person, person, person),
  /** Who was sent by whom. */
  sent: fc.array(fc.tuple(fc.nat(2), fc.nat(2)), { maxLength: 3 }),
  /** Who is whose partner; each takes one at either end, and a second one is refused. */
  partners: fc.array(fc.tuple(fc.nat(2), fc.nat(2)), { maxLength: 3 }),
  primary: fc.array(fc.tuple(fc.nat(2), fc.nat(2)), { maxLength: 2 }),
  choices: fc.record({
    email: choice,
    level: choice,
    remark: choice,
    helper: choice,
    locker: choice,
    sent_by: choice,
    partner: choice,
  }),
  chained: fc.boolean(),
})
type Person = typeof person extends fc.Arbitrary<infer P> ? P : never

let made = 0

async function makePerson(values: Person): Promise<string> {
  made += 1
  const locker = values.locker ? (await client.post('/lockers', { name: `locker ${made}` })).id : null
  const { id } = await client.post('/clients', {
    name: `Person ${made}`,
    email: values.email ? `p${made}@example.org` : null,
    phone: values.phone,
    date_of_birth: values.date_of_birth,
    level: values.level,
    remark: values.remark,
    helper: values.helper === null ? null : helpers[values.helper],
    groups: values.groups.map((at) => groups[at]),
    locker,
  })
  for (let n = 0; n < values.visits; n++) await client.post('/visits', { name: `visit ${n}`, client: id })
  for (let n = 0; n < values.notes; n++) await client.post(`/clients/${id}/notes`, { body: `note ${n}` })
  return id
}

it('is undone without a trace', async () => {
  await fc.assert(
    fc.asyncProperty(plan, async ({ people, sent, partners, primary, choices, chained }) => {
      const ids: string[] = []
      for (const values of people) ids.push(await makePerson(values))
      for (const [one, other] of sent) {
        if (one !== other) await client.patch(`/clients/${ids[one]}`, { sent_by: ids[other] })
      }
      for (const [one, other] of partners) {
        if (one !== other) await client.send('PATCH', `/clients/${ids[one]}`, { partner: ids[other] })
      }
      for (const [one, group] of primary) {
        if (people[one]!.groups.includes(group))
          await client.put(`/clients/${ids[one]}/links/groups/${groups[group]}`, { primary: true })
      }
      const [a, b, c] = ids
      const before = await stateOf(system, client.tenantId)
      const values = Object.fromEntries(Object.entries(choices).filter(([, chosen]) => chosen !== undefined))
      const merges = [await client.post('/clients/merge', { keep: a, from: b, values })]
      if (chained) merges.push(await client.post('/clients/merge', { keep: c, from: a, values }))
      const [counted] = await system.sql<{ live: string }>(
        `select live from record_counters c join objects o on o.id = c.object_id where o.slug = 'clients' and c.tenant_id = $1`,
        [client.tenantId],
      )
      expect(Number(counted!.live)).toBe((await client.post('/clients/count', {})).count)
      const shown = await client.get(`/clients/${chained ? c : a}`)
      const inMerge = chained ? people : people.slice(0, 2)
      expect(shown.visit_count).toBe(inMerge.reduce((sum, { visits }) => sum + visits, 0))
      expect(new Set(shown.groups.map(({ id }: Json) => groups.indexOf(id)))).toEqual(
        new Set(inMerge.flatMap((one) => one.groups)),
      )
      for (const { id } of merges.toReversed()) {
        expect(await client.post(`/merges/${id}/undo`)).toMatchObject({ stays: [], linksStaying: 0 })
      }
      expect(await stateOf(system, client.tenantId)).toEqual(before)
    }),
    { numRuns: Number(process.env.OF_RUNS ?? 30), endOnFailure: true },
  )
}, 240_000)
