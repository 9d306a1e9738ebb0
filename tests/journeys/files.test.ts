/** Files on records: sent in parts, kept in versions, fetched by links, with the rights of their records. */
import { createHash, randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { strFromU8, unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { pdfOf } from '../../packages/adapters/thumbnails/pdf.fixture.ts'
import type { Answer, ApiClient, Json } from '../client.ts'
import { addMember, defineRole, type RunningSystem, startSystem } from '../server.ts'

let system: RunningSystem
let second: RunningSystem
let owner: ApiClient
let patient: Json

const person = { date_of_birth: '1980-01-01', phone: '+14155550123' }
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
)

beforeAll(async () => {
  system = await startSystem()
  second = await startSystem({ sharing: system })
  owner = await system.register({ name: 'Ana García', template: 'hospital' })
  patient = await owner.post('/patients', { ...person, full_name: 'Lena Ortiz' })
})
afterAll(async () => {
  await second.stop()
  await system.stop()
})

type Content = Uint8Array<ArrayBuffer>
const bytes = (text: string): Content => new TextEncoder().encode(text) as Content
const begin = (client: ApiClient, recordId: string, input: object) => client.post(`/patients/${recordId}/files`, input)

const part = (client: ApiClient, id: string, offset: number, content: Content): Promise<Answer> =>
  client.send('PATCH', `/file-uploads/${id}`, undefined, {
    raw: content,
    headers: { 'content-type': 'application/offset+octet-stream', 'upload-offset': String(offset) },
  })

/** Uploads in one part; gives the file. */
async function upload(name: string, content: Content, options: object = {}, recordId = patient.id): Promise<Json> {
  const { id } = await begin(owner, recordId, { name, size: content.length, ...options })
  const answer = await part(owner, id, 0, content)
  expect(answer.status, answer.text).toBe(200)
  return answer.data.file
}

/** Follows a link without credentials. */
async function fetched(url: string): Promise<Response> {
  return fetch(system.url + url)
}

const stored = async (): Promise<number> => {
  const [row] = await system.sql<{ bytes: string }>('select bytes from storage_counters where tenant_id = $1', [
    owner.tenantId,
  ])
  return Number(row?.bytes ?? 0)
}

describe('an upload', () => {
  it('comes in parts, goes on where it broke off, and ends as a file', async () => {
    const content = new Uint8Array(randomBytes(300_000)) as Content
    const began = await owner.send('POST', `/patients/${patient.id}/files`, { name: 'scan.bin', size: content.length })
    expect(began.status).toBe(201)
    expect(began.headers.get('location')).toBe(`/api/v1/file-uploads/${began.data.id}`)
    const { id } = began.data
    expect((await part(owner, id, 0, content.slice(0, 100_000))).data).toMatchObject({ offset: 100_000, file: null })
    expect(await owner.get(`/patients/${patient.id}/files`)).toEqual([])

    const wrong = await part(owner, id, 50_000, content.slice(50_000))
    expect(wrong.status).toBe(409)
    expect(wrong.error.message).toContain('Go on from 100,000')
    const head = await owner.send('HEAD', `/file-uploads/${id}`)
    expect([head.headers.get('upload-offset'), head.headers.get('upload-length')]).toEqual(['100000', '300000'])

    const answer = await part(owner, id, 100_000, content.slice(100_000))
    expect(answer.data.file).toMatchObject({
      name: 'scan.bin',
      folder: '',
      type: 'application/octet-stream',
      size: 300_000,
      version: 1,
      updatedBy: { name: 'Ana García' },
    })
    const { url } = await owner.post(`/files/${answer.data.file.id}/link`, {})
    const body = new Uint8Array(await (await fetched(url)).arrayBuffer())
    const sha = (of: Uint8Array) => createHash('sha256').update(of).digest('hex')
    expect(sha(body)).toBe(sha(content))
  })

  it('takes a part once when two bring it at the same time', async () => {
    const content = bytes('0123456789')
    const { id } = await begin(owner, patient.id, { name: 'twice.txt', size: 20 })
    const statuses = (await Promise.all([1, 2, 3].map(() => part(owner, id, 0, content)))).map(({ status }) => status)
    expect(statuses.sort()).toEqual([200, 409, 409])
    expect((await part(owner, id, 10, bytes('too many bytes'))).status).toBe(413)
    expect((await owner.send('DELETE', `/file-uploads/${id}`)).status).toBe(204)
    expect((await owner.send('GET', `/file-uploads/${id}`)).status).toBe(404)
  })

  it('refuses names that lead elsewhere, sizes without sense and parts that are too large', async () => {
    for (const name of ['', '../x', 'a/b', 'a\\b', 'a\u0000b', '..']) {
      expect((await owner.send('POST', `/patients/${patient.id}/files`, { name, size: 1 })).status, name).toBe(400)
    }
    for (const size of [-1, 1.5, 6 * 1024 ** 3]) {
      expect((await owner.send('POST', `/patients/${patient.id}/files`, { name: 'a', size })).status).toBe(400)
    }
    const { id } = await begin(owner, patient.id, { name: 'large', size: 9 * 1024 ** 2 })
    expect((await part(owner, id, 0, new Uint8Array(9 * 1024 ** 2) as Content)).status).toBe(413)
    await owner.delete(`/file-uploads/${id}`)
  })
})

describe('what a file is', () => {
  it.each([
    ['photo.txt', png, 'image/png'],
    ['page.txt', bytes('<!DOCTYPE html><script>alert(1)</script>'), 'text/html'],
    ['drawing.png', bytes('<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'), 'image/svg+xml'],
    ['rows.csv', bytes('name,phone\nAna,1\n'), 'text/csv'],
    ['letter', bytes('Querida Ana: ñandú'), 'text/plain'],
    ['ones.txt', new Uint8Array(40).fill(1) as Content, 'application/octet-stream'],
    ['empty.txt', bytes(''), 'text/plain'],
    ['report.pdf', bytes('%PDF-1.7\n1 0 obj'), 'application/pdf'],
  ])('is read from its content: %s', async (name, content, type) => {
    expect(await upload(name, new Uint8Array(content) as Content)).toMatchObject({ name, type })
  })

  it('decides how it is shown: nothing that could run does', async () => {
    const page = await upload('page.html', bytes('<!DOCTYPE html><script>alert(1)</script>'))
    const { url } = await owner.post(`/files/${page.id}/link`, { inline: true })
    const shown = await fetched(url)
    expect(shown.headers.get('content-type')).toBe('text/plain; charset=utf-8')
    expect(shown.headers.get('x-content-type-options')).toBe('nosniff')
    expect(shown.headers.get('content-security-policy')).toMatch(/default-src 'none'.*; sandbox$/)
    const saved = await fetched((await owner.post(`/files/${page.id}/link`, {})).url)
    expect(saved.headers.get('content-disposition')).toBe("attachment; filename*=UTF-8''page.html")
    const archive = await upload('a.bin', new Uint8Array([0, 1, 2, 255]) as Content)
    expect((await owner.send('POST', `/files/${archive.id}/link`, { inline: true })).status).toBe(400)
  })
})

describe('a link', () => {
  it('leads to one version, for five minutes, and to nothing once it was touched', async () => {
    const first = await upload('plan.txt', bytes('one'))
    const link = await owner.post(`/files/${first.id}/link`, {})
    expect(Date.parse(link.expiresAt) - Date.now()).toBeLessThan(5 * 60_000 + 1)
    await upload('plan.txt', bytes('two'), { fileId: first.id })
    expect(await (await fetched(link.url)).text()).toBe('one')
    expect(await (await fetched((await owner.post(`/files/${first.id}/link`, {})).url)).text()).toBe('two')
    expect(await (await fetched((await owner.post(`/files/${first.id}/link`, { version: 1 })).url)).text()).toBe('one')
    expect((await owner.send('POST', `/files/${first.id}/link`, { version: 3 })).status).toBe(404)

    const [body, signature] = link.url.split('/').at(-1).split('.')
    const claims = JSON.parse(Buffer.from(body, 'base64url').toString())
    const forged = Buffer.from(JSON.stringify({ ...claims, expiresAt: claims.expiresAt + 1 })).toString('base64url')
    for (const token of [`${forged}.${signature}`, `${body}.`, body, `${body}.${'A'.repeat(43)}`, 'x.y']) {
      expect((await fetched(`/api/v1/file-contents/${token}`)).status).toBe(404)
    }
  })

  it('leads nowhere once the person who asked for it is no member any more', async () => {
    await defineRole(system, owner.tenantId, 'looker', { objects: { patients: { read: 'all' } } })
    const looker = await addMember(system, owner.tenantId, ['looker'])
    const { url } = await looker.post(`/files/${(await upload('seen.txt', bytes('seen'))).id}/link`, {})
    expect((await fetched(url)).status).toBe(200)
    await owner.post(`/members/${looker.userId}/deactivate`, {})
    expect((await fetched(url)).status).toBe(404)
  })

  it('leads nowhere once that person may not read the record any more', async () => {
    await defineRole(system, owner.tenantId, 'own_ones', { objects: { patients: { read: 'own' } } })
    const doctor = await addMember(system, owner.tenantId, ['own_ones'])
    const theirs = await owner.post('/patients', { ...person, full_name: 'Nora Beck', ownerId: doctor.userId })
    const file = await upload('theirs.txt', bytes('theirs'), {}, theirs.id)
    const { url } = await doctor.post(`/files/${file.id}/link`, {})
    expect((await fetched(url)).status).toBe(200)
    await owner.patch(`/patients/${theirs.id}`, { ownerId: owner.userId })
    expect((await fetched(url)).status).toBe(404)
    await owner.patch(`/patients/${theirs.id}`, { ownerId: doctor.userId })
    expect((await fetched(url)).status).toBe(200)
    await defineRole(system, owner.tenantId, 'nothing', { objects: {} })
    await owner.put(`/access/members/${doctor.userId}/roles`, { roles: [{ key: 'nothing' }] })
    expect((await fetched(url)).status).toBe(404)
    expect((await fetch(second.url + url)).status).toBe(404)
  })

  it('leaves word of who read what in the log', async () => {
    const file = await upload('lab.txt', bytes('result'))
    await fetched((await owner.post(`/files/${file.id}/link`, {})).url)
    const entries = await system.sql<Json>(
      `select operation, actor_id, object, record_ids from operation_log
       where tenant_id = $1 and operation in ('files.link', 'files.content') order by id desc limit 2`,
      [owner.tenantId],
    )
    expect(entries).toEqual(
      ['files.content', 'files.link'].map((operation) => ({
        operation,
        actor_id: owner.userId,
        object: 'patients',
        record_ids: [patient.id],
      })),
    )
  })
})

describe('a small picture', () => {
  const drawnSoon = (id: string): Promise<Json> =>
    vi.waitFor(async () => {
      const file = await owner.get(`/files/${id}`)
      expect(file.thumbnail).toBe(true)
      return file
    }, 20_000)

  it('is drawn of a picture, version by version, and goes with it', async () => {
    const before = await stored()
    const file = await upload('photo.png', new Uint8Array(png) as Content)
    const drawn = await drawnSoon(file.id)
    const picture = await owner.send('GET', `/files/${file.id}/thumbnail?version=${drawn.version}`)
    expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/webp'])
    expect(picture.headers.get('cache-control')).toBe('private, max-age=3600, immutable')
    expect((await owner.send('GET', `/files/${file.id}/thumbnail?version=2`)).status).toBe(404)
    expect((await fetch(`${system.url}/api/v1/files/${file.id}/thumbnail`)).status).toBe(401)
    await upload('photo.png', bytes('no picture any more'), { fileId: file.id })
    expect((await owner.send('GET', `/files/${file.id}/thumbnail`)).status).toBe(404)
    const [{ thumbnail_key: key }] = await system.sql<Json>(
      'select thumbnail_key from file_versions where file_id = $1 and number = 1',
      [file.id],
    )
    await owner.delete(`/files/${file.id}`)
    await owner.post(`/files/${file.id}/erase`, {})
    expect(await stored()).toBe(before)
    const path = join(system.dataDir, 'files', key)
    await vi.waitFor(() => expect(existsSync(path)).toBe(false))
  })

  it('shows the first page of a PDF', async () => {
    const page = pdfOf('0.8 0.1 0.1 rg 0 0 595 842 re f')
    const file = await upload('report.pdf', new Uint8Array(page) as Content)
    await drawnSoon(file.id)
    const picture = await owner.send('GET', `/files/${file.id}/thumbnail`)
    expect([picture.status, picture.headers.get('content-type')]).toEqual([200, 'image/webp'])
  })

  it('is for whoever may read the record, and of no text', async () => {
    await defineRole(system, owner.tenantId, 'owns', { objects: { patients: { read: 'own' } } })
    const other = await addMember(system, owner.tenantId, ['owns'])
    const file = await upload('face.png', new Uint8Array(png) as Content)
    const text = await upload('face.txt', bytes('a face'))
    await drawnSoon(file.id)
    expect((await other.send('GET', `/files/${file.id}/thumbnail`)).status).toBe(404)
    expect((await owner.send('GET', `/files/${text.id}/thumbnail`)).status).toBe(404)
  })
})

describe('versions', () => {
  it('are numbered in the order in which they end, also when two end at once', async () => {
    const file = await upload('contract.txt', bytes('1'))
    await Promise.all(['2', '3', '4'].map((text) => upload('contract.txt', bytes(text), { fileId: file.id })))
    const { version, versions } = await owner.get(`/files/${file.id}`)
    expect(version).toBe(4)
    expect(versions.map((one: Json) => one.version)).toEqual([4, 3, 2, 1])
  })
})

describe('files of a record', () => {
  it('are renamed, moved, put into the trash, restored and erased, and the record remembers', async () => {
    const lena = await owner.post('/patients', { ...person, full_name: 'Lena Ruiz' })
    const before = await stored()
    const file = await upload('a.txt', bytes('hello'), { folder: 'Letters' }, lena.id)
    expect(await stored()).toBe(before + 5)
    const moved = await owner.patch(`/files/${file.id}`, { name: 'b.txt', folder: 'Letters/2026' })
    expect(moved).toMatchObject({ name: 'b.txt', folder: 'Letters/2026' })
    expect((await owner.send('PATCH', `/files/${file.id}`, { folder: 'a//b' })).status).toBe(400)
    expect((await owner.send('POST', `/files/${file.id}/erase`, {})).status).toBe(409)
    await owner.delete(`/files/${file.id}`)
    const [told] = await owner.get(`/patients/${lena.id}/history`)
    expect(told).toMatchObject({
      action: 'file_deleted',
      changes: [],
      file: { id: file.id, name: 'b.txt', version: 1 },
    })
    expect(await owner.get(`/patients/${lena.id}/files`)).toEqual([])
    expect(await owner.get(`/patients/${lena.id}/files?deleted=true`)).toMatchObject([{ id: file.id }])
    await owner.post(`/files/${file.id}/restore`, {})
    expect(await owner.get(`/patients/${lena.id}/files`)).toMatchObject([{ id: file.id, deletedAt: null }])
    await owner.delete(`/files/${file.id}`)
    await owner.post(`/files/${file.id}/erase`, {})
    expect((await owner.send('GET', `/files/${file.id}`)).status).toBe(404)
    expect(await stored()).toBe(before)
    const history = await owner.get(`/patients/${lena.id}/history`)
    expect(history[0].file).toEqual({ id: file.id, name: null, version: 1 })
    expect(history.map(({ action }: Json) => action)).toEqual([
      'file_erased',
      'file_deleted',
      'file_restored',
      'file_deleted',
      'file_changed',
      'file_added',
      'created',
    ])
  })

  it('go with it when it is merged into another, and come back with it', async () => {
    const [kept, gone] = [
      await owner.post('/patients', { ...person, full_name: 'Mona Lee' }),
      await owner.post('/patients', { ...person, full_name: 'Mona Leigh' }),
    ]
    const file = await upload('card.txt', bytes('card'), {}, gone.id)
    const merge = await owner.post('/patients/merge', { keep: kept.id, from: gone.id })
    expect(await owner.get(`/patients/${kept.id}/files`)).toMatchObject([{ id: file.id, recordId: kept.id }])
    await owner.patch(`/files/${file.id}`, { name: 'card of Mona.txt' })
    await owner.post(`/merges/${merge.id}/undo`, {})
    expect(await owner.get(`/patients/${kept.id}/files`)).toEqual([])
    expect(await owner.get(`/patients/${gone.id}/files`)).toMatchObject([{ name: 'card of Mona.txt' }])
  })

  it('belong to whoever may read the record, and are changed by whoever may change it', async () => {
    await defineRole(system, owner.tenantId, 'reader', { objects: { patients: { read: 'all' } } })
    await defineRole(system, owner.tenantId, 'own', { objects: { patients: { read: 'own', update: 'own' } } })
    const reader = await addMember(system, owner.tenantId, ['reader'])
    const other = await addMember(system, owner.tenantId, ['own'])
    const file = await upload('secret.txt', bytes('secret'))
    const { id: running } = await begin(owner, patient.id, { name: 'x', size: 3 })
    const tries: [string, string, object?][] = [
      ['GET', `/patients/${patient.id}/files`],
      ['GET', `/files/${file.id}`],
      ['POST', `/files/${file.id}/link`, {}],
      ['PATCH', `/files/${file.id}`, { name: 'mine' }],
      ['DELETE', `/files/${file.id}`],
      ['POST', `/files/${file.id}/restore`, {}],
      ['POST', `/files/${file.id}/erase`, {}],
      ['POST', `/patients/${patient.id}/files`, { name: 'mine', size: 1 }],
      ['GET', `/file-uploads/${running}`],
    ]
    const statuses = async (client: ApiClient) => {
      const found: number[] = []
      for (const [method, path, body] of tries) found.push((await client.send(method, path, body)).status)
      return found
    }
    expect(await statuses(other)).toEqual(tries.map(() => 404))
    expect(await statuses(reader)).toEqual([200, 200, 200, 403, 403, 403, 403, 403, 404])
    expect((await part(reader, running, 0, bytes('abc'))).status).toBe(404)
  })
})

describe('several files at once', () => {
  let nora: Json
  let ids: string[]
  const path = (action: string) => `/patients/${nora.id}/files/${action}`
  const places = async (query = ''): Promise<string[]> =>
    (await owner.get(`/patients/${nora.id}/files${query}`)).map(({ folder, name }: Json) => `${folder}/${name}`)

  beforeAll(async () => {
    nora = await owner.post('/patients', { ...person, full_name: 'Nora Several' })
    ids = []
    for (const name of ['one.txt', 'two.txt', 'One.txt'])
      ids.push((await upload(name, bytes(`this is ${name}`), {}, nora.id)).id)
  })

  it('move to a folder, into the trash and back: all of them or none', async () => {
    const foreign = await upload('elsewhere.txt', bytes('of another record'))
    for (const action of ['move', 'delete', 'restore', 'archive']) {
      const refused = await owner.send('POST', path(action), {
        ids: [...ids, foreign.id],
        ...(action === 'move' && { folder: 'Letters' }),
      })
      expect([refused.status, action]).toEqual([404, action])
    }
    expect(await places()).toEqual(expect.arrayContaining(['/one.txt', '/One.txt', '/two.txt']))
    const moved = await owner.post(path('move'), { ids: ids.slice(0, 2), folder: 'Letters/2026' })
    expect(moved.map(({ folder }: Json) => folder)).toEqual(['Letters/2026', 'Letters/2026'])
    expect(await places()).toEqual(['/One.txt', 'Letters/2026/one.txt', 'Letters/2026/two.txt'])
    expect((await owner.send('POST', path('move'), { ids, folder: 'a//b' })).status).toBe(400)
    expect((await owner.send('POST', path('move'), { ids: [], folder: 'a' })).status).toBe(400)

    await owner.post(path('delete'), { ids: ids.slice(0, 1) })
    const deleted = await owner.post(path('delete'), { ids })
    expect(deleted.every(({ deletedAt }: Json) => deletedAt !== null)).toBe(true)
    expect([await places(), (await places('?deleted=true')).length]).toEqual([[], 3])
    expect((await owner.send('POST', path('move'), { ids, folder: 'x' })).status).toBe(409)
    await owner.post(path('restore'), { ids })
    expect((await places()).length).toBe(3)
    const told = (await owner.get(`/patients/${nora.id}/history`)).map(({ action }: Json) => action)
    const times = (action: string) => told.filter((one: string) => one === action).length
    expect(['file_changed', 'file_deleted', 'file_restored'].map(times)).toEqual([2, 3, 3])
  })

  it('are for whoever may read or change the record', async () => {
    await defineRole(system, owner.tenantId, 'seer', { objects: { patients: { read: 'all' } } })
    await defineRole(system, owner.tenantId, 'stranger', { objects: { patients: { read: 'own', update: 'own' } } })
    const tried = async (client: ApiClient) => {
      const bodies: [string, object][] = [
        ['move', { ids, folder: 'x' }],
        ['delete', { ids }],
        ['restore', { ids }],
        ['archive', { ids }],
      ]
      const statuses: number[] = []
      for (const [action, body] of bodies) statuses.push((await client.send('POST', path(action), body)).status)
      return statuses
    }
    expect(await tried(await addMember(system, owner.tenantId, ['seer']))).toEqual([403, 403, 403, 200])
    expect(await tried(await addMember(system, owner.tenantId, ['stranger']))).toEqual([404, 404, 404, 404])
  })

  it('come as one archive, by folder, those of the same name with numbers', async () => {
    await owner.post(path('move'), { ids: ids.slice(0, 1), folder: '' })
    const { url, size } = await owner.post(path('archive'), {})
    const answer = await fetched(url)
    expect(answer.headers.get('content-type')).toBe('application/zip')
    expect(answer.headers.get('content-disposition')).toBe(`attachment; filename*=UTF-8''${nora.recordNumber}.zip`)
    const archive = new Uint8Array(await answer.arrayBuffer())
    expect(archive.length).toBe(size)
    const inside = Object.entries(unzipSync(archive)).map(([name, content]) => [name, strFromU8(content)])
    expect(inside).toEqual([
      ['one.txt', 'this is one.txt'],
      ['One (2).txt', 'this is One.txt'],
      ['Letters/2026/two.txt', 'this is two.txt'],
    ])
    const chosen = await fetched((await owner.post(path('archive'), { ids: ids.slice(1, 2) })).url)
    expect(Object.keys(unzipSync(new Uint8Array(await chosen.arrayBuffer())))).toEqual(['Letters/2026/two.txt'])
    const [read] = await system.sql<Json>(
      "select actor_id, record_ids from operation_log where tenant_id = $1 and operation = 'files.archiveContent' order by id desc",
      [owner.tenantId],
    )
    expect(read).toEqual({ actor_id: owner.userId, record_ids: [nora.id] })
  })

  it('come only as long as the person who asked may read them, and only by that address', async () => {
    const seer = await addMember(system, owner.tenantId, ['seer'])
    const { url } = await seer.post(path('archive'), { ids })
    expect((await fetched(url)).status).toBe(200)
    const token = url.split('/').at(-1)
    expect((await fetched(`/api/v1/file-contents/${token}`)).status).toBe(404)
    expect((await fetched(`${url}A`)).status).toBe(404)
    const link = await seer.post(`/files/${ids[0]}/link`, {})
    expect((await fetched(`/api/v1/file-archives/${link.url.split('/').at(-1)}`)).status).toBe(404)
    await owner.put(`/access/members/${seer.userId}/roles`, { roles: [{ key: 'stranger' }] })
    expect((await fetched(url)).status).toBe(404)
    const empty = await owner.post('/patients', { ...person, full_name: 'No Files' })
    expect((await owner.send('POST', `/patients/${empty.id}/files/archive`, {})).status).toBe(409)
  })
})

describe('a plan', () => {
  it('is not exceeded by uploads that begin at the same time on two servers', async () => {
    const tenant = await system.register({ template: 'hospital' })
    await system.sql("update tenants set plan = 'starter', version = version + 1 where id = $1", [tenant.tenantId])
    const { id } = await tenant.post('/patients', { ...person, full_name: 'Full House' })
    const { storage } = await tenant.get('/usage')
    const size = Math.floor(storage.limitBytes / 4)
    const begun = await Promise.all(
      Array.from({ length: 8 }, (_, at) =>
        tenant.at(at % 2 ? second.url : system.url).send('POST', `/patients/${id}/files`, { name: `f${at}`, size }),
      ),
    )
    expect(begun.filter(({ status }) => status === 201)).toHaveLength(4)
    for (const { status, error } of begun.filter(({ status }) => status !== 201)) {
      expect([status, error.details]).toEqual([403, [{ field: 'plan', message: 'PLAN_STORAGE' }]])
    }
    const [first] = begun.filter(({ status }) => status === 201)
    await tenant.delete(`/file-uploads/${first!.data.id}`)
    expect((await tenant.send('POST', `/patients/${id}/files`, { name: 'now', size })).status).toBe(201)
  })
})
