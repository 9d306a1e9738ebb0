/** Invitations and the answers to them, as calendars write them to each other: RFC 5545 in messages of RFC 6047. */
import ICAL from 'ical.js'
import ical, { ICalAttendeeStatus, ICalCalendarMethod, ICalEventStatus } from 'ical-generator'
import type { Meeting } from './meeting.ts'

export type Answer = 'accepted' | 'declined' | 'tentative'

export interface CalendarMessage {
  method: 'REQUEST' | 'CANCEL'
  content: string
}

interface Organizer {
  name: string
  /** Where answers go. */
  address: string
}

const hour = 3_600_000
const day = 24 * hour

/** @param facts.sequence counts the changes: who gets two messages believes the higher one. */
export function invitationTo(
  attendee: string,
  meeting: Meeting,
  facts: { uid: string; sequence: number; organizer: Organizer; at: Date; cancelled: boolean; timeZone: string },
): CalendarMessage {
  const method = facts.cancelled ? 'CANCEL' : 'REQUEST'
  const calendar = ical({ method: ICalCalendarMethod[method], prodId: { company: 'OneForge', product: 'OneForge' } })
  calendar.createEvent({
    id: facts.uid,
    sequence: facts.sequence,
    stamp: facts.at,
    ...timesOf(meeting, facts.timeZone),
    summary: meeting.title,
    location: meeting.place || null,
    status: facts.cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    organizer: { name: facts.organizer.name, email: facts.organizer.address },
    attendees: [{ email: attendee, name: attendee, rsvp: !facts.cancelled, status: ICalAttendeeStatus.NEEDSACTION }],
  })
  return { method, content: calendar.toString() }
}

/** Whole days end with the day after the last; an hour is meant where no end is said. */
function timesOf({ startsAt, endsAt, allDay }: Meeting, timeZone: string): { start: Date; end: Date; allDay: boolean } {
  const start = new Date(startsAt)
  const end = endsAt ? new Date(endsAt) : new Date(start.getTime() + hour)
  if (!allDay) return { start, end, allDay }
  const last = dayOf(endsAt ? end : start, timeZone)
  return { start: dayOf(start, timeZone), end: new Date(last.getTime() + day), allDay }
}

/** The day of the instant in the zone, as the midnight of Greenwich that calendars take its name from. */
function dayOf(instant: Date, timeZone: string): Date {
  return new Date(`${new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(instant)}T00:00:00Z`)
}

export interface CalendarReply {
  uid: string
  attendee: string
  answer: Answer
  /** When it was given; a later one counts more. */
  at: Date
}

const answers: Record<string, Answer> = { ACCEPTED: 'accepted', DECLINED: 'declined', TENTATIVE: 'tentative' }

/** What a calendar of method REPLY says; undefined for anything else. */
export function readReply(text: string, now: Date): CalendarReply | undefined {
  const event = replyEvent(text)
  const attendee = event?.getFirstProperty('attendee')
  const answer = answers[String(attendee?.getFirstParameter('partstat') ?? '').toUpperCase()]
  const address = String(attendee?.getFirstValue() ?? '').replace(/^mailto:/i, '')
  const uid = event?.getFirstPropertyValue('uid')
  if (!event || !answer || typeof uid !== 'string' || !address.includes('@')) return undefined
  const stamp = event.getFirstPropertyValue('dtstamp')
  const at = stamp instanceof ICAL.Time ? stamp.toJSDate() : now
  return { uid, attendee: address.toLowerCase(), answer, at: at > now ? now : at }
}

function replyEvent(text: string): ICAL.Component | null {
  try {
    const calendar = new ICAL.Component(ICAL.parse(text))
    const method = String(calendar.getFirstPropertyValue('method') ?? '').toUpperCase()
    return method === 'REPLY' ? calendar.getFirstSubcomponent('vevent') : null
  } catch {
    return null
  }
}
