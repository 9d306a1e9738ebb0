/** The words around an invitation to a meeting, for readers whose mail program knows no calendars. */
import { type Language, languageOf } from '@oneforge/kernel/metadata'
import type { Meeting } from './meeting.ts'

export interface LetterFacts {
  meeting: Meeting
  locale: string
  timeZone: string
  organizer: string
  kind: 'invited' | 'changed' | 'cancelled'
}

type Sentence = (facts: { title: string; organizer: string }) => string

const subjects: Record<Language, Record<LetterFacts['kind'], Sentence>> = {
  en: {
    invited: ({ title }) => `Invitation: ${title}`,
    changed: ({ title }) => `Changed: ${title}`,
    cancelled: ({ title }) => `Cancelled: ${title}`,
  },
  es: {
    invited: ({ title }) => `Invitación: ${title}`,
    changed: ({ title }) => `Cambio: ${title}`,
    cancelled: ({ title }) => `Cancelada: ${title}`,
  },
  de: {
    invited: ({ title }) => `Einladung: ${title}`,
    changed: ({ title }) => `Geändert: ${title}`,
    cancelled: ({ title }) => `Abgesagt: ${title}`,
  },
}

const openings: Record<Language, Record<LetterFacts['kind'], Sentence>> = {
  en: {
    invited: ({ organizer }) => `${organizer} invites you to a meeting.`,
    changed: ({ organizer }) => `${organizer} has changed a meeting to which you are invited.`,
    cancelled: ({ organizer }) => `${organizer} has cancelled a meeting to which you were invited.`,
  },
  es: {
    invited: ({ organizer }) => `${organizer} te invita a una reunión.`,
    changed: ({ organizer }) => `${organizer} ha cambiado una reunión a la que estás invitado.`,
    cancelled: ({ organizer }) => `${organizer} ha cancelado una reunión a la que estabas invitado.`,
  },
  de: {
    invited: ({ organizer }) => `${organizer} lädt Sie zu einem Termin ein.`,
    changed: ({ organizer }) => `${organizer} hat einen Termin geändert, zu dem Sie eingeladen sind.`,
    cancelled: ({ organizer }) => `${organizer} hat einen Termin abgesagt, zu dem Sie eingeladen waren.`,
  },
}

/** Subject and plain text, with the times in the zone named. */
export function letterOf({ meeting, locale, timeZone, organizer, kind }: LetterFacts): {
  subject: string
  text: string
} {
  const language = languageOf(locale)
  const facts = { title: meeting.title, organizer }
  const lines = [meeting.title, whenOf(meeting, locale, timeZone), meeting.place].filter(Boolean)
  return {
    subject: subjects[language][kind](facts),
    text: `${openings[language][kind](facts)}\n\n${lines.join('\n')}\n`,
  }
}

function whenOf({ startsAt, endsAt, allDay }: Meeting, locale: string, timeZone: string): string {
  const days = new Intl.DateTimeFormat(locale, { timeZone, dateStyle: 'full' })
  const times = new Intl.DateTimeFormat(locale, { timeZone, dateStyle: 'full', timeStyle: 'short' })
  const format = allDay ? days : times
  const start = new Date(startsAt)
  const range = endsAt ? format.formatRange(start, new Date(endsAt)) : format.format(start)
  return allDay ? range : `${range} (${timeZone})`
}
