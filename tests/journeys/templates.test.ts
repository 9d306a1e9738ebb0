/** A workspace and its templates: new versions keep what it changed, and what came in can be taken back. */
import { loadTemplates, type Template } from '@oneforge/templates'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ApiClient, Json } from '../client.ts'
import { type RunningSystem, startSystem } from '../server.ts'

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
    views,
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
  return { ...template, version: '1.1.0' }
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
        version: '1.0.0',
        latest: '1.0.0',
        upgrade: false,
        undoable: false,
      }),
    ])
    const refused = await client.send('POST', '/installation/templates', { template: newRealEstate() })
    expect(refused.status).toBe(403)
    await admin.post('/installation/templates', { template: newRealEstate() })
    const { origins } = await client.get('/workspace/template')
    expect(origins[0]).toMatchObject({ latest: '1.1.0', upgrade: true })
    const again = await admin.send('POST', '/installation/templates', { template: newRealEstate() })
    expect(again.status).toBe(409)
  })

  it('says what it would change and what both changed, and writes nothing', async () => {
    await client.patch(`/objects/${slug}/fields/${keys[0]}`, { label: 'Our title' })
    await client.patch(`/objects/${slug}/fields/${keys[2]}`, { help: 'Ask the owner' })
    const before = await shape(client)
    const plan = await client.get('/workspace/template/upgrade')
    expect(plan).toMatchObject({ origin: 'real-estate', from: '1.0.0', to: '1.1.0', version: null, kept: [] })
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
    expect((await client.get('/workspace')).template).toMatchObject({ slug: 'real-estate', version: '1.1.0' })
    const { origins } = await client.get('/workspace/template')
    expect(origins[0]).toMatchObject({ version: '1.1.0', upgrade: false, undoable: true })
    await client.delete(`/keyrings/${keyring.id}`)

    const undone = await client.post('/workspace/template/undo', {})
    expect(undone.version).toBeGreaterThan(done.version)
    expect(await shape(client)).toEqual(before)
    expect((await client.get('/workspace/template')).origins[0]).toMatchObject({ version: '1.0.0', upgrade: true })
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
