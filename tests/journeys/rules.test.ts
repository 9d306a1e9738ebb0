/** Conditions, rules, unique keys, numbers and formula defaults, over HTTP. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Answer, ApiClient, Json } from '../client.ts'
import { addMember, defineRole, type RunningSystem, startSystem } from '../server.ts'

let system: RunningSystem
let client: ApiClient

const field = (key: string, type: string, more: object = {}) => ({ key, label: key, type, ...more })
const is = (name: string, value: unknown) => ({ field: name, op: 'eq', value })
const refusal = ({ status, error }: Answer) => [
  status,
  ...(error?.details ?? []).map((detail) => `${detail.field}: ${detail.message}`),
]

beforeAll(async () => {
  system = await startSystem()
  client = await system.register({ template: 'blank' })
})
afterAll(() => system.stop())

async function makeObject(slug: string, settings: object): Promise<Json> {
  return client.post('/objects', { slug, label: slug, labelPlural: slug, ...settings })
}

describe('conditions of fields', () => {
  beforeAll(async () => {
    await makeObject('wards', {
      fields: [field('name', 'text'), field('kind', 'select', { options: ['open', 'closed'] })],
    })
    await makeObject('stays', {
      fields: [
        field('name', 'text', { required: true }),
        field('status', 'select', { options: ['in', 'out', 'billed'], default: 'in' }),
        field('left_on', 'date', {
          conditions: { visible: { field: 'status', op: 'ne', value: 'in' }, required: is('status', 'out') },
        }),
        field('reason', 'text', { required: true, conditions: { visible: { field: 'left_on', op: 'notEmpty' } } }),
        field('amount', 'number', { conditions: { readOnly: is('status', 'billed') } }),
        field('country', 'select', { options: ['AU', 'ES'] }),
        field('city', 'select', {
          options: ['Sydney', 'Perth', 'Madrid'],
          conditions: {
            options: [
              { when: is('country', 'AU'), values: ['Sydney', 'Perth'] },
              { when: is('country', 'ES'), values: ['Madrid'] },
            ],
          },
        }),
        field('ward', 'relation', { relation: { object: 'wards', inverse: { key: 'stays', label: 'Stays' } } }),
        field('bed', 'text', { conditions: { visible: is('ward.kind', 'open') } }),
      ],
    })
  })

  it('are told with the field', async () => {
    const { fields } = await client.get('/objects/stays')
    const leftOn = fields.find((one: Json) => one.key === 'left_on')
    expect(leftOn.conditions).toEqual({
      visible: { field: 'status', op: 'ne', value: 'in' },
      required: is('status', 'out'),
    })
    expect(fields.find((one: Json) => one.key === 'name').conditions).toBeNull()
  })

  it('hide: what is hidden is refused, not required, and cleared when the condition stops holding', async () => {
    const hidden = 'is only kept while the condition under which it is shown holds, which it does not: leave it empty'
    expect(refusal(await client.send('POST', '/stays', { name: 'A', left_on: '2026-01-01' }))).toEqual([
      400,
      `left_on: ${hidden}`,
    ])
    const stay = await client.post('/stays', { name: 'A' })
    expect(refusal(await client.send('PATCH', `/stays/${stay.id}`, { status: 'out' }))).toEqual([
      400,
      'left_on: is required',
    ])
    const left = { status: 'out', left_on: '2026-01-02' }
    expect(refusal(await client.send('PATCH', `/stays/${stay.id}`, left))).toEqual([400, 'reason: is required'])
    await client.patch(`/stays/${stay.id}`, { ...left, reason: 'well again' })
    const back = await client.patch(`/stays/${stay.id}`, { status: 'in' })
    expect([back.left_on, back.reason]).toEqual([null, null])
    const [change] = await client.get(`/stays/${stay.id}/history`)
    expect(change.changes.map((one: Json) => one.field).sort()).toEqual(['left_on', 'reason', 'status'])
  })

  it('of a whole record sent back take along what a form still carries', async () => {
    const stay = await client.post('/stays', { name: 'B', status: 'out', left_on: '2026-01-02', reason: 'moved' })
    const put = await client.put(`/stays/${stay.id}`, { ...stay, status: 'in' })
    expect([put.status, put.left_on, put.reason]).toEqual(['in', null, null])
  })

  it('close fields, but not in the change that opens or closes them', async () => {
    const stay = await client.post('/stays', { name: 'C', amount: 1 })
    const billed = { status: 'billed', amount: 2 }
    expect((await client.patch(`/stays/${stay.id}`, billed)).amount).toBe(2)
    expect(refusal(await client.send('PATCH', `/stays/${stay.id}`, { amount: 3 }))).toEqual([
      400,
      'amount: is read-only here and cannot be changed',
    ])
    expect((await client.patch(`/stays/${stay.id}`, { amount: 2, name: 'D' })).name).toBe('D')
    expect((await client.put(`/stays/${stay.id}`, { name: 'E', status: 'billed' })).amount).toBe(2)
    expect((await client.patch(`/stays/${stay.id}`, { status: 'in', amount: 3 })).amount).toBe(3)
    expect((await client.post('/stays', { name: 'F', ...billed })).amount).toBe(2)
  })

  it('narrow options', async () => {
    const wrong = await client.send('POST', '/stays', { name: 'G', country: 'AU', city: 'Madrid' })
    expect(refusal(wrong)).toEqual([400, 'city: must be one of Sydney, Perth here'])
    const stay = await client.post('/stays', { name: 'G', country: 'AU', city: 'Perth' })
    const moved = await client.send('PATCH', `/stays/${stay.id}`, { country: 'ES' })
    expect(refusal(moved)).toEqual([400, 'city: must be one of Madrid here'])
    expect((await client.patch(`/stays/${stay.id}`, { country: null, city: 'Madrid' })).city).toBe('Madrid')
  })

  it('look at the record pointed at', async () => {
    const open = await client.post('/wards', { name: 'O', kind: 'open' })
    const closed = await client.post('/wards', { name: 'K', kind: 'closed' })
    expect((await client.send('POST', '/stays', { name: 'H', ward: closed.id, bed: '1' })).status).toBe(400)
    const stay = await client.post('/stays', { name: 'H', ward: open.id, bed: '1' })
    expect(stay.bed).toBe('1')
    expect((await client.patch(`/stays/${stay.id}`, { ward: closed.id })).bed).toBeNull()
  })

  it('hold in bulk', async () => {
    const made = await client.post('/stays/bulk', {
      records: [{ name: 'I' }, { name: 'J', left_on: '2026-01-01' }, { name: 'K', status: 'out' }],
    })
    expect(made.results.map((one: Json) => one.success)).toEqual([true, false, false])
    expect(made.results[2].error.details).toEqual([{ field: 'left_on', message: 'is required', key: 'required' }])
  })

  it('are refused where they make no sense', async () => {
    const refused = async (settings: object) =>
      refusal(await client.send('POST', '/objects/stays/fields', field('more', 'text', settings)))
    expect(await refused({ conditions: { visible: is('moer', 1) } })).toEqual([
      400,
      'conditions.visible: is wrong: “moer” is not a field of stays',
    ])
    expect(await refused({ conditions: { visible: { field: 'more', op: 'empty' } } })).toEqual([
      400,
      expect.stringContaining('conditions.visible: goes round in a circle'),
    ])
    expect(await refused({ conditions: { options: [{ when: is('status', 'in'), values: ['a'] }] } })).toEqual([
      400,
      'conditions.options[0].values: mean nothing for the type text',
    ])
    const circle = await client.send('PATCH', '/objects/stays/fields/left_on', {
      conditions: { visible: is('reason', 'x') },
    })
    expect(circle.status).toBe(400)
    const retired = await client.send('DELETE', '/objects/stays/fields/country')
    expect([retired.status, retired.error.message]).toEqual([
      409,
      expect.stringContaining('“city” of stays names “country” in its conditions'),
    ])
    const renamed = await client.send('PATCH', '/objects/stays/fields/status', { options: ['in', 'billed'] })
    expect(renamed.status).toBe(409)
    const beyond = await client.send('DELETE', '/objects/wards/fields/kind')
    expect([beyond.status, beyond.error.message]).toEqual([409, expect.stringContaining('of stays')])
  })
})

describe('rules of an object', () => {
  const ordered = {
    key: 'in_order',
    message: { en: 'Ends before it begins', es: 'Termina antes de empezar' },
    check: 'until >= since',
    field: 'until',
  }
  const capped = {
    key: 'capped',
    message: 'Free trips cost nothing',
    when: is('free', true),
    check: { field: 'price', op: 'empty' },
  }

  beforeAll(async () => {
    await makeObject('trips', {
      fields: [
        field('name', 'text'),
        field('since', 'date'),
        field('until', 'date'),
        field('free', 'boolean'),
        field('price', 'money'),
      ],
    })
    await client.post('/trips', { name: 'old', since: '2026-02-01', until: '2026-01-01' })
    await client.post('/trips', { name: 'good', since: '2026-02-01', until: '2026-02-02' })
    await client.post('/trips', { name: 'unknown', since: '2026-02-01' })
  })

  it('are counted before they are made', async () => {
    const counts = await client.post('/objects/trips/rules/check', { rules: [ordered, capped] })
    expect(counts.map(({ key, checked, broken }: Json) => [key, checked, broken])).toEqual([
      ['in_order', 3, 1],
      ['capped', 3, 0],
    ])
    expect(counts[0].examples.map((one: Json) => one.title)).toEqual(['old'])
  })

  it('say their message at their field, in the language of whoever asks', async () => {
    await client.patch('/objects/trips', { rules: [ordered, capped] })
    const wrong = { name: 'x', since: '2026-02-02', until: '2026-02-01' }
    expect(refusal(await client.send('POST', '/trips', wrong))).toEqual([400, 'until: Ends before it begins'])
    const spanish = await client.send('POST', '/trips', wrong, { headers: { 'accept-language': 'es' } })
    expect(spanish.error.details[0]!.message).toBe('Termina antes de empezar')
    const free = { name: 'x', free: true, price: { amount: '1.00', currency: 'EUR' } }
    expect(refusal(await client.send('POST', '/trips', free))).toEqual([400, 'price: Free trips cost nothing'])
    expect((await client.get('/objects/trips')).rules).toEqual([
      { ...ordered, message: 'Ends before it begins', messages: ordered.message, when: null, active: true },
      {
        ...capped,
        message: 'Free trips cost nothing',
        messages: { en: 'Free trips cost nothing' },
        field: null,
        active: true,
      },
    ])
  })

  it('leave older records alone until what they look at changes', async () => {
    const [old] = await client.get('/trips?name=old')
    expect((await client.patch(`/trips/${old.id}`, { free: true })).free).toBe(true)
    expect((await client.send('PATCH', `/trips/${old.id}`, { until: '2026-01-02' })).status).toBe(400)
    expect((await client.patch(`/trips/${old.id}`, { until: '2026-03-02' })).until).toBe('2026-03-02')
    const [counted] = await client.post('/objects/trips/rules/check', {})
    expect([counted.key, counted.broken]).toEqual(['in_order', 0])
  })

  it('can rest, and are refused where they make no sense', async () => {
    await client.patch('/objects/trips', { rules: [{ ...ordered, active: false }] })
    await client.post('/trips', { name: 'x', since: '2026-02-02', until: '2026-02-01' })
    const refused = async (rule: object) =>
      refusal(await client.send('PATCH', '/objects/trips', { rules: [{ ...ordered, ...rule }] })).join(' ')
    expect(await refused({ check: 'untill > since' })).toContain(
      'rules.in_order.check: “untill” is not a field of trips',
    )
    expect(await refused({ check: 'until >' })).toContain('cannot be read')
    expect(await refused({ check: 'until > 3' })).toContain('mixes a date and a number')
    expect(await refused({ check: 'until' })).toContain('yes or no')
    expect(await refused({ check: is('untill', 3) })).toContain('“untill” is not a field of trips')
    expect(await refused({ key: 'In Order' })).toContain('not snake_case')
    expect((await client.send('DELETE', '/objects/trips/fields/since')).status).toBe(409)
  })
})

describe('unique keys', () => {
  beforeAll(async () => {
    await makeObject('teams', { fields: [field('name', 'text')] })
    await makeObject('players', {
      fields: [
        field('name', 'text', { unique: true, ignoreAccents: true }),
        field('shirt', 'integer'),
        field('nick', 'text'),
        field('team', 'relation', { relation: { object: 'teams', inverse: { key: 'players', label: 'Players' } } }),
      ],
      uniqueKeys: [
        { key: 'shirts', label: 'Shirt', fields: ['team', 'shirt'] },
        { key: 'nicks', fields: ['nick', 'shirt'], ignoreAccents: true, ignoreSpaces: true },
      ],
    })
  })

  it('compare several values, and accents and spaces as they say', async () => {
    const [one, two] = [await client.post('/teams', { name: '1' }), await client.post('/teams', { name: '2' })]
    const first = await client.post('/players', { name: 'José', shirt: 7, team: one.id, nick: 'El Niño' })
    const taken = async (player: object) => refusal(await client.send('POST', '/players', player))
    expect(await taken({ name: 'JOSE' })).toEqual([409, 'name: is already used by another of players'])
    expect(await taken({ shirt: 7, team: one.id })).toEqual([
      409,
      'team: is already used by another of players with the same shirt',
      'shirt: is already used by another of players with the same team',
    ])
    expect((await taken({ nick: 'ELNINO', shirt: 7 }))[0]).toBe(409)
    const second = await client.post('/players', { shirt: 7, team: two.id, nick: 'El Otro' })
    expect((await taken({ shirt: 7 }))[0]).toBe(201)
    expect((await client.send('PATCH', `/players/${second.id}`, { team: one.id })).status).toBe(409)
    await client.send('PATCH', `/players/${first.id}`, { shirt: 8 })
    expect((await client.patch(`/players/${second.id}`, { team: one.id })).team.id).toBe(one.id)
    await client.delete(`/players/${second.id}`)
    const third = await client.post('/players', { shirt: 7, team: one.id, name: 'x' })
    expect((await client.send('POST', `/players/${second.id}/restore`)).status).toBe(409)
    await client.delete(`/players/${third.id}`)
    expect((await client.send('POST', `/players/${second.id}/restore`)).status).toBe(200)
  })

  it('are turned on only over data without duplicates, and those are named', async () => {
    await client.patch('/objects/players', { uniqueKeys: [] })
    await client.post('/players', { name: 'Ann', nick: 'same' })
    await client.post('/players', { name: 'Bob', nick: 'Same' })
    const refused = await client.send('PATCH', '/objects/players/fields/nick', { unique: true })
    expect([refused.status, refused.error.details]).toEqual([
      409,
      [{ field: 'nick', message: expect.stringMatching(/^PLA-\d+ Ann, PLA-\d+ Bob$/) }],
    ])
    const exact = { key: 'nicks', fields: ['nick'], ignoreCase: false }
    expect((await client.patch('/objects/players', { uniqueKeys: [exact] })).uniqueKeys[0]).toMatchObject(exact)
    expect((await client.send('POST', '/players', { nick: 'SAME' })).status).toBe(201)
    expect((await client.send('POST', '/players', { nick: 'same' })).status).toBe(409)
    expect((await client.send('DELETE', '/objects/players/fields/nick')).status).toBe(409)
    const nonsense = { uniqueKeys: [{ key: 'nothing', fields: ['nothing'] }] }
    expect(refusal(await client.send('PATCH', '/objects/players', nonsense))).toEqual([
      400,
      'uniqueKeys.nothing.fields: “nothing” is not a field of players',
    ])
  })
})

describe('somebody who sees less', () => {
  it('is held to the same rules, and told nothing of what they do not see', async () => {
    const own = { create: 'own', read: 'own', update: 'own' } as const
    await defineRole(system, client.tenantId, 'clerk', {
      objects: { stays: { ...own, fields: { country: 'hidden' } }, players: own },
    })
    const clerk = await addMember(system, client.tenantId, ['clerk'])
    const { fields } = await clerk.get('/objects/stays')
    const conditionsOf = (key: string) => fields.find((one: Json) => one.key === key).conditions
    expect([conditionsOf('city'), conditionsOf('bed')]).toEqual([null, null])
    expect(conditionsOf('left_on').required).toEqual(is('status', 'out'))
    expect(refusal(await clerk.send('POST', '/stays', { name: 'Z', status: 'out' }))).toEqual([
      400,
      'left_on: is required',
    ])
    expect((await clerk.send('POST', '/objects/stays/rules/check', {})).status).toBe(403)
    await client.post('/players', { name: 'Secret' })
    const taken = await clerk.send('POST', '/players', { name: 'sécret' })
    expect(refusal(taken)).toEqual([409, 'name: is already used by another of players'])
    expect(taken.text).not.toMatch(/PLA-|Secret/)
  })
})

describe('links made one by one', () => {
  it('keep conditions and unique keys, from either side and when records go', async () => {
    await makeObject('crews', {
      fields: [field('name', 'text'), field('kind', 'select', { options: ['day', 'night'] })],
    })
    const crew = field('crew', 'relation', {
      relation: { object: 'crews', inverse: { key: 'shifts', label: 'Shifts' }, onDelete: 'clear' },
      conditions: { required: is('must', true) },
    })
    await makeObject('shifts', {
      fields: [
        field('name', 'text'),
        field('must', 'boolean'),
        field('day', 'date'),
        crew,
        field('lamp', 'text', { conditions: { visible: is('crew.kind', 'night') } }),
      ],
      uniqueKeys: [{ key: 'crew_day', fields: ['crew', 'day'] }],
    })
    const [day, night] = [await client.post('/crews', { kind: 'day' }), await client.post('/crews', { kind: 'night' })]
    const shift = await client.post('/shifts', { day: '2026-01-01', crew: night.id, lamp: 'L1' })
    const other = await client.post('/shifts', { day: '2026-01-01' })
    const link = (method: string, id: string, crewId: string) =>
      client.send(method, `/shifts/${id}/links/crew/${crewId}`)
    expect(refusal(await link('PUT', other.id, night.id))).toEqual([
      409,
      'crew: is already used by another of shifts with the same day',
      'day: is already used by another of shifts with the same crew',
    ])
    expect((await link('PUT', shift.id, day.id)).status).toBe(204)
    expect((await client.get(`/shifts/${shift.id}`)).lamp).toBeNull()
    expect((await client.send('PUT', `/crews/${night.id}/links/shifts/${other.id}`)).status).toBe(204)
    await client.patch(`/shifts/${other.id}`, { must: true, lamp: 'L2' })
    expect(refusal(await link('DELETE', other.id, night.id))).toEqual([409, 'crew: is required'])
    expect((await client.send('DELETE', `/crews/${night.id}`)).status).toBe(409)
    await client.patch(`/shifts/${other.id}`, { must: false })
    expect((await client.send('DELETE', `/crews/${night.id}`)).status).toBe(204)
    expect(await client.get(`/shifts/${other.id}`)).toMatchObject({ crew: null, lamp: null })
    expect((await client.send('PATCH', `/shifts/${other.id}`, { crew: day.id })).status).toBe(409)
  })
})

describe('numbers', () => {
  const year = new Date().getUTCFullYear()

  it('follow a pattern, and go on where a new one finds numbers like its own', async () => {
    await makeObject('bills', {
      fields: [
        field('name', 'text'),
        field('ref', 'autonumber', { searchable: true, numbering: { pattern: 'R{01}' } }),
        field('code', 'autonumber', { numbering: { pattern: '{YY}/{001}', restart: 'year' } }),
      ],
      numbering: { pattern: 'INV-{YYYY}-{0001}', restart: 'year' },
    })
    const first = await client.post('/bills', { name: 'a' })
    expect([first.recordNumber, first.ref, first.code]).toEqual([`INV-${year}-0001`, 'R01', `${year % 100}/001`])
    const bulk = await client.post('/bills/bulk', { records: [{ name: 'b' }, { name: 'c' }] })
    expect(bulk.results.map((one: Json) => one.recordNumber)).toEqual([`INV-${year}-0002`, `INV-${year}-0003`])
    expect((await client.get('/bills?search=R03')).map((one: Json) => [one.name, one.ref])).toEqual([['c', 'R03']])
    expect((await client.patch(`/bills/${first.id}`, { name: 'd' })).ref).toBe('R01')
    await client.patch('/objects/bills', { numbering: { pattern: 'B{01}' } })
    expect((await client.post('/bills', { name: 'e' })).recordNumber).toBe('B04')
    await client.patch('/objects/bills', { numbering: { pattern: 'INV-{YYYY}-{01}', restart: 'year' } })
    expect((await client.post('/bills', { name: 'f' })).recordNumber).toBe(`INV-${year}-0004`.replace('0004', '04'))
    await client.patch('/objects/bills', { numbering: null })
    expect((await client.get('/objects/bills')).numbering.pattern).toBe('BIL-{000001}')
  })

  it('count per location, and need one', async () => {
    await makeObject('visits', {
      fields: [field('name', 'text')],
      located: true,
      numbering: { pattern: '{LOC}-{0001}', perLocation: true },
    })
    const north = await client.post('/locations', { name: 'North', code: 'N1' })
    const south = await client.post('/locations', { name: 'South' })
    expect([north.code, south.code]).toEqual(['N1', 'SOU'])
    expect((await client.send('POST', '/locations', { name: 'Other', code: 'N1' })).status).toBe(409)
    const numbers = []
    for (const { id } of [north, south, north])
      numbers.push((await client.post('/visits', { name: 'x', locationId: id })).recordNumber)
    expect(numbers).toEqual(['N1-0001', 'SOU-0001', 'N1-0002'])
    expect(refusal(await client.send('POST', '/visits', { name: 'x' }))).toEqual([
      400,
      'locationId: is required: the number of the record names its location',
    ])
    const wrong = { numbering: { pattern: 'X-{0001}', perLocation: true } }
    expect(refusal(await client.send('PATCH', '/objects/visits', wrong))[1]).toContain('numbering: needs {LOC}')
  })
})

describe('a default by formula', () => {
  it('is worked out from what is given', async () => {
    await makeObject('orders', {
      fields: [
        field('name', 'text', { default: { formula: '"Order of " + today()' } }),
        field('price', 'money'),
        field('count', 'integer', { default: 2 }),
        field('total', 'number', { default: { formula: 'price * count' } }),
        field('owner', 'user', { default: { formula: 'me' } }),
        field('size', 'select', { options: ['small', 'big'], default: { formula: 'total > 100 ? "big" : "small"' } }),
      ],
    })
    const order = await client.post('/orders', { price: { amount: '60.00', currency: 'EUR' } })
    expect(order).toMatchObject({ total: 120, size: 'big', owner: client.userId })
    expect(order.name).toMatch(/^Order of \d{4}-\d\d-\d\d$/)
    expect(await client.post('/orders', { total: 5 })).toMatchObject({ total: 5, size: 'small' })
    expect(await client.post('/orders', { name: 'x' })).toMatchObject({ total: null, size: 'small' })
    const wrong = field('other', 'text', { default: { formula: 'pirce' } })
    expect(refusal(await client.send('POST', '/objects/orders/fields', wrong))).toEqual([
      400,
      'default: “pirce” is not a field of orders',
    ])
  })
})

describe('a new record that is being filled in', () => {
  const problemsOf = async (data: object, about?: string[]): Promise<string[]> => {
    const { problems } = await client.post('/leases/validate', { data, about })
    return problems.map((problem: Json) => `${problem.field}: ${problem.message}`)
  }

  beforeAll(async () => {
    await makeObject('leases', {
      fields: [
        field('name', 'text', { required: true }),
        field('code', 'text', { unique: true }),
        field('mail', 'email'),
        field('starts_on', 'date'),
        field('ends_on', 'date'),
        field('status', 'select', { options: ['draft', 'signed'], default: 'draft' }),
        field('signed_by', 'text', { conditions: { required: is('status', 'signed') } }),
      ],
      rules: [{ key: 'order', check: 'ends_on >= starts_on', message: 'ends before it starts', field: 'ends_on' }],
    })
    await client.post('/leases', { name: 'First', code: 'L-1' })
  })

  it('is told all that a create would be refused for, and nothing is made', async () => {
    const data = { code: 'l-1', mail: 'nobody', starts_on: '2026-05-02', ends_on: '2026-05-01', status: 'signed' }
    expect((await problemsOf(data)).map((problem) => problem.split(' must')[0]).sort()).toEqual([
      'code: is already used by another of leases',
      'ends_on: ends before it starts',
      'mail:',
      'name: is required',
      'signed_by: is required',
    ])
    expect(await problemsOf({ name: 'Second', code: 'L-2' })).toEqual([])
    expect(await client.post('/leases/count', {})).toEqual({ count: 1 })
  })

  it('is told of what has been come to only, and of rules as soon as one of their fields has', async () => {
    const data = { starts_on: '2026-05-02', ends_on: '2026-05-01' }
    expect(await problemsOf(data, ['code'])).toEqual([])
    expect(await problemsOf(data, ['starts_on'])).toEqual(['ends_on: ends before it starts'])
    expect(await problemsOf({ status: 'signed' }, ['status'])).toEqual(['signed_by: is required'])
    expect(await problemsOf({ code: 'L-1' }, ['code'])).toEqual(['code: is already used by another of leases'])
    expect(await problemsOf({ code: 'L-1' }, ['name'])).toEqual(['name: is required'])
  })

  it('is asked for by whoever may create', async () => {
    await defineRole(system, client.tenantId, 'reader', { objects: { leases: { read: 'all' } } })
    const reader = await addMember(system, client.tenantId, ['reader'])
    expect((await reader.send('POST', '/leases/validate', { data: {} })).status).toBe(403)
  })
})

describe('what is booked once at a time', () => {
  const at = (hour: string) => `2026-05-04T${hour}:00Z`
  let room: string

  beforeAll(async () => {
    await makeObject('rooms', { fields: [field('name', 'text')] })
    await makeObject('bookings', {
      fields: [
        field('name', 'text'),
        field('status', 'select', { options: ['booked', 'cancelled'], default: 'booked' }),
        field('begins', 'datetime'),
        field('length_minutes', 'integer'),
        field('guest', 'text', { rules: { exclusive: true } }),
        field('room', 'relation', {
          rules: { exclusive: 'refuse' },
          relation: { object: 'rooms', inverse: { key: 'bookings', label: 'Bookings' } },
        }),
      ],
      roles: { startsAt: 'begins', stage: 'status' },
    })
    const stages = [{ value: 'booked' }, { value: 'cancelled', kind: 'lost' }]
    await client.send('PATCH', '/objects/bookings/pipelines/main', { stages })
    room = (await client.post('/rooms', { name: 'Blue' })).id
  })

  const book = (begins: string, more: object = {}) =>
    client.send('POST', '/bookings', { name: begins, begins: at(begins), length_minutes: 60, room, ...more })

  it('lets one of twenty at the same time through, whatever the server', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, (_, minute) => book(`09:${minute + 10}`)))
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(19).fill(400)])
    const { data: won } = answers.find(({ status }) => status === 201)!
    const [problem] = answers.find(({ status }) => status === 400)!.error!.details!
    expect(problem).toMatchObject({ field: 'room', message: expect.stringContaining(won.recordNumber) })
    expect(problem!.message).toMatch(
      /^is booked at this time: 2026-05-04 \d\d:\d\d to 2026-05-04 \d\d:\d\d, 09:\d\d \(/,
    )
  })

  it('is asked of times, of links from either side and of what comes back, not of other changes', async () => {
    const [first, second] = [(await book('12:00')).data, (await book('13:00')).data]
    const move = (begins: string) => client.send('PATCH', `/bookings/${second.id}`, { begins: at(begins) })
    expect(refusal(await move('12:30'))[0]).toBe(400)
    expect((await move('13:00')).status).toBe(200)
    const elsewhere = (await book('12:15', { room: null, length_minutes: 30 })).data
    expect((await client.send('PUT', `/rooms/${room}/links/bookings/${elsewhere.id}`, {})).status).toBe(400)
    await client.send('PATCH', `/bookings/${first.id}`, { status: 'cancelled' })
    expect((await client.send('PUT', `/rooms/${room}/links/bookings/${elsewhere.id}`, {})).status).toBe(204)
    expect(refusal(await client.send('PATCH', `/bookings/${first.id}`, { status: 'booked' }))[0]).toBe(400)
    await client.send('DELETE', `/bookings/${elsewhere.id}`)
    expect((await client.send('PATCH', `/bookings/${first.id}`, { status: 'booked' })).status).toBe(200)
    expect((await client.send('POST', `/bookings/${elsewhere.id}/restore`)).status).toBe(400)
    const bulk = await client.send('POST', '/bookings/bulk', {
      records: ['12:10', '16:00', '16:10', '18:00'].map((hour) => ({ name: hour, begins: at(hour), room })),
    })
    expect(bulk.data).toMatchObject({ created: 2, failed: 2 })
    // Where it is told of only, everything is saved; so is another change of what was booked twice before.
    const kim = [await book('20:00', { room: null, guest: 'Kim' }), await book('20:00', { room: null, guest: 'Kim' })]
    expect(kim.map(({ status }) => status)).toEqual([201, 201])
    await client.send('PATCH', '/objects/bookings/fields/guest', { rules: { exclusive: 'refuse' } })
    expect((await client.send('PATCH', `/bookings/${kim[0]!.data.id}`, { name: 'Kim' })).status).toBe(200)
    expect((await client.send('PATCH', `/bookings/${kim[0]!.data.id}`, { length_minutes: 30 })).status).toBe(400)
  })

  it('takes what says no length, or an impossible one, to take as long as diaries draw it', async () => {
    expect((await book('22:00', { length_minutes: 0 })).status).toBe(201)
    for (const length_minutes of [0, 60, 9_000_000_000]) {
      expect(refusal(await book('22:10', { length_minutes }))[0]).toBe(400)
    }
    expect((await book('22:30', { length_minutes: 30 })).status).toBe(201)
  })

  it('tells nothing of a booking that the caller does not see', async () => {
    await defineRole(system, client.tenantId, 'desk', {
      objects: { bookings: { create: 'all', read: 'own' }, rooms: { read: 'all' } },
    })
    const desk = await addMember(system, client.tenantId, ['desk'])
    const answer = await desk.send('POST', '/bookings', { name: 'x', begins: at('13:10'), room })
    expect(refusal(answer)).toEqual([400, 'room: is booked at this time'])
  })
})
