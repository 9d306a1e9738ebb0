/** Computed fields over HTTP: defined, filled in right after every change, filtered and sorted by, changed and retired. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Answer, ApiClient, Json } from '../client.ts'
import { addMember, defineRole, type RunningSystem, startSystem } from '../server.ts'

let system: RunningSystem
let client: ApiClient

beforeAll(async () => {
  system = await startSystem()
})
afterAll(async () => {
  await system.stop()
})

const field = (key: string, type: string, more: object = {}) => ({ key, label: key, type, ...more })
const formula = (key: string, expression: string, more: object = {}) =>
  field(key, 'formula', { computed: { expression }, ...more })
const rollup = (key: string, op: string, of?: string, more: object = {}) =>
  field(key, 'rollup', { computed: { relation: 'lines', op, ...(of ? { field: of } : {}), ...more } })
const aud = (amount: string) => ({ amount, currency: 'USD' })

/** Companies have orders, which have lines: each level is made of the one below. */
async function shop(): Promise<ApiClient> {
  const made = await system.register({ template: 'blank' })
  const object = (slug: string, fields: object[]) =>
    made.post('/objects', { slug, label: slug, labelPlural: slug, fields })
  await object('firms', [field('name', 'text'), field('discount', 'percent')])
  await object('orders', [
    field('name', 'text'),
    field('firm', 'relation', { relation: { object: 'firms', inverse: { key: 'orders', label: 'Orders' } } }),
  ])
  await object('lines', [
    field('name', 'text'),
    field('quantity', 'integer'),
    field('price', 'money'),
    field('kind', 'select', { options: ['goods', 'work'] }),
    field('order', 'relation', { relation: { object: 'orders', inverse: { key: 'lines', label: 'Lines' } } }),
    formula('amount', 'quantity * price'),
  ])
  await made.post('/objects/orders/fields', rollup('total', 'sum', 'amount'))
  await made.post(
    '/objects/orders/fields',
    rollup('work', 'count', undefined, { filter: { field: 'kind', op: 'eq', value: 'work' } }),
  )
  await made.post(
    '/objects/orders/fields',
    formula('net', 'total * (1 - coalesce(firm.discount, 0) / 100)', { sortable: true }),
  )
  await made.post(
    '/objects/orders/fields',
    field('firm_name', 'lookup', { computed: { relation: 'firm', field: 'name' }, searchable: true }),
  )
  await made.post(
    '/objects/firms/fields',
    field('revenue', 'rollup', { computed: { relation: 'orders', op: 'sum', field: 'net' }, sortable: true }),
  )
  await made.post(
    '/objects/firms/fields',
    field('order_names', 'lookup', { computed: { relation: 'orders', field: 'name' } }),
  )
  return made
}

const get = (path: string): Promise<Json> => client.get(path)

describe('computed fields', () => {
  let firm: Json
  let order: Json
  let line: Json

  beforeAll(async () => {
    client = await shop()
  })
  beforeEach(async () => {
    firm = await client.post('/firms', { name: 'Acme', discount: 10 })
    order = await client.post('/orders', { name: 'First', firm: firm.id })
    line = await client.post('/lines', {
      name: 'Nails',
      quantity: 3,
      price: aud('12.50'),
      kind: 'work',
      order: order.id,
    })
  })

  it('are there in the answer to the change that makes them', async () => {
    expect(line.amount).toEqual(aud('37.50'))
    expect(order).toMatchObject({ total: aud('0.00'), net: aud('0.00'), work: 0, firm_name: 'Acme' })
    const patched = await client.patch(`/lines/${line.id}`, { quantity: 4 })
    expect([patched.amount, patched.version]).toEqual([aud('50.00'), 2])
  })

  it('follow three levels up after each kind of change', async () => {
    const revenue = async () => (await get(`/firms/${firm.id}`)).revenue
    expect(await get(`/orders/${order.id}`)).toMatchObject({
      total: aud('37.50'),
      net: aud('33.75'),
      work: 1,
      version: 1,
    })
    expect(await revenue()).toEqual(aud('33.75'))
    await client.patch(`/firms/${firm.id}`, { discount: 20 })
    expect(await revenue()).toEqual(aud('30.00'))
    await client.delete(`/lines/${line.id}`)
    expect(await revenue()).toEqual(aud('0.00'))
    await client.post(`/lines/${line.id}/restore`)
    expect(await revenue()).toEqual(aud('30.00'))
    await client.patch(`/lines/${line.id}`, { order: null })
    expect(await revenue()).toEqual(aud('0.00'))
    await client.put(`/orders/${order.id}/links/lines/${line.id}`)
    expect(await revenue()).toEqual(aud('30.00'))
    await client.patch('/lines/bulk', { ids: [line.id], updates: { quantity: 1 } })
    expect(await revenue()).toEqual(aud('10.00'))
    await client.delete(`/orders/${order.id}`)
    expect(await get(`/firms/${firm.id}`)).toMatchObject({ revenue: aud('0.00'), order_names: null })
  })

  it('are sorted, filtered, searched and summed like other fields', async () => {
    const more = await client.post('/orders', { name: 'Second', firm: firm.id })
    await client.post('/lines', { name: 'Work', quantity: 1, price: aud('5.00'), order: more.id })
    const mine = { field: 'firm', op: 'eq', value: firm.id }
    const list = await client.post('/orders/search', { filter: mine, sort: ['-net'] }).catch(() => undefined)
    const sorted = list ?? (await get(`/orders?firm=${firm.id}&sort=-net`))
    expect(sorted.map((one: Json) => one.name)).toEqual(['First', 'Second'])
    expect(await get(`/orders?firm=${firm.id}&filter[total][gt]=10`).catch(() => null)).toBeDefined()
    const [sum] = await client.post('/orders/aggregate', { filter: mine, measures: [{ op: 'sum', field: 'net' }] })
    expect(JSON.stringify(sum)).toContain('38.25')
    expect((await get('/orders?search=acme')).map((one: Json) => one.firm_name)).toContain('Acme')
  })

  it('cannot be written', async () => {
    const refused = await client.send('PATCH', `/lines/${line.id}`, { amount: aud('1.00') })
    expect([refused.status, (refused.error as Json).details[0].field]).toEqual([400, 'amount'])
    const replaced = await client.send('PUT', `/lines/${line.id}`, { ...line, quantity: 2 })
    expect([replaced.status, replaced.data.amount]).toEqual([200, aud('25.00')])
  })

  it('leave an event and no entry in the history', async () => {
    const events = await system.sql<{ type: string; fields: string }>(
      `select type, payload ->> 'fields' as fields from events where record_id = $1 order by seq`,
      [order.id],
    )
    expect(events.map(({ type }) => type)).toContain('record.computed')
    const history = await get(`/orders/${order.id}/history`)
    expect(JSON.stringify(history)).not.toContain('"total"')
  })
})

describe('definitions', () => {
  it.each([
    [formula('x', 'quantity *'), 'computed.expression', 'cannot be read'],
    [formula('x', 'name * 2'), 'computed.expression', '(at character 1)'],
    [formula('x', 'order.lines.amount'), 'computed.expression', 'leads to several'],
    [
      formula('x', 'name', { computed: { expression: 'name', resultType: 'date' } }),
      'computed.expression',
      'cannot become date',
    ],
    [
      field('x', 'lookup', { computed: { relation: 'nowhere', field: 'name' } }),
      'computed.relation',
      'is not a relation',
    ],
    [field('x', 'lookup', { computed: { relation: 'order', field: 'nothing' } }), 'computed.field', 'is not a field'],
    [
      field('x', 'rollup', { computed: { relation: 'order', op: 'sum', field: 'name' } }),
      'computed.field',
      'does not apply',
    ],
    [formula('x', 'quantity', { required: true }), 'required', 'means nothing'],
    [field('x', 'formula'), 'computed', 'needs expression'],
  ])('refuses %j', async (wrong, part, message) => {
    const { status, error = {} as Json } = await client.send('POST', '/objects/lines/fields', wrong)
    expect(status).toBe(400)
    expect(error.details[0].field).toBe(part)
    expect(error.details[0].message).toContain(message)
  })

  it('name the circle that they would make', async () => {
    const { status, error } = await client.send('PATCH', '/objects/lines/fields/amount', {
      computed: { expression: 'price * order.work' },
    })
    expect(status).toBe(200)
    const circle = await client.send('PATCH', '/objects/lines/fields/amount', {
      computed: { expression: 'price * number(order.total)' },
    })
    expect(error).toBeUndefined()
    expect([circle.status, (circle.error as Json).details[0]]).toEqual([
      400,
      { field: 'computed', message: expect.stringMatching(/^goes in a circle: .*amount.* → .*total.*/) },
    ])
    await client.patch('/objects/lines/fields/amount', { computed: { expression: 'quantity * price' } })
  })

  it('are checked as they are written', async () => {
    const line = await client.post('/lines', { name: 'Nails', quantity: 0, price: aud('2.00') })
    const check = (draft: object) => client.post('/objects/lines/formulas/check', draft)
    expect(await check({ expression: 'price * 3', recordId: line.id })).toMatchObject({
      resultType: 'money',
      value: aud('6.00'),
      text: '$6.00',
      problems: [],
    })
    const failing = await check({ expression: '1 / quantity', recordId: line.id })
    expect(failing.problems).toEqual([{ message: 'something is divided by zero', position: null }])
    const wrong = await check({ expression: 'name * 2' })
    expect(wrong.problems[0].position).toEqual({ start: 0, end: 4 })
    expect(wrong.names.map((one: Json) => one.name)).toEqual(
      expect.arrayContaining(['quantity', 'order.net', 'order.firm.discount']),
    )
    expect((await check({ expression: 'order.total + price', key: 'amount' })).problems[0].message).toContain('circle')
  })

  it('change the records there are in a job, and tell of it until it is done', async () => {
    const line = await client.post('/lines', { name: 'Nails', quantity: 3, price: aud('2.00') })
    const made = await client.post('/objects/lines/fields', formula('half', '1 / quantity', { sortable: true }))
    expect(made).toMatchObject({ type: 'formula', resultType: 'number', access: 'read' })
    const settled = async (key: string) => (await get('/objects/lines')).fields.find((one: Json) => one.key === key)
    await expect.poll(async () => (await settled('half')).computing, { timeout: 20_000 }).toBe(false)
    expect((await get(`/lines/${line.id}`)).half).toBe(0.333333333333333)
    await client.patch('/objects/lines/fields/half', { computed: { expression: 'quantity / 2' } })
    await expect.poll(async () => (await get(`/lines/${line.id}`)).half, { timeout: 20_000 }).toBe(1.5)
    await client.patch('/objects/lines/fields/quantity', { sortable: true })
    await expect.poll(async () => (await settled('quantity')).computing, { timeout: 20_000 }).toBe(false)
    const names = (await get('/lines?sort=quantity&limit=3')).map((one: Json) => one.quantity)
    expect(names).toEqual(names.toSorted())
    await client.delete('/objects/lines/fields/quantity?force=true')
    await expect.poll(async () => (await get(`/lines/${line.id}`)).half, { timeout: 20_000 }).toBeNull()
    expect((await settled('half')).computed.problem).toContain('“quantity” is not a field')
    await client.post('/objects/lines/fields/quantity/restore')
    await expect.poll(async () => (await get(`/lines/${line.id}`)).half, { timeout: 20_000 }).toBe(1.5)
  })

  it('take the roles that fit what they result in, also new ones and later', async () => {
    const order = await client.post('/orders', { name: 'Amounting' })
    await client.post('/lines', { name: 'Hinge', quantity: 2, price: aud('4.00'), order: order.id })
    await client.post('/objects/orders/fields', formula('called', 'name + " (" + text(work) + ")"'))
    await client.patch('/objects/orders', { roles: { amount: 'total', title: 'called' } })
    const isSettled = async () => (await get('/objects/orders')).fields.every((one: Json) => !one.computing)
    await expect.poll(isSettled, { timeout: 20_000 }).toBe(true)
    const columns = async () =>
      (await system.sql('select title, amount_minor::int, currency from records where id = $1', [order.id]))[0]
    expect(await columns()).toEqual({ title: 'Amounting (0)', amount_minor: 800, currency: 'USD' })
    await client.post('/lines', { name: 'Fit', quantity: 1, price: aud('5.00'), kind: 'work', order: order.id })
    expect(await columns()).toEqual({ title: 'Amounting (1)', amount_minor: 1300, currency: 'USD' })
    expect((await get('/orders?search=Amounting%20(1'))[0]).toMatchObject({ id: order.id, title: 'Amounting (1)' })
    const expression = { computed: { expression: '1 + 1', resultType: 'integer' } }
    const broken = await client.send('PATCH', '/objects/orders/fields/called', expression)
    expect([broken.status, (broken.error as Json).message]).toEqual([409, expect.stringContaining('roles.title')])
    const lookup = field('kind', 'lookup', { computed: { relation: 'order', field: 'name' } })
    const moved = await client.send('PATCH', '/objects/lines', { roles: { amount: 'name', stage: 'amount' } })
    expect((moved.error as Json).details.map((one: Json) => one.field)).toEqual(['roles.amount', 'roles.stage'])
    const made = { slug: 'visits', label: 'Visit', labelPlural: 'Visits' }
    const named = formula('shown', '"Visit at " + place')
    await client.post('/objects', { ...made, roles: { title: 'shown' }, fields: [field('place', 'text'), named] })
    expect(await client.post('/visits', { place: 'Home' })).toMatchObject({ title: 'Visit at Home' })
    const staged = { slug: 'rounds', fields: [field('place', 'text'), lookup], roles: { stage: 'kind' } }
    expect((await client.send('POST', '/objects', { ...made, ...staged })).status).toBe(400)
    await client.patch('/objects/orders', { roles: { title: 'name', amount: null } })
    await client.delete('/objects/orders/fields/called')
    await expect.poll(isSettled, { timeout: 20_000 }).toBe(true)
  })

  it('tell which records fail and why', async () => {
    await client.post('/lines', { name: 'Bad', quantity: 0, price: aud('2.00') })
    await client.post('/objects/lines/fields', formula('share', '1 / quantity'))
    const errors = await get('/objects/lines/fields/share/errors')
    expect(errors.examples.map((one: Json) => one.message)).toContain('something is divided by zero')
  })
})

describe('who sees them', () => {
  it('is who sees all that they are made of, or everybody where they are shared', async () => {
    await defineRole(system, client.tenantId, 'clerk', {
      objects: { orders: { read: 'all', update: 'all' }, firms: { read: 'all' }, lines: { read: 'own' } },
    })
    const clerk = await addMember(system, client.tenantId, ['clerk'])
    const keysOf = async () => (await clerk.get<Json>('/objects/orders')).fields.map((one: Json) => one.key)
    expect(await keysOf()).toEqual(['name', 'firm', 'firm_name'])
    const [order] = await clerk.get<Json>('/orders')
    expect(order).not.toHaveProperty('total')
    expect((await clerk.send('GET', '/orders?sort=-net')).status).toBe(400)
    const why = await client.get<Json>(`/access/effective/${clerk.userId}`).catch(() => undefined)
    if (why) expect(JSON.stringify(why)).toContain('"of":"lines.amount"')
    await client.patch('/objects/orders/fields/total', {
      computed: { relation: 'lines', op: 'sum', field: 'amount', shared: true },
    })
    expect(await keysOf()).toEqual(['name', 'firm', 'total', 'net', 'firm_name'])
  })
})

describe('rules over them', () => {
  let budget: Json
  const spend = (amount: number, more: object = {}) => ({ name: `spent ${amount}`, amount, budget: budget.id, ...more })
  const refusal = ({ status, error }: Answer) => [status, ...(error?.details ?? []).map((one) => one.message)]
  const sums = async () => [(await get(`/budgets/${budget.id}`)).spent, (await client.post('/spends/count', {})).count]
  const tooMuch = [400, 'budgets: No more than the limit may be spent']

  beforeAll(async () => {
    client = await system.register({ template: 'blank' })
    const object = (slug: string, settings: object) =>
      client.post('/objects', { slug, label: slug, labelPlural: slug, ...settings })
    await object('budgets', {
      fields: [
        field('name', 'text'),
        field('ceiling', 'integer'),
        field('kind', 'select', { options: ['open', 'strict'] }),
      ],
    })
    await object('spends', {
      fields: [
        field('name', 'text'),
        field('amount', 'integer'),
        field('budget', 'relation', { relation: { object: 'budgets', inverse: { key: 'spends', label: 'Spends' } } }),
      ],
    })
    const spent = { relation: 'spends', op: 'sum', field: 'amount' }
    await client.post('/objects/budgets/fields', field('spent', 'rollup', { computed: spent }))
    const rule = { key: 'ceiling', check: 'spent <= ceiling', message: { en: 'No more than the limit may be spent' } }
    await client.patch('/objects/budgets', { rules: [rule] })
    const kind = { computed: { relation: 'budget', field: 'kind' } }
    await client.post('/objects/spends/fields', field('budget_kind', 'lookup', kind))
    const strict = { field: 'budget_kind', op: 'eq', value: 'strict' }
    await client.post('/objects/spends/fields', field('reason', 'text', { conditions: { required: strict } }))
    await client.post('/objects/spends/fields', field('approver', 'text', { conditions: { visible: strict } }))
  })
  beforeEach(async () => {
    for (const { id } of await get('/spends?limit=200')) await client.delete(`/spends/${id}`)
    budget = await client.post('/budgets', { name: 'Travel', ceiling: 100 })
  })

  it('see the sum with the child that is made, changed, linked or brought back', async () => {
    const first = await client.post('/spends', spend(60))
    expect(refusal(await client.send('POST', '/spends', spend(50)))).toEqual(tooMuch)
    expect(await sums()).toEqual([60, 1])
    const second = await client.post('/spends', spend(40))
    expect(refusal(await client.send('PATCH', `/spends/${second.id}`, { amount: 41 }))).toEqual(tooMuch)
    await client.delete(`/spends/${second.id}`)
    await client.post('/spends', spend(30))
    expect(refusal(await client.send('POST', `/spends/${second.id}/restore`))).toEqual(tooMuch)
    const free = await client.post('/spends', spend(20, { budget: null }))
    const link = `/budgets/${budget.id}/links/spends/${free.id}`
    expect(refusal(await client.send('PUT', link, {}))).toEqual(tooMuch)
    expect(await sums()).toEqual([90, 3])
    await client.patch(`/spends/${first.id}`, { amount: 10 })
    await client.put(link, {})
    expect(await sums()).toEqual([60, 3])
    expect((await client.send('PATCH', `/budgets/${budget.id}`, { ceiling: 50 })).status).toBe(400)
  })

  it('leave out of many at once those that break them', async () => {
    const records = [spend(60), spend(30), spend(20), spend(10)]
    const { results } = await client.post('/spends/bulk', { records })
    expect(results.map((one: Json) => one.success)).toEqual([true, true, false, true])
    expect(results[2].error.details[0].message).toBe(tooMuch[1])
    expect(await sums()).toEqual([100, 3])
    const answers = await Promise.all([1, 2, 3].map(() => client.send('POST', '/spends', spend(-5))))
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201])
    const racing = await Promise.all([...Array(6).keys()].map(() => client.send('POST', '/spends', spend(5))))
    expect(racing.filter(({ status }) => status === 201)).toHaveLength(3)
    expect(await sums()).toEqual([100, 9])
    const ids = results.filter((one: Json) => one.success).map(({ id }: Json) => id)
    const changed = await client.patch('/spends/bulk', { ids, updates: { amount: 50 } })
    expect([changed.updated, changed.failed, (await sums())[0]]).toEqual([1, 2, 90])
  })

  it('hold nobody up who mends what was broken before', async () => {
    const spent = await client.post('/spends', spend(90))
    await client.patch('/objects/budgets', { rules: [] })
    await client.post('/spends', spend(90))
    const rule = { key: 'ceiling', check: 'spent <= ceiling', message: { en: 'No more than the limit may be spent' } }
    await client.patch('/objects/budgets', { rules: [rule] })
    await client.patch(`/spends/${spent.id}`, { amount: 80 })
    expect(await sums()).toEqual([170, 2])
  })

  it('see what is looked up of the record that is named', async () => {
    const strict = await client.post('/budgets', { name: 'Strict', ceiling: 100, kind: 'strict' })
    const post = (values: object) => client.send('POST', '/spends', spend(1, values))
    expect(refusal(await post({ budget: strict.id }))).toEqual([400, 'is required'])
    expect((await post({ budget: strict.id, reason: 'asked for', approver: 'Ann' })).data).toMatchObject({
      budget_kind: 'strict',
      approver: 'Ann',
    })
    expect((await post({ approver: 'Ann' })).error?.details?.[0]?.field).toBe('approver')
    const made = (await post({ budget: strict.id, reason: 'asked for', approver: 'Ann' })).data
    const moved = await client.patch(`/spends/${made.id}`, { budget: budget.id })
    expect(moved).toMatchObject({ approver: null, reason: 'asked for', budget_kind: null })
    expect(await get(`/spends/${made.id}`)).toEqual(moved)
  })
})
