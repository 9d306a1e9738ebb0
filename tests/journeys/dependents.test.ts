/** What depends on a field or an object is told before it goes, stands in its way, and is mended when it goes anyway. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ApiClient, Json } from '../client.ts'
import { type RunningSystem, startSystem } from '../server.ts'

let system: RunningSystem
let client: ApiClient

const text = (key: string, more: object = {}) => ({ key, label: key, type: 'text', ...more })
const places = ({ dependents }: Json) => dependents.map((one: Json) => `${one.kind} ${one.key} ${one.where}`).sort()

beforeAll(async () => {
  system = await startSystem()
  client = await system.register({ template: 'blank' })
  await client.post('/objects', {
    slug: 'owners',
    label: 'Owner',
    labelPlural: 'Owners',
    fields: [text('name'), text('city'), { key: 'level', label: 'Level', type: 'select', options: ['gold', 'silver'] }],
  })
  await client.post('/objects', {
    slug: 'houses',
    label: 'House',
    labelPlural: 'Houses',
    fields: [
      text('name'),
      { key: 'size', label: 'Size', type: 'number' },
      { key: 'price', label: 'Price', type: 'money', currency: 'EUR' },
      {
        key: 'owner',
        label: 'Owner',
        type: 'relation',
        relation: { object: 'owners', inverse: { key: 'houses', label: 'Houses' } },
      },
      text('note', { conditions: { visible: { field: 'size', op: 'gt', value: 10 } } }),
    ],
    roles: { title: 'name', amount: 'price' },
    rules: [{ key: 'sane', message: 'Too small', check: 'size > 0 && name != "size"' }],
    uniqueKeys: [{ key: 'both', fields: ['name', 'size'] }],
  })
  await client.post('/objects/houses/fields', {
    key: 'double',
    label: 'Double',
    type: 'formula',
    computed: { expression: 'size * 2' },
  })
  await client.post('/objects/owners/fields', {
    key: 'space',
    label: 'Space',
    type: 'rollup',
    computed: { relation: 'houses', op: 'sum', field: 'size' },
  })
  await client.post('/objects/houses/views', {
    label: 'Big',
    visibility: 'everyone',
    columns: ['name', 'size', 'owner.city'],
    sort: ['-size'],
    filter: {
      and: [
        { field: 'size', op: 'gt', value: 100 },
        { field: 'name', op: 'notEmpty' },
      ],
    },
  })
  const house = { read: { scope: 'all', filter: { field: 'size', op: 'lt', value: 50 } }, fields: { size: 'read' } }
  await client.post('/access/roles', { key: 'small', label: 'Small', objects: { houses: house } })
  const { id } = await client.post('/owners', { name: 'Ann', city: 'Lugo', level: 'gold' })
  await client.post('/houses', { name: 'Hut', size: 20, owner: id })
})
afterAll(() => system.stop())

describe('what depends on a field', () => {
  it('is found wherever it is named', async () => {
    const found = await client.get('/objects/houses/fields/size/dependents')
    expect(found.records).toBe(1)
    expect(places(found)).toEqual([
      'field double computed',
      'field note conditions.visible',
      'field space computed',
      'object houses rules.sane',
      'object houses uniqueKeys.both',
      'role small objects.houses.fields',
      'role small objects.houses.read',
      expect.stringMatching(/^view .* columns$/),
      expect.stringMatching(/^view .* filter$/),
      expect.stringMatching(/^view .* sort$/),
    ])
    const beyond = await client.get('/objects/owners/fields/city/dependents')
    expect(places(beyond)).toEqual([expect.stringMatching(/^view .* columns$/)])
    const relation = await client.get('/objects/owners/relations/houses/dependents')
    expect(places(relation)).toEqual(['field space computed', expect.stringMatching(/^view .* columns$/)])
    const option = await client.get('/objects/owners/fields/level/options/gold/dependents')
    expect(option).toEqual({ dependents: [], records: 1 })
    expect((await client.send('GET', '/objects/houses/fields/none/dependents')).status).toBe(404)
    expect((await client.send('GET', '/objects/owners/fields/level/options/tin/dependents')).status).toBe(404)
  })

  it('stands in the way of its removal, by name', async () => {
    const refused = await client.send('DELETE', '/objects/houses/fields/size')
    expect([refused.status, refused.error.details.length]).toEqual([409, 10])
    expect(refused.error.details.map((one) => one.field)).toContain('field.owners.space')
    expect(refused.error.message).toContain('force=true')
  })

  it('is mended with force, and comes back with the field', async () => {
    const before = await client.get('/objects')
    const view = (await client.get('/objects/houses/views')).find((one: Json) => one.label === 'Big')
    await client.delete('/objects/houses/fields/size?force=true')
    const houses = await client.get('/objects/houses')
    expect([houses.rules, houses.uniqueKeys]).toEqual([[], []])
    expect(houses.fields.find((field: Json) => field.key === 'note').conditions).toBeNull()
    const mended = (await client.get('/objects/houses/views')).find((one: Json) => one.label === 'Big')
    expect(mended).toMatchObject({
      columns: ['name', 'owner.city'],
      sort: [],
      filter: { and: [{ field: 'name', op: 'notEmpty' }] },
    })
    const { objects } = await client.get('/access/roles/small')
    expect(objects.houses.read).toBeUndefined()
    await expect.poll(async () => (await client.get('/houses'))[0].double ?? null, { timeout: 10_000 }).toBeNull()
    const [version] = await client.get('/workspace/versions?limit=1')
    await client.post(`/workspace/versions/${version.number}/undo`, {})
    const plain = (list: Json) =>
      list.map(({ version: _, fields, ...rest }: Json) => ({
        ...rest,
        fields: fields.map(({ computing: _, jobId: __, ...field }: Json) => field),
      }))
    expect(plain(await client.get('/objects'))).toEqual(plain(before))
    const back = (await client.get('/objects/houses/views')).find((one: Json) => one.label === 'Big')
    // A change taken back is a change as well: the version goes on.
    expect(back).toEqual({ ...view, version: back.version })
    expect((await client.get('/access/roles/small')).objects.houses.read).toMatchObject({ scope: 'all' })
  })
})

describe('what depends on an object', () => {
  it('is told and mended', async () => {
    const found = await client.get('/objects/owners/dependents')
    expect(found.records).toBe(1)
    expect(places(found)).toEqual(['field owner relation', expect.stringMatching(/^view .* columns$/)])
    expect((await client.send('DELETE', '/objects/owners')).status).toBe(409)
    await client.delete('/objects/owners?force=true')
    const view = (await client.get('/objects/houses/views')).find((one: Json) => one.label === 'Big')
    expect(view.columns).toEqual(['name', 'size'])
  })
})

describe('what depends on a role', () => {
  it('is told', async () => {
    const found = await client.get('/access/roles/owner/dependents')
    expect(found.dependents[0]).toMatchObject({ kind: 'members', key: 'owner' })
    expect((await client.send('GET', '/access/roles/nobody/dependents')).status).toBe(404)
  })
})
