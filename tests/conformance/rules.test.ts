/** What the rules of records promise, whoever writes at the same time and in whatever order. */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Answer, ApiClient, Json } from '../client.ts'
import { type RunningSystem, startSystem } from '../server.ts'

let one: RunningSystem
let two: RunningSystem
let clients: [ApiClient, ApiClient]

const field = (key: string, type: string, more: object = {}) => ({ key, label: key, type, ...more })
const is = (name: string, value: unknown) => ({ field: name, op: 'eq', value })

beforeAll(async () => {
  one = await startSystem()
  two = await startSystem({ sharing: one })
  const client = await one.register({ template: 'blank' })
  clients = [client, client.at(two.url)]
})
afterAll(async () => {
  await two.stop()
  await one.stop()
})

const makeObject = (slug: string, settings: object): Promise<Json> =>
  clients[0].post('/objects', { slug, label: slug, labelPlural: slug, ...settings })

/** So many calls at once, at both servers in turn. */
const atOnce = (count: number, call: (client: ApiClient, n: number) => Promise<Answer>): Promise<Answer[]> =>
  Promise.all(Array.from({ length: count }, (_, n) => call(clients[n % 2]!, n)))

const made = (answers: Answer[]): Json[] => answers.filter(({ status }) => status === 201).map(({ data }) => data)

describe('a unique key', () => {
  it('is given to one of 50 that want it at once, however they write it', async () => {
    await makeObject('guests', {
      fields: [
        field('name', 'text'),
        field('day', 'date'),
        field('mail', 'email', { unique: true, ignoreAccents: true }),
      ],
      uniqueKeys: [{ key: 'name_day', fields: ['name', 'day'], ignoreAccents: true, ignoreSpaces: true }],
    })
    const spellings = ['Zoë Lee', 'ZOE LEE', 'zoe lee', 'Zoe  Lee', 'zoëlee']
    for (const day of ['2026-01-01', '2026-01-02']) {
      const answers = await atOnce(50, (client, n) => client.send('POST', '/guests', { name: spellings[n % 5], day }))
      expect([made(answers).length, answers.filter(({ status }) => status === 409).length]).toEqual([1, 49])
    }
    const mails = await atOnce(50, (client, n) =>
      client.send('POST', '/guests', { mail: n % 2 ? 'ann@example.com' : 'ANN@example.com' }),
    )
    expect(made(mails).length).toBe(1)
    const bulk = await clients[0].post('/guests/bulk', {
      records: spellings.map((name) => ({ name, day: '2026-01-03' })),
    })
    expect(bulk.created).toBe(1)
  })

  it('passes between records that change at once, and is never had twice', async () => {
    await makeObject('seats', {
      fields: [field('row', 'text'), field('place', 'integer')],
      uniqueKeys: [{ key: 'seat', fields: ['row', 'place'] }],
    })
    const seats = await Promise.all([1, 2, 3, 4].map((place) => clients[0].post('/seats', { row: 'A', place })))
    await atOnce(60, (client, n) =>
      client.send('PATCH', `/seats/${seats[n % 4].id}`, { row: n % 3 ? 'a' : 'B', place: 1 + (n % 5) }),
    )
    const taken = (await clients[1].get('/seats')).map((seat: Json) => `${seat.row.toLowerCase()} ${seat.place}`)
    expect(new Set(taken).size).toBe(4)
  })
})

describe('numbers', () => {
  it('have no gaps by period and location, whatever is refused between them', async () => {
    const places = await Promise.all(['North', 'South'].map((name) => clients[0].post('/locations', { name })))
    await makeObject('tickets', {
      fields: [
        field('name', 'text', { required: true }),
        field('only', 'text', { unique: true }),
        field('slip', 'autonumber', { numbering: { pattern: 'S{01}' } }),
      ],
      located: true,
      numbering: { pattern: '{LOC}-{YYYY}{MM}-{001}', restart: 'month', perLocation: true },
    })
    const answers = await atOnce(80, (client, n) => {
      const ticket = { name: 'x', locationId: places[n % 2].id }
      if (n % 4 === 1) return client.send('POST', '/tickets', { ...ticket, only: 'mine' })
      if (n % 4 === 2) return client.send('POST', '/tickets/bulk', { records: [ticket, { name: '' }, ticket] })
      return client.send('POST', '/tickets', n % 8 === 3 ? { name: 'nowhere' } : ticket)
    })
    expect(answers.every(({ status }) => [200, 201, 400, 409].includes(status))).toBe(true)
    const tickets = await clients[0].get('/tickets?limit=200')
    const month = new Date().toISOString().slice(0, 7).replace('-', '')
    for (const code of ['NOR', 'SOU']) {
      const numbers = tickets.map((one: Json) => one.recordNumber).filter((text: string) => text.startsWith(code))
      const expected = numbers.map((_: string, n: number) => `${code}-${month}-${String(n + 1).padStart(3, '0')}`)
      expect(numbers.sort()).toEqual(expected)
    }
    const slips = tickets.map((one: Json) => Number(one.slip.slice(1))).sort((a: number, b: number) => a - b)
    expect(slips).toEqual(tickets.map((_: Json, n: number) => n + 1))
  })
})

describe('conditions and rules', () => {
  const fields = [
    field('name', 'text'),
    field('kind', 'select', { options: ['a', 'b', 'c'] }),
    field('first', 'text', { conditions: { visible: { field: 'kind', op: 'in', value: ['a', 'b'] } } }),
    field('second', 'integer', {
      conditions: { visible: { field: 'first', op: 'notEmpty' }, required: is('kind', 'b') },
    }),
    field('third', 'select', {
      options: ['x', 'y', 'z'],
      required: true,
      conditions: {
        visible: { not: is('second', 3) },
        options: [
          { when: is('kind', 'a'), values: ['x', 'y'] },
          { when: is('kind', 'b'), values: ['z'] },
        ],
      },
    }),
    field('low', 'integer'),
    field('high', 'integer'),
  ]
  const rules = [
    { key: 'ordered', message: 'high below low', check: 'high >= low' },
    { key: 'capped', message: 'too high', when: is('kind', 'c'), check: { field: 'high', op: 'lte', value: 5 } },
  ]

  /** Written out by hand, so that it is not the server's own word that is believed. */
  function broken({ kind, first, second, third, low, high }: Json): string[] {
    const firstShown = kind === 'a' || kind === 'b'
    const secondShown = first !== null
    const thirdShown = second !== 3
    return [
      ...(first !== null && !firstShown ? ['first is hidden'] : []),
      ...(second !== null && !secondShown ? ['second is hidden'] : []),
      ...(second === null && secondShown && kind === 'b' ? ['second is required'] : []),
      ...(third !== null && !thirdShown ? ['third is hidden'] : []),
      ...(third === null && thirdShown ? ['third is required'] : []),
      ...(kind === 'a' && third === 'z' ? ['third is not for a'] : []),
      ...(kind === 'b' && third !== null && third !== 'z' ? ['third is not for b'] : []),
      ...(low !== null && high !== null && high < low ? ['not ordered'] : []),
      ...(kind === 'c' && (high === null || high > 5) ? ['not capped'] : []),
    ]
  }

  const values = fc.record(
    {
      kind: fc.constantFrom('a', 'b', 'c', null),
      first: fc.constantFrom('one', null),
      second: fc.constantFrom(1, 3, null),
      third: fc.constantFrom('x', 'y', 'z', null),
      low: fc.constantFrom(1, 4, 9, null),
      high: fc.constantFrom(2, 5, 8, null),
    },
    { requiredKeys: [] },
  )
  const change = fc.record({ way: fc.constantFrom('PATCH', 'PUT', 'bulk'), values })

  it('are broken by no record, whatever is written to it and in which way', async () => {
    await makeObject('samples', { fields, rules })
    const [client] = clients
    await fc.assert(
      fc.asyncProperty(values, fc.array(change, { maxLength: 6 }), async (start, changes) => {
        const created = await client.send('POST', '/samples', start)
        expect([201, 400]).toContain(created.status)
        if (created.status === 400) return
        expect(broken(created.data)).toEqual([])
        const { id } = created.data
        for (const { way, values: written } of changes) {
          const answer =
            way === 'bulk'
              ? await client.send('PATCH', '/samples/bulk', { ids: [id], updates: written })
              : await client.send(way, `/samples/${id}`, written)
          expect([200, 400]).toContain(answer.status)
          expect(broken(await client.get(`/samples/${id}`))).toEqual([])
        }
      }),
      { numRuns: 300 },
    )
  })
})
