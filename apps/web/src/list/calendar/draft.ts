/** What is being moved, lengthened or drawn, before it is let go: pure steps from one place to the next. */
import type { DiaryFields } from './diaryFields.ts'
import { type Entry, shifted, valuesAt } from './entries.ts'
import { dayMinutes, slotMinutes, snapped, toMinutes } from './layout.ts'
import { daysBetween, momentOf } from './zone.ts'

export interface Draft {
  /** Absent while something new is drawn. */
  entry?: Entry
  /** Columns of the grid are counted. */
  column: number
  /** Minutes of the column's day; a bar among the days has none. */
  from: number
  to: number
  /** Whether its length is another than before. */
  isStretched: boolean
}

export function draftOf(entry: Entry, column: number): Draft {
  const { minute } = entry.from
  return {
    entry,
    column,
    from: minute,
    to: minute + Math.round((entry.end - entry.start) / 60_000),
    isStretched: false,
  }
}

export const newDraft = (column: number, from: number, minutes = slotMinutes): Draft => ({
  column,
  from,
  to: from + minutes,
  isStretched: true,
})

const between = (least: number, value: number, most: number) => Math.max(least, Math.min(value, most))

/** A whole draft so many slots later, within the day. */
export function movedBy(draft: Draft, minutes: number): Draft {
  const from = between(0, snapped(draft.from + minutes), dayMinutes - slotMinutes)
  return { ...draft, from, to: from + draft.to - draft.from }
}

/** Its end later or earlier; a slot always stays. */
export function stretchedBy(draft: Draft, minutes: number): Draft {
  const to = between(draft.from + slotMinutes, snapped(draft.to + minutes), Math.max(dayMinutes, draft.to))
  return { ...draft, to, isStretched: true }
}

export function inColumn(draft: Draft, column: number, columns: number): Draft {
  return { ...draft, column: between(0, column, columns - 1) }
}

/** Drawn from where the pointer went down to where it is. */
export function drawn(anchor: Draft, minutes: number): Draft {
  const other = between(0, snapped(anchor.from + minutes), dayMinutes)
  return { ...anchor, from: Math.min(anchor.from, other), to: Math.max(anchor.from + slotMinutes, other) }
}

/** The slot that holds a height within a column. */
export function slotAt(pixels: number): number {
  const slot = Math.floor(toMinutes(pixels) / slotMinutes) * slotMinutes
  return between(0, slot, dayMinutes - slotMinutes)
}

export function isSameDraft(a: Draft | undefined, b: Draft | undefined): boolean {
  return a?.entry === b?.entry && a?.column === b?.column && a?.from === b?.from && a?.to === b?.to
}

/** Where an entry goes. */
export interface Put {
  start: number
  end: number
  isStretched: boolean
}

/** An entry let go over a day. Moved, it stays as long as it was, whatever the clocks do. */
export function putOf(entry: Entry, { from, to, isStretched }: Draft, day: string, zone: string): Put {
  if (entry.isBar) return { ...shifted(entry, daysBetween(entry.from.day, day), zone), isStretched: false }
  const isThere = day === entry.from.day && from === entry.from.minute
  const start = isThere ? entry.start : momentOf(day, from, zone)
  return { start, end: isStretched ? momentOf(day, to, zone) : start + entry.end - entry.start, isStretched }
}

/** What a new record begins with. Of whole days it is not said how many there will be. */
export function newValues(
  fields: DiaryFields,
  day: string,
  { from, to }: Pick<Draft, 'from' | 'to'>,
  zone: string,
): Record<string, unknown> {
  if (fields.start.type === 'date') return { [fields.start.key]: day }
  const start = momentOf(day, from, zone)
  return valuesAt(fields, start, start + (to - from) * 60_000, zone)
}
