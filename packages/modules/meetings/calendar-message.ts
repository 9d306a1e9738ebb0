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

/** Who has written a calendar. */
export const calendarWriter = { company: 'OneForge', product: 'OneForge' }

const hour = 3_600_000
const day = 24 * hour

/** @param facts.sequence counts the changes: who gets two messages believes the higher one. */
export function invitationTo(
  attendee: string,
  meeting: Meeting,
  facts: { uid: string; sequence: number; organizer: Organizer; at: Date; cancelled: boolean; timeZone: string },
): CalendarMessage {
  const method = facts.cancelled ? 'CANCEL' : 'REQUEST'
  const calendar = ical({ method: ICalCalendarMethod[method], prodId: calendarWriter })
  calendar.createEvent({
    id: facts.uid,
    sequence: facts.sequence,
    stamp: facts.at,
    ...calendarTimes(meeting, facts.timeZone),
    summary: meeting.title,
    location: meeting.place || null,
    status: facts.cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    organizer: { name: facts.organizer.name, email: facts.organizer.address },
    attendees: [{ email: attendee, name: attendee, rsvp: !facts.cancelled, status: ICalAttendeeStatus.NEEDSACTION }],
  })
  return { method, content: calendar.toString() }
}

/**
 * When something is, as calendars have it: whole days end with the day after the last, and an hour is meant where no end
 * is said.
 *
 * @param when.startsAt an instant, or a day (YYYY-MM-DD) of something that takes whole days; the end likewise.
 * @param timeZone where an instant is the day that it is, for what takes whole days.
 */
export function calendarTimes(
  { startsAt, endsAt, allDay }: Pick<Meeting, 'startsAt' | 'endsAt' | 'allDay'>,
  timeZone: string,
): { start: Date; end: Date; allDay: boolean } {
  if (allDay) {
    const last = midnightOf(endsAt ?? startsAt, timeZone)
    return { start: midnightOf(startsAt, timeZone), end: new Date(last.getTime() + day), allDay }
  }
  const start = new Date(startsAt)
  return { start, end: endsAt ? new Date(endsAt) : new Date(start.getTime() + hour), allDay }
}

/** The day, or that of the instant in the zone, as the midnight of Greenwich that calendars take its name from. */
function midnightOf(moment: string, timeZone: string): Date {
  const isDay = moment.length === 'YYYY-MM-DD'.length
  const name = isDay
    ? moment
    : new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(new Date(moment))
  return new Date(`${name}T00:00:00Z`)
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
