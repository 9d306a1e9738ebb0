/** Everybody links, moves and deletes the same few records at once, over two servers: all are answered, nothing dangles. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Answer, ApiClient, Json } from '../client.ts'
import { type RunningSystem, startSystem } from '../server.ts'

let one: RunningSystem
let two: RunningSystem

beforeAll(async () => {
  one = await startSystem()
  two = await startSystem({ sharing: one })
})
afterAll(async () => {
  await two.stop()
  await one.stop()
})

const times = <T>(count: number, make: (n: number) => Promise<T>): Promise<T[]> =>
  Promise.all(Array.from({ length: count }, (_, n) => make(n)))
const field = (key: string, type: string, more: object = {}) => ({ key, label: key, type, ...more })
const object = (client: ApiClient, slug: string, fields: object[]): Promise<Json> =>
  client.post('/objects', { slug, label: slug, labelPlural: slug, fields: [field('name', 'text'), ...fields] })
const relation = (key: string, target: string, inverse: string, more: object = {}) =>
  field(key, 'relation', { relation: { object: target, inverse: { key: inverse, label: inverse }, ...more } })
const both = async (): Promise<[ApiClient, ApiClient]> => {
  const client = await one.register()
  return [client, client.at(two.url)]
}
const statuses = (answers: Answer[]): number[] => [...new Set(answers.map(({ status }) => status))].sort()

describe('50 who link the same records from opposite sides', () => {
  it('are all answered, where the records are of one object', async () => {
    const clients = await both()
    await object(clients[0], 'people', [])
    await clients[0].post('/objects/people/fields', relation('boss', 'people', 'reports'))
    await clients[0].post('/objects/people/fields', relation('friends', 'people', 'liked_by', { many: true }))
    const people = await times(4, (n) => clients[0].post('/people', { name: `Person ${n}` }))
    const idOf = (n: number): string => people[n % 4].id
    const began = Date.now()
    const answers = await times(50, (n) => {
      const body = n % 2 === 0 ? { reports: [idOf(n + 1), idOf(n + 2)] } : { liked_by: [idOf(n + 3), idOf(n + 1)] }
      return clients[n % 2]!.send('PATCH', `/people/${idOf(n)}`, body)
    })
    expect(statuses(answers)).toEqual([200])
    expect(Date.now() - began).toBeLessThan(10_000)
  })

  it('are all answered, where the objects are made of each other', { timeout: 60_000 }, async () => {
    const clients = await both()
    await object(clients[0], 'orders', [])
    await object(clients[0], 'lines', [field('amount', 'integer'), relation('order', 'orders', 'lines')])
    const computed = (key: string, type: string, computation: object) => field(key, type, { computed: computation })
    const total = computed('total', 'rollup', { relation: 'lines', op: 'sum', field: 'amount' })
    await clients[0].post('/objects/orders/fields', total)
    const shown = computed('order_name', 'lookup', { relation: 'order', field: 'name' })
    await clients[0].post('/objects/lines/fields', shown)
    const orders = await times(2, (n) => clients[0].post('/orders', { name: `Order ${n}` }))
    const lines = await times(6, (n) => clients[0].post('/lines', { name: `Line ${n}`, amount: n + 1 }))
    const answers = await times(50, (n) => {
      const [order, line] = [orders[n % 2].id, lines[n % 6].id]
      const client = clients[(n >> 1) % 2]!
      if (n % 3 === 0)
        return client.send('PATCH', `/orders/${order}`, { name: `By ${n}`, lines: [line, lines[(n + 1) % 6].id] })
      if (n % 3 === 1) return client.send('PATCH', `/lines/${line}`, { order, amount: n })
      return client.send('PUT', `/orders/${order}/links/lines/${line}`)
    })
    expect(statuses(answers).filter((status) => status >= 400)).toEqual([])
    for (const { id } of orders) {
      const order = await clients[0].get(`/orders/${id}?include=lines`)
      const sum = order.lines.reduce((all: number, line: Json) => all + line.amount, 0)
      expect(order.total).toBe(sum)
      expect(order.lines.map((line: Json) => line.order_name)).toEqual(order.lines.map(() => order.name))
    }
  })
})

describe('a record that may not go while others point at it', () => {
  it.each(['refuse', 'clear', 'cascade'])(
    'is never gone and pointed at by the living: %s',
    { timeout: 60_000 },
    async (onDelete) => {
      const clients = await both()
      await object(clients[0], 'firms', [])
      await object(clients[0], 'jobs_done', [relation('firm', 'firms', 'work', { onDelete })])
      for (let round = 0; round < 6; round++) {
        const firm = await clients[0].post('/firms', { name: 'Firm' })
        const ready = await times(8, () => clients[0].post('/jobs_done', { name: 'Ready' }))
        const answers = await times(50, (n) => {
          const client = clients[n % 2]!
          if (n % 10 === round) return client.send('DELETE', `/firms/${firm.id}`)
          if (n % 3 === 0) return client.send('PATCH', `/jobs_done/${ready[n % 8].id}`, { firm: firm.id })
          if (n % 3 === 1) return client.send('PUT', `/firms/${firm.id}/links/work/${ready[n % 8].id}`)
          return client.send('POST', '/jobs_done', { name: 'New', firm: firm.id })
        })
        expect(statuses(answers).filter((status) => status >= 500)).toEqual([])
        const dangling = await one.sql(
          `select 1 from links l join records f on f.tenant_id = l.tenant_id and f.id = l.to_id
           join records j on j.tenant_id = l.tenant_id and j.id = l.from_id
         where l.to_id = $1 and f.deleted_at is not null and j.deleted_at is null`,
          [firm.id],
        )
        expect(dangling).toEqual([])
      }
    },
  )
})
