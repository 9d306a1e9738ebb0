/** The history of a workspace's shape: every change is a version, told in words, compared, and taken back. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ApiClient, Json } from '../client.ts'
import { addMember, defineRole, type RunningSystem, startSystem } from '../server.ts'

let system: RunningSystem
let client: ApiClient

const text = (key: string, label: string, more: object = {}) => ({ key, label, type: 'text', ...more })

async function latest(of: ApiClient = client): Promise<Json> {
  const [version] = await of.get('/workspace/versions?limit=1')
  return version
}

/** What people and programs see of the shape, without what counts its changes. */
async function shape(of: ApiClient = client): Promise<Json> {
  const objects = await of.get('/objects')
  const roles = await of.get('/access/roles')
  const withoutVersion = ({ version: _, recordCount: __, ...rest }: Json) => rest
  const withoutJob = ({ computing: _, jobId: __, ...rest }: Json) => rest
  const objectShape = (object: Json) => ({ ...withoutVersion(object), fields: object.fields.map(withoutJob) })
  return { objects: objects.map(objectShape), roles: roles.map(withoutVersion) }
}

beforeAll(async () => {
  system = await startSystem()
  client = await system.register({ template: 'blank' })
  await client.post('/objects', {
    slug: 'rooms',
    label: { en: 'Room', es: 'Sala' },
    labelPlural: { en: 'Rooms', es: 'Salas' },
    fields: [
      text('name', 'Name', { required: true, searchable: true }),
      { key: 'floor', label: 'Floor', type: 'integer', sortable: true },
      { key: 'color', label: 'Colour', type: 'select', options: ['red', 'green', 'blue'] },
    ],
  })
})
afterAll(() => system.stop())

describe('a version', () => {
  it('says who changed what in plain words, in the language of the reader', async () => {
    await client.patch('/objects/rooms/fields/floor', { label: 'Storey' })
    const version = await latest()
    expect(version).toMatchObject({
      operation: 'fields.update',
      by: { id: client.userId },
      undoes: null,
      undoneBy: null,
      changeCount: 1,
    })
    expect(version.summary).toBe('Changed the field “Storey” of Rooms: label › en from “Floor” to “Storey”')
    const whole = await client.get(`/workspace/versions/${version.number}`)
    expect(whole.changes).toEqual([
      expect.objectContaining({
        kind: 'field',
        object: 'rooms',
        key: 'floor',
        action: 'changed',
        properties: [{ path: 'definition.label.en', label: 'label › en', before: 'Floor', after: 'Storey' }],
      }),
    ])
    await client.patch('/auth/me', { locale: 'es' })
    expect((await latest()).summary).toBe('Se cambió el campo «Storey» de Salas: nombre › en de “Floor” a “Storey”')
    await client.patch('/auth/me', { locale: 'en' })
  })

  it('tells nothing of what the system keeps for itself, or of what was neither set nor is', async () => {
    await client.post('/objects/rooms/fields', text('door', 'Door'))
    await client.patch('/objects/rooms/fields/door', { help: 'Its colour' })
    const changed = await client.get(`/workspace/versions/${(await latest()).number}`)
    expect(changed.changes[0].properties.map((one: Json) => one.path)).toEqual(['definition.help'])
    await client.post('/objects/rooms/fields/door/rename', { name: 'entrance' })
    const renamed = await client.get(`/workspace/versions/${(await latest()).number}`)
    const paths = renamed.changes.flatMap((one: Json) => one.properties.map(({ path }: Json) => path))
    expect(paths).toEqual(['key'])
  })

  it('is made by every road: objects, order, views, roles, templates, and SQL by hand', async () => {
    const other = await system.register({ template: 'corporate' })
    expect((await latest(other)).operation).toBe('templates.apply')
    const before = (await latest(other)).number
    const view = { label: 'Big', type: 'table', visibility: 'everyone' }
    const shared = await other.post('/objects/deals/views', view)
    expect((await latest(other)).summary).toBe('Added the view “Big” of Deals')
    await other.post('/objects/deals/views', { ...view, visibility: 'private' })
    expect((await latest(other)).number).toBe(before + 1)
    await other.delete(`/objects/deals/views/${shared.id}`)
    expect((await latest(other)).summary).toBe('Removed the view “Big” of Deals')
    await other.post('/access/roles', { label: 'Guest' })
    expect((await latest(other)).summary).toBe('Added the role “Guest”')
    const slugs = (await other.get('/objects')).map((object: Json) => object.slug)
    await other.put('/objects', { order: [...slugs].reverse() })
    expect((await latest(other)).summary).toBe('Put the objects in another order')
    await system.sql(
      `update objects set definition = definition || '{"icon": "star"}' where slug = 'deals' and tenant_id = $1`,
      [other.tenantId],
    )
    expect(await latest(other)).toMatchObject({ by: null, operation: null })
    const numbers = (await other.get('/workspace/versions?limit=100')).map((one: Json) => one.number)
    expect(numbers).toEqual([...numbers].sort((a, b) => b - a))
    expect(new Set(numbers).size).toBe(numbers.length)
  })

  it('is listed in pages, for one object too, and can never be changed', async () => {
    const first = await client.send('GET', '/workspace/versions?limit=1')
    const second = await client.send('GET', `/workspace/versions?limit=1&cursor=${first.body.pagination.nextCursor}`)
    expect(second.data[0].number).toBe(first.data[0].number - 1)
    for (const { summary } of await client.get('/workspace/versions?object=rooms')) expect(summary).toContain('Rooms')
    expect((await client.send('GET', '/workspace/versions?object=nothing')).status).toBe(404)
    expect((await client.send('GET', '/workspace/versions/9999')).status).toBe(404)
    expect((await client.send('GET', '/workspace/versions/x')).status).toBe(400)
    const { database } = system.system
    const binding = { tenantId: client.tenantId }
    for (const statement of ['update metadata_versions set at = now()', 'delete from metadata_changes']) {
      await expect(database.run(binding, { text: statement, values: [] })).rejects.toThrow('permission denied')
    }
  })

  it('is compared with another one, property by property, in both directions', async () => {
    const from = (await latest()).number
    await client.patch('/objects/rooms', { label: { en: 'Chamber', es: 'Sala' } })
    await client.patch('/objects/rooms', { icon: 'door' })
    await client.post('/objects/rooms/fields', text('note', 'Note'))
    const { to, changes } = await client.get(`/workspace/versions/compare?from=${from}`)
    expect(to).toBe(from + 3)
    expect(changes.map((change: Json) => [change.kind, change.key, change.action])).toEqual([
      ['object', 'rooms', 'changed'],
      ['field', 'note', 'added'],
    ])
    expect(changes[0].properties.map((one: Json) => [one.path, one.before, one.after])).toEqual([
      ['definition.icon', 'box', 'door'],
      ['definition.label.en', 'Room', 'Chamber'],
    ])
    const back = await client.get(`/workspace/versions/compare?from=${to}&to=${from}`)
    expect(back.changes.map((change: Json) => change.action)).toEqual(['changed', 'removed'])
  })
})

describe('taking a version back', () => {
  it('brings values back that were out of sight, and tells before what would go', async () => {
    await client.post('/objects/rooms/fields', text('guest', 'Guest', { searchable: true, sortable: true }))
    const added = await latest()
    const room = await client.post('/rooms', { name: 'Blue', guest: 'Zoraida' })
    const dry = await client.post(`/workspace/versions/${added.number}/undo`, { dryRun: true })
    expect(dry).toMatchObject({ version: null, conflicts: [] })
    expect(dry.losses).toEqual([expect.objectContaining({ object: 'rooms', field: 'guest', records: 1 })])
    expect((await latest()).number).toBe(added.number)
    const undone = await client.post(`/workspace/versions/${added.number}/undo`)
    expect(undone.version).toBe(added.number + 1)
    expect(await client.get(`/rooms/${room.id}`)).not.toHaveProperty('guest')
    expect(await latest()).toMatchObject({ undoes: added.number, operation: 'versions.undo' })
    expect((await client.get(`/workspace/versions/${added.number}`)).undoneBy).toBe(added.number + 1)
    await client.post(`/workspace/versions/${undone.version}/undo`)
    expect((await client.get(`/rooms/${room.id}`)).guest).toBe('Zoraida')
  })

  it('keeps what others have changed since', async () => {
    await client.patch('/objects/rooms/fields/floor', { label: 'Level' })
    const renamed = await latest()
    await client.patch('/objects/rooms/fields/floor', { help: 'Where the lift stops' })
    await client.post(`/workspace/versions/${renamed.number}/undo`)
    const { fields } = await client.get('/objects/rooms')
    expect(fields.find((field: Json) => field.key === 'floor')).toMatchObject({
      label: 'Storey',
      help: 'Where the lift stops',
    })
  })

  it('takes one option of several back', async () => {
    const options = ['red', 'green', 'blue']
    await client.patch('/objects/rooms/fields/color', { options: [...options, 'gold'] })
    const gold = await latest()
    await client.patch('/objects/rooms/fields/color', { options: [...options, 'gold', 'pink'] })
    await client.post(`/workspace/versions/${gold.number}/undo`)
    const { fields } = await client.get('/objects/rooms')
    const color = fields.find((field: Json) => field.key === 'color')
    expect(color.options.map((option: Json) => option.value)).toEqual([...options, 'pink'])
  })

  it('refuses by name what was changed again', async () => {
    await client.patch('/objects/rooms/fields/floor', { label: 'Deck' })
    const first = await latest()
    await client.patch('/objects/rooms/fields/floor', { label: 'Tier' })
    const second = await latest()
    const dry = await client.post(`/workspace/versions/${first.number}/undo`, { dryRun: true })
    expect(dry.conflicts).toEqual([
      expect.objectContaining({
        object: 'rooms',
        key: 'floor',
        property: 'definition.label.en',
        version: second.number,
      }),
    ])
    const refused = await client.send('POST', `/workspace/versions/${first.number}/undo`)
    expect([refused.status, refused.error.details[0]!.field]).toEqual([409, 'rooms.floor.label.en'])
    expect(refused.error.details[0]!.message).toContain(`version ${second.number}`)
    await client.patch('/auth/me', { locale: 'es' })
    const said = await client.send('POST', `/workspace/versions/${first.number}/undo`)
    expect(said.error.details[0]!.message).toContain(`se volvió a cambiar en la versión ${second.number}`)
    await client.patch('/auth/me', { locale: 'en' })
  })

  it('refuses what would leave something broken', async () => {
    await client.post('/objects/rooms/fields', { key: 'price', label: 'Price', type: 'number' })
    const price = await latest()
    await client.post('/objects/rooms/fields', {
      key: 'total',
      label: 'Total',
      type: 'formula',
      computed: { expression: 'price * 2' },
    })
    const refused = await client.send('POST', `/workspace/versions/${price.number}/undo`)
    expect([refused.status, refused.error.details[0]!.field]).toEqual([409, 'rooms.fields.total.computed'])
  })

  it('brings a removed object back with its records', async () => {
    await client.post('/objects', { slug: 'cups', label: 'Cup', labelPlural: 'Cups', fields: [text('name', 'Name')] })
    const cup = await client.post('/cups', { name: 'Grail' })
    await client.delete('/objects/cups?force=true')
    const gone = await latest()
    expect((await client.send('GET', `/cups/${cup.id}`)).status).toBe(404)
    await client.post(`/workspace/versions/${gone.number}/undo`)
    expect((await client.get(`/cups/${cup.id}`)).title).toBe('Grail')
  })

  it('restores everything as it was', async () => {
    const at = (await latest()).number
    const before = await shape()
    await client.delete('/objects/cups?force=true')
    await client.patch('/objects/rooms', { label: 'Hall', color: 'teal' })
    await client.delete('/objects/rooms/fields/note')
    await client.post('/objects/rooms/fields', text('extra', 'Extra'))
    await client.post('/access/roles', { label: 'Watcher' })
    expect(await shape()).not.toEqual(before)
    const dry = await client.post(`/workspace/versions/${at}/restore`, { dryRun: true })
    expect(dry.changes.length).toBeGreaterThan(3)
    const done = await client.post(`/workspace/versions/${at}/restore`)
    expect(await shape()).toEqual(before)
    expect(await latest()).toMatchObject({ number: done.version, restores: at })
  })
})

describe('the rights to it', () => {
  it('are those that the change itself takes', async () => {
    await defineRole(system, client.tenantId, 'modeller', { objects: { '*': { read: 'all' } }, admin: ['objects'] })
    const modeller = await addMember(system, client.tenantId, ['modeller'])
    await client.post('/access/roles', { label: 'Night shift' })
    const role = await latest()
    const seen = await modeller.get(`/workspace/versions/${role.number}`)
    expect(seen.changes[0]).toMatchObject({ kind: 'role', properties: [] })
    const refused = await modeller.send('POST', `/workspace/versions/${role.number}/undo`)
    expect([refused.status, refused.error.message]).toEqual([403, expect.stringContaining('“roles”')])
    const nobody = await addMember(system, client.tenantId, [])
    expect((await nobody.send('GET', '/workspace/versions')).status).toBe(403)
  })

  it('do not let anybody take a role away that somebody holds', async () => {
    await client.post('/access/roles', { key: 'porter', label: 'Porter' })
    const role = await latest()
    await addMember(system, client.tenantId, ['porter'])
    const refused = await client.send('POST', `/workspace/versions/${role.number}/undo`)
    expect([refused.status, refused.error.details[0]!.field]).toEqual([409, 'porter'])
  })
})
