/** Bulk changes, sums and groups. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ApiClient, Json } from '../client.ts'
import { type RunningSystem, startSystem } from '../server.ts'

let system: RunningSystem
let client: ApiClient

const nowhere = '01890000-0000-7000-8000-000000000000'
const patient = (n: number, more: object = {}): object => ({
  full_name: `Patient ${n}`,
  date_of_birth: '1980-04-30',
  phone: '+14155550123',
  ...more,
})

beforeAll(async () => {
  system = await startSystem()
  client = await system.register({ template: 'hospital' })
})
afterAll(() => system.stop())

describe('bulk', () => {
  it('creates what is right and says what is wrong with the rest', async () => {
    const answer = await client.send('POST', '/patients/bulk', {
      records: [
        patient(1, { national_id: 'same' }),
        patient(2, { phone: 'no' }),
        patient(3, { national_id: 'SAME' }),
        patient(4, { primary_doctor: nowhere }),
        patient(5),
      ],
    })
    expect(answer.status).toBe(200)
    expect(answer.data).toMatchObject({ created: 2, failed: 3 })
    const { results } = answer.data
    expect(results.map((result: Json) => [result.index, result.success, result.error?.code])).toEqual([
      [0, true, undefined],
      [1, false, 'VALIDATION_ERROR'],
      [2, false, 'CONFLICT'],
      [3, false, 'VALIDATION_ERROR'],
      [4, true, undefined],
    ])
    expect(results[1].error.details[0].field).toBe('phone')
    const numbers = [results[0], results[4]].map((result: Json) => Number(result.recordNumber.slice(4)))
    expect(numbers[1]).toBe(numbers[0]! + 1)
  })

  it('creates 1,000 and not more', async () => {
    const records = Array.from({ length: 1_001 }, (_, n) => patient(n))
    const tooMany = await client.send('POST', '/patients/bulk', { records })
    expect([tooMany.status, tooMany.error.details[0]?.field]).toEqual([400, 'records'])
    const { created, results } = await client.post('/patients/bulk', { records: records.slice(1) })
    expect(created).toBe(1_000)
    expect(new Set(results.map((result: Json) => result.recordNumber)).size).toBe(1_000)
    const ids = results.map((result: Json) => result.id)
    expect(await client.delete('/patients/bulk', { ids })).toMatchObject({ deleted: 1_000, failed: 0 })
  })

  it('changes and deletes what is there and says what is not', async () => {
    const { results } = await client.post('/patients/bulk', { records: [patient(1), patient(2), patient(3)] })
    const ids = results.map((result: Json) => result.id)
    const updates = { notes: 'seen', status: 'Active' }
    const changed = await client.patch('/patients/bulk', { ids: [ids[0], nowhere, ids[1], ids[0], 'no id'], updates })
    expect(changed).toMatchObject({ updated: 2, failed: 3 })
    expect(changed.results.map((result: Json) => result.error?.code ?? result.version)).toEqual([
      2,
      'NOT_FOUND',
      2,
      'NOT_FOUND',
      'NOT_FOUND',
    ])
    expect(await client.get(`/patients/${ids[1]}`)).toMatchObject({ notes: 'seen', stage: 'Active', version: 2 })
    const removed = await client.delete('/patients/bulk', { ids: [ids[2], 'no id', nowhere, ids[2]] })
    expect(removed).toMatchObject({ deleted: 1, failed: 3 })
    const wrong = await client.patch('/patients/bulk', { ids, updates: { phone: 'no' } })
    expect(wrong).toMatchObject({ updated: 0, failed: 3 })
  })

  it('leaves to each record what only others change', async () => {
    const [ada, bob] = [
      await client.post('/doctors', { full_name: 'Ada' }),
      await client.post('/doctors', { full_name: 'Bob' }),
    ]
    const { results } = await client.post('/patients/bulk', {
      records: [patient(1, { primary_doctor: ada.id }), patient(2, { primary_doctor: bob.id })],
    })
    const ids = results.map((result: Json) => result.id)
    const updates = { primary_doctor: bob.id, notes: 'moved' }
    expect(await client.patch('/patients/bulk', { ids, updates })).toMatchObject({ updated: 2 })
    for (const id of ids) expect((await client.get(`/patients/${id}`)).primary_doctor?.id).toBe(bob.id)
  })

  it('keeps unique the values of records that change something else', async () => {
    const { results } = await client.post('/patients/bulk', {
      records: [patient(1, { national_id: 'kept' }), patient(2)],
    })
    const ids = results.map((result: Json) => result.id)
    const changed = await client.patch('/patients/bulk', { ids, updates: { national_id: 'kept', notes: 'checked' } })
    expect(changed.results.map((result: Json) => result.error?.code)).toEqual([undefined, 'CONFLICT'])
    expect((await client.send('POST', '/patients', patient(3, { national_id: 'KEPT' }))).status).toBe(409)
  })

  it('cannot give one unique value to several', async () => {
    const { results } = await client.post('/patients/bulk', { records: [patient(1), patient(2), patient(3)] })
    const ids = results.map((result: Json) => result.id)
    const answer = await client.patch('/patients/bulk', { ids, updates: { national_id: 'for one' } })
    expect(answer).toMatchObject({ updated: 1, failed: 2 })
  })

  it.each([
    ['POST', {}, 'records'],
    ['POST', { records: [] }, 'records'],
    ['POST', { records: {} }, 'records'],
    ['POST', { records: [1] }, 'records.0'],
    ['POST', { records: [{}], more: 1 }, 'more'],
    ['PATCH', { ids: [], updates: {} }, 'ids'],
    ['PATCH', { ids: [nowhere] }, 'updates'],
    ['PATCH', { ids: [7], updates: {} }, 'ids.0'],
    ['DELETE', {}, 'ids'],
  ])('%s %j is refused', async (method, body, field) => {
    const answer = await client.send(method, '/patients/bulk', body)
    expect([answer.status, answer.error?.details[0]?.field]).toEqual([400, field])
  })
})

describe('aggregate', () => {
  let owner: ApiClient
  const sum = (body: object): Promise<Json> => owner.post('/sales/aggregate', body)

  beforeAll(async () => {
    owner = await system.register({ template: 'blank' })
    await owner.post('/objects', {
      slug: 'sales',
      label: 'Sale',
      labelPlural: 'Sales',
      roles: { title: 'name', stage: 'phase', amount: 'value' },
      fields: [
        { key: 'name', label: 'Name', type: 'text' },
        { key: 'phase', label: 'Phase', type: 'select', options: ['open', 'won'] },
        { key: 'value', label: 'Value', type: 'money', currency: 'EUR' },
        { key: 'fee', label: 'Fee', type: 'money', currency: 'EUR' },
        { key: 'score', label: 'Score', type: 'number' },
        { key: 'hot', label: 'Hot', type: 'boolean' },
        { key: 'closes_on', label: 'Closes on', type: 'date' },
        { key: 'met_at', label: 'Met at', type: 'datetime' },
      ],
    })
    const eur = (amount: string) => ({ amount, currency: 'EUR' })
    await owner.post('/sales/bulk', {
      records: [
        { name: 'A', phase: 'open', value: eur('0.10'), score: 1, hot: true, closes_on: '2026-01-31' },
        { name: 'B', phase: 'open', value: eur('0.20'), score: 2, hot: false, closes_on: '2026-02-01', fee: eur('1') },
        {
          name: 'C',
          phase: 'won',
          value: eur('9007199254740.99'),
          closes_on: '2026-05-02',
          met_at: '2026-03-31T22:30:00Z',
        },
        { name: 'D', phase: 'won', value: { amount: '7', currency: 'USD' }, score: 6, fee: eur('2.50') },
      ],
    })
  })

  it('counts, adds up exactly, and does not add up currencies', async () => {
    expect(await sum({ groupBy: ['phase'], measures: [{ op: 'count' }, { op: 'sum', field: 'value' }] })).toEqual([
      { phase: 'open', count: 2, 'sum(value)': eurOf('0.30') },
      { phase: 'won', count: 2, 'sum(value)': { amount: null, currency: null, mixed: true } },
    ])
    const measures = ['sum', 'avg', 'min', 'max', 'count'].map((op) => ({ op, field: 'score' }))
    expect(await sum({ measures })).toEqual([
      { 'sum(score)': 9, 'avg(score)': 3, 'min(score)': 1, 'max(score)': 6, 'count(score)': 3 },
    ])
    expect(
      await sum({
        measures: [
          { op: 'sum', field: 'fee' },
          { op: 'max', field: 'fee' },
        ],
      }),
    ).toEqual([{ 'sum(fee)': eurOf('3.50'), 'max(fee)': eurOf('2.50') }])
    expect(
      await sum({ filter: { field: 'name', op: 'eq', value: 'nobody' }, measures: [{ op: 'sum', field: 'fee' }] }),
    ).toEqual([{ 'sum(fee)': null }])
  })

  const eurOf = (amount: string) => ({ amount, currency: 'EUR' })

  it('groups dates by day, week, month, quarter and year, in the zone of the workspace', async () => {
    const groups = async (field: string, interval: string) =>
      (await sum({ groupBy: [{ field, interval }] })).map((group: Json) => [group[field], group.count])
    expect(await groups('closes_on', 'day')).toEqual([
      ['2026-01-31', 1],
      ['2026-02-01', 1],
      ['2026-05-02', 1],
      [null, 1],
    ])
    expect(await groups('closes_on', 'week')).toEqual([
      ['2026-01-26', 2],
      ['2026-04-27', 1],
      [null, 1],
    ])
    expect(await groups('closes_on', 'month')).toEqual([
      ['2026-01-01', 1],
      ['2026-02-01', 1],
      ['2026-05-01', 1],
      [null, 1],
    ])
    expect(await groups('closes_on', 'quarter')).toEqual([
      ['2026-01-01', 2],
      ['2026-04-01', 1],
      [null, 1],
    ])
    expect(await groups('closes_on', 'year')).toEqual([
      ['2026-01-01', 3],
      [null, 1],
    ])
    await owner.patch('/workspace', { timeZone: 'Europe/Madrid' })
    expect((await groups('met_at', 'month'))[0]).toEqual(['2026-04-01', 1])
    expect(await groups('createdAt', 'year')).toHaveLength(1)
  })

  it('says what cannot be added up or counted', async () => {
    const score = { key: 'score', label: 'Score', type: 'number' }
    const to = { key: 'doctor', label: 'Doctor', type: 'relation' }
    const relation = { object: 'doctors', inverse: { key: 'marks', label: 'Marks' } }
    await client.post('/objects', {
      slug: 'marks',
      label: 'Mark',
      labelPlural: 'Marks',
      fields: [{ key: 'name', label: 'Name', type: 'text' }, score, { ...to, relation }],
    })
    await client.post('/marks/bulk', { records: [{ score: 1.7e308 }, { score: 1.7e308 }] })
    for (const [measure, field] of [
      [{ op: 'sum', field: 'score' }, 'measures'],
      [{ op: 'count', field: 'doctor' }, 'measures[0].op'],
    ] as const) {
      const answer = await client.send('POST', '/marks/aggregate', { measures: [measure] })
      expect([answer.status, answer.error?.details[0]?.field]).toEqual([400, field])
    }
  })

  it('gives the first groups in an order, and says that there are more', async () => {
    const first = async (input: object) => {
      const measures = [{ op: 'count' }, { op: 'sum', field: 'score' }, { op: 'sum', field: 'fee' }]
      const { data, body } = await owner.send('POST', '/sales/aggregate', { groupBy: ['name'], measures, ...input })
      return [data.map((group: Json) => group.name).join(''), body.meta.truncated ?? false]
    }
    expect(await first({ limit: 2 })).toEqual(['AB', true])
    expect(await first({ limit: 4 })).toEqual(['ABCD', false])
    expect(await first({ limit: 2, sort: ['-sum(score)'] })).toEqual(['DB', true])
    expect(await first({ sort: ['sum(fee)', '-name'] })).toEqual(['BDCA', false])
    const unknown = await owner.send('POST', '/sales/aggregate', { groupBy: ['name'], sort: ['-sum(score)'] })
    expect([unknown.status, unknown.error?.details[0]]).toEqual([
      400,
      { field: 'sort', message: '“sum(score)” is not one of name, count' },
    ])
  })

  it('groups by several fields, under a filter and a search', async () => {
    expect(await sum({ groupBy: ['phase', 'hot'], filter: { field: 'phase', op: 'eq', value: 'open' } })).toEqual([
      { phase: 'open', hot: false, count: 1 },
      { phase: 'open', hot: true, count: 1 },
    ])
    expect(await sum({ groupBy: ['stage'], search: 'b' })).toEqual([{ stage: 'open', count: 1 }])
    expect(await sum({ groupBy: ['ownerId'] })).toEqual([{ ownerId: owner.userId, count: 4 }])
  })
})
