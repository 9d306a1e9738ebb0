/** Two administrators change the same object: neither overwrites the other without knowing, on one server or on two. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ApiClient, endedJob, type Json } from '../client.ts'
import { addMember, type RunningSystem, startSystem } from '../server.ts'

let system: RunningSystem
let second: RunningSystem
let ann: ApiClient
let bob: ApiClient

const seen = (version: string | number) => ({ headers: { 'if-match': `"${version}"` } })
const text = (key: string) => ({ key, label: key, type: 'text' })

beforeAll(async () => {
  system = await startSystem()
  second = await startSystem({ sharing: system })
  ann = await system.register({ name: 'Ann', template: 'blank' })
  bob = (await addMember(system, ann.tenantId, ['owner'])).at(second.url)
  const fields = [text('name'), text('city')]
  await ann.post('/objects', { slug: 'towns', label: 'Town', labelPlural: 'Towns', fields })
})
afterAll(async () => {
  await second.stop()
  await system.stop()
})

describe('an object', () => {
  it('has a version that grows with it and its fields, as an ETag too', async () => {
    const before = await ann.send('GET', '/objects/towns')
    expect(before.headers.get('etag')).toBe(`"${before.data.version}"`)
    const changed = await ann.send('PATCH', '/objects/towns', { icon: 'home' }, seen(before.data.version))
    expect(changed.status).toBe(200)
    expect(changed.data.version).toBeGreaterThan(before.data.version)
    expect(changed.headers.get('etag')).toBe(`"${changed.data.version}"`)
    await ann.patch('/objects/towns/fields/city', { label: 'City' })
    expect((await ann.get('/objects/towns')).version).toBe(changed.data.version + 1)
    await ann.post('/towns', { name: 'Lugo' })
    expect((await ann.get('/objects/towns')).version).toBe(changed.data.version + 1)
  })

  it('is not changed by who has not seen what the other changed', async () => {
    const { version } = await ann.get('/objects/towns')
    await bob.patch('/objects/towns/fields/city', { label: 'Place' })
    const roads: [string, string, unknown?][] = [
      ['PATCH', '/objects/towns', { label: 'Village' }],
      ['PATCH', '/objects/towns/fields/name', { label: 'Title' }],
      ['POST', '/objects/towns/fields', text('mayor')],
      ['PUT', '/objects/towns/fields/order', { keys: ['city', 'name'] }],
      ['DELETE', '/objects/towns/fields/city'],
      ['DELETE', '/objects/towns'],
    ]
    for (const [method, path, body] of roads) {
      const refused = await ann.send(method, path, body, seen(version))
      expect([method, path, refused.status]).toEqual([method, path, 409])
      expect(refused.error.details).toEqual([
        {
          field: 'city',
          message: expect.stringContaining('Changed the field “Place” of Towns: label › en from “City”'),
        },
      ])
      expect(refused.error.current).toMatchObject({ slug: 'towns', version: version + 1 })
    }
    const { version: fresh } = await ann.get('/objects/towns')
    expect((await ann.send('PATCH', '/objects/towns', { label: 'Village' }, seen(fresh))).status).toBe(200)
  })

  it('takes the change of one of many who begin at the same version', async () => {
    const { version } = await ann.get('/objects/towns')
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        [ann, bob][index % 2]!.send('PATCH', '/objects/towns', { description: `By ${index}` }, seen(version)),
      ),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(7).fill(409)])
  })

  it('is the same at every server within a second', async () => {
    for (const label of ['One', 'Two', 'Three']) {
      await ann.patch('/objects/towns', { label })
      const since = performance.now()
      await expect.poll(async () => (await bob.get('/objects/towns')).label, { interval: 5 }).toBe(label)
      expect(performance.now() - since).toBeLessThan(1_000)
    }
    const added = await bob.send('POST', '/objects/towns/fields', text('river'))
    expect(added.status).toBe(201)
    expect((await ann.post<Json>('/towns', { name: 'Vigo', river: 'Lagares' })).river).toBe('Lagares')
  })
})

describe('a role and a shared view', () => {
  it('have versions of their own, which nothing else moves', async () => {
    const role = await ann.post('/access/roles', { key: 'clerk', label: 'Clerk', objects: { towns: { read: 'all' } } })
    const view = await ann.post('/objects/towns/views', { label: 'Big', visibility: 'everyone', columns: ['name'] })
    expect([role.version, view.version].every((version) => version > 0)).toBe(true)
    await ann.patch('/objects/towns', { icon: 'building' })
    const read = await ann.send('GET', '/access/roles/clerk')
    expect([read.data.version, read.headers.get('etag')]).toEqual([role.version, `"${role.version}"`])
    expect((await ann.get('/objects/towns/views')).find((one: Json) => one.id === view.id).version).toBe(view.version)
  })

  it('are not changed by who has not seen what the other changed', async () => {
    const role = await ann.get('/access/roles/clerk')
    await bob.patch('/access/roles/clerk', { objects: { towns: { read: 'own' } } })
    for (const [method, body] of [['PATCH', { label: 'Scribe' }], ['DELETE']] as [string, unknown?][]) {
      const refused = await ann.send(method, '/access/roles/clerk', body, seen(role.version))
      expect([method, refused.status, refused.error.current.objects]).toEqual([method, 409, { towns: { read: 'own' } }])
      expect(refused.error.details).toEqual([
        { field: 'objects.towns.read', message: expect.stringContaining('“all” became “own”') },
      ])
    }
    const { version } = await ann.get('/access/roles/clerk')
    const changed = await ann.send('PATCH', '/access/roles/clerk', { label: 'Scribe' }, seen(version))
    expect([changed.status, changed.data.version > version]).toEqual([200, true])

    const view = (await ann.get('/objects/towns/views')).find((one: Json) => one.label === 'Big')
    const path = `/objects/towns/views/${view.id}`
    await bob.patch(path, { columns: ['city'] })
    for (const [method, body] of [['PATCH', { label: 'Large' }], ['DELETE']] as [string, unknown?][]) {
      const refused = await ann.send(method, path, body, seen(view.version))
      expect([method, refused.status, refused.error.current.columns]).toEqual([method, 409, ['city']])
      expect(refused.error.details[0]!.message).toContain('Changed the view “Big”')
    }
    const fresh = refusedVersion(await ann.send('PATCH', path, { label: 'Large' }, seen(view.version)))
    expect((await ann.send('PATCH', path, { label: 'Large' }, seen(fresh))).data.label).toBe('Large')
  })

  const refusedVersion = (answer: { error: { current?: Json } }): number => answer.error.current.version
})

describe('a request under way', () => {
  const filled = () => ann.get<Json[]>('/towns?limit=200')

  it('ends on the shape that it began with, or begins anew on the other: never on half of each', async () => {
    await ann.post('/towns/bulk', {
      records: Array.from({ length: 150 }, (_, index) => ({ name: `T${index}`, city: 'Old' })),
    })
    let isOver = false
    const shapes = new Set<string>()
    const readers = [ann, bob].map(async (who) => {
      while (!isOver) {
        const answer = await who.send('GET', '/towns?limit=20')
        expect([answer.status, answer.text.slice(0, 300)]).toEqual([200, expect.any(String)])
        const keys = new Set(answer.data.map((one: Json) => ['city', 'place'].filter((key) => key in one).join()))
        expect(keys.size).toBe(1)
        shapes.add([...keys].join())
      }
    })
    const writers = [ann, bob].map(async (who, writer) => {
      for (let turn = 0; !isOver; turn++) {
        const records = Array.from({ length: 10 }, (_, index) => ({ name: `W${writer}-${turn}-${index}`, city: 'New' }))
        const answer = await who.post<Json>('/towns/bulk', { records })
        expect([answer.created, answer.failed]).toEqual([10, 0])
      }
    })
    try {
      for (const name of ['place', 'city']) {
        await bob.post(`/objects/towns/fields/${name === 'place' ? 'city' : 'place'}/rename`, { name })
        await expect.poll(() => shapes.has(name), { interval: 20, timeout: 10_000 }).toBe(true)
      }
    } finally {
      isOver = true
    }
    await Promise.all([...readers, ...writers])
    const lost = (await filled()).filter((one) => /^[TW]/.test(one.name) && !['Old', 'New'].includes(one.city))
    expect(lost).toEqual([])
  }, 30_000)

  it('of an import goes through a removed field, whose column it then refuses, and loses no row', async () => {
    const lines = Array.from({ length: 3_000 }, (_, index) => `I${index},Lugo`)
    const csv = ['name,city', ...lines].join('\n')
    const options = { raw: csv, headers: { 'content-type': 'text/csv' } }
    const { uploadId } = (await ann.send('POST', '/towns/import/preview', undefined, options)).data
    const { jobId } = await ann.post('/towns/import', { uploadId, mapping: { 0: 'name', 1: 'city' } })
    await expect
      .poll(async () => (await ann.get(`/jobs/${jobId}`)).progress, { interval: 10, timeout: 10_000 })
      .toBeGreaterThan(0)
    await bob.delete('/objects/towns/fields/city?force=true')
    const job = await endedJob(ann, jobId)
    expect(['completed', 'failed']).toContain(job.status)
    const counted = await ann.post<Json>('/towns/count', { filter: { field: 'name', op: 'startsWith', value: 'I' } })
    expect(counted.count).toBeLessThanOrEqual(3_000)
    expect((await bob.get('/objects/towns')).fields.map(({ key }: Json) => key)).not.toContain('city')
    await ann.post('/objects/towns/fields/city/restore')
    const imported = await ann.get<Json[]>('/towns?limit=200&name[startsWith]=I&sort=name')
    // What was written before the field went is there again; nothing was written into it afterwards.
    expect(imported.every(({ city }) => city === 'Lugo' || city === null)).toBe(true)
  }, 30_000)
})
