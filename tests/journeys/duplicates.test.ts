/** Records that may be the same: seen before they are made, queued, merged, and taken apart again. */
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { ApiClient, Json } from '../client.ts'
import { addMember, defineRole, type RunningSystem, startSystem } from '../server.ts'
import { makePractice, stateOf } from './duplicates.world.ts'

let system: RunningSystem
let client: ApiClient

beforeAll(async () => {
  system = await startSystem()
  client = await system.register({ name: 'Olive Owner' })
  await makePractice(client)
})
afterAll(() => system.stop())

let made = 0
const make = (object: string, values: object = {}): Promise<Json> =>
  client.post(`/${object}`, { name: `${object} ${++made}`, ...values })
const merge = (keep: Json, from: Json, more: object = {}) =>
  client.post('/clients/merge', { keep: keep.id, from: from.id, ...more })
const queue = async (state = 'open'): Promise<Json[]> =>
  client.get(`/duplicates?object=clients&state=${state}&limit=100`)
const inQueue = async (a: Json, b: Json, state = 'open') =>
  (await queue(state)).find(({ records }) => [a.id, b.id].every((id) => records.some((one: Json) => one.id === id)))

describe('before a record is made', () => {
  it('tells of the ones that may be the same, and why', async () => {
    const first = await make('clients', { name: 'Maria Gonzalez', email: 'maria@x.org', date_of_birth: '1980-04-01' })
    const check = (data: object) => client.post('/clients/duplicates/check', { data })
    const found = await check({ name: 'María Gonzales', date_of_birth: '1980-04-01' })
    expect(found).toEqual({
      candidates: [
        {
          id: first.id,
          recordNumber: first.recordNumber,
          title: 'Maria Gonzalez',
          score: 90,
          reasons: [
            {
              rule: 'name_and_birth',
              parts: [
                { field: 'name', label: 'name', compare: 'similar' },
                { field: 'date_of_birth', label: 'Born', compare: 'exact' },
              ],
            },
          ],
        },
      ],
      beyond: null,
    })
    expect((await check({ name: 'Somebody Else', date_of_birth: '1980-04-01' })).candidates).toEqual([])
    const made = await client.send('POST', '/clients', { name: 'Maria Gonzalez', date_of_birth: '1980-04-01' })
    expect([made.status, made.body.meta.duplicates.candidates[0].id]).toEqual([201, first.id])
    const refused = await client.send('POST', '/clients?duplicates=refuse', {
      name: 'Maria Gonzalez',
      date_of_birth: '1980-04-01',
    })
    expect([refused.status, refused.error.current.candidates.length]).toEqual([409, 2])
    expect((await client.send('POST', '/clients', { name: 'Nobody Like It' })).body.meta.duplicates).toBeUndefined()
  })

  it('follows a change of the values that are compared', async () => {
    const one = await make('clients', { name: 'Peter Paulsen', phone: '+61 2 9374 4000' })
    const check = async () =>
      (await client.post('/clients/duplicates/check', { data: { name: 'Peter Paulsen', phone: '+61293744000' } }))
        .candidates
    expect((await check()).map(({ id }: Json) => id)).toEqual([one.id])
    await client.patch(`/clients/${one.id}`, { phone: '+61 2 9374 4001' })
    expect(await check()).toEqual([])
    await client.patch(`/clients/${one.id}`, { phone: '+61 2 9374 4000' })
    await client.delete(`/clients/${one.id}`)
    expect(await check()).toEqual([])
    await client.post(`/clients/${one.id}/restore`)
    expect((await check()).length).toBe(1)
  })
})

describe('the queue', () => {
  it('offers pairs as they come, and never again what somebody has dismissed', async () => {
    const one = await make('clients', { name: 'Quentin Queue', date_of_birth: '1970-01-01' })
    const two = await make('clients', { name: 'Quentin Queuee', date_of_birth: '1970-01-01' })
    await vi.waitFor(async () => expect(await inQueue(one, two)).toBeDefined(), { timeout: 20_000, interval: 100 })
    const pair = (await inQueue(one, two))!
    expect(pair).toMatchObject({ object: 'clients', state: 'open', score: 90 })
    await client.post(`/duplicates/${pair.id}/dismiss`)
    expect([await inQueue(one, two), (await inQueue(one, two, 'dismissed'))?.id]).toEqual([undefined, pair.id])
    await client.patch(`/clients/${two.id}`, { name: 'Quentin Queue' })
    const job = await client.post('/clients/duplicates/scan')
    await finished(job.jobId)
    expect(await inQueue(one, two)).toBeUndefined()
    await client.post(`/duplicates/${pair.id}/reopen`)
    expect(await inQueue(one, two)).toBeDefined()
  })
})

const finished = (jobId: string) =>
  vi.waitFor(
    async () => {
      const job = await client.get(`/jobs/${jobId}`)
      expect(job.status).toBe('completed')
      return job
    },
    { timeout: 20_000, interval: 100 },
  )

describe('merging', () => {
  it('carries over what the other has, as chosen, and leads its address to the survivor', async () => {
    const [helper, other, group, second] = [
      await make('helpers'),
      await make('helpers'),
      await make('groups'),
      await make('groups'),
    ]
    const keep = await make('clients', { name: 'Ann Lee', level: 1, helper: helper.id, groups: [group.id] })
    const from = await make('clients', {
      name: 'Anne Lee',
      email: 'anne@x.org',
      level: 2,
      remark: 'allergic',
      helper: other.id,
      groups: [group.id, second.id],
    })
    const visit = await make('visits', { client: from.id })
    await client.post(`/clients/${from.id}/notes`, { body: 'called' })
    const before = await stateOf(system, client.tenantId)
    const result = await merge(keep, from, {
      values: { level: 'from', helper: 'from', name: { value: 'Anne B. Lee' } },
    })
    expect(result.record).toMatchObject({
      id: keep.id,
      name: 'Anne B. Lee',
      email: 'anne@x.org',
      level: 2,
      remark: 'allergic',
      helper: { id: other.id },
      groups: [{ id: group.id }, { id: second.id }],
      visit_count: 1,
    })
    expect((await client.get(`/visits/${visit.id}`)).client.id).toBe(keep.id)
    expect([
      (await client.get(`/helpers/${helper.id}`)).client_count,
      (await client.get(`/helpers/${other.id}`)).client_count,
    ]).toEqual([0, 1])
    expect((await client.get(`/clients/${keep.id}/activities`)).map(({ body }: Json) => body)).toEqual(['called'])
    const history = await client.get(`/clients/${keep.id}/history?limit=50`)
    expect(history.map(({ action }: Json) => action)).toEqual(expect.arrayContaining(['merged', 'created']))
    expect(history.filter(({ action }: Json) => action === 'created').length).toBe(2)
    expect(await client.get(`/clients/${from.id}`)).toMatchObject({ id: keep.id, mergedFrom: from.id })
    expect((await client.send('PATCH', `/clients/${from.id}`, { level: 9 })).status).toBe(404)
    expect((await client.send('POST', `/clients/${from.id}/restore`)).status).toBe(409)
    expect((await client.get(`/clients/${keep.id}/merges`))[0]).toMatchObject({
      id: result.id,
      from: { id: from.id, title: 'Anne Lee' },
    })

    const undone = await client.post(`/merges/${result.id}/undo`)
    expect(undone).toMatchObject({
      keep: { id: keep.id, name: 'Ann Lee' },
      from: { id: from.id, name: 'Anne Lee' },
      stays: [],
      linksStaying: 0,
    })
    expect(await stateOf(system, client.tenantId)).toEqual(before)
    expect((await client.send('POST', `/merges/${result.id}/undo`)).status).toBe(409)
  })

  it('keeps with the survivor what was edited since, and names it', async () => {
    const keep = await make('clients', { name: 'Rita Rest', level: 1 })
    const from = await make('clients', { name: 'Rita Rest', remark: 'from', email: 'rita@x.org' })
    const { id } = await merge(keep, from, { values: { level: 'from' } })
    await client.patch(`/clients/${keep.id}`, { remark: 'edited' })
    const undone = await client.post(`/merges/${id}/undo`)
    expect(undone.stays).toEqual([{ field: 'remark', label: 'remark' }])
    expect([undone.keep.remark, undone.keep.level, undone.keep.email]).toEqual(['edited', 1, null])
    expect([undone.from.remark, undone.from.email]).toEqual(['from', 'rita@x.org'])
  })

  it('refuses stale versions, fields that are not there and what the rules forbid', async () => {
    const [keep, from] = [await make('clients'), await make('clients')]
    const send = (more: object) => client.send('POST', '/clients/merge', { keep: keep.id, from: from.id, ...more })
    expect((await send({ versions: { keep: 7 } })).status).toBe(409)
    expect((await send({ values: { nothing: 'from' } })).status).toBe(400)
    expect((await send({ values: { visit_count: 'from' } })).status).toBe(400)
    expect((await send({ values: { level: { value: 'x' } } })).status).toBe(400)
    expect((await client.send('POST', '/clients/merge', { keep: keep.id, from: keep.id })).status).toBe(400)
    expect((await client.get(`/clients/${from.id}`)).mergedFrom).toBeUndefined()
  })

  it('undoes chains from the end', async () => {
    const [a, b, c] = [
      await make('clients', { level: 1 }),
      await make('clients', { remark: 'b' }),
      await make('clients'),
    ]
    const before = await stateOf(system, client.tenantId)
    const first = await merge(b, a)
    const second = await merge(c, b)
    expect(await client.get(`/clients/${a.id}`)).toMatchObject({ id: c.id, mergedFrom: a.id, level: 1, remark: 'b' })
    expect((await client.send('POST', `/merges/${first.id}/undo`)).status).toBe(409)
    await client.post(`/merges/${second.id}/undo`)
    await client.post(`/merges/${first.id}/undo`)
    expect(await stateOf(system, client.tenantId)).toEqual(before)
  })

  it('gives two people who merge the same pair at once one result, either way round', async () => {
    for (let round = 0; round < 5; round++) {
      const [a, b] = [
        await make('clients', { email: `a${round}@y.org` }),
        await make('clients', { email: `b${round}@y.org` }),
      ]
      const turned = round % 2 === 1
      const answers = await Promise.all([
        client.send('POST', '/clients/merge', { keep: a.id, from: b.id }),
        client.send('POST', '/clients/merge', turned ? { keep: b.id, from: a.id } : { keep: a.id, from: b.id }),
      ])
      expect(answers.map(({ status }) => status)).toEqual([200, 200])
      expect(answers[0].data).toMatchObject({ id: answers[1].data.id, record: { id: answers[1].data.record.id } })
      expect((await client.get(`/clients/${answers[0].data.keep}/merges`)).length).toBe(1)
    }
  })

  it('brings overlapping chains that are merged at once to one end', async () => {
    for (let round = 0; round < 5; round++) {
      const [a, b, c] = [await make('clients'), await make('clients'), await make('clients')]
      const answers = await Promise.all(
        [
          [b, a],
          [c, b],
          [c, a],
        ].map(([keep, from]) => client.send('POST', '/clients/merge', { keep: keep!.id, from: from!.id })),
      )
      expect(answers.map(({ status }) => status).every((status) => [200, 404, 409].includes(status))).toBe(true)
      const gone = await system.sql<{ id: string; merged_into: string }>(
        'select id, merged_into from records where id = any($1) and merged_into is not null',
        [[a.id, b.id, c.id]],
      )
      const succeeded = await system.sql('select id from merges where merged_id = any($1)', [[a.id, b.id, c.id]])
      expect(gone.length).toBe(succeeded.length)
      expect(gone.length).toBeGreaterThan(0)
      for (const { id } of gone) expect((await client.get(`/clients/${id}`)).mergedFrom).toBe(id)
    }
  })
})

describe('what the caller may not see', () => {
  it('is told as that there is something and whom to ask, and nothing else', async () => {
    await defineRole(system, client.tenantId, 'narrow', {
      objects: { clients: { create: 'all', read: 'own', update: 'own', fields: { remark: 'hidden' } } },
    })
    const narrow = await addMember(system, client.tenantId, ['narrow'])
    await make('clients', { name: 'Hidden Person', email: 'hidden@x.org', phone: '+61 2 9374 4222' })
    await make('clients', { name: 'Hidden Person', phone: '+61 2 9374 4222', date_of_birth: '1990-09-09' })
    const found = await narrow.send('POST', '/clients/duplicates/check', {
      data: { name: 'Hidden Person', phone: '+61293744222' },
    })
    expect(found.data).toEqual({ candidates: [], beyond: { ask: [{ id: client.userId, name: 'Olive Owner' }] } })
    const one = await narrow.send('POST', '/clients/duplicates/check', { data: { email: 'hidden@x.org' } })
    expect(one.data).toEqual(found.data)
    const refused = await narrow.send('POST', '/clients?duplicates=refuse', { name: 'X', email: 'hidden@x.org' })
    expect([refused.status, refused.error.current]).toEqual([409, found.data])
    expect(refused.text).not.toMatch(/Hidden|CLI-/)
    expect(await narrow.get('/duplicates?object=clients')).toEqual([])
    const log = await system.sql(
      `select outcome from operation_log where operation = 'duplicates.check' and actor_id = $1`,
      [narrow.userId],
    )
    expect(log.length).toBe(2)
  })

  it('is not merged, nor dismissed, nor undone', async () => {
    const narrow = await addMember(system, client.tenantId, ['narrow'])
    const [a, b] = [
      await make('clients', { name: 'Closed One', date_of_birth: '1999-09-09' }),
      await make('clients', { name: 'Closed One', date_of_birth: '1999-09-09' }),
    ]
    await vi.waitFor(async () => expect(await inQueue(a, b)).toBeDefined(), { timeout: 20_000, interval: 100 })
    const pair = (await inQueue(a, b))!
    expect((await narrow.send('POST', `/duplicates/${pair.id}/dismiss`)).status).toBe(404)
    expect([403, 404]).toContain((await narrow.send('POST', '/clients/merge', { keep: a.id, from: b.id })).status)
    const { id } = await merge(a, b)
    expect([403, 404]).toContain((await narrow.send('POST', `/merges/${id}/undo`)).status)
    expect((await narrow.send('GET', `/clients/${b.id}`)).status).toBe(404)
  })
})

describe('the rules', () => {
  it('are suggested, changed, tried out and given back', async () => {
    const before = await client.get('/objects/clients/duplicates')
    expect(before).toMatchObject({ active: true, isDefault: true, threshold: 70 })
    expect(before.rules.map(({ key }: Json) => key)).toEqual([
      'same_email',
      'same_phone',
      'name_and_phone',
      'name_and_birth',
    ])
    const rules = [{ key: 'same_remark', weight: 95, parts: [{ field: 'remark', compare: 'normalised' }] }]
    const one = await make('clients', { remark: 'The Very Same!' })
    await make('clients', { remark: 'the very-same' })
    const preview = await client.post('/objects/clients/duplicates/preview', { threshold: 80, rules })
    expect(preview.pairs).toBeGreaterThanOrEqual(1)
    const changed = await client.put('/objects/clients/duplicates', { rules, threshold: 80 })
    expect(changed).toMatchObject({ isDefault: false, rules })
    await finished(changed.jobId)
    const { candidates } = await client.post('/clients/duplicates/check', { data: { remark: 'The very same' } })
    expect(candidates.map(({ id }: Json) => id)).toContain(one.id)
    await client.patch('/objects/clients', { color: 'blue' })
    expect((await client.get('/objects/clients/duplicates')).rules).toEqual(rules)
    const bad = [{ key: 'x', weight: 50, parts: [{ field: 'visit_count', compare: 'exact' }] }]
    expect((await client.send('PUT', '/objects/clients/duplicates', { rules: bad })).status).toBe(400)
    expect(await client.put('/objects/clients/duplicates', { rules: null })).toMatchObject({
      isDefault: true,
      threshold: 70,
    })
  })
})

describe('fields that were reshaped', () => {
  const check = async (data: object): Promise<string[]> =>
    (await client.post('/badges/duplicates/check', { data })).candidates.map(({ id }: Json) => id)
  const pairs = (): Promise<Json[]> => client.get('/duplicates?object=badges&state=open')

  beforeAll(async () => {
    await client.post('/objects', {
      slug: 'badges',
      label: 'Badge',
      labelPlural: 'Badges',
      fields: ['name', 'code', 'place'].map((key) => ({ key, label: key, type: 'text' })),
    })
    const rules = [{ key: 'same_code', weight: 95, parts: [{ field: 'code', compare: 'exact' }] }]
    await client.put('/objects/badges/duplicates', { rules, threshold: 80 })
  })

  it('are compared under another name, and merges made before are undone', async () => {
    const [first, second] = [
      await make('badges', { code: '012', place: 'Hall' }),
      await make('badges', { code: '777', place: 'Yard' }),
    ]
    const merged = await client.post('/badges/merge', { keep: first.id, from: second.id, values: { place: 'from' } })
    await client.post('/objects/badges/fields/code/rename', { name: 'number' })
    await client.post('/objects/badges/fields/place/rename', { name: 'stands' })
    const undone = await client.post(`/merges/${merged.id}/undo`)
    expect([undone.keep, undone.from]).toMatchObject([{ stands: 'Hall' }, { stands: 'Yard' }])
    expect(await check({ number: '012' })).toEqual([first.id])
    const same = await make('badges', { number: '012' })
    await finished((await client.post('/badges/duplicates/scan')).jobId)
    expect((await pairs()).map(({ records }) => records.map(({ id }: Json) => id).sort())).toEqual([
      [first.id, same.id].sort(),
    ])
  })

  it('are compared in another type', async () => {
    const short = await make('badges', { number: '12' })
    await client.post('/objects/badges/fields/number/convert', { type: 'integer' })
    await expect.poll(() => check({ number: 12 }), { timeout: 20_000 }).toHaveLength(3)
    await finished((await client.post('/badges/duplicates/scan')).jobId)
    expect((await pairs()).length).toBe(3)
    expect(await check({ number: 12 })).toContain(short.id)
  })
})
