/** A meeting, as far as the world outside needs to know of it. */
import { createHash } from 'node:crypto'
import { validationError } from '@oneforge/kernel/errors'
import type { CompiledObject } from '@oneforge/kernel/metadata'
import type { PresentedRecord } from '@oneforge/kernel/records'

export interface Meeting {
  id: string
  title: string
  /** An instant, or a day (YYYY-MM-DD) where it takes whole days. */
  startsAt: string
  endsAt: string | null
  allDay: boolean
  place: string
  isCancelled: boolean
  /** Addresses in lower case, each once. */
  attendees: string[]
}

const mostAttendees = 100
const address = /^[^\s<>"@,;]+@[^\s<>"@,;]+\.[^\s<>"@,;]+$/

/** Whether people can be invited to records of the object: it says when they begin and, as tags, who attends. */
export const isInviting = ({ field, roles }: CompiledObject): boolean =>
  roles.startsAt !== undefined && field.get('attendees')?.type === 'tags'

/** Throws VALIDATION_ERROR for a meeting to which nobody can be invited yet, naming the field. */
export function meetingOf(object: CompiledObject, record: PresentedRecord): Meeting {
  const { startsAt = '', endsAt = '', stage = '' } = object.roles
  const start = record[startsAt] as string | null | undefined
  if (!start) throw validationError([{ field: startsAt, message: 'is needed before anybody can be invited' }])
  const attendees = addressesOf(record.attendees)
  const isLost = object.stages.some(({ value, kind }) => kind === 'lost' && value === record[stage])
  return {
    id: record.id,
    title: typeof record.title === 'string' ? record.title : '',
    startsAt: start,
    endsAt: (record[endsAt] as string | null | undefined) ?? null,
    allDay: record.all_day === true,
    place: typeof record.place === 'string' ? record.place : '',
    isCancelled: isLost,
    attendees,
  }
}

function addressesOf(value: unknown): string[] {
  const names = Array.isArray(value) ? value.map(String) : []
  const wrong = names.find((name) => !address.test(name.trim()))
  if (wrong) throw validationError([{ field: 'attendees', message: `holds “${wrong}”, which is no e-mail address` }])
  if (names.length > mostAttendees) {
    throw validationError([{ field: 'attendees', message: `takes at most ${mostAttendees} people to be invited` }])
  }
  return [...new Set(names.map((name) => name.trim().toLowerCase()))]
}

/** Differs as soon as those who were invited have to be told again. */
export function digestOf({ title, startsAt, endsAt, allDay, place }: Meeting): Buffer {
  return createHash('sha256')
    .update(JSON.stringify([title, startsAt, endsAt, allDay, place]))
    .digest()
}
