/** A workspace and its templates: new versions keep what it changed, and what came in can be taken back. */
import { loadTemplates, type Template } from '@oneforge/templates'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ApiClient, Json } from '../client.ts'
import { addMember, defineRole, type RunningSystem, startSystem } from '../server.ts'

let system: RunningSystem
let admin: ApiClient

const shipped = (slug: string): Template => structuredClone(loadTemplates().find((one) => one.slug === slug)!)

/** What people and programs see of the workspace, without what counts its changes. */
async function shape(of: ApiClient): Promise<Json> {
  const objects = await of.get('/objects')
  const views = await Promise.all(objects.map(({ slug }: Json) => of.get(`/objects/${slug}/views`)))
  const roles = await of.get('/access/roles')
  const plain = ({ version: _, recordCount: __, computing: ___, jobId: ____, ...rest }: Json) => rest
  return {
    objects: objects.map((object: Json) => ({ ...plain(object), fields: object.fields.map(plain) })),
    views: views.map((list: Json[]) => list.map(plain)),
    roles: roles.map(plain),
  }
}

/** The real-estate template as it may look a year later. */
function newRealEstate(): Template {
  const template = shipped('real-estate')
  const [first] = template.objects
  first!.fields.push({ key: 'energy_class', label: { en: 'Energy class', es: 'Clase energética' }, type: 'text' })
  first!.fields[0]!.label = { en: 'Headline', es: 'Titular' }
  first!.fields[1]!.label = { en: 'Second label', es: 'Segundo nombre' }
  template.objects.push({
    slug: 'keyrings',
    label: { en: 'Keyring', es: 'Llavero' },
    labelPlural: { en: 'Keyrings', es: 'Llaveros' },
    icon: 'key',
    numberPrefix: 'KEY-',
    roles: { title: 'name' },
    fields: [
      { key: 'name', label: { en: 'Name', es: 'Nombre' }, type: 'text', required: true, searchable: true },
      { key: 'floor', label: { en: 'Floor', es: 'Piso' }, type: 'integer', sortable: true },
      {
        key: 'opens',
        label: { en: 'Opens', es: 'Abre' },
        type: 'relation',
        relation: { object: first!.slug, inverse: { key: 'keyrings', label: { en: 'Keyrings', es: 'Llaveros' } } },
      },
    ],
    views: [{ key: 'all', label: { en: 'All keyrings', es: 'Todos' }, type: 'table', columns: ['name', 'opens'] }],
  })
  template.roles.push({
    key: 'keeper',
    label: { en: 'Keeper', es: 'Guardián' },
    objects: { keyrings: { read: 'all' } },
  })
  return { ...template, version: '1.2.0' }
}

beforeAll(async () => {
  system = await startSystem()
  admin = await system.register({ workspace: 'The installation' })
})
afterAll(() => system.stop())

describe('an upgrade', () => {
  let client: ApiClient
  let slug: string
  let keys: string[]

  beforeAll(async () => {
    client = await system.register({ template: 'real-estate', sampleData: true })
    const [first] = shipped('real-estate').objects
    slug = first!.slug
    keys = first!.fields.map(({ key }) => key)
  })

  it('is offered once the super admin has published a new version', async () => {
    const before = await client.get('/workspace/template')
    expect(before.origins).toEqual([
      expect.objectContaining({
        slug: 'real-estate',
        version: '1.1.0',
        latest: '1.1.0',
        upgrade: false,
        undoable: false,
      }),
      expect.objectContaining({ slug: 'activities', upgrade: false, undoable: false }),
    ])
    const refused = await client.send('POST', '/installation/templates', { template: newRealEstate() })
    expect(refused.status).toBe(403)
    await admin.post('/installation/templates', { template: newRealEstate() })
    const { origins } = await client.get('/workspace/template')
    expect(origins[0]).toMatchObject({ latest: '1.2.0', upgrade: true })
    const again = await admin.send('POST', '/installation/templates', { template: newRealEstate() })
    expect(again.status).toBe(409)
  })

  it('says what it would change and what both changed, and writes nothing', async () => {
    await client.patch(`/objects/${slug}/fields/${keys[0]}`, { label: 'Our title' })
    await client.patch(`/objects/${slug}/fields/${keys[2]}`, { help: 'Ask the owner' })
    const before = await shape(client)
    const plan = await client.get('/workspace/template/upgrade')
    expect(plan).toMatchObject({ origin: 'real-estate', from: '1.1.0', to: '1.2.0', version: null, kept: [] })
    expect(plan.changes.map(({ text }: Json) => text)).toEqual(
      expect.arrayContaining(['Added the object “Keyrings”', 'Added the role “Keeper”']),
    )
    expect(plan.conflicts).toEqual([
      expect.objectContaining({
        id: `objects.${slug}.fields.${keys[0]}.label.en`,
        mine: 'Our title',
        theirs: 'Headline',
        decision: 'mine',
      }),
    ])
    const tried = await client.post('/workspace/template/upgrade', { dryRun: true })
    expect(tried).toMatchObject({ version: null, problems: [] })
    expect(await shape(client)).toEqual(before)
  })

  it('brings in what only the template changed, keeps what the workspace did, and is taken back whole', async () => {
    const before = await shape(client)
    const done = await client.post('/workspace/template/upgrade', {})
    expect(done.version).toBeGreaterThan(0)
    const object = await client.get(`/objects/${slug}`)
    const field = (key: string) => object.fields.find((one: Json) => one.key === key)
    expect(field(keys[0]!).label).toBe('Our title')
    expect(field(keys[1]!).label).toBe('Second label')
    expect(field(keys[2]!).help).toBe('Ask the owner')
    expect(field('energy_class').label).toBe('Energy class')
    const keyring = await client.post('/keyrings', { name: 'Blue', floor: 3 })
    expect(await client.get('/keyrings?sort=floor')).toHaveLength(1)
    expect((await client.get('/workspace')).template).toMatchObject({ slug: 'real-estate', version: '1.2.0' })
    const { origins } = await client.get('/workspace/template')
    expect(origins[0]).toMatchObject({ version: '1.2.0', upgrade: false, undoable: true })
    await client.delete(`/keyrings/${keyring.id}`)

    const undone = await client.post('/workspace/template/undo', {})
    expect(undone.version).toBeGreaterThan(done.version)
    expect(await shape(client)).toEqual(before)
    expect((await client.get('/workspace/template')).origins[0]).toMatchObject({ version: '1.1.0', upgrade: true })
    // The key is free again.
    await client.post(`/objects/${slug}/fields`, { key: 'energy_class', label: 'Energy', type: 'text' })
    await client.delete(`/objects/${slug}/fields/energy_class`)
  })

  it('done twice is the same as done once, and takes the template’s side where that is decided', async () => {
    const id = `objects.${slug}.fields.${keys[0]}.label.en`
    const done = await client.post('/workspace/template/upgrade', { decisions: { [id]: 'theirs' } })
    expect(done.conflicts[0]).toMatchObject({ id, decision: 'theirs' })
    const after = await shape(client)
    expect(after.objects[0].fields[0].label).toBe('Headline')
    const again = await client.post('/workspace/template/upgrade', {})
    expect(again).toMatchObject({ version: null, changes: [], conflicts: [] })
    expect(await shape(client)).toEqual(after)
  })

  it('taken back as a version of the history is known to be taken back', async () => {
    const fresh = await system.register({ template: 'blank' })
    const blank = { ...shipped('blank'), version: '1.2.0' }
    blank.objects[0]!.fields.push({ key: 'nickname', label: { en: 'Nickname' }, type: 'text' })
    await admin.post('/installation/templates', { template: blank })
    const { version } = await fresh.post('/workspace/template/upgrade', {})
    await fresh.post(`/workspace/versions/${version}/undo`, {})
    expect((await fresh.get('/workspace/template')).origins[0]).toMatchObject({ version: '1.0.0', upgrade: true })
    const again = await fresh.post('/workspace/template/upgrade', {})
    expect(again.changes.map(({ text }: Json) => text)).toContainEqual(expect.stringContaining('Nickname'))
  })
})

/** A workspace that made itself at home: other words, fields of its own, a shared view, a role, a rule. */
async function customised(template: string): Promise<ApiClient> {
  const client = await system.register({ template })
  const [first] = await client.get('/objects')
  await client.patch(`/objects/${first.slug}`, { labelPlural: { en: 'Our things', es: 'Cosas' } })
  await client.post(`/objects/${first.slug}/fields`, {
    key: 'nickname',
    label: { en: 'Nickname', es: 'Apodo' },
    type: 'text',
  })
  await client.post(`/objects/${first.slug}/fields`, {
    key: 'mood',
    label: 'Mood',
    type: 'select',
    options: [{ value: 'good', label: { en: 'Good', es: 'Bueno' } }, 'bad'],
  })
  await client.post('/objects', {
    slug: 'rooms',
    label: 'Room',
    labelPlural: 'Rooms',
    fields: [
      { key: 'name', label: 'Name', type: 'text', required: true },
      { key: 'area', label: 'Area', type: 'number', sortable: true },
      { key: 'double', label: 'Double', type: 'formula', computed: { expression: 'area * 2.0' } },
      {
        key: 'things',
        label: 'Things',
        type: 'relation',
        relation: { object: first.slug, inverse: { key: 'rooms', label: 'Rooms' } },
      },
    ],
    rules: [{ key: 'big', message: 'Too small', check: { field: 'area', op: 'gt', value: 2 } }],
  })
  await client.post('/objects/rooms/views', {
    label: 'Big ones',
    type: 'table',
    visibility: 'everyone',
    columns: ['name'],
  })
  await client.post('/access/roles', { label: 'Guest', objects: { rooms: { read: 'all' } } })
  return client
}

describe('a template file', () => {
  it.each(loadTemplates().map(({ slug }) => slug))('of %s makes an equal workspace elsewhere', async (slug) => {
    const one = await system.register({ template: slug })
    const file = await one.get('/workspace/template/export')
    expect(await one.post('/workspace/template/check', { template: file })).toMatchObject({ problems: [] })
    const other = await system.register()
    await other.post('/workspace/template', { template: file })
    const again = await other.get('/workspace/template/export')
    for (const part of ['currency', 'objects', 'roles', 'workflows', 'dashboards'])
      expect(again[part]).toEqual(file[part])
    expect(await shape(other)).toEqual(relabelled(await shape(one), await shape(other)))
  })

  it('of a workspace with changes of its own makes an equal one, in all languages', async () => {
    const one = await customised('corporate')
    const file = await one.get('/workspace/template/export?slug=our-company&name=Our%20company')
    expect(file).toMatchObject({ slug: 'our-company', version: '1.0.0', name: { en: 'Our company' }, samples: {} })
    const rooms = file.objects.find((object: Json) => object.slug === 'rooms')
    expect(rooms.views.map(({ key }: Json) => key)).toEqual(['big_ones'])
    const nickname = file.objects[0].fields.find(({ key }: Json) => key === 'nickname')
    expect(nickname.label).toEqual({ en: 'Nickname', es: 'Apodo' })
    const other = await system.register()
    await other.post('/workspace/template', { template: file })
    expect(await shape(other)).toEqual(relabelled(await shape(one), await shape(other)))
    const room = await other.post('/rooms', { name: 'Hall', area: 4 })
    expect(room.double).toBe(8)
    expect((await other.send('POST', '/rooms', { name: 'Box', area: 1 })).status).toBe(400)
    expect((await other.get('/workspace/template')).origins[0]).toMatchObject({ slug: 'our-company', latest: null })
  })

  it('that is not in order is refused with the places of what is wrong', async () => {
    const client = await system.register()
    const refusal = async (template: unknown) => {
      const { status, body } = await client.send('POST', '/workspace/template', { template })
      expect(status).toBe(400)
      return body.error.details
    }
    const bad = shipped('blank')
    bad.objects[0]!.fields[0]!.type = 'nonsense' as never
    expect(await refusal(bad)).toContainEqual(
      expect.objectContaining({
        field: 'template.objects[0].fields[0].type',
        message: expect.stringContaining('nonsense'),
      }),
    )
    await refusal(JSON.parse('{"slug":"x","roles":[{"__proto__":{"admin":["*"]}}]}'))
    expect(await refusal({ roles: [{ objects: { constructor: { read: 'all' } } }] })).toEqual([
      { field: 'template.roles[0].objects.constructor', message: expect.stringContaining('name') },
    ])
    let deep: unknown = 'x'
    for (let level = 0; level < 200; level++) deep = [deep]
    expect(await refusal({ slug: deep })).toEqual([
      expect.objectContaining({ message: expect.stringContaining('nested') }),
    ])
    expect(await refusal({ slug: Array.from({ length: 300_000 }, () => 0) })).toEqual([
      expect.objectContaining({ message: expect.stringContaining('parts') }),
    ])
    expect(await refusal(null)).not.toEqual([])
    const checked = await client.post('/workspace/template/check', { template: bad })
    expect(checked).toMatchObject({ template: null, problems: [{ path: 'objects[0].fields[0].type' }] })
  })
})

/** The first shape with the ids of the second, which alone may differ. */
function relabelled(one: Json, other: Json): Json {
  const withIds = (value: Json, like: Json): Json => {
    if (Array.isArray(value)) return value.map((item, index) => withIds(item, like?.[index]))
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(
      Object.entries(value).map(([key, part]) => [
        key,
        ids.has(key) || isViewKey(key, part) ? like?.[key] : withIds(part, like?.[key]),
      ]),
    )
  }
  return withIds(one, other)
}
const ids = new Set(['id', 'relationId', 'objectId', 'system', 'createdAt', 'updatedAt'])
const isViewKey = (key: string, value: unknown) => key === 'key' && /^[0-9a-f-]{36}$/.test(String(value))

describe('a further template', () => {
  it('of the shipped ones fits each of the others', async () => {
    for (const one of ['real-estate', 'jewellery', 'recruiting']) {
      const client = await system.register({ template: one })
      for (const other of loadTemplates().filter(({ slug }) => slug !== one)) {
        const plan = await client.post('/workspace/template/add', { template: other.slug, dryRun: true })
        expect(plan.problems, `${one} and ${other.slug}`).toEqual([])
      }
    }
  }, 60_000)

  let client: ApiClient
  let before: Json

  beforeAll(async () => {
    client = await system.register({ template: 'real-estate', sampleData: true })
    before = await shape(client)
  })

  it('is tried out: what has the same name is told, with what can be done', async () => {
    const plan = await client.post('/workspace/template/add', { template: 'imaging-clinic', dryRun: true })
    expect(plan).toMatchObject({ origin: 'imaging-clinic', from: null, version: null })
    expect(plan.problems).toEqual([])
    const ids = plan.collisions.map(({ id }: Json) => id)
    const slugs = (slug: string) => shipped(slug).objects.map((object) => object.slug)
    const shared = slugs('real-estate').filter((slug) => slugs('imaging-clinic').includes(slug))
    expect(ids).toEqual(expect.arrayContaining(shared.map((slug) => `objects.${slug}`)))
    expect(ids).toEqual(expect.arrayContaining(['roles.manager'].filter((id) => ids.includes(id))))
    expect(await shape(client)).toEqual(before)
  })

  it('comes beside what is there, records and all, is upgraded by itself, and is taken back', async () => {
    const patients = await client.get('/objects')
    expect(patients.some(({ slug }: Json) => slug === 'patients')).toBe(false)
    const done = await client.post('/workspace/template/add', { template: 'hospital' })
    expect(done.version).toBeGreaterThan(0)
    const patient = await client.send('POST', '/patients', {
      full_name: 'Ann Lee',
      date_of_birth: '1990-01-01',
      phone: '+61 400 000 000',
    })
    expect(patient.status).toBe(201)
    const { origins } = await client.get('/workspace/template')
    expect(origins.map(({ slug, undoable }: Json) => [slug, undoable])).toEqual([
      ['real-estate', false],
      ['activities', false],
      ['hospital', true],
    ])
    const clinic = { ...shipped('hospital'), version: '1.3.0' }
    clinic.objects
      .find(({ slug }) => slug === 'patients')!
      .fields.push({
        key: 'shoe_size',
        label: { en: 'Shoe size' },
        type: 'integer',
      })
    await admin.post('/installation/templates', { template: clinic })
    const upgraded = await client.post('/workspace/template/upgrade', { origin: 'hospital' })
    expect(upgraded.changes.map(({ text }: Json) => text)).toContainEqual(expect.stringContaining('Shoe size'))
    expect((await client.get('/workspace')).template).toMatchObject({ slug: 'real-estate' })
    await client.post('/workspace/template/undo', { origin: 'hospital' })
    const tried = await client.post('/workspace/template/undo', { origin: 'hospital', dryRun: true })
    await client.post('/workspace/template/undo', { origin: 'hospital' })
    expect(tried.losses).toEqual([expect.objectContaining({ object: 'patients', records: 1 })])
    expect(await shape(client)).toEqual(before)
    expect((await client.get('/workspace/template')).origins).toHaveLength(2)
  })

  it('keeps, joins or renames what both have, also in later versions', async () => {
    const pack = shipped('blank')
    const [own] = shipped('real-estate').objects
    const base = { label: { en: 'Thing' }, labelPlural: { en: 'Things' }, icon: 'box', roles: { title: 'name' } }
    const name = { key: 'name', label: { en: 'Name' }, type: 'text' as const }
    pack.slug = 'pack'
    pack.workflows = []
    pack.dashboards = []
    pack.samples = {}
    pack.objects = [
      {
        ...base,
        slug: own!.slug,
        numberPrefix: own!.numberPrefix,
        roles: { title: 'pack_name' },
        fields: [
          { ...name, key: 'pack_name' },
          { ...name, key: own!.fields[0]!.key, type: 'integer' },
          { ...name, key: 'must', required: true },
        ],
      },
      { ...base, slug: 'boxes', numberPrefix: own!.numberPrefix.replace(/.-$/, 'X-'), fields: [name] },
    ]
    pack.roles = [{ key: 'owner', label: { en: 'Owner' }, admin: ['*'], objects: { '*': { read: 'all' } } }]
    const add = (more: object) => client.post('/workspace/template/add', { template: pack, dryRun: true, ...more })
    const plan = await add({})
    expect(plan.problems).toEqual([])
    expect(plan.collisions.map(({ id, resolution }: Json) => [id, resolution.use])).toEqual([
      [`objects.${own!.slug}`, 'merge'],
      [`objects.${own!.slug}.fields.${own!.fields[0]!.key}`, 'mine'],
      ['roles.owner', 'merge'],
    ])
    expect(plan.kept).toEqual([expect.objectContaining({ path: `objects.${own!.slug}.fields.must` })])
    const renamed = await add({ resolutions: { [`objects.${own!.slug}`]: { use: 'rename', to: 'pack_things' } } })
    expect(renamed.problems).toEqual([])
    expect(renamed.changes.map(({ object }: Json) => object)).toContain('pack_things')
    expect(renamed.collisions.map(({ id }: Json) => id)).toContain('objects.pack_things.numberPrefix')
    const mine = await add({ resolutions: { [`objects.${own!.slug}`]: { use: 'mine' } } })
    expect(mine.changes.some(({ object }: Json) => object === own!.slug)).toBe(false)
    const unknown = await client.send('POST', '/workspace/template/add', {
      template: pack,
      resolutions: { 'roles.x': { use: 'mine' } },
    })
    expect(unknown.status).toBe(400)
    const done = await client.post('/workspace/template/add', {
      template: pack,
      resolutions: { [`objects.${own!.slug}`]: { use: 'rename', to: 'pack_things' } },
    })
    expect(done.version).toBeGreaterThan(0)
    await client.post('/pack_things', { pack_name: 'One', must: 'yes' })
    const next = structuredClone(pack)
    next.version = '1.1.0'
    next.objects[0]!.fields.push({ ...name, key: 'later' })
    await admin.post('/installation/templates', { template: next })
    await client.post('/workspace/template/upgrade', { origin: 'pack' })
    const things = await client.get('/objects/pack_things')
    expect(things.fields.map(({ key }: Json) => key)).toContain('later')
    expect((await client.get(`/objects/${own!.slug}`)).fields.map(({ key }: Json) => key)).not.toContain('later')
  })
})

describe('the templates of the installation', () => {
  it('are listed with the workspaces on them, renamed and retired by the super admin alone', async () => {
    const club = { ...shipped('blank'), slug: 'club', name: { en: 'Club' }, version: '1.0.0' }
    await admin.post('/installation/templates', { template: club, notes: 'Chess clocks' })
    const client = await system.register({ workspace: 'Chess club', template: 'club' })
    for (const [method, path] of [
      ['GET', '/installation/templates'],
      ['PATCH', '/installation/templates/club'],
    ] as const) {
      expect((await client.send(method, path, method === 'GET' ? undefined : { retired: true })).status).toBe(403)
    }
    const all = await admin.get('/installation/templates')
    expect(all.filter(({ shipped: is }: Json) => is)).toHaveLength(loadTemplates().length)
    expect(all.find(({ slug }: Json) => slug === 'club')).toMatchObject({
      shipped: false,
      retired: false,
      versions: [{ version: '1.0.0', notes: 'Chess clocks', workspaces: [{ name: 'Chess club' }] }],
    })
    const offered = async () => (await client.get('/templates')).find(({ slug }: Json) => slug === 'club')
    await admin.patch('/installation/templates/club', { name: { en: 'Chess' } })
    expect(await offered()).toMatchObject({ name: 'Chess' })
    expect(await admin.patch('/installation/templates/club', { retired: true })).toMatchObject({ retired: true })
    expect(await offered()).toBeUndefined()
    expect((await client.get('/workspace/template')).origins[0]).toMatchObject({ slug: 'club', latest: null })
    expect((await admin.send('PATCH', '/installation/templates/corporate', { retired: true })).status).toBe(404)
  })
})

describe('rights', () => {
  it('are not handed out, nor read, through templates by who does not have them', async () => {
    const owner = await system.register({ template: 'corporate' })
    await defineRole(system, owner.tenantId, 'shaper', { objects: {}, admin: ['templates'] })
    const shaper = await addMember(system, owner.tenantId, ['shaper'])
    const pack = { ...shipped('blank'), slug: 'rights' }
    pack.roles.push({ key: 'god', label: { en: 'God' }, admin: ['*'], objects: { '*': { read: 'all' } } })
    const statuses = [
      await shaper.send('GET', '/workspace/template/export'),
      await shaper.send('POST', '/workspace/template', { template: pack }),
      await shaper.send('POST', '/workspace/template/add', { template: pack }),
      await shaper.send('POST', '/workspace/template/add', { template: 'jewellery', dryRun: true }),
    ].map(({ status }) => status)
    expect(statuses).toEqual([403, 403, 403, 403])
    const stranger = await addMember(system, owner.tenantId, ['member'])
    for (const path of ['', '/upgrade', '/export']) {
      expect((await stranger.send('GET', `/workspace/template${path}`)).status).toBe(403)
    }
  })
})
