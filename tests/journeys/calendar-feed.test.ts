/** A member's own calendar, as programs without any credentials fetch it by its secret address. */
import ICAL from 'ical.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ApiClient, Json } from '../client.ts'
import { addMember, defineRole, PASSWORD, type RunningSystem, startSystem } from '../server.ts'

let system: RunningSystem
let ana: ApiClient
let feed: string

const hour = 3_600_000
const ahead = (hours: number): string => new Date(Math.floor(Date.now() / hour) * hour + hours * hour).toISOString()

beforeAll(async () => {
  system = await startSystem({ baseUrl: 'https://forge.example.com' })
  ana = await system.register({ name: 'Ana García', workspace: 'Bay Realty', template: 'blank' })
  await ana.patch('/workspace', { timeZone: 'America/New_York' })
  feed = await subscribe(ana)
})
afterAll(() => system?.stop())

/** A new address of the person's calendar, where this server can be reached. */
async function subscribe(client: ApiClient): Promise<string> {
  const { url } = await client.post('/calendar-feed')
  expect(url).toMatch(/^https:\/\/forge\.example\.com\/api\/v1\/calendar-feed\/[\w-]{43}\.ics$/)
  return url.replace('https://forge.example.com', system.url)
}

const fetchFeed = (url: string, headers: Record<string, string> = {}): Promise<Response> => fetch(url, { headers })

/** What stands in the calendar, by its titles. */
async function entriesOf(url: string): Promise<Map<string, ICAL.Event>> {
  const response = await fetchFeed(url)
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toBe('text/calendar; charset=utf-8')
  const calendar = new ICAL.Component(ICAL.parse(await response.text()))
  const events = calendar.getAllSubcomponents('vevent').map((one) => new ICAL.Event(one))
  return new Map(events.map((event) => [event.summary, event]))
}

const timesOf = (event: ICAL.Event | undefined) => [event?.startDate.toString(), event?.endDate.toString()]
const isoOf = (event: ICAL.Event | undefined) =>
  [event?.startDate, event?.endDate].map((one) => one?.toJSDate().toISOString())

describe('what stands in it', () => {
  it('are one’s own meetings and tasks, at their times, that take place within its bounds', async () => {
    const meeting = (values: Json) => ana.post('/meetings', values)
    const { id } = await meeting({
      title: 'Review; with, “marks”',
      starts_at: ahead(5),
      ends_at: ahead(7),
      place: 'Room 2',
    })
    await meeting({ title: 'Short', starts_at: ahead(24) })
    await meeting({
      title: 'Fair',
      starts_at: '2026-12-04T00:00:00-05:00',
      ends_at: '2026-12-05T00:00:00-05:00',
      all_day: true,
    })
    await meeting({ title: 'Off', starts_at: ahead(30), status: 'Cancelled' })
    await meeting({ title: 'Long ago', starts_at: ahead(-91 * 24) })
    await meeting({ title: 'Far away', starts_at: ahead(401 * 24) })
    await ana.post('/tasks', { title: 'Send the estimate', due_at: ahead(48) })
    await ana.post('/tasks', { title: 'Done already', due_at: ahead(48), status: 'Done' })
    await ana.post('/tasks', { title: 'Some day' })
    const entries = await entriesOf(feed)
    expect([...entries.keys()].sort()).toEqual(['Fair', 'Review; with, “marks”', 'Send the estimate', 'Short'])
    const review = entries.get('Review; with, “marks”')!
    expect([review.uid, review.location]).toEqual([`${id}@oneforge`, 'Room 2'])
    expect(review.component.getFirstPropertyValue('url')).toBe(`https://forge.example.com/o/meetings/${id}`)
    expect(isoOf(review)).toEqual([ahead(5), ahead(7)])
    expect(isoOf(entries.get('Short'))).toEqual([ahead(24), ahead(24.5)])
    expect(timesOf(entries.get('Fair'))).toEqual(['2026-12-04', '2026-12-06'])
    const task = entries.get('Send the estimate')!
    expect(isoOf(task)[0]).toBe(ahead(48))
    expect(task.component.getFirstPropertyValue('transp')).toBe('TRANSPARENT')
  })

  it('are no tasks where these are not wanted', async () => {
    expect(await ana.patch('/calendar-feed', { tasks: false })).toMatchObject({ tasks: false })
    expect([...(await entriesOf(feed)).keys()]).not.toContain('Send the estimate')
    await ana.patch('/calendar-feed', { tasks: true })
  })

  it('are of its owner alone, as far as they may read it now', async () => {
    await defineRole(system, ana.tenantId, 'agent', { objects: { meetings: { read: 'own', create: true } } })
    const kim = await addMember(system, ana.tenantId, ['agent'])
    const hers = await subscribe(kim)
    expect([...(await entriesOf(hers)).keys()]).toEqual([])
    await kim.post('/meetings', { title: 'Hers', starts_at: ahead(4) })
    expect([...(await entriesOf(hers)).keys()]).toEqual(['Hers'])
    expect([...(await entriesOf(feed)).keys()]).not.toContain('Hers')
    await kim.post('/meetings', { title: 'Theirs', starts_at: ahead(6), place: 'Room 2' })
    expect((await entriesOf(hers)).get('Theirs')!.location).toBe('Room 2')
    const fields = { title: 'hidden', place: 'hidden' }
    await defineRole(system, ana.tenantId, 'agent', { objects: { meetings: { read: 'own', fields } } })
    const untold = await entriesOf(hers)
    expect([...untold.keys()]).toEqual([expect.stringMatching(/^MTG-/), expect.stringMatching(/^MTG-/)])
    expect([...untold.values()].map(({ location }) => location)).toEqual([null, null])
    await defineRole(system, ana.tenantId, 'agent', {
      objects: { meetings: { read: 'own', fields: { starts_at: 'hidden' } } },
    })
    expect([...(await entriesOf(hers)).keys()]).toEqual([])
    await defineRole(system, ana.tenantId, 'agent', { objects: { contacts: { read: 'all' } } })
    expect([...(await entriesOf(hers)).keys()]).toEqual([])
  })
})

describe('records with protected health information', () => {
  it('show what kind they are, when and where, and names once the workspace allows them', async () => {
    const owner = await system.register({ name: 'Dr. Weber', workspace: 'Bay Clinic', template: 'hospital' })
    const patient = await owner.post('/patients', {
      full_name: 'Lena Ortiz',
      date_of_birth: '1980-01-01',
      phone: '+14155550123',
    })
    const doctor = await owner.post('/doctors', {
      full_name: 'Dr. Weber',
      email: owner.session!.user.email.toUpperCase(),
    })
    const other = await owner.post('/doctors', { full_name: 'Dr. Ito', email: 'ito@example.org' })
    const objects = { appointments: { read: 'all', create: true }, patients: { read: 'all' }, doctors: { read: 'all' } }
    await defineRole(system, owner.tenantId, 'reception', { objects })
    const desk = await addMember(system, owner.tenantId, ['reception'])
    const visit = {
      patient: patient.id,
      doctor: doctor.id,
      appointment_date: ahead(3),
      duration_minutes: 45,
      room: '12',
    }
    await desk.post('/appointments', { ...visit, reason: 'Chest pain' })
    await desk.post('/appointments', { ...visit, appointment_date: ahead(6), doctor: other.id, reason: 'Headache' })
    await owner.post('/tasks', { title: 'Call Lena Ortiz', due_at: ahead(9), about: [patient.id] })
    const url = await subscribe(owner)
    const text = await (await fetchFeed(url)).text()
    expect(text).not.toMatch(/Lena|Ortiz|Chest/)
    const entries = await entriesOf(url)
    expect([...entries.keys()].sort()).toEqual(['Appointment', 'Task'])
    expect(entries.get('Appointment')!.location).toBe('12')
    expect(isoOf(entries.get('Appointment'))).toEqual([ahead(3), ahead(3.75)])
    await owner.patch('/workspace/calendar-feeds', { names: true })
    expect(await owner.get('/calendar-feed')).toMatchObject({ names: true })
    expect([...(await entriesOf(url)).keys()].sort()).toEqual(['Call Lena Ortiz', 'Lena Ortiz · Chest pain'])
    const log = await owner.get('/audit?operation=calendarFeed.content')
    expect(log).toHaveLength(3)
    expect(log[0]).toMatchObject({ actor: { name: 'Dr. Weber' }, recordCount: 2 })
  })

  it('are those too that may be about such a record, whichever of all objects it is', async () => {
    const owner = await system.register({ workspace: 'Bay Advice', template: 'blank' })
    const fields = [{ key: 'name', type: 'text', label: 'Name', phi: true }]
    await owner.post('/objects', { slug: 'clients', label: 'Client', labelPlural: 'Clients', fields })
    await owner.post('/meetings', { title: 'Biopsy talk', starts_at: ahead(4) })
    expect([...(await entriesOf(await subscribe(owner))).keys()]).toEqual(['Meeting'])
  })
})

describe('who asks whether there is anything new', () => {
  it('is told so by tag and by time', async () => {
    const first = await fetchFeed(feed)
    const etag = first.headers.get('etag')!
    const since = first.headers.get('last-modified')!
    const same = await fetchFeed(feed, { 'if-none-match': `"other", W/${etag}` })
    expect([same.status, await same.text(), same.headers.get('etag')]).toEqual([304, '', etag])
    expect((await fetchFeed(feed, { 'if-modified-since': since })).status).toBe(304)
    const tag = { 'if-none-match': '"other"', 'if-modified-since': since }
    expect((await fetchFeed(feed, tag)).status).toBe(200)
    const { id } = await ana.post('/meetings', { title: 'Another', starts_at: ahead(8) })
    const next = await fetchFeed(feed, { 'if-none-match': etag })
    expect([next.status, (await next.text()).includes('Another')]).toEqual([200, true])
    await ana.delete(`/meetings/${id}`)
    const back = await fetchFeed(feed)
    expect(back.headers.get('etag')).toBe(etag)
    expect(Date.parse(back.headers.get('last-modified')!)).toBeGreaterThanOrEqual(Date.parse(since))
    const head = await fetch(feed, { method: 'HEAD' })
    expect([head.status, head.headers.get('etag')]).toEqual([200, etag])
  })

  it('too often, is asked to wait', async () => {
    await system.sql('update calendar_feeds set fetches = 120 where tenant_id = $1', [ana.tenantId])
    const refused = await fetchFeed(feed)
    expect(refused.status).toBe(429)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(3_000)
    await system.sql(
      "update calendar_feeds set counted_since = counted_since - interval '1 hour' where tenant_id = $1",
      [ana.tenantId],
    )
    expect((await fetchFeed(feed)).status).toBe(200)
  })
})

describe('the address', () => {
  it('is kept as a hash, told once, and ends when there is another or none', async () => {
    const [row] = await system.sql<Json>('select * from calendar_feeds where tenant_id = $1 and user_id = $2', [
      ana.tenantId,
      ana.userId,
    ])
    expect(JSON.stringify(row)).not.toContain(feed.split('/').at(-1)!.slice(0, 43))
    const known = await ana.get('/calendar-feed')
    expect(known).toEqual({ since: expect.any(String), fetchedAt: expect.any(String), tasks: true, names: false })
    const before = feed
    feed = await subscribe(ana)
    expect((await fetchFeed(before)).status).toBe(404)
    expect((await fetchFeed(feed)).status).toBe(200)
    await ana.delete('/calendar-feed')
    expect((await fetchFeed(feed)).status).toBe(404)
    expect(await ana.get('/calendar-feed')).toMatchObject({ since: null, fetchedAt: null })
    expect((await ana.send('PATCH', '/calendar-feed', { tasks: false })).status).toBe(404)
    feed = await subscribe(ana)
    await ana.post('/auth/password', { currentPassword: PASSWORD, newPassword: 'an orchard without lantern' })
    expect((await fetchFeed(feed)).status, 'with another password').toBe(404)
    feed = await subscribe(ana)
  })

  it('leads nowhere while its owner may not come in, and is made by nobody but them', async () => {
    await defineRole(system, ana.tenantId, 'agent', { objects: { meetings: { read: 'own' } } })
    const lee = await addMember(system, ana.tenantId, ['agent'])
    const his = await subscribe(lee)
    expect((await fetchFeed(his)).status).toBe(200)
    await ana.post(`/members/${lee.userId}/deactivate`)
    expect((await fetchFeed(his)).status).toBe(404)
    const { key } = await ana.post('/api-keys', { name: 'sync' })
    const asProgram = { headers: { authorization: `Bearer ${key}` } }
    expect((await system.anonymous().send('POST', '/calendar-feed', {}, asProgram)).status).toBe(403)
    await system.sql(
      "update tenants set suspended_reason = 'unpaid', suspended_at = now(), version = version + 1 where id = $1",
      [ana.tenantId],
    )
    expect((await fetchFeed(feed)).status).toBe(404)
  })
})
