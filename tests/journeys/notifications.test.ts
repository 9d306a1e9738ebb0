/** What people keep an eye on and are told of: following, favourites, notifications. */

import { remindingKind } from '@oneforge/modules/activities'
import { LongJobs } from '@oneforge/modules/jobs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SmtpInbox } from '../../packages/adapters/email/smtp-inbox.fixture.ts'
import type { ApiClient, Json } from '../client.ts'
import { addMember, defineRole, type RunningSystem, startSystem } from '../server.ts'

let inbox: SmtpInbox
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
  inbox = await SmtpInbox.start()
  system = await startSystem({ smtpUrl: inbox.url })
  second = await startSystem({ sharing: system, smtpUrl: inbox.url })
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
  await inbox.stop()
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
    await system.sql(
      `insert into favourites (tenant_id, id, user_id, page, label, position)
       select $1, gen_random_uuid(), $2, '/q/' || n, 'Page', 10 + n from generate_series(1, 94) n`,
      [owner.tenantId, client.userId],
    )
    const last = await Promise.all(Array.from({ length: 20 }, (_, n) => put(n, `/r/${n}`)))
    expect(last.map(({ status }) => status).toSorted()).toEqual([200, ...Array.from({ length: 19 }, () => 409)])
    expect(await labels(client)).toHaveLength(100)
  })
})

describe('mail about what is unread', () => {
  const mailsTo = (address: string) =>
    inbox.mails.filter(({ to, subject }) => to.includes(address) && /new in/.test(subject))
  const wishing = async (mail: string): Promise<[ApiClient, string]> => {
    const client = await addMember(system, owner.tenantId, ['desk'])
    await system.sql('update users set email_verified_at = now() where id = $1', [client.userId])
    await client.patch('/notifications/preferences', { kinds: { assigned: { mail } } })
    return [client, client.session!.user.email]
  }

  it('names nothing that is protected, and ends by its link, once', async () => {
    const [ben, address] = await wishing('at_once')
    const { id } = await newPatient('Secret Name', { ownerId: ben.userId })
    await expect.poll(() => mailsTo(address).length).toBe(1)
    const [mail] = mailsTo(address)
    expect(mail!.text).toContain('Ana García gave you Patient')
    expect(mail!.text).toContain(`/o/patients/${id}`)
    expect(mail!.text + mail!.subject).not.toContain('Secret')
    expect(mail!.headers.get('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click')
    const { pathname, search } = new URL(mail!.headers.get('list-unsubscribe')!.slice(1, -1))
    const post = () =>
      fetch(`${second.url}${pathname}${search}`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: 'List-Unsubscribe=One-Click',
      })
    const answers = await Promise.all([post(), post(), post()])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([204, 404, 404])
    const { kinds } = await ben.get('/notifications/preferences')
    expect(new Set(Object.values<Json>(kinds).map(({ mail: wish }) => wish))).toEqual(new Set(['never']))
    const { status } = await system.anonymous().send('POST', `/notifications/unsubscribe${search.slice(0, -3)}abc`)
    expect(status).toBe(404)
  })

  it('comes once a period, and not at all where nothing is unread', async () => {
    const [ben, address] = await wishing('daily')
    const [calm, calmAddress] = await wishing('daily')
    // Long before it is due, whenever this runs.
    const dailyAt = new Date(Date.now() + 12 * 3_600_000).toISOString().slice(11, 16)
    for (const client of [ben, calm]) await client.patch('/notifications/preferences', { dailyAt })
    for (const name of ['One', 'Two', 'Three']) await newPatient(name, { ownerId: ben.userId })
    await newPatient('Four', { ownerId: calm.userId })
    const planned = () =>
      system.sql<{ id: string }>(
        `select id from pgboss.job where name = 'notifications.mail' and state = 'created' and data ->> 'userId' = any($1)`,
        [[ben.userId, calm.userId]],
      )
    await expect.poll(async () => (await ben.get('/notifications')).length).toBe(3)
    await expect.poll(async () => (await planned()).length).toBe(2)
    const [{ id }] = await calm.get('/notifications')
    await calm.post('/notifications/read', { ids: [id] })
    await system.sql(`update pgboss.job set start_after = now() where name = 'notifications.mail'`)
    await expect.poll(() => mailsTo(address).length).toBe(1)
    await expect.poll(async () => (await planned()).length).toBe(0)
    expect(mailsTo(address)[0]!.subject).toContain('3 things are new in')
    expect(mailsTo(calmAddress)).toEqual([])
  })
})

describe('notifications', () => {
  const told = (client: ApiClient, query = '') => client.get(`/notifications${query}`)
  const kinds = async (client: ApiClient) => (await told(client)).map(({ kind, count }: Json) => [kind, count])
  const unread = async (client: ApiClient) => (await client.get('/notifications/unread')).unread
  /** A member of the desk who has been told of nothing. */
  const newcomer = () => addMember(system, owner.tenantId, ['desk'])

  it('tell of records given, moved, changed and written on, and count what follows', async () => {
    const ben = await newcomer()
    const { id } = await newPatient('Ida Berg', { ownerId: ben.userId })
    await expect.poll(() => kinds(ben)).toEqual([['assigned', 1]])
    await owner.patch(`/patients/${id}`, { email: 'ida@example.com' })
    await owner.patch(`/patients/${id}`, { phone: '+14155550199' })
    await owner.patch(`/patients/${id}`, { email: 'ida.berg@example.com' })
    await owner.post(`/patients/${id}/notes`, { body: 'Called her' })
    await expect.poll(async () => (await kinds(ben)).length).toBe(3)
    const [noted, changed, assigned] = await told(ben)
    expect(noted).toMatchObject({ kind: 'noted', title: 'Ida Berg', object: 'patients', recordId: id, count: 1 })
    expect(changed).toMatchObject({ kind: 'changed', count: 3, actors: ['Ana García'], read: false })
    expect(changed.fields.toSorted()).toEqual(['E-mail', 'Phone'])
    expect(await unread(ben)).toBe(3)
    expect(await ben.post('/notifications/read', { ids: [assigned.id] })).toEqual({ unread: 2 })
    expect(await ben.post('/notifications/read', { upTo: changed.id })).toEqual({ unread: 1 })
    await owner.patch(`/patients/${id}`, { email: null })
    await expect
      .poll(() => kinds(ben))
      .toEqual([
        ['changed', 1],
        ['noted', 1],
        ['changed', 3],
        ['assigned', 1],
      ])
    expect(await told(ben, '?unread=true')).toHaveLength(2)
    expect(await unread(owner)).toBe(0)
  })

  it('are handed out in pages', async () => {
    const ben = await newcomer()
    for (let n = 0; n < 5; n++) await newPatient(`Page ${n}`, { ownerId: ben.userId })
    await expect.poll(async () => (await kinds(ben)).length).toBe(5)
    const seen: string[] = []
    let cursor = ''
    do {
      const { body } = await ben.send('GET', `/notifications?limit=2&cursor=${cursor}`)
      seen.push(...body.data.map(({ title }: Json) => title))
      cursor = body.pagination.nextCursor
    } while (cursor)
    // What happens to several records at once is told in any order.
    expect(seen.toSorted()).toEqual(['Page 0', 'Page 1', 'Page 2', 'Page 3', 'Page 4'])
    expect(seen).toEqual((await ben.get('/notifications?limit=10')).map(({ title }: Json) => title))
  })

  it('name who is mentioned, by the name they have now, and nobody who may not see the record', async () => {
    const ben = await newcomer()
    const offered = await owner.get(`/patients/${patient.id}/mentionable?q=DESK`)
    expect(offered.map(({ id }: Json) => id)).toContain(ben.userId)
    expect(offered.map(({ id }: Json) => id)).not.toContain(narrow.userId)
    const note = await owner.post(`/patients/${patient.id}/notes`, { body: `Please look, <@${ben.userId}>` })
    expect(note.mentions).toEqual([{ id: ben.userId, name: 'Member as desk' }])
    await expect.poll(() => kinds(ben)).toEqual([['mention', 1]])
    await system.sql("update users set name = 'Ben Ode' where id = $1", [ben.userId])
    const [shown] = await owner.get(`/patients/${patient.id}/activities`)
    expect(shown.mentions).toEqual([{ id: ben.userId, name: 'Ben Ode' }])
    for (const blind of [narrow.userId, stranger.userId]) {
      const refused = await owner.send('POST', `/patients/${patient.id}/notes`, { body: `And you, <@${blind}>?` })
      expect([refused.status, refused.error.details[0]!.field]).toEqual([400, 'body'])
      expect(refused.error.details[0]!.message).toContain('may not see this record')
    }
  })

  it('show what their person may see now, and no field that is hidden from them', async () => {
    await defineRole(system, owner.tenantId, 'blinkered', {
      objects: { patients: { ...all, fields: { email: 'hidden' } } },
    })
    const ben = await addMember(system, owner.tenantId, ['blinkered'])
    const { id } = await newPatient('Eve Holm', { ownerId: ben.userId })
    await owner.patch(`/patients/${id}`, { email: 'eve@example.com' })
    await owner.patch(`/patients/${id}`, { phone: '+14155550177', email: 'eve.holm@example.com' })
    await expect.poll(async () => (await told(ben)).find(({ kind }: Json) => kind === 'changed')?.count).toBe(2)
    expect((await told(ben))[0].fields).toEqual(['Phone'])
    await defineRole(system, owner.tenantId, 'blinkered', { objects: { doctors: all } })
    await expect.poll(() => told(ben)).toEqual([])
    expect(await unread(ben)).toBe(0)
    await narrow.put(`/patients/${(await newPatient('Gone', { ownerId: narrow.userId })).id}/follow`)
    await expect.poll(() => kinds(narrow)).toContainEqual(['assigned', 1])
  })

  it('tell nobody that a field names them which they may not read', async () => {
    const hides = (fields: object) => ({ objects: { patients: { ...all, fields } } })
    await defineRole(system, owner.tenantId, 'noteless', hides({ notes: 'hidden' }))
    const [blind, seeing] = [await addMember(system, owner.tenantId, ['noteless']), await newcomer()]
    const naming = `<@${blind.userId}> and <@${seeing.userId}>, please look`
    const { id } = await newPatient('Named Twice', { notes: naming })
    await expect.poll(() => kinds(seeing)).toEqual([['mention', 1]])
    await owner.patch(`/patients/${id}`, { ownerId: blind.userId, notes: `${naming}, both` })
    await expect.poll(() => kinds(blind)).toEqual([['assigned', 1]])
    await owner.post(`/patients/${id}/notes`, { body: `<@${blind.userId}>` })
    await expect
      .poll(async () => (await kinds(blind)).toSorted())
      .toEqual([
        ['assigned', 1],
        ['mention', 1],
      ])
  })

  it('come once for each event, whoever hands it on and how often', async () => {
    const ben = await newcomer()
    const { id } = await newPatient('Once Only', { ownerId: ben.userId })
    await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        owner.at([system.url, second.url][n % 2]!).patch(`/patients/${id}`, { email: `once${n}@example.com` }),
      ),
    )
    const count = async () => (await told(ben)).find(({ kind }: Json) => kind === 'changed')?.count
    await expect.poll(count).toBe(20)
    // As after a crash: the place of the consumer is back where it began, and everything is handed on again.
    await system.sql(
      "update event_cursors set seen = '1:1:', reading = '1:1:', seq = 0 where consumer = 'notifications'",
    )
    await Promise.all([second.stop(), system.system.dispatcher.stop()])
    second = await startSystem({ sharing: system, smtpUrl: inbox.url })
    await newPatient('Afterwards', { ownerId: ben.userId })
    await expect.poll(async () => (await kinds(ben)).length).toBe(3)
    expect(await count()).toBe(20)
  })

  it('are wished for by kind', async () => {
    const ben = await newcomer()
    const { kinds: before, dailyAt, mails } = await ben.get('/notifications/preferences')
    expect([before.mention, dailyAt, mails]).toEqual([{ page: true, mail: 'hourly' }, '08:00', false])
    const changed = await ben.patch('/notifications/preferences', {
      kinds: { assigned: { page: false } },
      dailyAt: '17:30',
    })
    expect([changed.kinds.assigned, changed.dailyAt]).toEqual([{ page: false, mail: 'hourly' }, '17:30'])
    const { id } = await newPatient('Unwished', { ownerId: ben.userId })
    await owner.patch(`/patients/${id}`, { email: 'u@example.com' })
    await expect.poll(() => kinds(ben)).toEqual([['changed', 1]])
    const wrong = await ben.send('PATCH', '/notifications/preferences', {
      kinds: { assigned: { mail: 'weekly' }, gossip: { page: true } },
      dailyAt: '25:00',
    })
    expect(wrong.error.details.map(({ field }) => field)).toEqual(['kinds.assigned.mail', 'gossip', 'dailyAt'])
  })

  it('refuse what is not theirs or not right', async () => {
    const ben = await newcomer()
    await newPatient('Of Ben', { ownerId: ben.userId })
    await expect.poll(() => kinds(ben)).toEqual([['assigned', 1]])
    const [{ id }] = await told(ben)
    for (const other of [owner, stranger]) {
      await other.post('/notifications/read', { ids: [id] })
      expect((await other.send('POST', '/notifications/read', { upTo: id })).status).toBe(404)
    }
    expect(await unread(ben)).toBe(1)
    for (const [query, field] of [
      ['cursor=x', 'cursor'],
      ['limit=0', 'limit'],
      ['unread=maybe', 'unread'],
    ]) {
      const { status, error } = await ben.send('GET', `/notifications?${query}`)
      expect([status, error.details[0]!.field]).toEqual([400, field])
    }
    for (const body of [{}, { ids: [id], upTo: id }, { ids: ['x'] }])
      expect((await ben.send('POST', '/notifications/read', body)).status).toBe(400)
  })
})

describe('reminders', () => {
  const hour = 3_600_000
  let boss: ApiClient
  beforeAll(async () => {
    boss = await system.register({ template: 'blank' })
  })
  const inHours = (hours: number) => new Date(Date.now() + hours * hour).toISOString()
  /** The job of either server, by a clock that has moved on. */
  const work = async (hours: number, servers = [system, second, system, second]) => {
    const now = () => new Date(Date.now() + hours * hour)
    await Promise.all(
      servers.map(({ system: { database } }) => {
        const { transactions } = new LongJobs({ database, enqueue: async () => null })
        return remindingKind({ database, transactions, now }).handle({ tenantId: '' }, {
          id: 'test',
        } as never)
      }),
    )
  }
  const busy = async (): Promise<ApiClient> => {
    const own = { create: 'own', read: 'own', update: 'own', delete: 'own' }
    await defineRole(system, boss.tenantId, 'busy', { objects: { tasks: own, meetings: own } })
    return addMember(system, boss.tenantId, ['busy'])
  }
  const reminded = async (client: ApiClient) =>
    (await client.get('/notifications?limit=100'))
      .filter(({ kind }: Json) => kind === 'reminder')
      .map(({ title, count }: Json) => `${title} ${count}`)
      .toSorted()

  it('come once, however many servers and times', async () => {
    const ben = await busy()
    await system.sql('update users set email_verified_at = now() where id = $1', [ben.userId])
    const titles = Array.from({ length: 12 }, (_, n) => `Task ${10 + n}`)
    const due_at = inHours(30)
    for (const title of titles) await ben.post('/tasks', { title, due_at, reminder: '1 hour before' })
    await work(28.9)
    expect(await reminded(ben)).toEqual([])
    await work(29.1)
    await work(29.1)
    await expect.poll(() => reminded(ben)).toEqual(titles.map((title) => `${title} 1`))
    await work(40)
    const [told] = await system.sql<{ count: number }>(
      "select count(*)::int as count from events where tenant_id = $1 and type = 'reminder.due'",
      [boss.tenantId],
    )
    expect(told).toEqual({ count: 12 })
    const [first] = await ben.get('/notifications')
    expect(first).toMatchObject({ kind: 'reminder', object: 'tasks', actors: [], about: { due: due_at } })
    const toBen = () => inbox.mails.filter(({ to }) => to.includes(ben.session!.user.email))
    await expect
      .poll(() =>
        toBen()
          .map(({ text }) => text.match(/Reminder: Task/g)?.length)
          .reduce((a = 0, b = 0) => a + b, 0),
      )
      .toBe(12)
  })

  it('follow what they are about until their time', async () => {
    const ben = await busy()
    const make = (title: string, values: object = {}): Promise<Json> =>
      ben.post('/tasks', { title, due_at: inHours(50), reminder: 'At the time', ...values })
    const [moved, done, deleted, back, silent, past] = [
      await make('Moved'),
      await make('Done'),
      await make('Deleted'),
      await make('Back'),
      await make('Silent'),
      await make('Past', { due_at: inHours(-1) }),
    ]
    await ben.patch(`/tasks/${moved.id}`, { due_at: inHours(60) })
    await ben.patch(`/tasks/${done.id}`, { status: 'Done' })
    for (const { id } of [deleted, back]) await ben.delete(`/tasks/${id}`)
    await boss.post(`/tasks/${back.id}/restore`)
    await ben.patch(`/tasks/${silent.id}`, { reminder: null })
    await ben.post('/meetings', { title: 'Talk', starts_at: inHours(50), reminder: '10 minutes before' })
    await work(51)
    await expect.poll(() => reminded(ben)).toEqual(['Back 1', 'Talk 1'])
    await ben.patch(`/tasks/${done.id}`, { status: 'To do' })
    await work(61)
    await expect.poll(() => reminded(ben)).toEqual(['Back 1', 'Moved 1', 'Talk 1'])
    // Who is told once is told again of another moment, and by a change of many at once.
    const bulk = { ids: [moved.id, past.id], updates: { due_at: inHours(70) } }
    await ben.send('PATCH', '/tasks/bulk', bulk)
    await work(71)
    await expect.poll(() => reminded(ben)).toEqual(['Back 1', 'Moved 2', 'Past 1', 'Talk 1'])
  })

  it('count from nine of a day without a time, where the person is', async () => {
    const ben = await busy()
    await ben.patch('/auth/me', { timeZone: 'America/New_York' })
    const day = new Date(Date.now() + 400 * 24 * hour).getUTCFullYear() + 1
    // On the morning after the clocks went forward there.
    const midnight = { due_at: `${day}-07-05T04:00:00Z`, reminder: '1 day before' }
    const { id } = await ben.post('/tasks', { title: 'A day', ...midnight })
    const [row] = await system.sql<{ at: Date }>('select remind_at as at from reminders where record_id = $1', [id])
    expect(row!.at.toISOString()).toBe(`${day}-07-04T13:00:00.000Z`)
  })
})
