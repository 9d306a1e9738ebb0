/** Data sets as the world has them: each becomes an object of its own, with the rows in it and the types they have. */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type ApiClient, endedJob, type Json } from '../client.ts'
import { addMember, defineRole, type RunningSystem, startSystem } from '../server.ts'

const dataSets = join(dirname(createRequire(import.meta.url).resolve('vega-datasets/package.json')), 'data')

vi.setConfig({ testTimeout: 60_000 })

let system: RunningSystem
let client: ApiClient

beforeAll(async () => {
  system = await startSystem()
  client = await system.register({ template: 'blank' })
})
afterAll(() => system?.stop())

async function upload(fileName: string, content: Uint8Array, as = client): Promise<Json> {
  const form = new FormData()
  form.set('file', new File([new Uint8Array(content)], fileName))
  const response = await fetch(`${as.url}/api/v1/uploads`, {
    method: 'POST',
    headers: { authorization: `Bearer ${as.session!.accessToken}` },
    body: form,
  })
  return { status: response.status, ...((await response.json()) as object) }
}

async function propose(fileName: string, content: Uint8Array = readFileSync(join(dataSets, fileName))): Promise<Json> {
  const { status, data } = await upload(fileName, content)
  expect(status).toBe(201)
  return client.post(`/uploads/${data.id}/proposal`, {})
}

const inputOf = ({ uploadId, object, columns }: Json): Json => ({
  uploadId,
  object,
  mapping: Object.fromEntries(columns.map(({ index, field }: Json) => [index, field])),
})

/** The object as it was proposed, with every row in it. */
async function bringIn(fileName: string): Promise<{ proposal: Json; job: Json; types: Json; slug: string }> {
  const proposal = await propose(fileName)
  const { jobId } = await client.post('/objects/from-upload', inputOf(proposal))
  const job = await endedJob(client, jobId)
  const { fields } = await client.get(`/objects/${proposal.object.slug}`)
  const types = Object.fromEntries(fields.map(({ key, type }: Json) => [key, type]))
  return { proposal, job, types, slug: proposal.object.slug }
}

const found = async (slug: string, query: string): Promise<Json> => (await client.get(`/${slug}?${query}`))[0]

describe('data sets as they come', () => {
  it.each([
    [
      'cars.json',
      406,
      { name: 'text', miles_per_gallon: 'number', cylinders: 'integer', year: 'date', origin: 'select' },
    ],
    ['countries.json', 620, { country: 'text', fertility: 'number', year: 'integer' }],
    ['gapminder.json', 682, { country: 'text', pop: 'integer', life_expect: 'number' }],
    ['penguins.json', 344, { species: 'select', body_mass_g: 'integer', beak_length_mm: 'number' }],
    ['us-state-capitals.json', 50, { state: 'text', city: 'text', lon: 'number', lat: 'number' }],
    ['monarchs.json', 12, { name: 'text', start: 'integer' }],
    ['barley.json', 120, { variety: 'select', site: 'select', yield: 'number', name: 'text' }],
    ['seattle-weather.csv', 1461, { date: 'date', precipitation: 'number', weather: 'select', name: 'text' }],
    ['stocks.csv', 560, { symbol: 'select', date: 'date', price: 'number' }],
    ['disasters.csv', 803, { entity: 'select', year: 'integer', deaths: 'integer' }],
    ['la-riots.csv', 63, { first_name: 'text', age: 'integer', death_date: 'date', gender: 'select' }],
    ['unemployment.tsv', 3218, { unemployment_id: 'integer', rate: 'number' }],
    ['github.csv', 955, { time: 'datetime', count: 'integer' }],
  ])('%s becomes an object with %i records', async (fileName, rows, expected) => {
    const { proposal, job, types, slug } = await bringIn(fileName)
    expect(job.result).toMatchObject({ total: rows, created: rows, refused: 0, duplicates: 0 })
    expect(proposal.rowCount).toBe(rows)
    expect(types).toMatchObject(expected)
    const [count] = await client.post(`/${slug}/aggregate`, { measures: [{ op: 'count' }] })
    expect(count.count).toBe(rows)
  })

  it('keep their values', async () => {
    expect(await found('cars', 'name=ford%20torino')).toMatchObject({
      title: 'ford torino',
      miles_per_gallon: 17,
      cylinders: 8,
      year: '1970-01-01',
      origin: 'USA',
    })
    expect(await found('seattle_weather', 'date=2012-01-02')).toMatchObject({
      title: '2012-01-02 · rain',
      precipitation: 10.9,
      temp_min: 2.8,
    })
    expect(await found('us_state_capitals', 'city=Juneau')).toMatchObject({ lat: 58.301935, lon: -134.41974 })
    expect(await found('stocks', 'symbol=AAPL&date=2000-03-01')).toMatchObject({ price: 33.95 })
    expect(await found('unemployment', 'unemployment_id=1001')).toMatchObject({ rate: 0.097 })
    expect(await found('github', 'count=3')).toMatchObject({ time: expect.stringMatching(/T\d\d:00:00/) })
  })

  it('have identifiers and places', async () => {
    const { proposal, job, slug } = await bringIn('airports.csv')
    expect(job.result).toMatchObject({ created: 3376, refused: 0 })
    const { fields, labelPlural, label } = await client.get(`/objects/${slug}`)
    expect([label, labelPlural]).toEqual(['Airport', 'Airports'])
    const field = (key: string) => fields.find((one: Json) => one.key === key)
    expect(field('iata')).toMatchObject({ type: 'text', unique: true })
    expect(field('latitude')).toMatchObject({ type: 'number', rules: { min: -90, max: 90 } })
    expect(proposal.object.roles.title).toBe('name')
    expect(await found(slug, 'iata=SEA')).toMatchObject({ title: 'Seattle-Tacoma Intl', city: 'Seattle', state: 'WA' })
    const again = await client.send('POST', `/${slug}`, { iata: 'sea', name: 'Another' })
    expect(again.status).toBe(409)
  })

  it('come in with odd titles too: the films', async () => {
    const { job, types, slug } = await bringIn('movies.json')
    expect(job.result).toMatchObject({ total: 3201, created: 3201, refused: 0 })
    expect(types).toMatchObject({
      title: 'text',
      us_gross: 'integer',
      release_date: 'date',
      mpaa_rating: 'select',
      major_genre: 'select',
      imdb_rating: 'number',
      director: 'text',
    })
    for (const title of ['1776', '300', '21', '2046'])
      expect(await found(slug, `title=${title}`)).toMatchObject({ title })
    const source = JSON.parse(readFileSync(join(dataSets, 'movies.json'), 'utf8')) as Record<string, unknown>[]
    const gross = source.reduce((sum, film) => sum + Number(film['US Gross'] ?? 0), 0)
    const [sums] = await client.post(`/${slug}/aggregate`, {
      measures: [{ op: 'count' }, { op: 'sum', field: 'us_gross' }],
    })
    expect(sums).toMatchObject({ count: source.length })
    expect(JSON.stringify(sums)).toContain(String(gross))
    const untitled = await client.get(`/${slug}?title[empty]=true`)
    expect(untitled).toHaveLength(source.filter(({ Title }) => Title === null).length)
  })
})

const text = (content: string): Uint8Array => new TextEncoder().encode(content)

describe('a proposal', () => {
  it('tells types by their values', async () => {
    const rows = Array.from({ length: 30 }, (_, n) =>
      [
        `P${n}`,
        `p${n}@example.com`,
        `+6140000${String(1000 + n)}`,
        `$${n}.50`,
        `${n} %`,
        n % 2 ? 'yes' : 'no',
        `0${n}`,
        `https://example.com/${n}`,
        `2026-01-0${1 + (n % 9)} 10:0${n % 6}`,
        n === 7 ? 'unknown' : n,
      ].join(';'),
    )
    const header = 'Code;Mail;Mobile;Price;Share;Active;Post code;Site;Seen at;Score'
    const proposal = await propose('contacts.csv', text([header, ...rows].join('\n')))
    expect(proposal.columns.map(({ field, type }: Json) => `${field} ${type}`)).toEqual([
      'code text',
      'mail email',
      'mobile phone',
      'price money',
      'share percent',
      'active boolean',
      'post_code text',
      'site url',
      'seen_at datetime',
      'score text',
    ])
    expect(proposal.columns.at(-1).alternatives).toEqual([
      { type: 'integer', unreadable: 1, examples: ['unknown'] },
      { type: 'number', unreadable: 1, examples: ['unknown'] },
    ])
    expect(proposal.object.fields.filter((field: Json) => field.unique).map(({ key }: Json) => key)).toEqual([
      'code',
      'mail',
    ])
  })

  it('offers what numbers could mean, and does not count what says nothing', async () => {
    const proposal = await propose('parts.csv', text('Part;Price;Stock\nTube;4,90;12\nPad;11,50;n/a\nChain;24,00;1'))
    const [, price, stock] = proposal.columns
    expect([price.type, price.alternatives.map(({ type }: Json) => type)]).toEqual(['number', ['money', 'percent']])
    expect(stock).toMatchObject({ type: 'integer', filled: 2, distinct: 2 })
    const { object, ...input } = inputOf(proposal)
    const fields = object.fields.map((one: Json) => (one.key === 'price' ? { ...one, type: 'money' } : one))
    const { jobId } = await client.post('/objects/from-upload', { ...input, object: { ...object, fields } })
    expect((await endedJob(client, jobId)).result).toMatchObject({ created: 3, refused: 0 })
    expect(await found('parts', 'part=Pad')).toMatchObject({ price: { amount: '11.50' }, stock: null })
  })

  it('lays nested objects out and keeps lists', async () => {
    const items = [
      { id: 1, name: 'Ann', address: { city: 'Perth', geo: { lat: -31.95 } }, tags: ['a', 'b'] },
      { id: 2, name: 'Bob "B", ]', address: { city: 'Lima' }, tags: [] },
    ]
    const proposal = await propose('people.json', text(JSON.stringify(items)))
    expect(proposal.columns.map(({ name, field, type }: Json) => [name, field, type])).toEqual([
      ['id', 'people_id', 'integer'],
      ['name', 'name', 'text'],
      ['address.city', 'address_city', 'text'],
      ['address.geo.lat', 'address_geo_lat', 'number'],
      ['tags', 'tags', 'json'],
    ])
    const { jobId } = await client.post('/objects/from-upload', inputOf(proposal))
    expect((await endedJob(client, jobId)).result).toMatchObject({ created: 2 })
    expect(await found('people', 'people_id=2')).toMatchObject({ name: 'Bob "B", ]', address_city: 'Lima' })
  })

  it('is changed as one likes; what does not fit is refused and leaves nothing behind', async () => {
    const proposal = await propose('barley.json')
    const input = inputOf(proposal)
    const refused = await client.send('POST', '/objects/from-upload', {
      ...input,
      mapping: { ...input.mapping, 9: 'site' },
    })
    expect(refused.status).toBe(400)
    expect((await client.send('GET', `/objects/${proposal.object.slug}`)).status).toBe(404)
    const changed = {
      ...input,
      object: { ...input.object, slug: 'harvests', label: 'Harvest', labelPlural: 'Harvests' },
      mapping: { ...input.mapping, 2: null },
    }
    const { jobId } = await client.post('/objects/from-upload', changed)
    expect((await endedJob(client, jobId)).result).toMatchObject({ created: 120 })
    expect(await found('harvests', 'site=Duluth')).toMatchObject({ site: 'Duluth' })
  })

  it.each([
    ['an object', '{"features": []}', 'list of objects'],
    ['a list of numbers', '[{"a": 1}, 2]', 'item 2 is no object'],
    ['half a file', '[{"a": 1}, {"a"', 'does not end'],
  ])('is refused for %s', async (_what, content, message) => {
    const { data } = await upload('odd.json', text(content))
    const answer = await client.send('POST', `/uploads/${data.id}/proposal`, {})
    expect([answer.status, answer.error.message]).toEqual([400, expect.stringContaining(message)])
  })
})

describe('a workbook', () => {
  it('is proposed and brought in as the file that it was made of', async () => {
    const { slug } = await bringIn('co2-concentration.csv')
    const response = await fetch(`${client.url}/api/v1/${slug}/export?format=xlsx`, {
      headers: { authorization: `Bearer ${client.session!.accessToken}` },
    })
    const proposal = await propose('readings.xlsx', new Uint8Array(await response.arrayBuffer()))
    expect(proposal.format).toMatchObject({ kind: 'xlsx', sheets: [expect.any(String)] })
    const types = Object.fromEntries(proposal.columns.map(({ name, type }: Json) => [name, type]))
    expect(types).toMatchObject({ Date: 'date', CO2: 'number' })
    expect(proposal.object).toMatchObject({ slug: 'readings', label: 'Reading' })
    const elsewhere = await client.send('POST', `/uploads/${proposal.uploadId}/proposal`, { sheet: 'Nowhere' })
    expect([elsewhere.status, elsewhere.error.message]).toEqual([400, expect.stringContaining('Nowhere')])
    const { sheet } = proposal.format
    const { jobId } = await client.post('/objects/from-upload', { ...inputOf(proposal), sheet })
    const { result } = await endedJob(client, jobId)
    expect(result).toMatchObject({ created: proposal.rowCount, refused: 0, createsObject: true })
    const total = async (of: string) =>
      (await client.post(`/${of}/aggregate`, { measures: [{ op: 'sum', field: 'co2' }, { op: 'count' }] }))[0]
    expect(await total('readings')).toEqual(await total(slug))
  })
})

describe('taking it back', () => {
  it('removes the records and the object', async () => {
    const { job, slug } = await bringIn('driving.json')
    const undo = await client.post(`/imports/${job.result.importId}/undo`, {})
    expect((await endedJob(client, undo.jobId)).result).toMatchObject({ deleted: 55, kept: 0, objectRemoved: true })
    expect((await client.send('GET', `/objects/${slug}`)).status).toBe(404)
    expect((await bringIn('driving.json')).slug).toBe(slug)
  })

  it('leaves the object where somebody went on with it', async () => {
    const { job, slug } = await bringIn('wheat.json')
    await client.post(`/${slug}`, {})
    const undo = await client.post(`/imports/${job.result.importId}/undo`, {})
    expect((await endedJob(client, undo.jobId)).result).toMatchObject({ deleted: 52, objectRemoved: false })
    expect(await client.get(`/${slug}`)).toHaveLength(1)
  })

  it('removes the object also where every row was refused', async () => {
    const proposal = await propose('lots.csv', text('lot,size\nA,1\nB,2'))
    const { object, ...input } = inputOf(proposal)
    const fields = object.fields.map((field: Json) => (field.key === 'size' ? { ...field, rules: { min: 10 } } : field))
    const { jobId } = await client.post('/objects/from-upload', { ...input, object: { ...object, fields } })
    const { result } = await endedJob(client, jobId)
    expect(result).toMatchObject({ created: 0, refused: 2, undoable: true })
    const undo = await client.post(`/imports/${result.importId}/undo`, {})
    expect((await endedJob(client, undo.jobId)).result).toMatchObject({ deleted: 0, objectRemoved: true })
  })
})

describe('rights', () => {
  it('are those of administrators of objects who may import', async () => {
    await defineRole(system, client.tenantId, 'clerk', {
      objects: { '*': { read: 'all', create: 'all', import: 'all' } },
    })
    const clerk = await addMember(system, client.tenantId, ['clerk'])
    expect((await upload('a.csv', text('a\n1'), clerk)).status).toBe(403)
    const { data } = await upload('a.csv', text('a\n1'))
    expect((await clerk.send('POST', `/uploads/${data.id}/proposal`, {})).status).toBe(403)
    const other = await system.register({ template: 'blank' })
    expect((await other.send('POST', `/uploads/${data.id}/proposal`, {})).status).toBe(404)
  })
})
