/** What people say about records: notes that are pinned or begin with a template, comments, mentions in texts. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ApiClient, Json } from '../client.ts'
import { addMember, defineRole, type RunningSystem, startSystem } from '../server.ts'

let system: RunningSystem
let owner: ApiClient
/** Reads every patient and changes none. */
let reader: ApiClient
/** Sees the patients that are theirs. */
let narrow: ApiClient
let stranger: ApiClient

beforeAll(async () => {
  system = await startSystem()
  owner = await system.register({ name: 'Ana García', template: 'hospital' })
  stranger = await system.register({ template: 'hospital' })
  await defineRole(system, owner.tenantId, 'reading', { objects: { patients: { read: 'all' } } })
  await defineRole(system, owner.tenantId, 'narrow', { objects: { patients: { read: 'own', update: 'own' } } })
  reader = await addMember(system, owner.tenantId, ['reading'])
  narrow = await addMember(system, owner.tenantId, ['narrow'])
})
afterAll(() => system.stop())

let count = 0
const newPatient = (values: object = {}): Promise<Json> =>
  owner.post('/patients', {
    full_name: `Patient ${count}`,
    date_of_birth: '1980-01-01',
    phone: `+1415555${String(2000 + count++)}`,
    ...values,
  })
const told = async (client: ApiClient, id: string) =>
  (await client.get('/notifications'))
    .filter(({ recordId }: Json) => recordId === id)
    .map(({ kind }: Json) => kind)
    .toSorted()
const bodies = (items: Json[]) => items.map(({ body }: Json) => body)

describe('a pinned note', () => {
  it('is found apart from the others, and let go again', async () => {
    const { id } = await newPatient()
    const first = await owner.post(`/patients/${id}/notes`, { body: 'Allergic to nuts' })
    expect([first.pinned, first.comments]).toEqual([false, 0])
    await owner.post(`/patients/${id}/notes`, { body: 'Called back' })
    const pin = (client: ApiClient, noteId: string, pinned: unknown) =>
      client.send('PUT', `/patients/${id}/notes/${noteId}/pin`, { pinned })
    expect((await pin(owner, first.id, true)).data.pinned).toBe(true)
    expect((await pin(owner, first.id, true)).status).toBe(200)
    expect(bodies(await owner.get(`/patients/${id}/activities?pinned=true`))).toEqual(['Allergic to nuts'])
    expect(bodies(await owner.get(`/patients/${id}/activities?pinned=false`))).toEqual(['Called back'])
    const statuses = await Promise.all([reader, narrow, stranger].map((client) => pin(client, first.id, false)))
    expect(statuses.map(({ status }) => status)).toEqual([403, 404, 404])
    expect((await pin(owner, first.id, 'yes')).status).toBe(400)
    expect((await pin(owner, id, true)).status).toBe(404)
    await pin(owner, first.id, false)
    expect(await owner.get(`/patients/${id}/activities?pinned=true`)).toEqual([])
    const actions = (await owner.get(`/patients/${id}/history`)).map(({ action }: Json) => action)
    expect(actions).toEqual(['note_unpinned', 'note_pinned', 'created'])
  })

  it('has nine beside it and no more', async () => {
    const { id } = await newPatient()
    const answers = []
    for (let n = 0; n <= 10; n++) {
      const note = await owner.post(`/patients/${id}/notes`, { body: `Note ${n}` })
      answers.push(await owner.send('PUT', `/patients/${id}/notes/${note.id}/pin`, { pinned: true }))
    }
    expect(answers.map(({ status }) => status)).toEqual([...Array(10).fill(200), 409])
  })
})

describe('a note template', () => {
  it('is kept by who shapes objects, and offered for its objects', async () => {
    const settings = { name: 'First visit', body: 'Reason:\nFindings:', objects: ['patients'] }
    const kept = await owner.post('/note-templates', settings)
    expect(kept).toMatchObject({ ...settings, version: 1 })
    await owner.post('/note-templates', { name: 'Anything', body: 'What happened:' })
    const names = async (query = '') =>
      (await owner.get(`/note-templates${query}`)).map(({ name, objects }: Json) => [name, objects])
    expect(await names()).toEqual([
      ['Anything', null],
      ['First visit', ['patients']],
    ])
    expect(await names('?object=doctors')).toEqual([['Anything', null]])
    const changed = await owner.put(`/note-templates/${kept.id}`, { ...settings, name: 'Visit' })
    expect(changed).toMatchObject({ name: 'Visit', version: 2 })
    const stale = { headers: { 'If-Match': '"1"' } }
    expect((await owner.send('DELETE', `/note-templates/${kept.id}`, undefined, stale)).status).toBe(409)
    for (const [wrong, field] of [
      [{ ...settings, name: 'anything' }, 'name'],
      [{ ...settings, body: ' ' }, 'body'],
      [{ ...settings, objects: ['unicorns'] }, 'objects[0]'],
      [{ ...settings, objects: [] }, 'objects'],
    ] as const)
      expect((await owner.send('PUT', `/note-templates/${kept.id}`, wrong)).error.details[0]!.field).toBe(field)
    expect(await reader.get('/note-templates?object=patients')).toHaveLength(2)
    expect((await reader.send('POST', '/note-templates', settings)).status).toBe(403)
    expect((await reader.send('GET', '/note-templates?object=doctors')).status).toBe(404)
    expect(await stranger.get('/note-templates')).toEqual([])
    expect((await stranger.send('DELETE', `/note-templates/${kept.id}`)).status).toBe(404)
    await owner.delete(`/note-templates/${kept.id}`)
    expect(await names('?object=patients')).toEqual([['Anything', null]])
  })
})

describe('comments', () => {
  const comments = (client: ApiClient, id: string, query = '') => client.get(`/patients/${id}/comments${query}`)
  const say = (client: ApiClient, id: string, values: object) => client.post(`/patients/${id}/comments`, values)

  it('are written by who reads the record, changed by who wrote them, and counted', async () => {
    const { id } = await newPatient()
    const note = await owner.post(`/patients/${id}/notes`, { body: 'Wants a quote' })
    const mine = await say(owner, id, { body: 'Sent it' })
    const theirs = await say(reader, id, { body: 'Which one?', noteId: note.id })
    expect(theirs).toMatchObject({ own: true, noteId: note.id, editedAt: null, actor: { id: reader.userId } })
    expect(bodies(await comments(reader, id))).toEqual(['Sent it'])
    expect(bodies(await comments(owner, id, `?noteId=${note.id}`))).toEqual(['Which one?'])
    expect((await owner.get(`/patients/${id}/activities`)).map(({ comments }: Json) => comments)).toEqual([1])
    expect(await reader.get(`/patients/comments/counts?ids=${id}`)).toEqual({ [id]: 1 })
    expect(await narrow.get(`/patients/comments/counts?ids=${id}`)).toEqual({})
    for (const [method, path, body] of [
      ['GET', 'comments', undefined],
      ['POST', 'comments', { body: 'Let me in' }],
      ['PATCH', `comments/${mine.id}`, { body: 'Let me in' }],
      ['DELETE', `comments/${mine.id}`, undefined],
    ] as const)
      for (const client of [narrow, stranger])
        expect((await client.send(method, `/patients/${id}/${path}`, body)).status).toBe(404)
    expect((await owner.send('PATCH', `/patients/${id}/comments/${theirs.id}`, { body: 'x' })).status).toBe(403)
    expect((await owner.send('DELETE', `/patients/${id}/comments/${theirs.id}`)).status).toBe(403)
    const changed = await reader.patch(`/patients/${id}/comments/${theirs.id}`, { body: 'Which?' })
    expect([changed.body, typeof changed.editedAt]).toEqual(['Which?', 'string'])
    await reader.delete(`/patients/${id}/comments/${theirs.id}`)
    expect(await comments(owner, id, `?noteId=${note.id}`)).toEqual([])
    const actions = (await owner.get(`/patients/${id}/history`)).map(({ action }: Json) => action)
    expect(actions).toEqual(['comment_deleted', 'comment_changed', 'commented', 'commented', 'created'])
  })

  it('name what is wrong with them', async () => {
    const { id } = await newPatient()
    const other = await newPatient()
    const note = await owner.post(`/patients/${other.id}/notes`, { body: 'Elsewhere' })
    const answer = async (values: object) => {
      const { status, error } = await owner.send('POST', `/patients/${id}/comments`, values)
      return [status, error.details[0]?.field]
    }
    expect(await answer({ body: ' ' })).toEqual([400, 'body'])
    expect(await answer({ body: 'x'.repeat(5_001) })).toEqual([400, 'body'])
    expect(await answer({ body: `<@${narrow.userId}>` })).toEqual([400, 'body'])
    expect(await answer({ body: 'x', noteId: 'x' })).toEqual([400, 'noteId'])
    expect(await answer({ body: 'x', noteId: note.id })).toEqual([404, undefined])
    expect((await owner.send('GET', `/patients/comments/counts?ids=1,2`)).status).toBe(400)
  })

  it('are told to who is mentioned, who wrote before and who follows', async () => {
    const { id } = await newPatient({ ownerId: narrow.userId })
    await say(reader, id, { body: 'Is she in?' })
    const { id: commentId } = await say(owner, id, { body: 'Ask at the desk' })
    await expect.poll(() => told(reader, id)).toEqual(['commented'])
    await expect.poll(() => told(narrow, id)).toEqual(['assigned', 'commented'])
    await owner.patch(`/patients/${id}/comments/${commentId}`, { body: `Ask <@${reader.userId}>` })
    await expect.poll(() => told(reader, id)).toEqual(['commented', 'mention'])
    expect(await told(owner, id)).toEqual(['commented'])
  })

  it('move with a merge, come back with what was said since, and go with their record', async () => {
    const [kept, merged] = [await newPatient(), await newPatient()]
    const note = await owner.post(`/patients/${merged.id}/notes`, { body: 'On the other' })
    await say(owner, merged.id, { body: 'About the other' })
    const merge = await owner.post('/patients/merge', { keep: kept.id, from: merged.id })
    expect(bodies(await comments(owner, kept.id))).toEqual(['About the other'])
    await say(owner, kept.id, { body: 'Said since', noteId: note.id })
    await owner.post(`/merges/${merge.id}/undo`, {})
    expect(bodies(await comments(owner, merged.id, `?noteId=${note.id}`))).toEqual(['Said since'])
    expect(await comments(owner, kept.id)).toEqual([])
    await owner.delete(`/patients/${merged.id}`)
    expect(bodies(await comments(owner, merged.id))).toEqual(['About the other'])
    expect((await owner.send('POST', `/patients/${merged.id}/comments`, { body: 'x' })).status).toBe(404)
  })
})

describe('who is mentioned in a text of a record', () => {
  it('is told once, if they may read the record', async () => {
    const notes = `Please call, <@${reader.userId}> and <@${narrow.userId}>`
    const { id } = await newPatient({ notes })
    await expect.poll(() => told(reader, id)).toEqual(['mention'])
    const [mention] = (await reader.get('/notifications')).filter(({ recordId }: Json) => recordId === id)
    await reader.post('/notifications/read', { ids: [mention.id] })
    await owner.patch(`/patients/${id}`, { notes: `${notes}, today` })
    await owner.patch(`/patients/${id}`, { notes: `For <@${owner.userId}>` })
    await owner.patch(`/patients/${id}`, { notes })
    await expect.poll(async () => (await told(reader, id)).length).toBe(2)
    expect(await told(narrow, id)).toEqual([])
  })
})
