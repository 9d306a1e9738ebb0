/** What people keep an eye on and are told of: following, favourites, notifications. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ApiClient, Json } from '../client.ts'
import { addMember, defineRole, type RunningSystem, startSystem } from '../server.ts'

let system: RunningSystem
let second: RunningSystem
let owner: ApiClient
/** Sees every patient, and no doctor. */
let colleague: ApiClient
/** Sees the patients that are theirs. */
let narrow: ApiClient
let stranger: ApiClient
let patient: Json

const person = { date_of_birth: '1980-01-01', phone: '+14155550123' }
const all = { create: 'all', read: 'all', update: 'all' }

beforeAll(async () => {
  system = await startSystem()
  second = await startSystem({ sharing: system })
  owner = await system.register({ name: 'Ana García', template: 'hospital' })
  stranger = await system.register({ template: 'hospital' })
  await defineRole(system, owner.tenantId, 'desk', { objects: { patients: all } })
  await defineRole(system, owner.tenantId, 'narrow', { objects: { patients: { read: 'own', update: 'own' } } })
  colleague = await addMember(system, owner.tenantId, ['desk'])
  narrow = await addMember(system, owner.tenantId, ['narrow'])
  patient = await owner.post('/patients', { ...person, full_name: 'Zoë Lindt' })
})
afterAll(async () => {
  await second.stop()
  await system.stop()
})

const newPatient = (name: string, values: object = {}): Promise<Json> =>
  owner.post('/patients', { ...person, phone: `+1415555${String(1000 + count++)}`, full_name: name, ...values })
let count = 0

describe('following', () => {
  const followers = async (client: ApiClient, id: string) => {
    const { following, followers: list } = await client.get(`/patients/${id}/followers`)
    return { following, list: list.map(({ id: userId, why }: Json) => [userId, why]) }
  }

  it('comes with owning and making a record, and by choice', async () => {
    const { id } = await newPatient('Followed')
    expect(await followers(owner, id)).toEqual({ following: true, list: [[owner.userId, 'owner']] })
    const { following } = await colleague.put(`/patients/${id}/follow`)
    expect(following).toBe(true)
    expect((await followers(owner, id)).list).toContainEqual([colleague.userId, 'chosen'])
    await owner.patch(`/patients/${id}`, { ownerId: narrow.userId })
    const { list } = await followers(owner, id)
    expect(list).toContainEqual([narrow.userId, 'owner'])
    expect(list).toContainEqual([owner.userId, 'author'])
  })

  it('ends when one says so, for one record or for all that is one’s own', async () => {
    const { id } = await newPatient('Left alone')
    expect((await owner.send('DELETE', `/patients/${id}/follow`)).status).toBe(204)
    expect(await followers(owner, id)).toEqual({ following: false, list: [] })
    await owner.put(`/patients/${id}/follow`)
    expect(await owner.patch('/following/settings', { owned: false })).toEqual({ owned: false, created: true })
    expect(await owner.patch('/following/settings', { created: false })).toEqual({ owned: false, created: false })
    const other = await newPatient('Not followed')
    expect((await followers(owner, other.id)).following).toBe(false)
    expect((await followers(owner, id)).list).toEqual([[owner.userId, 'chosen']])
    await owner.patch('/following/settings', { owned: true, created: true })
    expect((await followers(owner, other.id)).following).toBe(true)
  })

  it('is for who may see the record', async () => {
    for (const client of [narrow, stranger])
      for (const [method, path] of [
        ['PUT', 'follow'],
        ['DELETE', 'follow'],
        ['GET', 'followers'],
      ])
        expect((await client.send(method!, `/patients/${patient.id}/${path}`)).status).toBe(404)
    const wrong = await owner.send('PATCH', '/following/settings', { owned: 'yes', more: 1 })
    expect(wrong.status).toBe(400)
    expect(wrong.error.details.map(({ field }) => field)).toEqual(['owned', 'more'])
  })

  it('is chosen once by twenty at once', async () => {
    const { id } = await newPatient('Popular')
    const servers = [colleague, colleague.at(second.url)]
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        servers[n % 2]!.send(n % 4 === 3 ? 'DELETE' : 'PUT', `/patients/${id}/follow`),
      ),
    )
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 204]))
    await colleague.put(`/patients/${id}/follow`)
    expect((await followers(owner, id)).list).toHaveLength(2)
  })
})

describe('favourites', () => {
  const labels = async (client: ApiClient) => (await client.get('/favourites')).map(({ label }: Json) => label)

  it('are records, views and pages, in the order that their person likes', async () => {
    const [view] = await owner.get('/objects/patients/views')
    await owner.put('/favourites', { object: 'patients', recordId: patient.id })
    await owner.put('/favourites', { object: 'patients', viewId: view.id })
    const three = await owner.put('/favourites', { page: '/settings/objects', label: 'Objects' })
    expect(three.map(({ kind, object, page }: Json) => [kind, object, page])).toEqual([
      ['record', 'patients', null],
      ['view', 'patients', null],
      ['page', null, '/settings/objects'],
    ])
    expect(await labels(owner)).toEqual(['Zoë Lindt', view.label, 'Objects'])
    const again = await owner.put('/favourites', { object: 'patients', recordId: patient.id })
    expect(again).toHaveLength(3)
    await owner.put('/favourites/order', { ids: [three[2].id, three[0].id] })
    expect(await labels(owner)).toEqual(['Objects', 'Zoë Lindt', view.label])
    await owner.delete('/favourites', { ids: [three[2].id, three[1].id] })
    expect(await labels(owner)).toEqual(['Zoë Lindt'])
  })

  it('show what their person may see now', async () => {
    const { id } = await newPatient('Handed over', { ownerId: narrow.userId })
    await narrow.put('/favourites', { object: 'patients', recordId: id })
    expect(await labels(narrow)).toEqual(['Handed over'])
    await owner.patch(`/patients/${id}`, { ownerId: owner.userId })
    expect(await labels(narrow)).toEqual([])
    await owner.patch(`/patients/${id}`, { ownerId: narrow.userId, full_name: 'Back again' })
    expect(await labels(narrow)).toEqual(['Back again'])
    await owner.delete(`/patients/${id}`)
    expect(await labels(narrow)).toEqual([])
  })

  it('refuse what is not there, not seen or not said', async () => {
    const fieldsOf = async (body: object) => {
      const { status, error } = await narrow.send('PUT', '/favourites', body)
      return [status, ...(error.details ?? []).map(({ field }) => field)]
    }
    expect(await fieldsOf({ object: 'patients', recordId: patient.id })).toEqual([404])
    expect(await fieldsOf({ object: 'doctors', recordId: patient.id })).toEqual([404])
    expect(await fieldsOf({ object: 'patients', viewId: 'x' })).toEqual([404])
    expect(await fieldsOf({})).toEqual([400, 'body'])
    expect(await fieldsOf({ recordId: patient.id })).toEqual([400, 'object'])
    expect(await fieldsOf({ page: '/import' })).toEqual([400, 'label'])
    for (const page of ['//elsewhere.example', 'https://elsewhere.example', '/\\elsewhere', 'javascript:alert(1)'])
      expect(await fieldsOf({ page, label: 'Away' })).toEqual([400, 'page'])
    const { data } = await stranger.send('PUT', '/favourites', { page: '/import', label: 'Theirs' })
    await owner.delete('/favourites', { ids: [data[0].id] })
    expect(await labels(stranger)).toEqual(['Theirs'])
  })

  it('are added once each by twenty at once, a hundred at the most', async () => {
    const client = await addMember(system, owner.tenantId, ['desk'])
    const put = (n: number, page: string) =>
      client.at([system.url, second.url][n % 2]!).send('PUT', '/favourites', { page, label: page })
    await Promise.all(Array.from({ length: 20 }, (_, n) => put(n, `/p/${n % 5}`)))
    expect((await labels(client)).toSorted()).toEqual(['/p/0', '/p/1', '/p/2', '/p/3', '/p/4'])
    await Promise.all(Array.from({ length: 94 }, (_, n) => put(n, `/q/${n}`)))
    const last = await Promise.all(Array.from({ length: 20 }, (_, n) => put(n, `/r/${n}`)))
    expect(last.map(({ status }) => status).toSorted()).toEqual([200, ...Array.from({ length: 19 }, () => 409)])
    expect(await labels(client)).toHaveLength(100)
  })
})
