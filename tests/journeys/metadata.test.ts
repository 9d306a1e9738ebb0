/** Templates, objects, fields and views, changed while the workspace runs. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ApiClient, Json } from '../client.ts'
import { addMember, type RunningSystem, startSystem } from '../server.ts'

let system: RunningSystem
let client: ApiClient

const text = (key: string, more: object = {}) => ({ key, label: key, type: 'text', ...more })
const fieldOf = (object: Json, key: string): Json => object.fields.find((field: Json) => field.key === key)

beforeAll(async () => {
  system = await startSystem()
  client = await system.register({ template: 'blank' })
})
afterAll(() => system.stop())

describe('a template', () => {
  it('is one of seven, applied once, and changed only while there are no records', async () => {
    const templates = await system.anonymous().get('/templates')
    expect(templates.map((template: Json) => template.slug).sort()).toEqual([
      'blank',
      'corporate',
      'hospital',
      'imaging-clinic',
      'jewellery',
      'real-estate',
      'recruiting',
    ])
    const other = await system.register()
    expect((await other.send('POST', '/workspace/template', { template: 'nothing' })).status).toBe(404)
    expect((await other.send('POST', '/workspace/template', {})).status).toBe(400)
    for (const { slug } of templates) {
      const workspace = await other.post('/workspace/template', { template: slug })
      expect(workspace.template.slug).toBe(slug)
    }
    await other.post('/workspace/template', { template: 'hospital', sampleData: true })
    const [patient] = await other.get('/patients')
    expect(patient.title).not.toBe('')
    const refused = await other.send('POST', '/workspace/template', { template: 'blank' })
    expect([refused.status, refused.error.code]).toEqual([409, 'CONFLICT'])
    const again = await other.send('POST', '/workspace/samples', {})
    expect([again.status, again.error?.code]).toEqual([409, 'CONFLICT'])
    expect((await other.delete('/workspace/samples')).removed).toBeGreaterThan(100)
    expect(await other.post('/patients/count', {})).toEqual({ count: 0 })
    await other.post('/workspace/template', { template: 'blank' })
    expect((await other.send('GET', '/patients')).status).toBe(404)
  })
})

describe('an object', () => {
  it('is added, used, changed and retired', async () => {
    const created = await client.send('POST', '/objects', {
      slug: 'rooms',
      label: { en: 'Room', es: 'Sala' },
      labelPlural: { en: 'Rooms', es: 'Salas' },
      fields: [text('name', { required: true, searchable: true }), { key: 'floor', label: 'Floor', type: 'integer' }],
    })
    expect([created.status, created.headers.get('location')]).toEqual([201, '/api/v1/objects/rooms'])
    const room = await client.post('/rooms', { name: 'Blue' })
    expect(room).toMatchObject({ object: 'rooms', recordNumber: 'ROO-000001', title: 'Blue', floor: null })
    const spanish = await client.send('GET', '/objects/rooms', undefined, { headers: { 'accept-language': 'es-ES' } })
    expect(spanish.data).toMatchObject({ label: 'Sala', labelPlural: 'Salas', recordCount: 1 })
    expect(await client.patch('/objects/rooms', { label: 'Hall', icon: 'door' })).toMatchObject({
      label: 'Hall',
      icon: 'door',
    })
    expect((await client.send('PATCH', '/objects/rooms', { numberPrefix: 'R-' })).status).toBe(409)
    expect(
      (await client.send('POST', '/objects', { slug: 'rooms', label: 'a', labelPlural: 'b', fields: [text('a')] }))
        .status,
    ).toBe(409)
    expect((await client.send('DELETE', '/objects/rooms')).status).toBe(409)
    expect((await client.send('DELETE', '/objects/rooms?force=true')).status).toBe(204)
    expect((await client.send('GET', '/rooms')).status).toBe(404)
    expect(await client.get('/search?q=blue')).toEqual([])
  })

  it.each([
    [{ slug: 'Rooms' }, 'slug'],
    [{ slug: 'search' }, 'slug'],
    [{ slug: 'auth' }, 'slug'],
    [{ fields: [] }, 'fields'],
    [{ fields: [text('a'), text('a')] }, 'fields[1].key'],
    [{ fields: [text('a', { type: 'nothing' })] }, 'fields.0.type'],
    [{ roles: { stage: 'a' } }, 'roles.stage'],
    [{ label: '' }, 'label'],
    [{ nothing: 1 }, 'nothing'],
  ])('is refused with %j', async (wrong, field) => {
    const right = { slug: 'halls', label: 'Hall', labelPlural: 'Halls', fields: [text('a')] }
    const answer = await client.send('POST', '/objects', { ...right, ...wrong })
    expect([answer.status, answer.error?.details[0]?.field]).toEqual([400, field])
  })
})

describe('a field', () => {
  beforeAll(async () => {
    await client.post('/objects', { slug: 'items', label: 'Item', labelPlural: 'Items', fields: [text('name')] })
    await client.post('/items/bulk', { records: [{ name: 'one' }, { name: 'two' }, { name: 'three' }] })
  })

  it('that becomes sortable or searchable covers the records there are', async () => {
    await client.post('/objects/items/fields', { key: 'rank', label: 'Rank', type: 'integer' })
    for (const [n, { id }] of (await client.get('/items?sort=name')).entries()) {
      await client.patch(`/items/${id}`, { rank: 10 - n })
    }
    await client.post('/objects/items/fields', text('colour'))
    const [first] = await client.get('/items?rank=10')
    await client.patch(`/items/${first.id}`, { colour: 'vermilion' })
    expect(await client.get('/items?search=vermilion')).toEqual([])
    await client.patch('/objects/items/fields/colour', { searchable: true })
    await expect.poll(() => client.get('/items?search=vermilion'), { timeout: 20_000 }).toHaveLength(1)
    await client.patch('/objects/items/fields/rank', { sortable: true })
    const ranks = (await client.get('/items?sort=rank')).map((item: Json) => item.rank)
    expect(ranks).toEqual([8, 9, 10])
    expect(await client.get('/items?rank[gt]=8')).toHaveLength(2)
  })

  it('that becomes unique is refused while values are shared', async () => {
    await client.post('/objects/items/fields', text('code'))
    const ids = (await client.get('/items')).map((item: Json) => item.id)
    await client.patch('/items/bulk', { ids, updates: { code: 'same' } })
    expect((await client.send('PATCH', '/objects/items/fields/code', { unique: true })).status).toBe(409)
    await client.patch('/items/bulk', { ids: ids.slice(1), updates: { code: null } })
    await client.patch('/objects/items/fields/code', { unique: true })
    expect((await client.send('PATCH', `/items/${ids[1]}`, { code: 'SAME' })).status).toBe(409)
    await client.patch('/objects/items/fields/code', { unique: false })
    expect((await client.send('PATCH', `/items/${ids[1]}`, { code: 'same' })).status).toBe(200)
  })

  it('that is retired hides its values, and brings them back', async () => {
    await client.post('/objects/items/fields', text('remark'))
    const [{ id }] = await client.get('/items')
    await client.patch(`/items/${id}`, { remark: 'kept' })
    expect((await client.send('DELETE', '/objects/items/fields/remark')).status).toBe(204)
    expect(await client.get(`/items/${id}`)).not.toHaveProperty('remark')
    expect((await client.send('PATCH', `/items/${id}`, { remark: 'x' })).status).toBe(400)
    await client.patch(`/items/${id}`, { name: 'renamed' })
    expect(JSON.stringify(await client.get(`/items/${id}/history`))).not.toContain('remark')
    expect((await client.get('/objects/items/fields/retired')).map((field: Json) => field.key)).toEqual(['remark'])
    expect((await client.send('POST', '/objects/items/fields', text('remark'))).status).toBe(400)
    await client.post('/objects/items/fields/remark/restore')
    expect(await client.get(`/items/${id}`)).toMatchObject({ remark: 'kept', name: 'renamed' })
    expect((await client.send('DELETE', '/objects/items/fields/name')).status).toBe(409)
  })

  it('that is unique takes long values, and is of a type that has an order', async () => {
    const refused = await client.send('POST', '/objects/items/fields', {
      key: 'labels',
      label: 'Labels',
      type: 'tags',
      unique: true,
    })
    expect([refused.status, refused.error.details[0]?.field]).toEqual([400, 'unique'])
    await client.post('/objects/items/fields', { key: 'essay', label: 'Essay', type: 'longtext', unique: true })
    const essay = Array.from({ length: 4_000 }, (_, n) => String.fromCodePoint(0x4e00 + n * 5)).join('')
    await client.post('/items', { name: 'five', essay })
    expect((await client.send('POST', '/items', { name: 'six', essay })).status).toBe(409)
    await client.post('/items', { name: 'seven', essay: `${essay}.` })
  })

  it('that is a relation has a name of its own at either side', async () => {
    const to = (key: string, object: string, inverse: string) => ({
      key,
      label: key,
      type: 'relation',
      relation: { object, inverse: { key: inverse, label: inverse } },
    })
    const onItself = await client.send('POST', '/objects/items/fields', to('parent', 'items', 'parent'))
    expect([onItself.status, onItself.error?.details[0]?.field]).toEqual([400, 'relation.inverse.key'])
    for (const fields of [[to('one', 'items', 'boxes'), to('two', 'items', 'boxes')], [to('inner', 'boxes', 'name')]]) {
      const settings = { slug: 'boxes', label: 'Box', labelPlural: 'Boxes', fields: [text('name'), ...fields] }
      const answer = await client.send('POST', '/objects', settings)
      expect([answer.status, answer.error?.details[0]?.field]).toEqual([
        400,
        `fields[${fields.length}].relation.inverse.key`,
      ])
    }
  })

  it('with half a character in its label is refused', async () => {
    const raw = '{"key":"half","type":"text","label":"\\ud83d"}'
    const answer = await client.send('POST', '/objects/items/fields', undefined, { raw })
    expect([answer.status, answer.error.code]).toEqual([400, 'VALIDATION_ERROR'])
  })

  it('that is retired is found no more, and leaves nothing to the field that takes its place', async () => {
    await client.post('/objects/items/fields', text('nick', { searchable: true, sortable: true }))
    const item = await client.post('/items', { name: 'four', nick: 'zebedee' })
    expect(await client.get('/items?search=zebedee')).toHaveLength(1)
    await client.delete('/objects/items/fields/nick')
    await expect.poll(() => client.get('/items?search=zebedee'), { timeout: 20_000 }).toEqual([])
    await client.post('/objects/items/fields', text('alias', { sortable: true }))
    expect(await client.get('/items?alias[gte]=a')).toEqual([])
    const isDone = async () => !(await client.get('/objects/items')).fields.some((field: Json) => field.computing)
    await expect.poll(isDone, { timeout: 20_000 }).toBe(true)
    expect(await client.get('/items?alias[gte]=a')).toEqual([])
    expect(await client.get(`/items/${item.id}`)).toMatchObject({ alias: null })
  })

  it('of at most ten is sortable', async () => {
    await client.post('/objects', {
      slug: 'wide',
      label: 'Wide',
      labelPlural: 'Wides',
      fields: [text('name'), ...Array.from({ length: 10 }, (_, n) => text(`f${n}`, { sortable: true }))],
    })
    const eleventh = await client.send('POST', '/objects/wide/fields', text('f10', { sortable: true }))
    expect([eleventh.status, eleventh.error.details[0]?.field]).toEqual([400, 'sortable'])
    await client.patch('/objects/wide/fields/f0', { sortable: false })
    expect((await client.send('POST', '/objects/wide/fields', text('f10', { sortable: true }))).status).toBe(201)
    await client.put('/objects/wide/fields/order', { keys: ['f10', 'f9'] })
    const { fields } = await client.get('/objects/wide')
    expect(fields.slice(0, 2).map((field: Json) => field.key)).toEqual(['f10', 'f9'])
  })

  it('changes its options, which are the stages where it is one', async () => {
    await client.post('/objects/items/fields', { key: 'phase', label: 'Phase', type: 'select', options: ['a', 'b'] })
    await client.patch('/objects/items', { roles: { stage: 'phase' } })
    const options = ['a', 'b', { value: 'c', label: 'Sea', color: 'blue', kind: 'won' }]
    await client.patch('/objects/items/fields/phase', { options })
    const object = await client.get('/objects/items')
    expect(object.stages.map((stage: Json) => [stage.value, stage.label, stage.kind])).toEqual([
      ['a', 'a', 'open'],
      ['b', 'b', 'open'],
      ['c', 'Sea', 'won'],
    ])
    expect(fieldOf(object, 'phase').options).toHaveLength(3)
    expect(await client.post('/items', { name: 'staged', stage: 'c' })).toMatchObject({ stage: 'c', phase: 'c' })
  })
})

describe('a view', () => {
  it('is saved, listed, changed and removed', async () => {
    const settings = {
      label: 'Mine',
      filter: { field: 'name', op: 'contains', value: 'o' },
      sort: ['-name'],
      columns: ['name'],
    }
    const view = await client.post('/objects/items/views', settings)
    expect(view).toMatchObject({
      label: 'Mine',
      visibility: 'private',
      ownedByMe: true,
      system: false,
      sort: ['-name'],
    })
    expect(
      await client.patch(`/objects/items/views/${view.id}`, { label: 'Ours', visibility: 'everyone' }),
    ).toMatchObject({
      label: 'Ours',
      visibility: 'everyone',
      filter: settings.filter,
    })
    expect((await client.get('/objects/items/views')).map((one: Json) => one.id)).toContain(view.id)
    for (const [wrong, field] of [
      [{ filter: { field: 'nothing', op: 'eq', value: 1 } }, 'nothing'],
      [{ columns: ['name', 'nothing'] }, 'columns'],
      [{ groupBy: 'nothing' }, 'groupBy'],
      [{ sort: ['nothing'] }, 'sort'],
    ] as const) {
      const answer = await client.send('POST', '/objects/items/views', { label: 'x', ...wrong })
      expect([answer.status, answer.error?.details[0]?.field]).toEqual([400, field])
    }
    const board = await client.post('/objects/items/views', {
      label: 'Board',
      type: 'calendar',
      visibility: 'everyone',
    })
    expect(await client.patch(`/objects/items/views/${board.id}`, { label: 'Days' })).toMatchObject({
      label: 'Days',
      type: 'calendar',
      visibility: 'everyone',
    })
    expect((await client.send('DELETE', `/objects/items/views/${view.id}`)).status).toBe(204)
    expect((await client.send('DELETE', `/objects/items/views/${view.id}`)).status).toBe(404)
  })
})

describe('a shared view', () => {
  const views = '/objects/patients/views'
  let owner: ApiClient
  let nurse: ApiClient
  let doctor: ApiClient
  const seenBy = async (who: ApiClient): Promise<Json[]> => who.get(views)
  const labelsOf = async (who: ApiClient) => (await seenBy(who)).map(({ label }) => label)

  beforeAll(async () => {
    owner = await system.register({ template: 'hospital' })
    nurse = await addMember(system, owner.tenantId, ['nurse'])
    doctor = await addMember(system, owner.tenantId, ['doctor'])
  })

  it('keeps how it is drawn, checked name by name, and follows renamed fields', async () => {
    await owner.post('/objects/patients/fields', text('ward'))
    const limit = { value: 'O+', most: 3 }
    const settings = {
      thenBy: 'ward',
      interval: 'week',
      density: 'compact',
      columnSettings: [{ field: 'ward', width: 200, pinned: true, total: 'count' }],
      colors: [{ filter: { field: 'ward', op: 'eq', value: 'A' }, color: 'red' }],
      dateField: 'date_of_birth',
      resourceField: 'primary_doctor',
      cardFields: ['ward', 'phone'],
      laneField: 'blood_group',
      columnLimits: [limit, { ...limit, value: null }],
      zoom: 'quarter',
    }
    const drawn = { label: 'Drawn', type: 'kanban', groupBy: 'blood_group', visibility: 'everyone' }
    const view = await owner.post(views, { ...drawn, settings })
    expect(view).toMatchObject({ type: 'kanban', settings, locked: true, mayChange: true, mayAdminister: true })
    for (const [wrong, field] of [
      [{ thenBy: 'nothing' }, 'settings.thenBy'],
      [{ cardFields: ['nothing'] }, 'settings.cardFields'],
      [{ columnSettings: [{ field: 'nothing' }] }, 'settings.columnSettings'],
      [{ colors: [{ filter: { field: 'nothing', op: 'empty' }, color: 'red' }] }, 'nothing'],
      [{ dateField: 'ward' }, 'settings.dateField'],
      [{ resourceField: 'phone' }, 'settings.resourceField'],
      [{ imageField: 'phone' }, 'settings.imageField'],
      [{ density: 'airy' }, 'settings.density'],
      [{ laneField: 'nothing' }, 'settings.laneField'],
      [{ laneField: 'phone' }, 'settings.laneField'],
      [{ zoom: 'century' }, 'settings.zoom'],
      [{ columnLimits: [{ value: 'Z', most: 3 }] }, 'settings.columnLimits.0.value'],
      [{ columnLimits: [limit, limit] }, 'settings.columnLimits.1.value'],
      [{ columnLimits: [{ ...limit, most: 0 }] }, 'settings.columnLimits.0.most'],
      [{ unheardOf: 1 }, 'unheardOf'],
    ] as const) {
      const answer = await owner.send('PATCH', `${views}/${view.id}`, { settings: wrong })
      expect([answer.status, answer.error?.details[0]?.field]).toEqual([400, field])
    }
    await owner.post('/objects/patients/fields/ward/rename', { name: 'station' })
    const followed = (await seenBy(owner)).find(({ id }) => id === view.id)!.settings
    expect(followed).toEqual(JSON.parse(JSON.stringify(settings).replaceAll('"ward"', '"station"')))
  })

  it('is seen by the roles that it is for, and by who administers views', async () => {
    expect((await owner.send('POST', views, { label: 'x', visibility: 'roles' })).error?.details[0]?.field).toBe(
      'roles',
    )
    const stranger = { label: 'x', visibility: 'roles', roles: ['astronaut'] }
    expect((await owner.send('POST', views, stranger)).error?.details[0]?.field).toBe('roles')
    const round = await owner.post(views, { label: 'Round', visibility: 'roles', roles: ['nurse'] })
    expect([await labelsOf(nurse), await labelsOf(owner)].every((labels) => labels.includes('Round'))).toBe(true)
    expect(await labelsOf(doctor)).not.toContain('Round')
    expect((await doctor.send('PUT', `${views}/${round.id}/pin`, { pinned: true })).status).toBe(404)
    expect((await doctor.send('PATCH', `${views}/${round.id}`, { columns: [] })).status).toBe(404)
    await owner.patch(`${views}/${round.id}`, { visibility: 'everyone' })
    expect(await labelsOf(doctor)).toContain('Round')
  })

  it('is changed by others in what it shows, once it is not locked, and in nothing else', async () => {
    const view = (await seenBy(nurse)).find(({ label }) => label === 'Round')!
    expect([view.mayChange, view.locked]).toEqual([false, true])
    const change = (body: object) => nurse.send('PATCH', `${views}/${view.id}`, body)
    expect((await change({ columns: ['phone'] })).status).toBe(403)
    await owner.patch(`${views}/${view.id}`, { locked: false })
    const changed = await change({ columns: ['phone'], settings: { density: 'tall' } })
    expect(changed.data).toMatchObject({ columns: ['phone'], mayChange: true, mayAdminister: false })
    for (const body of [{ label: 'Mine' }, { locked: true }, { visibility: 'private' }, { defaultFor: ['nurse'] }]) {
      expect((await change(body)).status).toBe(403)
    }
    expect((await nurse.send('DELETE', `${views}/${view.id}`)).status).toBe(403)
    await owner.patch(`${views}/${view.id}`, { sort: ['full_name'] })
    const stale = { headers: { 'if-match': `"${changed.data.version}"` } }
    const late = await nurse.send('PATCH', `${views}/${view.id}`, { columns: [] }, stale)
    expect([late.status, late.error.current.sort]).toEqual([409, ['full_name']])
  })

  it('opens first for its roles, one for each', async () => {
    const [round, drawn] = ['Round', 'Drawn'].map((name) => async () => {
      const view = (await seenBy(nurse)).find(({ label }) => label === name)!
      return { id: view.id, isDefault: view.isDefault, defaultFor: view.defaultFor }
    })
    await owner.patch(`${views}/${(await round!()).id}`, { defaultFor: ['nurse', 'doctor'] })
    expect((await round!()).isDefault).toBe(true)
    await owner.patch(`${views}/${(await drawn!()).id}`, { defaultFor: ['nurse'] })
    expect([await round!(), await drawn!()]).toMatchObject([
      { isDefault: false, defaultFor: ['doctor'] },
      { isDefault: true, defaultFor: ['nurse'] },
    ])
  })

  it('is put into the navigation by each for themselves, and among others in an order', async () => {
    const round = (await seenBy(nurse)).find(({ label }) => label === 'Round')!
    expect((await nurse.put(`${views}/${round.id}/pin`, { pinned: true })).pinned).toBe(true)
    expect(await nurse.get('/views/pinned')).toEqual([
      { id: round.id, key: round.id, label: 'Round', type: 'table', object: 'patients' },
    ])
    expect(await owner.get('/views/pinned')).toEqual([])
    await owner.patch(`${views}/${round.id}`, { visibility: 'roles', roles: ['doctor'] })
    expect(await nurse.get('/views/pinned')).toEqual([])
    const ids = (await seenBy(owner)).map(({ id }) => id).reverse()
    expect((await owner.put(`${views}/order`, { ids })).map(({ id }: Json) => id)).toEqual(ids)
    expect((await doctor.send('PUT', `${views}/order`, { ids })).status).toBe(403)
    expect((await owner.send('PUT', `${views}/order`, { ids: [ids[0], ids[0]] })).status).toBe(400)
  })
})

describe('the arrangement of pages', () => {
  let owner: ApiClient
  let nurse: ApiClient
  const navigationOf = async (who: ApiClient) =>
    (await who.get('/workspace')).navigation.map(({ label, objects }: Json) => [label, objects])
  const newest = async (): Promise<number> => (await owner.get('/workspace/versions?limit=1'))[0].number

  beforeAll(async () => {
    owner = await system.register({ template: 'hospital' })
    nurse = await addMember(system, owner.tenantId, ['nurse'])
  })

  it('of the navigation follows the groups of the objects until somebody arranges it', async () => {
    const before = await owner.get('/workspace/navigation')
    expect(before.arrangement.custom).toBe(false)
    const slugs = (await owner.get('/objects')).map((object: Json) => object.slug)
    expect(before.arrangement.groups.flatMap(({ objects }: Json) => objects).sort()).toEqual(slugs.sort())
    const groups = [
      { key: 'care', label: { en: 'Care', es: 'Atención' }, icon: 'heart', objects: ['doctors', 'patients'] },
      {
        key: 'rest',
        label: null,
        objects: slugs.filter((slug: string) => !['doctors', 'patients', 'appointments'].includes(slug)),
      },
    ]
    const arranged = await owner.put('/workspace/navigation', { groups, hidden: ['appointments'] })
    expect(arranged.arrangement.groups[0]).toMatchObject({
      label: 'Care',
      icon: 'heart',
      objects: ['doctors', 'patients'],
    })
    expect((await navigationOf(owner))[0]).toEqual(['Care', ['doctors', 'patients']])
    expect(JSON.stringify(await navigationOf(owner))).not.toContain('appointments')
    expect((await owner.get('/appointments')).length).toBe(0)
    const spanish = await owner.send('GET', '/workspace', undefined, { headers: { 'accept-language': 'es' } })
    expect(spanish.data.navigation[0].label).toBe('Atención')
  })

  it('of a role comes before everybody’s, follows renamed objects, and takes in new ones', async () => {
    await owner.put('/workspace/navigation', {
      role: 'nurse',
      groups: [{ key: 'ward', label: 'Ward', objects: ['patients'] }],
    })
    expect((await navigationOf(nurse))[0]).toEqual(['Ward', ['patients']])
    expect((await navigationOf(owner))[0]).toEqual(['Care', ['doctors', 'patients']])
    await owner.post('/objects/patients/rename', { name: 'guests' })
    expect((await navigationOf(nurse))[0]).toEqual(['Ward', ['guests']])
    await owner.post('/objects/guests/rename', { name: 'patients' })
    await owner.post('/objects', { slug: 'shelves', label: 'Shelf', labelPlural: 'Shelves', fields: [text('name')] })
    expect(JSON.stringify(await navigationOf(owner))).toContain('shelves')
    await owner.put('/workspace/navigation', { role: 'nurse', groups: null })
    expect((await navigationOf(nurse))[0]![0]).toBe('Care')
  })

  it('is refused where it cannot be meant, or somebody else was faster', async () => {
    const put = (body: object, headers = {}) => owner.send('PUT', '/workspace/navigation', body, { headers })
    const group = { key: 'one', label: 'One', objects: ['patients', 'nothing'] }
    const refused = await put({ groups: [group, { ...group, objects: ['patients'] }] })
    expect(refused.error.details).toEqual([
      { field: 'groups[1].key', message: '“one” is there twice' },
      { field: 'groups[0].objects[1]', message: '“nothing” is not an object of this workspace' },
      { field: 'groups[1].objects[0]', message: '“patients” stands in two places' },
    ])
    expect((await put({ role: 'nobody', groups: null })).status).toBe(404)
    expect((await nurse.send('PUT', '/workspace/navigation', { groups: null })).status).toBe(403)
    const { version } = await owner.get('/workspace/navigation')
    await owner.put('/workspace/navigation', { groups: [{ key: 'all', label: 'All', objects: ['doctors'] }] })
    const stale = await put({ groups: null }, { 'if-match': `"${version}"` })
    expect([stale.status, stale.error.current.arrangement.groups[0].label]).toEqual([409, 'All'])
    expect(stale.error.details[0]!.message).toContain('navigation')
  })

  it('is taken back as a version', async () => {
    await owner.post(`/workspace/versions/${await newest()}/undo`)
    expect((await navigationOf(owner))[0]![0]).toBe('Care')
    await owner.put('/workspace/navigation', { groups: null })
    expect((await owner.get('/workspace/navigation')).arrangement.custom).toBe(false)
  })

  it('of an object’s sections is the page’s, for everybody and for a role', async () => {
    const before = await owner.get('/objects/patients')
    expect(before.layout.flatMap(({ fields }: Json) => fields).sort()).toEqual(
      before.fields.map(({ key }: Json) => key).sort(),
    )
    const sections = [
      { key: 'contact', label: { en: 'Reach', es: 'Contacto' }, columns: 1, fields: ['phone', 'email'] },
      { key: 'person', label: 'Person', collapsed: true, fields: ['full_name'] },
    ]
    const layout = await owner.put('/objects/patients/layout', { sections })
    expect(layout.version).toBeGreaterThan(before.version)
    const shown = (await nurse.get('/objects/patients')).layout
    expect(shown[0]).toMatchObject({ label: 'Reach', columns: 1, collapsed: false, fields: ['phone', 'email'] })
    expect(shown[1]).toMatchObject({ label: 'Person', columns: 2, collapsed: true })
    await owner.put('/objects/patients/layout', {
      role: 'nurse',
      sections: [{ key: 'all', label: null, fields: ['email'] }],
    })
    expect((await nurse.get('/objects/patients')).layout[0].fields[0]).toBe('email')
    expect((await owner.get('/objects/patients')).layout[0].fields).toEqual(['phone', 'email'])
    const stale = await owner.send(
      'PUT',
      '/objects/patients/layout',
      { sections: null },
      { headers: { 'if-match': `"${before.version}"` } },
    )
    expect(stale.status).toBe(409)
    const twice = [
      { key: 'a', label: 'A', fields: ['email', 'none'] },
      { key: 'b', label: 'B', fields: ['email'] },
    ]
    expect((await owner.send('PUT', '/objects/patients/layout', { sections: twice })).error.details.length).toBe(2)
    await owner.post('/objects/patients/fields/phone/rename', { name: 'telephone' })
    expect((await owner.get('/objects/patients')).layout[0].fields).toEqual(['telephone', 'email'])
    await owner.put('/objects/patients/layout', { role: 'nurse', sections: null })
    await owner.put('/objects/patients/layout', { sections: null })
    expect((await owner.get('/objects/patients/layout')).arrangement.custom).toBe(false)
    await owner.post(`/workspace/versions/${await newest()}/undo`)
    expect((await owner.get('/objects/patients')).layout[0].label).toBe('Reach')
  })
})

describe('translations', () => {
  let owner: ApiClient
  const list = (query = ''): Promise<Json> => owner.get(`/workspace/translations?locale=es${query}`)

  beforeAll(async () => {
    owner = await system.register({ template: 'blank' })
    const fields = [
      text('name', { section: 'Basics' }),
      text('place', { section: 'Basics', label: { en: 'Place', es: 'Lugar' } }),
      { key: 'state', label: 'State', type: 'select', searchable: true, options: ['open', 'done'] },
    ]
    await owner.post('/objects', { slug: 'errands', label: 'Task', labelPlural: 'Tasks', fields })
    await owner.post('/errands', { name: 'One', state: 'done' })
  })

  it('are listed with what is missing, and set by their ids', async () => {
    const before = await list('&object=errands')
    const byId = new Map<string, Json>(before.texts.map((one: Json) => [one.id, one]))
    expect(byId.get('field/errands/place/label')).toMatchObject({ source: 'Place', text: 'Lugar' })
    expect(byId.get('field/errands/state/options/done/label')).toMatchObject({ source: 'done', text: null })
    expect(byId.get('section/errands/Basics')).toMatchObject({ source: 'Basics', text: null })
    expect(before.missing).toBe(before.total - 1)
    const set = await owner.put('/workspace/translations', {
      locale: 'es',
      texts: {
        'object/errands/labelPlural': 'Tareas',
        'section/errands/Basics': 'Básico',
        'field/errands/state/options/done/label': 'Terminada',
        'field/errands/place/label': null,
      },
    })
    expect(set.changed).toBe(4)
    const { data } = await owner.send('GET', '/objects/errands', undefined, { headers: { 'accept-language': 'es' } })
    expect([data.labelPlural, fieldOf(data, 'name').section, fieldOf(data, 'place').label]).toEqual([
      'Tareas',
      'Básico',
      'Place',
    ])
    expect(fieldOf(data, 'state').options[1].label).toBe('Terminada')
    await expect.poll(async () => (await owner.get('/errands?search=Terminada')).length).toBe(1)
    const refused = await owner.send('PUT', '/workspace/translations', { locale: 'es', texts: { 'field/none': 'x' } })
    expect(refused.error.details[0]!.field).toBe('texts.field/none')
  })

  it('go out as a file and come back checked', async () => {
    const csv = (await owner.send('GET', '/workspace/translations/file?locale=es&format=csv')).text
    const lines = csv.split('\r\n')
    expect(lines[0]).toBe('id,source,text')
    const at = lines.findIndex((line) => line.startsWith('object/errands/label,'))
    lines[at] = 'object/errands/label,Task,Tarea'
    lines[at + 1] = 'field/errands/name/label,Nombre,Nombre'
    lines[at + 2] = 'field/gone/label,Gone,Ido'
    const file = { locale: 'es', format: 'csv', content: lines.join('\r\n') }
    const tried = await owner.post('/workspace/translations/file', { ...file, dryRun: true })
    expect(tried).toMatchObject({ dryRun: true, changed: 1 })
    expect(tried.problems.map(({ line, message }: Json) => [line, message])).toEqual([
      [at + 2, 'was translated from “Nombre”, which is “name” by now: look at it again'],
      [at + 3, 'is no text of this workspace, or not yours to change'],
    ])
    expect((await list('&object=errands')).texts.find((one: Json) => one.id === 'object/errands/label').text).toBeNull()
    await owner.post('/workspace/translations/file', file)
    expect((await list('&object=errands')).texts.find((one: Json) => one.id === 'object/errands/label').text).toBe(
      'Tarea',
    )
    const json = JSON.parse(
      (await owner.send('GET', '/workspace/translations/file?locale=es&format=json&missing=true')).text,
    )
    json.texts[0].text = 'Algo'
    const again = await owner.post('/workspace/translations/file', {
      locale: 'es',
      format: 'json',
      content: JSON.stringify(json),
    })
    expect(again).toMatchObject({ changed: 1, problems: [] })
    const broken = { locale: 'es', format: 'csv', content: 'a;b' }
    expect((await owner.send('POST', '/workspace/translations/file', broken)).status).toBe(400)
  })
})
