/** Pipelines over HTTP: stages with conditions, moves on every road, stays, checklists, removal, figures. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Answer, ApiClient, Json } from '../client.ts'
import { addMember, defineRole, type RunningSystem, startSystem } from '../server.ts'

let system: RunningSystem
let client: ApiClient

const field = (key: string, type: string, more: object = {}) => ({ key, label: key, type, ...more })
const refusal = ({ status, error }: Answer) => [
  status,
  ...(error?.details ?? []).map((detail) => `${detail.field}: ${detail.message}`),
]

const stages = [
  {
    value: 'new',
    probability: 10,
    moves: ['offer', 'lost'],
    checklist: [{ key: 'called', label: 'Called', required: true }],
  },
  { value: 'offer', probability: 50, requires: ['price'], moments: ['offered_at'], rottingDays: 5 },
  { value: 'won', kind: 'won' },
  { value: 'lost', kind: 'lost', reasons: { required: true, options: [{ value: 'price' }, { value: 'gone' }] } },
]

beforeAll(async () => {
  system = await startSystem()
  client = await system.register({ template: 'blank' })
  await client.post('/objects', {
    slug: 'jobs_sold',
    label: 'Job',
    labelPlural: 'Jobs',
    fields: [
      field('name', 'text', { required: true }),
      field('price', 'money'),
      field('offered_at', 'datetime'),
      field('stage', 'select', { options: ['new', 'offer', 'won', 'lost'], default: 'new' }),
    ],
    roles: { stage: 'stage', amount: 'price' },
  })
  await client.send('PATCH', '/objects/jobs_sold/pipelines/main', { stages })
})
afterAll(() => system.stop())

const make = (input: object = {}): Promise<Json> => client.post('/jobs_sold', { name: 'Roof', ...input })
const move = (id: string, input: object): Promise<Answer> => client.send('PATCH', `/jobs_sold/${id}`, input)
const staysOf = (id: string): Promise<Json[]> => client.get(`/jobs_sold/${id}/stages`)

describe('a stage', () => {
  it('is told with all that it asks for', async () => {
    const { pipelines } = await client.get('/objects/jobs_sold')
    expect(pipelines[0]).toMatchObject({ key: 'main', main: true, field: 'stage' })
    expect(pipelines[0].stages[0]).toMatchObject({
      value: 'new',
      moves: ['offer', 'lost'],
      checklist: [{ key: 'called', label: 'Called', required: true }],
      reasons: null,
    })
    expect(pipelines[0].stages[1]).toMatchObject({ requires: ['price'], rottingDays: 5, moves: null })
  })

  it('refuses what does not fit, by name', async () => {
    const wrong = [{ ...stages[0], moves: ['nowhere'] }, ...stages.slice(1)]
    expect(refusal(await client.send('PATCH', '/objects/jobs_sold/pipelines/main', { stages: wrong }))).toEqual([
      400,
      'stages.new.moves: “nowhere” is not another stage of this pipeline',
    ])
  })
})

describe('a move', () => {
  it('writes down when it was made, once, unless somebody names another moment', async () => {
    const { id } = await make({ price: { amount: '10', currency: 'EUR' } })
    const called = { main: { done: ['called'] } }
    const began = Date.now()
    const { offered_at } = (await move(id, { stage: 'offer', stageMoves: called })).data
    expect(Date.parse(offered_at)).toBeGreaterThanOrEqual(began - 5)
    await move(id, { stage: 'new' })
    expect((await move(id, { stage: 'offer', stageMoves: called })).data.offered_at).toBe(offered_at)
    const other = await make({ price: { amount: '10', currency: 'EUR' } })
    const named = { stage: 'offer', offered_at: '2026-01-02T03:04:00.000Z', stageMoves: called }
    expect((await move(other.id, named)).data.offered_at).toBe('2026-01-02T03:04:00.000Z')
  })

  it('is refused with all that is missing, and goes through with it in one call', async () => {
    const { id } = await make()
    expect(refusal(await move(id, { stage: 'offer' }))).toEqual([
      400,
      'price: is required to enter “offer”',
      'stageMoves.main.done.called: “Called” must be done before the record leaves “new”',
    ])
    expect(refusal(await move(id, { stage: 'won' }))[1]).toBe(
      'stage: cannot go from “new” to “won”: it goes on to “offer”, “lost”',
    )
    expect(refusal(await move(id, { stage: 'lost' }))).toEqual([
      400,
      'stageMoves.main.reason: is required to enter “lost”',
    ])
    expect(refusal(await move(id, { stage: 'lost', stageMoves: { main: { reason: 'bored' } } }))).toEqual([
      400,
      'stageMoves.main.reason: must be one of price, gone',
    ])
    const moved = await move(id, {
      stage: 'offer',
      price: { amount: '100', currency: 'USD' },
      stageMoves: { main: { done: ['called'] } },
    })
    expect(moved.status).toBe(200)
    expect(
      (await move(id, { stage: 'lost', stageMoves: { main: { reason: 'price', note: ' too dear ' } } })).status,
    ).toBe(200)
    const stays = await staysOf(id)
    expect(stays.map(({ stage, leftTo, reason, note }) => [stage, leftTo, reason, note])).toEqual([
      ['new', 'offer', null, null],
      ['offer', 'lost', null, null],
      ['lost', null, 'price', 'too dear'],
    ])
    expect(stays[1]!.enteredAt).toBe(stays[0]!.leftAt)
    expect(stays[0]!.ticks).toMatchObject([{ item: 'called' }])
    expect(stays[1]!.amount).toEqual({ amount: '100.00', currency: 'USD' })
    const record = await client.get(`/jobs_sold/${id}`)
    expect(record.stageSince.slice(0, 23)).toBe(stays[2]!.enteredAt.slice(0, 23))
  })

  it('is refused in many at once, when made, and when put back whole', async () => {
    const { id } = await make()
    const bulk = await client.send('PATCH', '/jobs_sold/bulk', { ids: [id], updates: { stage: 'offer' } })
    expect(bulk.data.results[0].error.details[0]).toEqual({ field: 'price', message: 'is required to enter “offer”' })
    expect(refusal(await client.send('POST', '/jobs_sold', { name: 'x', stage: 'lost' }))).toEqual([
      400,
      'stageMoves.main.reason: is required to enter “lost”',
    ])
    expect(refusal(await client.send('PUT', `/jobs_sold/${id}`, { name: 'x', stage: 'won' }))[0]).toBe(400)
    expect(refusal(await client.send('PATCH', `/jobs_sold/${id}`, { stageMoves: { other: {} } }))).toEqual([
      400,
      'stageMoves.other: is not a pipeline of jobs_sold',
    ])
  })

  it('needs no tick in the call where the item was ticked before', async () => {
    const { id } = await make({ price: { amount: '5', currency: 'USD' } })
    const path = `/jobs_sold/${id}/stages/main/checklist`
    expect((await client.send('PUT', `${path}/nothing`, { done: true })).status).toBe(404)
    expect((await client.call('PUT', `${path}/called`, { done: true })).ticks).toMatchObject([{ item: 'called' }])
    expect((await client.call('PUT', `${path}/called`, { done: false })).ticks).toEqual([])
    await client.call('PUT', `${path}/called`, { done: true })
    expect((await move(id, { stage: 'offer' })).status).toBe(200)
  })
})

describe('age', () => {
  it('filters by days and by rotting', async () => {
    const { id } = await make({ name: 'Old', stage: 'offer', price: { amount: '7', currency: 'USD' } })
    await system.sql("update records set created_at = now() - interval '6 days 2 hours' where id = $1", [id])
    const named = async (query: string) => (await client.get(`/jobs_sold?${query}`)).map((one: Json) => one.name)
    expect(await named('rotting=true')).toEqual(['Old'])
    expect(await named('stageAge[gte]=6')).toEqual(['Old'])
    expect(await named('stageAge=6')).toEqual(['Old'])
    expect(await named('stageAge[gt]=6')).toEqual([])
    expect(await named('rotting=false')).not.toContain('Old')
    expect(refusal(await client.send('GET', '/jobs_sold?stageAge=soon'))).toEqual([
      400,
      'stageAge: must be a whole number of days',
    ])
    expect((await named('sort=stageSince&limit=1'))[0]).toBe('Old')
  })
})

describe('several pipelines', () => {
  it('are made over a field, moved through, ordered and taken away', async () => {
    const { id } = await make({ name: 'Two' })
    await client.post('/objects/jobs_sold/pipelines', {
      key: 'care',
      label: 'Care',
      field: 'care',
      stages: [{ value: 'asked' }, { value: 'done' }],
    })
    const object = await client.get('/objects/jobs_sold')
    expect(object.pipelines.map(({ key, main }: Json) => [key, main])).toEqual([
      ['main', true],
      ['care', false],
    ])
    await move(id, { care: 'asked' })
    await move(id, { care: null })
    await move(id, { care: 'done' })
    const stays = (await staysOf(id)).filter(({ pipeline }) => pipeline === 'care')
    expect(stays.map(({ stage, leftTo }) => [stage, leftTo])).toEqual([
      ['asked', null],
      ['done', null],
    ])
    expect((await client.send('PUT', '/objects/jobs_sold/pipelines/order', { keys: ['care'] })).status).toBe(204)
    expect((await client.get('/objects/jobs_sold')).pipelines[0].key).toBe('care')
    expect((await client.send('DELETE', '/objects/jobs_sold/fields/care')).status).toBe(409)
    expect((await client.send('DELETE', '/objects/jobs_sold/pipelines/care')).status).toBe(204)
    expect((await staysOf(id)).every(({ pipeline }) => pipeline === 'main')).toBe(true)
    expect((await client.get(`/jobs_sold/${id}`)).care).toBe('done')
  })

  it('filter and order by the time in their stages, as the main one does', async () => {
    await client.post('/objects/jobs_sold/pipelines', {
      key: 'service',
      label: 'Service',
      field: 'service',
      stages: [{ value: 'asked', rottingDays: 3 }, { value: 'done' }],
    })
    const { id } = await make({ name: 'Served', service: 'asked' })
    const other = await make({ name: 'Later' })
    const made = await client.get(`/jobs_sold/${id}`)
    expect(made.stagesSince).toEqual({ service: made.createdAt })
    expect((await client.get(`/jobs_sold/${other.id}`)).stagesSince).toEqual({})
    const moved = (await move(other.id, { service: 'asked' })).data
    const [stay] = (await staysOf(other.id)).filter(({ pipeline }) => pipeline === 'service')
    expect(Date.parse(moved.stagesSince.service)).toBe(Date.parse(stay!.enteredAt))
    expect((await client.get(`/jobs_sold/${other.id}`)).stagesSince).toEqual(moved.stagesSince)
    await system.sql(
      `with stay as (update stage_stays set entered_at = now() - interval '4 days 2 hours' where record_id = $1)
       update records set created_at = now() - interval '4 days 2 hours', stages_since = '{}' where id = $1`,
      [id],
    )
    const named = async (query: string) => (await client.get(`/jobs_sold?${query}`)).map((one: Json) => one.name)
    expect(await named('rotting.service=true')).toEqual(['Served'])
    expect(await named('stageAge.service=4')).toEqual(['Served'])
    expect(await named('stageSince.service[notEmpty]=true&sort=stageSince.service')).toEqual(['Served', 'Later'])
    expect(await named('stageSince.service[notEmpty]=true&sort=-stageSince.service&limit=1')).toEqual(['Later'])
    expect((await named('rotting.main=true')).includes('Served')).toBe(false)
    expect(refusal(await client.send('GET', '/jobs_sold?rotting.nothing=true'))[0]).toBe(400)
    await defineRole(system, client.tenantId, 'unserving', {
      objects: { jobs_sold: { read: 'all', fields: { service: 'hidden' } } },
    })
    const unserving = await addMember(system, client.tenantId, ['unserving'])
    expect((await unserving.get(`/jobs_sold/${id}`)).stagesSince).not.toHaveProperty('service')
    for (const query of ['rotting.service=true', 'stageAge.service=4', 'sort=stageSince.service'])
      expect((await unserving.send('GET', `/jobs_sold?${query}`)).status, query).toBe(400)
  })

  it('begin the stays of records that were there before', async () => {
    const { id } = await make({ name: 'Before' })
    await client.post('/objects/jobs_sold/fields', field('phase', 'select', { options: ['a', 'b'] }))
    await move(id, { phase: 'a' })
    await client.post('/objects/jobs_sold/pipelines', { key: 'phases', label: 'Phases', field: 'phase' })
    await expect
      .poll(async () => (await staysOf(id)).filter(({ pipeline }) => pipeline === 'phases'), { timeout: 20_000 })
      .toMatchObject([{ stage: 'a', exact: false, leftAt: null }])
    const { createdAt, stagesSince } = await client.get(`/jobs_sold/${id}`)
    expect(stagesSince.phases).toBe(createdAt)
  })
})

describe('a stage that goes', () => {
  it('asks where its records go, and moves them, those in the trash as well', async () => {
    const { id } = await make({ name: 'Going' })
    const trashed = await make({ name: 'Trashed' })
    await client.send('DELETE', `/jobs_sold/${trashed.id}`)
    const rest = stages.slice(1).map(({ value }) => ({ value }))
    const asked = await client.send('PATCH', '/objects/jobs_sold/pipelines/main', { stages: rest })
    expect(asked.status).toBe(409)
    expect(asked.error!.details![0]!.field).toBe('replace.new')
    const wrong = await client.send('PATCH', '/objects/jobs_sold/pipelines/main', {
      stages: rest,
      replace: { new: 'nope' },
    })
    expect(refusal(wrong)).toEqual([400, 'replace.new: must name a stage that the pipeline keeps'])
    const options = rest.map(({ value }) => ({ value }))
    expect((await client.send('PATCH', '/objects/jobs_sold/fields/stage', { options, default: 'offer' })).status).toBe(
      409,
    )
    const done = await client.send('PATCH', '/objects/jobs_sold/pipelines/main', {
      stages: rest,
      replace: { new: 'offer' },
    })
    expect(done.status).toBe(200)
    expect((await client.get(`/jobs_sold/${id}`)).stage).toBe('offer')
    expect((await staysOf(id)).map(({ stage }) => stage)).toEqual(['new', 'offer'])
    const restored = await client.send('POST', `/jobs_sold/${trashed.id}/restore`, {})
    expect([restored.status, restored.data.stage]).toEqual([200, 'offer'])
    expect((await make({ name: 'Fresh', price: { amount: '1', currency: 'USD' } })).stage).toBe('offer')
  })
})

describe('figures', () => {
  it('tell what came, went on, was won and lost, and what is open', async () => {
    await client.post('/objects/jobs_sold/pipelines', {
      key: 'deal',
      label: 'Deal',
      field: 'deal',
      stages: [
        { value: 'a', probability: 20 },
        { value: 'b', probability: 50 },
        { value: 'w', kind: 'won' },
        { value: 'l', kind: 'lost', reasons: { options: [{ value: 'dear' }] } },
      ],
    })
    const price = (amount: string) => ({ amount, currency: 'USD' })
    const four = await Promise.all(['10', '20', '30', '40'].map((amount) => make({ deal: 'a', price: price(amount) })))
    await move(four[0]!.id, { deal: 'b' })
    await move(four[0]!.id, { deal: 'w' })
    await move(four[1]!.id, { deal: 'b' })
    await move(four[2]!.id, { deal: 'l', stageMoves: { deal: { reason: 'dear' } } })
    const figures = await client.get('/objects/jobs_sold/pipelines/deal/figures?groupBy=month')
    const a = figures.stages[0]
    expect(a).toMatchObject({ entered: 4, left: 3, movedOn: 2, toNext: 0.5, won: 1, toWon: 0.25 })
    expect(a.open).toEqual({ count: 1, sum: price('40.00'), weighted: price('8.00') })
    expect(a.medianSeconds).toBeGreaterThanOrEqual(0)
    expect(figures.stages[1]).toMatchObject({
      entered: 2,
      movedOn: 1,
      won: 1,
      open: { count: 1, weighted: price('10.00') },
    })
    expect(figures.lost).toEqual([{ stage: 'l', reason: 'dear', count: 1, sum: price('30.00') }])
    expect(figures.groups[0].stages[0]).toMatchObject({ stage: 'a', entered: 4, movedOn: 2, won: 1 })
    const owners = await client.get('/objects/jobs_sold/pipelines/deal/figures?groupBy=owner')
    expect(owners.groups).toHaveLength(1)
    expect(refusal(await client.send('GET', '/objects/jobs_sold/pipelines/deal/figures?from=2030-01-01'))[0]).toBe(400)
  })

  it('are of what the caller sees, without what their role hides', async () => {
    await defineRole(system, client.tenantId, 'seller', {
      objects: { jobs_sold: { create: 'own', read: 'own', update: 'own', fields: { price: 'hidden' } } },
    })
    const seller = await addMember(system, client.tenantId, ['seller'])
    const made = await seller.post('/jobs_sold', { name: 'Mine', deal: 'a', stage: 'won' })
    const [first] = (await seller.get('/objects/jobs_sold/pipelines/deal/figures')).stages
    expect(first).toMatchObject({ entered: 1, open: { count: 1, sum: null, weighted: null } })
    expect((await seller.get(`/jobs_sold/${made.id}/stages`))[0].amount).toBeNull()
    const others = await client.get('/jobs_sold?limit=1&name[ne]=Mine')
    expect((await seller.send('GET', `/jobs_sold/${others[0].id}/stages`)).status).toBe(404)
    expect(
      (await seller.send('PUT', `/jobs_sold/${others[0].id}/stages/deal/checklist/x`, { done: true })).status,
    ).toBe(404)
  })

  it('tell nothing of a stage to whom it is hidden, by any way', async () => {
    await defineRole(system, client.tenantId, 'blind', {
      objects: { jobs_sold: { create: 'all', read: 'all', update: 'all', fields: { stage: 'hidden' } } },
    })
    const blind = await addMember(system, client.tenantId, ['blind'])
    const { id } = await make({ name: 'Unseen', price: { amount: '3', currency: 'USD' } })
    expect((await blind.get(`/jobs_sold/${id}/stages`)).map(({ pipeline }: Json) => pipeline)).not.toContain('main')
    expect((await blind.get(`/jobs_sold/${id}`)).stageSince).toBeNull()
    expect((await blind.send('GET', '/objects/jobs_sold/pipelines/main/figures')).status).toBe(404)
    expect((await blind.send('PUT', `/jobs_sold/${id}/stages/main/checklist/called`, { done: true })).status).toBe(404)
    for (const query of ['rotting=true', 'stageAge[gte]=1', 'stageSince[gte]=2020-01-01', 'sort=stageSince']) {
      expect((await blind.send('GET', `/jobs_sold?${query}`)).status, query).toBe(400)
    }
    const { pipelines } = await blind.get('/objects/jobs_sold')
    expect(pipelines.map(({ key }: Json) => key)).not.toContain('main')
  })
})
