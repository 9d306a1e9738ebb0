/** What is being moved or stretched on a timeline, before it is let go: by whole days, at the same time of the clock. */
import type { FieldMeta } from '@oneforge/client'
import type { DiaryFields } from '../calendar/diaryFields.ts'
import type { Put } from '../calendar/draft.ts'
import { type Entry, entryOf, shifted, valuesAt } from '../calendar/entries.ts'
import { dayAfter, daysBetween, momentOf } from '../calendar/zone.ts'

export interface Held {
  entry: Entry
  kind: 'move' | 'stretch'
  days: number
}

/** Where an entry would stand. What is stretched keeps at least its beginning. */
export function putOfHeld({ entry, kind, days }: Held, zone: string): Put {
  if (kind === 'move') return { ...shifted(entry, days, zone), isStretched: false }
  const end = momentOf(dayAfter(entry.to.day, Math.max(days, fewestDays(entry))), entry.to.minute, zone)
  return { start: entry.start, end, isStretched: true }
}

/** By how many days an end may come closer: a bar of days keeps one, hours keep their length of the first day. */
function fewestDays({ from, to }: Entry): number {
  const length = daysBetween(from.day, to.day)
  const isWithin = to.minute > from.minute
  return isWithin ? -length : Math.min(0, 1 - length)
}

/** What is held, as it would stand. */
export function heldEntry(held: Held, fields: DiaryFields, zone: string): Entry {
  const { start, end } = putOfHeld(held, zone)
  const record = { ...held.entry.record, ...valuesAt(fields, start, end, zone) }
  return entryOf(record, fields, zone) ?? held.entry
}

/** Whether nobody has said how long it takes: then it is a point. */
export const isPoint = ({ record }: Entry, end: FieldMeta | undefined): boolean =>
  !end || record[end.key] === null || record[end.key] === undefined
