import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../../database/index.ts'
import {
  addLink,
  createRecord,
  createRecords,
  deleteRecords,
  type RecordContext,
  type RecordData,
  removeLink,
  restoreRecord,
  updateRecord,
  updateRecords,
  workOnDeferred,
} from '../index.ts'
import type { DeferredWork } from './deferred-work.ts'
import { mostAtOnce } from './settle.ts'
import { inShop, openShop, type Shop } from './shop.fixture.ts'

let shop: Shop
let one: Database
let two: Database

beforeAll(async () => {
  shop = await openShop()
  one = shop.connect()
  two = shop.connect()
})
afterAll(() => shop.close())

const objectOf = (slug: string) => shop.model.object.get(slug)!
const run = <T>(work: (context: RecordContext) => Promise<T>, database = one) => inShop(database, shop.model, work)

interface Stored {
  id: string
  object_id: string
  deleted: boolean
  data: RecordData
  version: number
  s1: string | null
}
interface Link {
  relation_id: string
  from_id: string
  to_id: string
}

/** The values of all computed fields, from nothing but what people entered. */
async function expected(): Promise<Map<string, Record<string, unknown>>> {
  const { rows } = await shop.owner.query<Stored>(
    'select id, object_id, deleted_at is not null as deleted, data from records',
  )
  const { rows: links } = await shop.owner.query<Link>(
    'select relation_id, from_id, to_id from links order by position, created_at, to_id',
  )
  const byId = new Map(rows.map((row) => [row.id, row]))
  const isLiving = (row: Stored | undefined): row is Stored => row !== undefined && !row.deleted
  const relationId = (slug: string, key: string) => objectOf(slug).relation.get(key)!.relationId
  const to = (slug: string, key: string, id: string) =>
    links
      .filter((link) => link.relation_id === relationId(slug, key) && link.from_id === id)
      .map((link) => byId.get(link.to_id))
      .filter(isLiving)
  const from = (slug: string, key: string, id: string) =>
    links
      .filter((link) => link.relation_id === relationId(slug, key) && link.to_id === id)
      .map((link) => byId.get(link.from_id))
      .filter(isLiving)
  const values = new Map<string, Record<string, unknown>>()
  const of = (slug: string) => rows.filter((row) => row.object_id === objectOf(slug).id)
  const number = (value: unknown) => (typeof value === 'number' ? value : null)
  const sum = (numbers: (number | null)[]) => numbers.reduce<number>((total, value) => total + (value ?? 0), 0)
  const amountOf = ({ data }: Stored) =>
    data.quantity == null || data.price == null ? null : (data.quantity as number) * (data.price as number)
  const feesOf = (lines: Stored[]) => {
    const fees = lines.flatMap(({ data }) => (data.fee ? [data.fee as { amount: string; currency: string }] : []))
    const [currency = shop.model.currency, ...others] = new Set(fees.map((fee) => fee.currency))
    return others.length > 0 ? null : { amount: `${sum(fees.map(({ amount }) => Number(amount)))}.00`, currency }
  }
  for (const line of of('lines')) {
    values.set(line.id, {
      amount: amountOf(line),
      rate: number(to('lines', 'order', line.id).flatMap((order) => to('orders', 'firm', order.id))[0]?.data.discount),
    })
  }
  for (const order of of('orders')) {
    const lines = from('lines', 'order', order.id)
    const [firm] = to('orders', 'firm', order.id)
    const amounts = lines.map(amountOf).filter((amount) => amount !== null)
    const total = sum(amounts)
    values.set(order.id, {
      total,
      work: lines.filter(({ data }) => data.kind === 'work').length,
      mean: amounts.length > 0 ? total / amounts.length : null,
      least: amounts.length > 0 ? Math.min(...amounts) : null,
      fees: feesOf(lines),
      extra_total: sum(to('orders', 'extras', order.id).map(amountOf)),
      net: total * (1 - ((firm?.data.discount as number | undefined) ?? 0) / 100),
      firm_name: firm?.data.name ?? null,
    })
  }
  for (const line of of('lines')) {
    const [order] = to('lines', 'order', line.id)
    const [amount, total] = [amountOf(line), order && (values.get(order.id)!.total as number)]
    values.get(line.id)!.share = amount === null || !total ? null : amount / total
  }
  for (const firm of of('firms')) {
    const orders = from('orders', 'firm', firm.id)
    const revenue = sum(orders.map(({ id }) => values.get(id)!.net as number))
    const names = [...new Set(orders.map(({ data }) => data.name as string))].sort()
    values.set(firm.id, {
      revenue,
      biggest: orders.length > 0 ? Math.max(...orders.map(({ id }) => values.get(id)!.total as number)) : null,
      order_names: names.length > 0 ? names : null,
      summary: `${(firm.data.name as string | undefined) ?? ''}: ${revenue}`,
    })
  }
  return values
}

const rounded = (value: unknown): unknown => (typeof value === 'number' ? Number(value.toPrecision(12)) : value)

async function expectSettled(): Promise<void> {
  const { rows } = await shop.owner.query<Stored>('select id, object_id, data from records')
  const wanted = await expected()
  for (const { id, data } of rows) {
    const values = wanted.get(id) ?? {}
    const actual = Object.keys(values).map((key) => [
      key,
      Array.isArray(data[key]) ? [...data[key]].sort() : rounded(data[key] ?? null),
    ])
    const should = Object.entries(values).map(([key, value]) => [key, rounded(value)])
    expect(Object.fromEntries(actual)).toEqual(Object.fromEntries(should))
  }
}

const small = fc.nat({ max: 5 })
const pick = fc.nat({ max: 50 })
const maybe = fc.option(pick, { nil: null })
const command = fc.oneof(
  fc.record({ do: fc.constant('firm' as const), discount: fc.option(fc.constantFrom(0, 50, 100), { nil: null }) }),
  fc.record({ do: fc.constant('order' as const), firm: maybe, extras: fc.array(pick, { maxLength: 3 }) }),
  fc.record({
    do: fc.constant('lines' as const),
    lines: fc.array(
      fc.record({
        quantity: small,
        price: fc.option(small, { nil: null }),
        fee: fc.option(fc.constantFrom('2.00 USD', '3.00 USD', '5.00 EUR'), { nil: null }),
        kind: fc.constantFrom('goods', 'work'),
        order: maybe,
      }),
      { minLength: 1, maxLength: 4 },
    ),
  }),
  fc.record({
    do: fc.constant('quantity' as const),
    lines: fc.array(pick, { minLength: 1, maxLength: 3 }),
    quantity: fc.option(small, { nil: null }),
  }),
  fc.record({ do: fc.constant('fee' as const), line: pick, fee: fc.constantFrom('2.00 USD', '5.00 EUR', null) }),
  fc.record({ do: fc.constant('kind' as const), line: pick, kind: fc.constantFrom('goods', 'work', null) }),
  fc.record({ do: fc.constant('move' as const), line: pick, order: maybe }),
  fc.record({ do: fc.constant('assign' as const), order: pick, firm: maybe }),
  fc.record({ do: fc.constant('extras' as const), order: pick, extras: fc.array(pick, { maxLength: 3 }) }),
  fc.record({ do: fc.constant('discount' as const), firm: pick, discount: fc.constantFrom(0, 50, 100, null) }),
  fc.record({ do: fc.constant('rename' as const), firm: pick, name: fc.constantFrom('Acme', 'Bolt', 'Zoë') }),
  fc.record({ do: fc.constant('link' as const), order: pick, line: pick }),
  fc.record({ do: fc.constant('unlink' as const), order: pick, line: pick }),
  fc.record({ do: fc.constant('delete' as const), of: fc.constantFrom('firms', 'orders', 'lines'), record: pick }),
  fc.record({ do: fc.constant('restore' as const), of: fc.constantFrom('firms', 'orders', 'lines'), record: pick }),
)
type Command = typeof command extends fc.Arbitrary<infer T> ? T : never

async function idsOf(slug: string, deleted = false): Promise<string[]> {
  const { rows } = await shop.owner.query<{ id: string }>(
    'select id from records where object_id = $1 and (deleted_at is not null) = $2 order by id',
    [objectOf(slug).id, deleted],
  )
  return rows.map(({ id }) => id)
}

function money(text: string | null) {
  const [amount, currency] = text?.split(' ') ?? []
  return amount && currency ? { amount, currency } : null
}

/** Does what it can: a command that finds no record to be done to does nothing. */
async function perform(step: Command): Promise<void> {
  const [firms, orders, lines] = [await idsOf('firms'), await idsOf('orders'), await idsOf('lines')]
  const at = (ids: string[], index: number | null): string | null =>
    index === null || ids.length === 0 ? null : ids[index % ids.length]!
  const several = (ids: string[], indexes: number[]) =>
    [...new Set(indexes.map((index) => at(ids, index)!))].filter(Boolean)
  const [order, firm, line] = [
    at(orders, 'order' in step ? step.order : null),
    at(firms, 'firm' in step ? step.firm : null),
    at(lines, 'line' in step ? step.line : null),
  ]
  const patch = (slug: string, id: string | null, input: object) =>
    id && run((context) => updateRecord(context, objectOf(slug), id, { ...input }, { mode: 'patch' }))
  switch (step.do) {
    case 'firm':
      return void (await run((context) =>
        createRecord(context, objectOf('firms'), { name: 'Firm', discount: step.discount }),
      ))
    case 'order':
      return void (await run((context) =>
        createRecord(context, objectOf('orders'), {
          name: `Order ${orders.length}`,
          firm,
          extras: several(lines, step.extras),
        }),
      ))
    case 'lines': {
      const inputs = step.lines.map((input) => ({
        ...input,
        fee: money(input.fee),
        name: 'Line',
        order: at(orders, input.order),
      }))
      return void (await run((context) => createRecords(context, objectOf('lines'), inputs)))
    }
    case 'quantity': {
      const changes = several(lines, step.lines).map((id) => ({ id, input: { quantity: step.quantity } }))
      return void (await run((context) => updateRecords(context, objectOf('lines'), changes)))
    }
    case 'kind':
      return void (await patch('lines', line, { kind: step.kind }))
    case 'fee':
      return void (await patch('lines', line, { fee: money(step.fee) }))
    case 'move':
      return void (await patch('lines', line, { order }))
    case 'assign':
      return void (await patch('orders', order, { firm }))
    case 'extras':
      return void (await patch('orders', order, { extras: several(lines, step.extras) }))
    case 'discount':
      return void (await patch('firms', firm, { discount: step.discount }))
    case 'rename':
      return void (await patch('firms', firm, { name: step.name }))
    case 'link':
    case 'unlink': {
      if (!order || !line) return
      const [orders] = [objectOf('orders')]
      const act = step.do === 'link' ? addLink : removeLink
      const done = run((context) => act(context, orders, order, orders.relation.get('lines')!, line))
      return done.catch((error: { status?: number }) => {
        if (error.status !== 404) throw error
      })
    }
    case 'delete': {
      const id = at(await idsOf(step.of), step.record)
      return void (id && (await run((context) => deleteRecords(context, objectOf(step.of), [id]))))
    }
    case 'restore': {
      const id = at(await idsOf(step.of, true), step.record)
      return void (id && (await run((context) => restoreRecord(context, objectOf(step.of), id))))
    }
  }
}

const emptied = () => shop.owner.query('delete from links; delete from records')

describe('computed values', () => {
  it('equal a computation from scratch after whatever happens', { timeout: 300_000 }, async () => {
    await fc.assert(
      fc
        .asyncProperty(fc.array(command, { minLength: 8, maxLength: 25 }), async (commands) => {
          for (const [index, step] of commands.entries()) {
            await perform(step)
            if (index % 4 === 3) await expectSettled()
          }
          await expectSettled()
        })
        .beforeEach(async () => void (await emptied())),
      { numRuns: Number(process.env.OF_RUNS ?? 25) },
    )
  })

  it('come right when 50 write under one parent at once, over two servers', { timeout: 120_000 }, async () => {
    await emptied()
    const [firm, order] = await run(async (context) => {
      const [made] = await createRecords(context, objectOf('firms'), [{ name: 'Acme', discount: 50 }])
      const firmId = (made as { id: string }).id
      const [child] = await createRecords(context, objectOf('orders'), [{ name: 'First', firm: firmId }])
      return [firmId, (child as { id: string }).id]
    })
    const write = (n: number) =>
      run(
        (context) =>
          createRecord(context, objectOf('lines'), { name: `${n}`, quantity: n, price: 1, kind: 'work', order }),
        n % 2 === 0 ? one : two,
      )
    const made = await Promise.all(Array.from({ length: 50 }, (_, n) => write(n)))
    await expectSettled()
    const change = (id: string, n: number) =>
      run(
        (context) => updateRecord(context, objectOf('lines'), id, { quantity: 2 }, { mode: 'patch' }),
        n % 2 === 0 ? one : two,
      )
    const raise = (n: number) =>
      run(
        (context) => updateRecord(context, objectOf('firms'), firm, { discount: n * 50 }, { mode: 'patch' }),
        n % 2 === 0 ? one : two,
      )
    await Promise.all([...made.map(({ id }, n) => change(id, n)), raise(0), raise(1), raise(2)])
    await expectSettled()
    const order2 = await run((context) => createRecord(context, objectOf('orders'), { name: 'Second', firm }))
    const move = (id: string, n: number) =>
      run(
        (context) =>
          updateRecord(context, objectOf('lines'), id, { order: n % 3 === 0 ? null : order2.id }, { mode: 'patch' }),
        n % 2 === 0 ? one : two,
      )
    await Promise.all([
      ...made.slice(0, 25).map(({ id }, n) => move(id, n)),
      ...made.slice(25).map(({ id }, n) => change(id, n)),
    ])
    await expectSettled()
  })

  it('follow a link that is made while what it leads to changes', { timeout: 60_000 }, async () => {
    for (let round = 0; round < 15; round++) {
      await emptied()
      const lines = await run((context) =>
        createRecords(context, objectOf('lines'), [{ name: 'L', quantity: 1, price: 1 }]),
      )
      const line = (lines[0] as { id: string }).id
      const order = await run((context) => createRecord(context, objectOf('orders'), { name: 'O' }))
      const firm = await run((context) => createRecord(context, objectOf('firms'), { name: 'F', discount: 0 }))
      await Promise.all([
        run((context) =>
          updateRecord(context, objectOf('orders'), order.id, { extras: [line], firm: firm.id }, { mode: 'patch' }),
        ),
        run(
          (context) =>
            updateRecord(context, objectOf('lines'), line, { quantity: 7, order: order.id }, { mode: 'patch' }),
          two,
        ),
        run(
          (context) =>
            updateRecord(context, objectOf('firms'), firm.id, { discount: 50, name: 'G' }, { mode: 'patch' }),
          two,
        ),
      ])
      await expectSettled()
    }
  })

  it('leave versions alone, and stand in order', async () => {
    await emptied()
    const order = await run((context) => createRecord(context, objectOf('orders'), { name: 'O' }))
    await run((context) =>
      createRecord(context, objectOf('lines'), { name: 'L', quantity: 3, price: 2, order: order.id }),
    )
    const { rows } = await shop.owner.query<Stored>('select version, data, s1 from records where id = $1', [order.id])
    expect(rows[0]).toMatchObject({ version: 1, data: { total: 6 }, s1: expect.stringMatching(/^c018/) })
  })

  it('of very many records are left to a job for the rest', { timeout: 120_000 }, async () => {
    await emptied()
    const firm = await run((context) => createRecord(context, objectOf('firms'), { name: 'Big', discount: 0 }))
    const count = mostAtOnce + 700
    for (let from = 0; from < count; from += 900) {
      const inputs = Array.from({ length: Math.min(900, count - from) }, (_, n) => ({
        name: `${from + n}`,
        firm: firm.id,
      }))
      await run((context) => createRecords(context, objectOf('orders'), inputs))
    }
    const left: DeferredWork[] = []
    const defer = async (work: DeferredWork) => {
      left.push(work)
      return 'a job'
    }
    await inShop(
      one,
      shop.model,
      (context) => updateRecord(context, objectOf('firms'), firm.id, { name: 'Small' }, { mode: 'patch' }),
      { defer },
    )
    const renamed = async () => {
      const { rows } = await shop.owner.query(`select from records where data ->> 'firm_name' = 'Small'`)
      return rows.length
    }
    expect([left.length, await renamed()]).toEqual([1, mostAtOnce])
    const done: number[] = []
    for (let after: string | undefined; ; ) {
      const batch = await run((context) => workOnDeferred(context, left[0]!, after))
      if (!batch) break
      done.push(batch.count)
      after = batch.after
    }
    expect([done, await renamed()]).toEqual([Array(7).fill(100), count])
  })
})
