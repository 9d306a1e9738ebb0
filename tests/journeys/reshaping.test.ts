/** Fields get other types and other names while people read and write: no value is lost, and everything follows. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ApiClient, endedJob, type Json } from '../client.ts'
import { type RunningSystem, startSystem } from '../server.ts'

let system: RunningSystem
let client: ApiClient

const text = (key: string, more: object = {}) => ({ key, label: key, type: 'text', ...more })
const convert = (key: string, body: object): Promise<Json> => client.post(`/objects/things/fields/${key}/convert`, body)
const typeOf = async (key: string): Promise<string> =>
  (await client.get('/objects/things')).fields.find((field: Json) => field.key === key).type
const becomes = (key: string, type: string) => expect.poll(() => typeOf(key), { timeout: 15_000 }).toBe(type)
const valuesOf = async (key: string): Promise<unknown[]> =>
  (await client.get(`/things?limit=200&sort=name`)).map((record: Json) => record[key])
const newest = async (): Promise<number> => (await client.get('/workspace/versions?limit=1'))[0].number

const amounts = ['12', '1,250.50', 'many', null]

beforeAll(async () => {
  system = await startSystem()
  client = await system.register({ template: 'blank' })
  await client.post('/objects', {
    slug: 'things',
    label: 'Thing',
    labelPlural: 'Things',
    fields: [
      text('name', { sortable: true, searchable: true }),
      text('amount', { searchable: true }),
      text('kind', { sortable: true }),
    ],
  })
  for (const [index, amount] of amounts.entries()) {
    await client.post('/things', { name: `T${index}`, amount, kind: index % 2 ? 'Odd' : 'Even' })
  }
})
afterAll(() => system.stop())

describe('a conversion', () => {
  it('is tried out first', async () => {
    const tried = await convert('amount', { type: 'number', dryRun: true })
    expect(tried).toMatchObject({ dryRun: true, jobId: null, checked: 3, total: 3, convertible: 2, lost: 1 })
    expect(tried.samples).toEqual([
      { id: expect.any(String), recordNumber: 'THI-000003', value: 'many', reason: expect.stringContaining('number') },
    ])
    expect(await typeOf('amount')).toBe('text')
    expect((await client.send('POST', '/objects/things/fields/amount/convert', { type: 'user' })).status).toBe(400)
    expect((await client.send('POST', '/objects/things/fields/none/convert', { type: 'number' })).status).toBe(404)
  })

  it('gives the values in the new type, in lists and filters, and keeps the others for the way back', async () => {
    const begun = await convert('amount', { type: 'number' })
    expect(begun.jobId).not.toBeNull()
    await becomes('amount', 'number')
    expect(await valuesOf('amount')).toEqual([12, 1250.5, null, null])
    const found = await client.get('/things?amount[gt]=100')
    expect(found.map((record: Json) => record.name)).toEqual(['T1'])
    const [group] = await client.post('/things/aggregate', { measures: [{ op: 'sum', field: 'amount' }] })
    expect(JSON.stringify(group)).toContain('1262.5')
    const first = found[0].id
    await client.patch(`/things/${first}`, { amount: 77 })
    await client.post('/things', { name: 'T4', amount: 5, kind: 'Even' })
    const done = await newest()
    await client.post(`/workspace/versions/${done}/undo`, {})
    expect(await typeOf('amount')).toBe('text')
    expect(await valuesOf('amount')).toEqual(['12', '77', 'many', null, '5'])
    await client.post(`/workspace/versions/${await newest()}/undo`, {})
    expect(await valuesOf('amount')).toEqual([12, 77, null, null, 5])
    expect((await convert('amount', { type: 'text' })).jobId).toBeNull()
    expect(await valuesOf('amount')).toEqual(['12', '77', 'many', null, '5'])
  })

  it('makes options of texts, and texts of options', async () => {
    const begun = await convert('kind', { type: 'select' })
    expect(begun.options.map((option: Json) => option.value)).toEqual(['Even', 'Odd'])
    await becomes('kind', 'select')
    await expect.poll(() => valuesOf('kind')).toEqual(['Even', 'Odd', 'Even', 'Odd', 'Even'])
    expect((await client.get('/things?kind=Odd&sort=-kind')).length).toBe(2)
    await convert('kind', { type: 'multiselect' })
    await becomes('kind', 'multiselect')
    expect((await valuesOf('kind'))[0]).toEqual(['Even'])
    await convert('kind', { type: 'text' })
    await becomes('kind', 'text')
    expect((await valuesOf('kind'))[1]).toBe('Odd')
  })

  it('loses nothing that is written while it goes on', async () => {
    await client.post('/objects/things/fields', text('size'))
    const many = Array.from({ length: 1_500 }, (_, index) => ({ name: `Z${index}`, size: String(index) }))
    for (let start = 0; start < many.length; start += 500) {
      await client.post('/things/bulk', { records: many.slice(start, start + 500) })
    }
    const records: Json[] = await client.get('/things?name[startsWith]=Z&limit=60')
    const expected = new Map<string, string>()
    let isOver = false
    const writers = [0, 1, 2].map(async (writer) => {
      for (let turn = 0; !isOver || turn < 20; turn++) {
        const record = records[(turn * 3 + writer) % records.length]
        if (!record || (turn * 3 + writer) % 3 !== writer) continue
        const value = String(writer * 10_000 + turn)
        const answer = await client.send('PATCH', `/things/${record.id}`, { size: value })
        if (answer.status === 200) expected.set(record.id, value)
        if (turn > 400) break
      }
    })
    await convert('size', { type: 'integer' })
    await becomes('size', 'integer')
    isOver = true
    await Promise.all(writers)
    for (const [id, value] of expected) expect(String((await client.get(`/things/${id}`)).size)).toBe(value)
    const open = await system.sql<{ count: number }>(
      `select count(*)::int as count from records r join fields f on f.tenant_id = r.tenant_id and f.key = 'size'
       where r.data ? 'size' and not r.data ? (f.definition ->> 'storedAs')`,
    )
    expect(open[0]!.count).toBe(0)
  }, 60_000)
})

describe('another name', () => {
  it('of a field is followed by all that names it, and the old one goes on to work', async () => {
    await client.post('/objects/things/fields', {
      key: 'twice',
      label: 'Twice',
      type: 'formula',
      computed: { expression: 'size * 2 + length("size")' },
    })
    const rules = [{ key: 'sane', message: 'No', check: { field: 'size', op: 'gte', value: 0 } }]
    await client.patch('/objects/things', { rules })
    const settings = { label: 'Sized', visibility: 'everyone', columns: ['name', 'size'], sort: ['-size'] }
    await client.post('/objects/things/views', { ...settings, filter: { field: 'size', op: 'gt', value: 1 } })
    const { id } = await client.post('/things', { name: 'Named', size: 700_021 })
    const before = await newest()
    await client.post('/objects/things/fields/size/rename', { name: 'extent' })
    expect(await newest()).toBe(before + 1)
    const object = await client.get('/objects/things')
    expect(object.rules[0].check.field).toBe('extent')
    const twice = object.fields.find((field: Json) => field.key === 'twice')
    expect(twice.computed).toMatchObject({ expression: 'extent * 2 + length("size")', problem: null })
    const view = (await client.get('/objects/things/views')).find((one: Json) => one.label === 'Sized')
    expect(view).toMatchObject({
      columns: ['name', 'extent'],
      sort: ['-extent'],
      filter: { field: 'extent', op: 'gt', value: 1 },
    })
    expect((await client.get(`/things/${id}`)).extent).toBe(700_021)
    await client.patch(`/things/${id}`, { extent: 700_022 })
    expect((await client.get('/things?extent=700022')).map((one: Json) => one.id)).toEqual([id])
    expect((await client.get('/things?size=700022')).map((one: Json) => one.id)).toEqual([id])
    expect((await client.get(`/things/${id}?fields=size`)).extent).toBe(700_022)
    expect((await client.get('/things?size=700022&fields=size'))[0].extent).toBe(700_022)
    await client.patch(`/things/${id}`, { size: 700_023 })
    expect((await client.get(`/things/${id}`)).extent).toBe(700_023)
    expect((await client.send('POST', '/objects/things/fields', text('size'))).status).toBe(400)
    expect((await client.send('POST', '/objects/things/fields/extent/rename', { name: 'name' })).status).toBe(400)
    await client.post(`/workspace/versions/${before + 1}/undo`, {})
    expect((await client.get(`/things/${id}`)).size).toBe(700_023)
  })

  it('of an object is followed too', async () => {
    await client.post('/objects', {
      slug: 'notes_of',
      label: 'Note',
      labelPlural: 'Notes',
      fields: [
        text('name'),
        {
          key: 'about',
          label: 'About',
          type: 'relation',
          relation: { object: 'things', inverse: { key: 'remarks', label: 'R' } },
        },
      ],
    })
    await client.post('/access/roles', { key: 'viewer', label: 'Viewer', objects: { things: { read: 'all' } } })
    const { id } = await client.post('/things', { name: 'Target', size: 1 })
    const note = await client.post('/notes_of', { name: 'N', about: id })
    const renamed = await client.post('/objects/things/rename', { name: 'items' })
    expect(renamed.slug).toBe('items')
    expect((await client.get(`/items/${id}`)).object).toBe('items')
    expect((await client.get(`/things/${id}`)).object).toBe('items')
    expect((await client.get(`/notes_of/${note.id}`)).about).toMatchObject({ id, object: 'items' })
    expect(Object.keys((await client.get('/access/roles/viewer')).objects)).toEqual(['items'])
    const notes = await client.get('/objects/notes_of')
    expect(notes.fields.find((field: Json) => field.key === 'about').relation.object).toBe('items')
    const taken = { slug: 'things', label: 'T', labelPlural: 'T', fields: [text('name')] }
    expect((await client.send('POST', '/objects', taken)).status).toBe(409)
  })
})

describe('an option that records hold', () => {
  const change = (key: string, body: object) => client.send('PATCH', `/objects/parcels/fields/${key}`, body)
  const retire = (key: string, value: string, body: object) =>
    client.send('POST', `/objects/parcels/fields/${key}/options/${value}/retire`, body)
  const counted = async (filter: string): Promise<number> =>
    (await client.send('GET', `/parcels?${filter}&limit=1&page=1`)).body.pagination.total
  const undoNewest = async () => client.post(`/workspace/versions/${await newest()}/undo`)
  const colors = ['red', 'blue', 'green']

  beforeAll(async () => {
    await client.post('/objects', {
      slug: 'parcels',
      label: 'Parcel',
      labelPlural: 'Parcels',
      fields: [
        text('name', { sortable: true }),
        { key: 'color', label: 'Color', type: 'select', options: colors, default: 'red', required: true },
        { key: 'marks', label: 'Marks', type: 'multiselect', options: ['fragile', 'heavy', 'wet'] },
        { key: 'words', label: 'Words', type: 'tags' },
      ],
    })
    const records = Array.from({ length: 400 }, (_, index) => ({
      name: `P${index}`,
      color: colors[index % 3],
      marks: index % 2 ? ['fragile', 'heavy'] : ['heavy'],
      words: ['old', 'kept'],
    }))
    await client.post('/parcels/bulk', { records })
  })

  it('goes only when it is said what comes in its place', async () => {
    const refused = await change('color', { options: ['blue', 'green'] })
    expect([refused.status, refused.error.details]).toEqual([
      409,
      [{ field: 'replace.red', message: '134 records hold it' }],
    ])
    expect((await retire('color', 'red', {})).status).toBe(409)
    expect((await retire('color', 'red', { replacement: null })).status).toBe(400)
    expect((await retire('color', 'red', { replacement: 'pink' })).status).toBe(400)
    expect((await retire('color', 'none', { replacement: 'blue' })).status).toBe(404)
    expect((await change('marks', { options: ['fragile', 'heavy'] })).status).toBe(200)
  })

  it('is refused at once from then on, and replaced by a job that the history tells of', async () => {
    const [one] = await client.get('/parcels?color=red&limit=1&sort=name')
    const retired = await retire('color', 'red', { replacement: 'blue' })
    expect(retired.data).toEqual({ records: 134, jobId: expect.any(String) })
    expect((await client.send('POST', '/parcels', { name: 'Late', color: 'red' })).status).toBe(400)
    expect((await client.post('/parcels', { name: 'Late' })).color).toBe('blue')
    expect((await endedJob(client, retired.data.jobId)).status).toBe('completed')
    expect(await counted('color=blue')).toBe(134 + 133 + 1)
    const [last] = await client.get(`/parcels/${one.id}/history`)
    expect(last).toMatchObject({ source: 'system', changes: [{ field: 'color', before: 'red', after: 'blue' }] })
  })

  it('comes back with its values, except where somebody has changed them since', async () => {
    const changed = await client.get('/parcels?color=blue&limit=3&sort=name')
    await client.patch(`/parcels/${changed[0].id}`, { color: 'green' })
    await client.patch(`/parcels/${changed[1].id}`, { name: 'Only its name' })
    await undoNewest()
    await expect.poll(() => counted('color=red'), { timeout: 10_000 }).toBeGreaterThanOrEqual(133)
    expect(await counted('color=green')).toBe(133 + 1)
    expect((await client.get(`/parcels/${changed[1].id}`)).name).toBe('Only its name')
    const field = (await client.get('/objects/parcels')).fields.find((one: Json) => one.key === 'color')
    expect([field.options.map((option: Json) => option.value), field.default]).toEqual([colors, 'red'])
  })

  it('goes from lists and from among tags too', async () => {
    const { data } = await retire('marks', 'heavy', { replacement: 'fragile' })
    expect((await endedJob(client, data.jobId)).status).toBe('completed')
    expect((await client.get('/parcels?name=P1'))[0].marks).toEqual(['fragile'])
    await undoNewest()
    await expect.poll(async () => (await client.get('/parcels?name=P1'))[0].marks).toEqual(['fragile', 'heavy'])
    await expect.poll(() => counted('marks=heavy')).toBe(400)
    const emptied = await retire('marks', 'heavy', { replacement: null })
    await endedJob(client, emptied.data.jobId)
    expect((await client.get('/parcels?name=P2'))[0].marks).toBeNull()
    const words = await retire('words', 'old', { replacement: 'new' })
    await endedJob(client, words.data.jobId)
    expect((await client.get('/parcels?name=P2'))[0].words).toEqual(['new', 'kept'])
  })
})
