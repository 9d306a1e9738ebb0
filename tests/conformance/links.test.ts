/** Whatever is done to links, and by however many at once: both ends agree, and no rule of a relation is broken. */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ApiClient, Json } from '../client.ts'
import { testServers } from '../postgres.ts'
import { type RunningSystem, startSystem } from '../server.ts'
import { anyCommand, makeObjects, Run, wrongsOf } from './links.world.ts'

describe.each(testServers())('on PostgreSQL $majorVersion', (server) => {
  let system: RunningSystem
  let client: ApiClient

  beforeAll(async () => {
    system = await startSystem({ server })
    client = await system.register()
    await makeObjects(client)
  })
  afterAll(() => system.stop())

  it('both ends of every link agree after any sequence of commands', { timeout: 300_000 }, async () => {
    const answered = new Map<number, number>()
    await fc.assert(
      fc.asyncProperty(fc.array(anyCommand, { minLength: 5, maxLength: 25 }), async (commands) => {
        const run = new Run(client)
        await run.begin()
        for (const command of commands) {
          const { status, text } = await run.obey(command)
          expect(status, `${JSON.stringify(command)}: ${text}`).toBeOneOf([200, 201, 204, 400, 404, 409])
          answered.set(status, (answered.get(status) ?? 0) + 1)
        }
        expect(await wrongsOf(system, client, run)).toEqual([])
      }),
      { numRuns: 60 },
    )
    // The commands are worth something only if many of them do something.
    const done = [200, 201, 204].reduce((sum, status) => sum + (answered.get(status) ?? 0), 0)
    const all = [...answered.values()].reduce((sum, count) => sum + count, 0)
    expect(done).toBeGreaterThan(all / 3)
  })

  const make = (slug: string, values: object = {}): Promise<Json> => client.post(`/${slug}`, { name: slug, ...values })
  const manyOf = (slug: string, count: number): Promise<Json[]> =>
    Promise.all(Array.from({ length: count }, () => make(slug)))

  it('50 people who take one badge at once leave it with one', { timeout: 60_000 }, async () => {
    const badge = await make('badges')
    const people = await manyOf('people', 50)
    const answers = await Promise.all(
      people.map(({ id }, n) =>
        n % 2
          ? client.send('PUT', `/people/${id}/links/badge/${badge.id}`)
          : client.send('PATCH', `/badges/${badge.id}`, { holder: id }),
      ),
    )
    for (const { status, text } of answers) expect(status, text).toBeOneOf([200, 204, 409])
    expect(answers.some(({ status }) => status < 300)).toBe(true)
    const held = await client.get(`/people?badge=${badge.id}&limit=200`)
    expect(held).toHaveLength(1)
    expect((await client.get(`/badges/${badge.id}?fields=holder`)).holder.id).toBe(held[0].id)
  })

  it('50 links that are made primary at once leave one', { timeout: 60_000 }, async () => {
    const person = await make('people')
    const companies = await manyOf('companies', 50)
    const answers = await Promise.all(
      companies.map(({ id }, n) =>
        n % 2
          ? client.send('PUT', `/people/${person.id}/links/companies/${id}`, { primary: true })
          : client.send('PUT', `/companies/${id}/links/people/${person.id}`, { primary: true }),
      ),
    )
    for (const { status, text } of answers) expect(status, text).toBeOneOf([204, 409])
    const linked = await client.get(`/people/${person.id}/links/companies?limit=200`)
    expect(linked).toHaveLength(answers.filter(({ status }) => status === 204).length)
    expect(linked.filter(({ primary }: Json) => primary)).toHaveLength(1)
  })

  it('people who exchange their badges at once wait for each other without end for none', {
    timeout: 60_000,
  }, async () => {
    const badges = await manyOf('badges', 4)
    const people = await Promise.all(badges.map(({ id }) => make('people', { badge: id })))
    const answers = await Promise.all(
      Array.from({ length: 48 }, (_, n) => {
        const [person, badge] = [people[n % 4]!, badges[(n * 3 + Math.floor(n / 4)) % 4]!]
        return client.send('PUT', `/people/${person.id}/links/badge/${badge.id}`)
      }),
    )
    for (const { status, text } of answers) expect(status, text).toBeOneOf([204, 409])
    const now = await client.get(`/people?id=${people.map(({ id }) => id).join(',')}`)
    const held = now.flatMap(({ badge }: Json) => badge?.id ?? [])
    expect(new Set(held).size).toBe(held.length)
  })
})
