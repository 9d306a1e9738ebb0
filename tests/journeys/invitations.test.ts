/** Invitations to a meeting, out to real mailboxes by SMTP and back as answers of their calendars. */
import ICAL from 'ical.js'
import { createTransport } from 'nodemailer'
import PostalMime from 'postal-mime'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SmtpInbox } from '../../packages/adapters/email/smtp-inbox.fixture.ts'
import type { ApiClient, Json } from '../client.ts'
import { addMember, defineRole, type RunningSystem, startSystem } from '../server.ts'

let inbox: SmtpInbox
let system: RunningSystem
let ana: ApiClient
let review: Json

const meetings = {
  slug: 'rounds',
  label: 'Round',
  labelPlural: 'Rounds',
  roles: { title: 'title', startsAt: 'starts_at', endsAt: 'ends_at' },
  fields: [
    { key: 'title', label: 'Title', type: 'text', required: true },
    { key: 'starts_at', label: 'Starts', type: 'datetime' },
    { key: 'ends_at', label: 'Ends', type: 'datetime' },
    { key: 'all_day', label: 'All day', type: 'boolean' },
    { key: 'place', label: 'Place', type: 'text' },
    { key: 'attendees', label: 'Attendees', type: 'tags' },
    { key: 'status', label: 'Status', type: 'select', options: ['Planned', 'Cancelled'], default: 'Planned' },
  ],
}
const stages = [
  { value: 'Planned', kind: 'open' },
  { value: 'Cancelled', kind: 'lost' },
]

async function addMeetings(client: ApiClient): Promise<void> {
  await client.post('/objects', meetings)
  await client.post('/objects/rounds/pipelines', { key: 'main', label: 'Round', field: 'status', stages })
}

beforeAll(async () => {
  inbox = await SmtpInbox.start()
  system = await startSystem({ mailDomain: 'log.example.com', smtpUrl: inbox.url })
  ana = await system.register({ name: 'Ana García', workspace: 'Bay Clinic', template: 'blank' })
  await ana.patch('/workspace', { timeZone: 'Europe/Madrid' })
  await addMeetings(ana)
  review = await ana.post('/rounds', {
    title: 'Review, with “quotes”; and commas',
    starts_at: '2027-03-01T09:00:00+01:00',
    ends_at: '2027-03-01T09:45:00+01:00',
    place: 'Room 2',
    attendees: ['Jo@Example.org', 'kim@example.net'],
  })
})
afterAll(async () => {
  await system?.stop()
  await inbox?.stop()
})

const path = () => `/rounds/${review.id}/invitations`
const states = ({ invitations }: Json) =>
  Object.fromEntries(invitations.map(({ address, state, answer }: Json) => [address, answer ?? state]))

interface Received {
  method: string
  event: ICAL.Event
  replyTo: string
  text: string
}

/** The messages to an address, as its calendar reads them. */
async function calendarOf(address: string, count: number): Promise<Received[]> {
  const mine = () => inbox.mails.filter(({ to, subject }) => to.includes(address) && !/confirm/i.test(subject))
  await expect.poll(() => mine().length).toBe(count)
  return Promise.all(mine().map(({ raw }) => read(raw)))
}

async function read(raw: string): Promise<Received> {
  const mail = await PostalMime.parse(raw, { attachmentEncoding: 'utf8' })
  const part = mail.attachments.find(({ mimeType }) => mimeType === 'text/calendar')!
  const calendar = new ICAL.Component(ICAL.parse(String(part.content)))
  return {
    method: String(calendar.getFirstPropertyValue('method')),
    event: new ICAL.Event(calendar.getFirstSubcomponent('vevent')!),
    replyTo: mail.replyTo?.[0]?.address ?? '',
    text: mail.text ?? '',
  }
}

/** Answers as mail programs do: by a calendar of method REPLY to the organizer. */
async function answer(invitation: Received, from: string, partstat: string, at: string): Promise<void> {
  const content = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//A calendar//EN',
    'METHOD:REPLY',
    'BEGIN:VEVENT',
    `UID:${invitation.event.uid}`,
    `DTSTAMP:${at}`,
    'DTSTART:20270301T080000Z',
    `ORGANIZER:mailto:${invitation.replyTo}`,
    `ATTENDEE;PARTSTAT=${partstat};CN=Somebody:MAILTO:${from.toUpperCase()}`,
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ].join('\r\n')
  const transport = createTransport({ host: '127.0.0.1', port: system.system.mailPort!, ignoreTLS: true })
  try {
    const icalEvent = { method: 'REPLY', content }
    await transport.sendMail({ from, to: invitation.replyTo, subject: partstat, text: partstat, icalEvent })
  } finally {
    transport.close()
  }
}

describe('an invitation', () => {
  it('goes to each attendee once, however many send it at the same time', async () => {
    expect(states(await ana.get(path()))).toEqual({ 'jo@example.org': 'to_send', 'kim@example.net': 'to_send' })
    await Promise.all(Array.from({ length: 20 }, () => ana.post(path())))
    const [{ method, event, text }] = (await calendarOf('jo@example.org', 1)) as [Received]
    expect(method).toBe('REQUEST')
    expect(event.summary).toBe('Review, with “quotes”; and commas')
    expect(event.location).toBe('Room 2')
    expect(event.startDate.toJSDate().toISOString()).toBe('2027-03-01T08:00:00.000Z')
    expect(event.endDate.toJSDate().toISOString()).toBe('2027-03-01T08:45:00.000Z')
    expect(event.sequence).toBe(0)
    expect(text).toContain('Ana García invites you to a meeting.')
    expect(text).toContain('(Europe/Madrid)')
    await calendarOf('kim@example.net', 1)
    expect(states(await ana.get(path()))).toEqual({ 'jo@example.org': 'sent', 'kim@example.net': 'sent' })
  })

  it('is answered by the calendars of those who got it; the latest answer counts', async () => {
    const [invitation] = (await calendarOf('jo@example.org', 1)) as [Received]
    expect(invitation.replyTo).toMatch(/^[a-z0-9]{20}@log\.example\.com$/)
    await answer(invitation, 'jo@example.org', 'ACCEPTED', '20261120T100000Z')
    await answer(invitation, 'jo@example.org', 'TENTATIVE', '20261120T090000Z')
    await answer(invitation, 'kim@example.net', 'DECLINED', '20261120T100000Z')
    expect(states(await ana.get(path()))).toEqual({ 'jo@example.org': 'accepted', 'kim@example.net': 'declined' })
    await expect(answer(invitation, 'eve@example.com', 'ACCEPTED', '20261120T100000Z')).rejects.toThrow(
      'eve@example.com was not invited',
    )
    const plain = createTransport({ host: '127.0.0.1', port: system.system.mailPort!, ignoreTLS: true })
    const letter = { from: 'jo@example.org', to: invitation.replyTo, subject: 'Hi', text: 'Yes!' }
    await expect(plain.sendMail(letter)).rejects.toThrow('takes answers to the invitation only')
  })

  it('follows the meeting to another time, to other people, and into its cancellation', async () => {
    const attendees = ['jo@example.org', 'lee@example.org']
    await ana.patch(`/rounds/${review.id}`, { starts_at: '2027-03-02T09:00:00+01:00', ends_at: null, attendees })
    const changed = { 'jo@example.org': 'accepted', 'kim@example.net': 'declined', 'lee@example.org': 'to_send' }
    expect(states(await ana.get(path()))).toEqual(changed)
    await ana.post(path())
    const [, update] = (await calendarOf('jo@example.org', 2)) as [Received, Received]
    expect([update.method, update.event.sequence]).toEqual(['REQUEST', 1])
    expect(update.event.startDate.toJSDate().toISOString()).toBe('2027-03-02T08:00:00.000Z')
    const [, gone] = (await calendarOf('kim@example.net', 2)) as [Received, Received]
    expect([gone.method, gone.event.sequence]).toEqual(['CANCEL', 1])
    const [first] = (await calendarOf('lee@example.org', 1)) as [Received]
    expect(first.method).toBe('REQUEST')
    expect(states(await ana.get(path()))).toMatchObject({ 'jo@example.org': 'sent', 'kim@example.net': 'cancelled' })
    await ana.patch(`/rounds/${review.id}`, { status: 'Cancelled' })
    await ana.post(path())
    const [, , off] = (await calendarOf('jo@example.org', 3)) as [Received, Received, Received]
    expect([off.method, off.event.sequence]).toEqual(['CANCEL', 2])
    await calendarOf('kim@example.net', 2)
  })

  it('takes whole days from the zone of the workspace', async () => {
    const fair = { title: 'Fair', all_day: true, attendees: ['day@example.org'] }
    const { id } = await ana.post('/rounds', { ...fair, starts_at: '2027-05-03T00:00:00+02:00' })
    await ana.post(`/rounds/${id}/invitations`)
    const [{ event }] = (await calendarOf('day@example.org', 1)) as [Received]
    expect([event.startDate.toString(), event.endDate.toString()]).toEqual(['2027-05-03', '2027-05-04'])
  })
})

describe('what is refused', () => {
  it('names what the meeting wants, and what is no meeting', async () => {
    const { id } = await ana.post('/rounds', { title: 'Some time', attendees: ['jo@example.org'] })
    const noTime = await ana.send('POST', `/rounds/${id}/invitations`)
    expect([noTime.status, noTime.body.error.details[0].field]).toEqual([400, 'starts_at'])
    await ana.patch(`/rounds/${id}`, { starts_at: '2027-03-01T09:00:00Z', attendees: ['jo', 'kim@example.net'] })
    const noAddress = await ana.send('POST', `/rounds/${id}/invitations`)
    expect(noAddress.body.error.details[0]).toMatchObject({
      field: 'attendees',
      message: expect.stringContaining('“jo”'),
    })
    const contact = await ana.post('/contacts', { full_name: 'Jo' })
    expect((await ana.send('POST', `/contacts/${contact.id}/invitations`)).status).toBe(404)
  })

  it('is asked by who may not change the meeting, or from another workspace', async () => {
    await defineRole(system, ana.tenantId, 'looking', { objects: { rounds: { read: 'all' } } })
    const reader = await addMember(system, ana.tenantId, ['looking'])
    expect((await reader.send('GET', path())).status).toBe(200)
    expect((await reader.send('POST', path())).status).toBe(403)
    const other = await system.register({ workspace: 'Elsewhere', template: 'blank' })
    await addMeetings(other)
    expect((await other.send('GET', path())).status).toBe(404)
  })
})
