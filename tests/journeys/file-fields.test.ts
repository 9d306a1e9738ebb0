/** Fields that hold files: uploaded for the field, bound by saving a record, kept to the field's rules and rights. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Answer, ApiClient, Json } from '../client.ts'
import { addMember, defineRole, type RunningSystem, startSystem } from '../server.ts'

let system: RunningSystem
let owner: ApiClient
let fields: { photo: Json; papers: Json }

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
)
const text = (content: string) => Buffer.from(content)

beforeAll(async () => {
  system = await startSystem()
  owner = await system.register({ name: 'Ana García', template: 'blank' })
  await owner.post('/objects', {
    slug: 'cars',
    label: 'Car',
    labelPlural: 'Cars',
    fields: [{ key: 'name', label: 'Name', type: 'text', required: true }],
  })
  fields = {
    photo: await owner.post('/objects/cars/fields', {
      key: 'photo',
      label: 'Photo',
      type: 'file',
      rules: { kinds: ['image'], maxSize: 1_000 },
    }),
    papers: await owner.post('/objects/cars/fields', {
      key: 'papers',
      label: 'Papers',
      type: 'file',
      rules: { several: true, maxItems: 3 },
    }),
  }
})
afterAll(() => system.stop())

/** Uploads for a field; gives the answer to the last part. */
async function sent(client: ApiClient, field: keyof typeof fields, name: string, content: Buffer): Promise<Answer> {
  const { id } = await client.post('/file-uploads', { fieldId: fields[field].id, name, size: content.length })
  return client.send('PATCH', `/file-uploads/${id}`, undefined, {
    raw: new Uint8Array(content),
    headers: { 'content-type': 'application/offset+octet-stream', 'upload-offset': '0' },
  })
}

async function uploaded(field: keyof typeof fields, name: string, content: Buffer, client = owner): Promise<string> {
  const answer = await sent(client, field, name, content)
  expect(answer.status, answer.text).toBe(200)
  return answer.data.file.id
}

const paper = (name: string, client = owner) => uploaded('papers', name, text(`paper ${name}`), client)
const photo = (name = 'front.png') => uploaded('photo', name, png)
const names = (files: Json[]) => files.map(({ name }) => name)

describe('a field of files', () => {
  it('takes what was uploaded for it, and shows it by name', async () => {
    const [first, second] = [await paper('one.txt'), await paper('two.txt')]
    const made = await owner.post('/cars', { name: 'Beetle', photo: await photo(), papers: [first, second] })
    expect(made.photo).toMatchObject({ name: 'front.png', type: 'image/png', size: png.length, version: 1 })
    expect(names(made.papers)).toEqual(['one.txt', 'two.txt'])
    const read = await owner.get(`/cars/${made.id}`)
    expect([read.photo, read.papers]).toEqual([made.photo, made.papers])
    const [listed] = await owner.get('/cars?fields=name,papers&name=Beetle')
    expect(listed.papers).toEqual(made.papers)
    expect(await owner.get(`/cars/${made.id}/files`)).toEqual([])

    const changed = await owner.patch(`/cars/${made.id}`, { papers: [{ id: second }, await paper('three.txt')] })
    expect(names(changed.papers)).toEqual(['two.txt', 'three.txt'])
    await owner.patch(`/files/${second}`, { name: 'second.txt' })
    expect(names((await owner.get(`/cars/${made.id}`)).papers)).toEqual(['second.txt', 'three.txt'])
    const exported = await owner.send('GET', '/cars/export?format=csv&fields=name,photo,papers')
    expect(exported.text).toContain('Beetle,front.png,"second.txt, three.txt"')
  })

  it('refuses what its rules do not take, by name', async () => {
    const refused = async (input: object) => {
      const { status, error } = await owner.send('POST', '/file-uploads', { name: 'a', size: 1, ...input })
      return [status, error.details?.[0]?.field]
    }
    expect(await refused({ fieldId: crypto.randomUUID() })).toEqual([400, 'fieldId'])
    const [name] = (await owner.get('/objects/cars')).fields
    expect(await refused({ fieldId: name.id })).toEqual([400, 'fieldId'])
    expect(await refused({})).toEqual([400, 'fieldId'])
    expect(await refused({ fieldId: fields.photo.id, size: 1_001 })).toEqual([400, 'size'])
    const notAPicture = await sent(owner, 'photo', 'front.png', text('I am a picture'))
    expect([notAPicture.status, notAPicture.error.details[0]!.field]).toEqual([400, 'content'])
    const four = await Promise.all(['1', '2', '3', '4'].map((name) => paper(name)))
    const tooMany = await owner.send('POST', '/cars', { name: 'Full', papers: four })
    expect(tooMany.error.details).toEqual([{ field: 'papers', message: expect.stringContaining('at most 3 items') }])
    const settings = await owner.send('PATCH', '/objects/cars/fields/photo', { rules: { kinds: ['films'] } })
    expect(settings.status).toBe(400)
  })

  it('takes no file of another field, record, person or workspace, nor one twice', async () => {
    const other = await system.register({ template: 'blank' })
    await defineRole(system, owner.tenantId, 'mate', { objects: { cars: { read: 'all', create: 'all' } } })
    const member = await addMember(system, owner.tenantId, ['mate'])
    const bound = await paper('bound.txt')
    await owner.post('/cars', { name: 'Holder', papers: [bound] })
    const foreign = crypto.randomUUID()
    for (const id of [bound, await photo(), await paper('theirs.txt', member), foreign]) {
      const { status, error } = await owner.send('POST', '/cars', { name: 'Thief', papers: [id] })
      expect([status, error.details[0]!.field]).toEqual([400, 'papers'])
    }
    expect((await other.send('GET', `/files/${bound}`)).status).toBe(404)
    const mine = await paper('mine.txt')
    expect((await member.send('GET', `/files/${mine}`)).status).toBe(404)
    const twice = await owner.post('/cars/bulk', {
      records: [1, 2].map((n) => ({ name: `Twin ${n}`, papers: [mine] })),
    })
    expect(twice.results.map(({ success }: Json) => success)).toEqual([true, false])
  })

  it('gives a file to one of twenty who save it at once', async () => {
    const wanted = await paper('wanted.txt')
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, at) => owner.send('POST', '/cars', { name: `Racer ${at}`, papers: [wanted] })),
    )
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1)
    expect(answers.filter(({ status }) => status === 400)).toHaveLength(19)
  })

  it('is required and shown as its settings say', async () => {
    await owner.patch('/objects/cars/fields/photo', {
      conditions: { required: { field: 'name', op: 'eq', value: 'New' } },
    })
    const { status, error } = await owner.send('POST', '/cars', { name: 'New' })
    expect([status, error.details[0]!.field]).toEqual([400, 'photo'])
    expect((await owner.post('/cars', { name: 'New', photo: await photo() })).photo.name).toBe('front.png')
    await owner.patch('/objects/cars/fields/photo', { conditions: null })
  })
})

describe('a file that a field held', () => {
  it('is in the trash, comes back by the history of the record, and not once it is erased', async () => {
    const [kept, gone] = [await paper('kept.txt'), await paper('gone.txt')]
    const car = await owner.post('/cars', { name: 'History', papers: [kept, gone] })
    await owner.patch(`/cars/${car.id}`, { papers: [kept] })
    expect(names(await owner.get(`/cars/${car.id}/files?deleted=true`))).toEqual(['gone.txt'])
    expect((await owner.send('POST', `/files/${gone}/restore`, {})).error.message).toContain('history of the record')
    expect((await owner.send('DELETE', `/files/${kept}`)).error.message).toContain('Take it out of the field')
    const [entry] = await owner.get(`/cars/${car.id}/history`)
    expect(entry.changes).toMatchObject([
      { field: 'papers', before: [{ name: 'kept.txt' }, { name: 'gone.txt' }], after: [{ name: 'kept.txt' }] },
    ])
    const back = { entry: entry.id, side: 'before' }
    const restored = await owner.post(`/cars/${car.id}/history/restore`, back)
    expect(names(restored.record.papers)).toEqual(['kept.txt', 'gone.txt'])
    expect(await owner.get(`/cars/${car.id}/files?deleted=true`)).toEqual([])
    await owner.patch(`/cars/${car.id}`, { papers: [kept] })
    await owner.post(`/files/${gone}/erase`, {})
    const refused = await owner.post(`/cars/${car.id}/history/restore`, back)
    expect(refused.kept).toMatchObject([{ field: 'papers' }])
  })

  it('goes along when its record is merged, and comes back with it', async () => {
    const [survivor, other] = [
      await owner.post('/cars', { name: 'Survivor' }),
      await owner.post('/cars', { name: 'Other', papers: [await paper('carried.txt')] }),
    ]
    const merge = await owner.post('/cars/merge', { keep: survivor.id, from: other.id })
    expect(names(merge.record.papers)).toEqual(['carried.txt'])
    const renamed = await owner.patch(`/cars/${survivor.id}`, { name: 'Merged' })
    expect(names(renamed.papers)).toEqual(['carried.txt'])
    await owner.post(`/merges/${merge.id}/undo`, {})
    expect((await owner.get(`/cars/${survivor.id}`)).papers).toEqual([])
    expect(names((await owner.get(`/cars/${other.id}`)).papers)).toEqual(['carried.txt'])
  })

  it('is forgotten after a day if no record was saved with it', async () => {
    const forgotten = await paper('forgotten.txt')
    for (const table of ['record_files', 'file_versions']) {
      const id = table === 'record_files' ? 'id' : 'file_id'
      await system.sql(`update ${table} set created_at = now() - interval '25 hours' where ${id} = $1`, [forgotten])
    }
    const fresh = await paper('fresh.txt')
    expect((await owner.send('GET', `/files/${forgotten}`)).status).toBe(404)
    expect((await owner.send('GET', `/files/${fresh}`)).status).toBe(200)
    await owner.delete(`/files/${fresh}`)
    expect((await owner.send('GET', `/files/${fresh}`)).status).toBe(404)
  })
})

describe('rights of the field', () => {
  it('are those of its files', async () => {
    const held = await paper('secret.txt')
    const car = await owner.post('/cars', { name: 'Secret', papers: [held] })
    const grant = (papers: string) => ({ objects: { cars: { read: 'all', update: 'all', fields: { papers } } } })
    await defineRole(system, owner.tenantId, 'blind', grant('hidden'))
    await defineRole(system, owner.tenantId, 'looker', grant('read'))
    const blind = await addMember(system, owner.tenantId, ['blind'])
    const looker = await addMember(system, owner.tenantId, ['looker'])
    expect('papers' in (await blind.get(`/cars/${car.id}`))).toBe(false)
    expect((await blind.send('GET', `/files/${held}`)).status).toBe(404)
    expect((await blind.send('POST', `/files/${held}/link`, {})).status).toBe(404)
    const archive = [`/cars/${car.id}/files/archive`, { ids: [held] }] as const
    expect((await blind.send('POST', ...archive)).status).toBe(404)
    expect((await looker.send('POST', ...archive)).status).toBe(200)
    expect((await owner.send('POST', `/cars/${car.id}/files/delete`, { ids: [held] })).status).toBe(409)
    expect((await owner.send('POST', `/cars/${car.id}/files/move`, { ids: [held], folder: 'x' })).status).toBe(409)
    expect((await blind.send('POST', '/file-uploads', { fieldId: fields.papers.id, name: 'a', size: 1 })).status).toBe(
      400,
    )
    expect((await looker.send('PATCH', `/files/${held}`, { name: 'mine' })).status).toBe(403)
    expect((await looker.send('POST', `/cars/${car.id}/files`, { fileId: held, name: 'a', size: 1 })).status).toBe(403)
    expect((await looker.send('POST', '/file-uploads', { fieldId: fields.papers.id, name: 'a', size: 1 })).status).toBe(
      403,
    )
    const { url } = await looker.post(`/files/${held}/link`, {})
    expect((await fetch(system.url + url)).status).toBe(200)
    await defineRole(system, owner.tenantId, 'looker', grant('hidden'))
    expect((await fetch(system.url + url)).status).toBe(404)
  })
})
