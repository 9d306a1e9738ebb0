/** Lists of 500 records, walked to the end by page and by cursor, in every order, while others write. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ApiClient, type Json, queryOf } from '../client.ts'
import { type RunningSystem, startSystem } from '../server.ts'

let system: RunningSystem
let client: ApiClient
let ids: string[]

const count = 500

/** Ties on every field, gaps in most. */
const measurement = (n: number): Json => ({
  name: `Sample ${n % 60}`,
  score: n % 5 === 0 ? null : (n % 13) / 2,
  places: n % 4 === 0 ? null : n % 7,
  taken_on: n % 3 === 0 ? null : `2026-0${1 + (n % 9)}-15`,
  grade: n % 6 === 0 ? null : ['low', 'middle', 'high'][n % 3],
  checked: n % 2 === 0 ? null : n % 4 === 1,
  price: n % 5 === 1 ? null : { amount: `${n % 17}.50`, currency: 'EUR' },
  begins: n % 7 === 0 ? null : `2026-11-${10 + (n % 9)}T09:30:00Z`,
  remark: n % 9 === 0 ? null : `Remark ${n % 11}`,
})

beforeAll(async () => {
  system = await startSystem()
  client = await system.register({ template: 'blank' })
  await client.post('/objects', {
    slug: 'measurements',
    label: 'Measurement',
    labelPlural: 'Measurements',
    roles: { title: 'name', stage: 'grade', amount: 'price', startsAt: 'begins' },
    fields: [
      { key: 'name', label: 'Name', type: 'text', required: true, searchable: true },
      { key: 'score', label: 'Score', type: 'number', sortable: true },
      { key: 'places', label: 'Places', type: 'integer' },
      { key: 'taken_on', label: 'Taken on', type: 'date', sortable: true },
      { key: 'grade', label: 'Grade', type: 'select', options: ['low', 'middle', 'high'] },
      { key: 'checked', label: 'Checked', type: 'boolean' },
      { key: 'price', label: 'Price', type: 'money', currency: 'EUR' },
      { key: 'begins', label: 'Begins', type: 'datetime' },
      { key: 'remark', label: 'Remark', type: 'text' },
    ],
  })
  const { results } = await client.post('/measurements/bulk', {
    records: Array.from({ length: count }, (_, n) => measurement(n)),
  })
  ids = results.map((result: Json) => result.id)
})
afterAll(() => system.stop())

async function walk(parameters: Record<string, string>, between?: () => Promise<unknown>): Promise<Json[]> {
  const seen: Json[] = []
  for (let cursor = ''; ; ) {
    const answer = await client.send('GET', `/measurements${queryOf({ ...parameters, limit: 60, cursor })}`)
    expect(answer.status, answer.text).toBe(200)
    const { pagination } = answer.body
    expect(Object.keys(pagination).sort()).toEqual(['hasNext', 'limit', 'nextCursor'])
    expect(pagination.hasNext).toBe(pagination.nextCursor !== null)
    seen.push(...answer.data)
    if (!pagination.hasNext) return seen
    cursor = pagination.nextCursor
    await between?.()
  }
}

async function pages(parameters: Record<string, string>): Promise<Json[]> {
  const seen: Json[] = []
  for (let page = 1; ; page++) {
    const answer = await client.send('GET', `/measurements${queryOf({ ...parameters, limit: 200, page })}`)
    seen.push(...answer.data)
    expect(answer.body.pagination).toEqual({
      page,
      limit: 200,
      total: count,
      totalPages: 3,
      hasNext: page < 3,
      hasPrev: page > 1,
    })
    if (page === 3) return seen
  }
}

const idsOf = (records: Json[]): string[] => records.map((record) => record.id)

const columns = [
  'name score places taken_on grade checked price begins remark',
  'title stage createdAt updatedAt recordNumber version id',
].flatMap((line) => line.split(' '))
const orders = [
  ...columns.flatMap((column) => [column, `-${column}`]),
  'score,name',
  '-score,name',
  'score,-taken_on,places',
  '-grade,-score,-places',
  'places,-remark,price',
  '-checked,begins,-score',
]

describe('500 records', () => {
  it.each(orders)('sorted by %s come once each, by cursor as by page', async (sort) => {
    const byCursor = await walk({ sort })
    expect(new Set(idsOf(byCursor)).size).toBe(count)
    expect(byCursor).toHaveLength(count)
    expect(idsOf(await pages({ sort }))).toEqual(idsOf(byCursor))
  })

  it.each(['score', '-score', 'taken_on', '-taken_on', 'begins', '-begins', 'remark', '-places'])(
    'sorted by %s have empty values last and the others in order',
    async (sort) => {
      const key = sort.replace('-', '')
      const values = (await walk({ sort })).map((record) => record[key])
      const filled = values.filter((value) => value !== null)
      expect(values.slice(filled.length).every((value) => value === null)).toBe(true)
      const sorted = [...filled].sort((a, b) => (typeof a === 'number' ? a - b : a < b ? -1 : a > b ? 1 : 0))
      expect(filled).toEqual(sort.startsWith('-') ? sorted.reverse() : sorted)
    },
  )

  it.each(['score', '-score', 'createdAt', '-createdAt', 'name', '-price,taken_on', 'remark'])(
    'walked by %s while others write are neither lost nor seen twice',
    async (sort) => {
      const before = new Set(ids)
      let n = 0
      const added: string[] = []
      const walked = idsOf(
        await walk({ sort }, async () => {
          for (const number of [n, n + 1, n + 2])
            added.push((await client.post('/measurements', measurement(number))).id)
          n += 3
        }),
      )
      expect(new Set(walked).size).toBe(walked.length)
      expect(walked.filter((id) => before.has(id))).toHaveLength(count)
      await client.delete('/measurements/bulk', { ids: added })
    },
  )

  it('are walked under a filter and a search as well', async () => {
    const parameters = { sort: '-score', 'places[gte]': '3', search: 'sample 1' }
    const walked = await walk(parameters)
    expect(new Set(idsOf(walked)).size).toBe(walked.length)
    const { count: counted } = await client.post('/measurements/count', {
      filter: { field: 'places', op: 'gte', value: 3 },
      search: 'sample 1',
    })
    expect(walked.length).toBe(counted)
    expect(counted).toBeGreaterThan(20)
  })

  it('are walked by the search of an object', async () => {
    const walked: string[] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const answer = await client.send('GET', `/measurements/search${queryOf({ q: 'sample 1', limit: 7, cursor })}`)
      walked.push(...idsOf(answer.data))
      cursor = answer.body.pagination.nextCursor
    }
    const { count: counted } = await client.post('/measurements/count', { search: 'sample 1' })
    expect([walked.length, new Set(walked).size]).toEqual([counted, counted])
  })

  it('are counted alike everywhere', async () => {
    expect(await client.post('/measurements/count', {})).toEqual({ count })
    const { objects } = await client.get('/workspace')
    expect(objects.find((object: Json) => object.slug === 'measurements').recordCount).toBe(count)
    const [sum] = await client.post('/measurements/aggregate', { measures: [{ op: 'count' }] })
    expect(sum).toEqual({ count })
  })
})

describe('what a list refuses', () => {
  it.each([
    ['limit=0', 'limit'],
    ['limit=201', 'limit'],
    ['limit=ten', 'limit'],
    ['limit=-1', 'limit'],
    ['limit=1.5', 'limit'],
    ['page=0', 'page'],
    ['page=x', 'page'],
    ['page=1&cursor=', 'cursor'],
    ['cursor=nonsense', 'cursor'],
    ['cursor=W10', 'cursor'],
    ['sort=nothing', 'sort'],
    ['sort=constructor', 'sort'],
    ['sort=__proto__', 'sort'],
    ['sort=name,score,places,grade,remark,price', 'sort'],
    ['fields=nothing', 'fields'],
    ['include=nothing', 'include'],
    ['include=name', 'include'],
    ['nothing=1', 'nothing'],
    ['score[about]=1', 'score'],
    ['score[gte]=many', 'score'],
    ['score[between]=1', 'score'],
    ['grade=highest', 'grade'],
    ['taken_on[gte]=soon', 'taken_on'],
    ['filter={', 'filter'],
    ['filter=[]', 'filter'],
    ['filter={"field":"nothing","op":"eq","value":1}', 'nothing'],
    ['deleted=perhaps', 'deleted'],
    ['name=%00', 'name'],
    ['search=%00', 'search'],
    ['format=csv', 'format'],
    ['limit=10&limit=20', 'limit'],
  ])('?%s', async (query, field) => {
    const answer = await client.send('GET', `/measurements?${query}`)
    expect([answer.status, answer.error?.code]).toEqual([400, 'VALIDATION_ERROR'])
    expect(answer.error.details.map((detail) => detail.field)).toEqual([field])
  })

  it('a cursor that was tampered with', async () => {
    const cursorOf = (parts: unknown) => Buffer.from(JSON.stringify(parts)).toString('base64url')
    const id = ids[0]!
    for (const [sort, parts] of [
      ['score', [0, ['5'], 'no id']],
      ['score', [0, [{}], id]],
      ['score', [0, [null], id]],
      ['createdAt', [0, ['soon'], id]],
      ['places', [0, ['many'], id]],
      ['price', [0, ['1e99'], id]],
      ['version', [0, ['1.5'], id]],
      ['begins', [0, ['999999-01-01'], id]],
      ['name', [0, ['\u0000'], id]],
      ['score', [2, ['5'], id]],
      ['score', { walk: 0 }],
      ['score', null],
    ] as const) {
      const answer = await client.send('GET', `/measurements${queryOf({ sort, cursor: cursorOf(parts) })}`)
      expect([answer.status, answer.error?.details[0]?.field], `${sort} ${JSON.stringify(parts)}`).toEqual([
        400,
        'cursor',
      ])
    }
  })

  it('a cursor of a history or of notes that was tampered with', async () => {
    const cursor = Buffer.from(JSON.stringify({ at: 'soon', id: ids[0] })).toString('base64url')
    for (const path of [`/measurements/${ids[0]}/history`, `/measurements/${ids[0]}/activities`]) {
      const answer = await client.send('GET', `${path}${queryOf({ cursor })}`)
      expect([answer.status, answer.error?.details[0]?.field]).toEqual([400, 'cursor'])
    }
  })

  it('a query in the body with parts it does not know', async () => {
    for (const [path, body, field] of [
      ['/query', { filters: {} }, 'filters'],
      ['/query', { sort: 'name' }, 'sort'],
      ['/count', { where: {} }, 'where'],
      ['/aggregate', { group_by: ['grade'] }, 'group_by'],
      ['/aggregate', { groupBy: ['nothing'] }, 'groupBy[0]'],
      ['/aggregate', { groupBy: ['constructor'] }, 'groupBy[0]'],
      ['/aggregate', { groupBy: ['price'] }, 'groupBy[0]'],
      ['/aggregate', { groupBy: [{ field: 'name', interval: 'day' }] }, 'groupBy[0].interval'],
      ['/aggregate', { measures: [{ op: 'sum', field: 'name' }] }, 'measures[0].op'],
      ['/aggregate', { measures: [{ op: 'sum' }] }, 'measures[0].field'],
    ] as const) {
      const answer = await client.send('POST', `/measurements${path}`, body)
      expect([answer.status, answer.error?.details[0]?.field], JSON.stringify(body)).toEqual([400, field])
    }
  })

  it('parameters of a single record that it does not know', async () => {
    for (const [path, field] of [
      [`/measurements/${ids[0]}?fields=nothing`, 'fields'],
      [`/measurements/${ids[0]}?nothing=1`, 'nothing'],
      [`/measurements/${ids[0]}?page=1`, 'page'],
      [`/measurements/${ids[0]}/history?nothing=1`, 'nothing'],
      [`/measurements/${ids[0]}/history?limit=0`, 'limit'],
      [`/measurements/search?q=a&nothing=1`, 'nothing'],
      [`/measurements/search`, 'q'],
      [`/search`, 'q'],
      [`/search?q=a&limit=1000`, 'limit'],
    ]) {
      const answer = await client.send('GET', path!)
      expect([answer.status, answer.error?.details[0]?.field], path).toEqual([400, field])
    }
  })
})
