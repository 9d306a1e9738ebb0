/** What a timeline shows at a time: a stretch of days around one, and its days, weeks, months or quarters as marks. */
import type { TimelineZoom } from '@oneforge/client'
import { dayAfter, daysBetween, daysFrom, formatDay, weekdayOf } from '../calendar/zone.ts'

export const zooms: TimelineZoom[] = ['day', 'week', 'month', 'quarter']

export interface Mark {
  /** Its first day. */
  day: string
  days: number
  label: string
}

export interface Scale {
  first: string
  /** The day after the last. */
  after: string
  days: string[]
  marks: Mark[]
}

/** How many marks stand side by side, and how many of them before the day that is shown. */
const shape: Record<TimelineZoom, { marks: number; before: number; months: number; days: number }> = {
  day: { marks: 14, before: 0, months: 0, days: 1 },
  week: { marks: 12, before: 2, months: 0, days: 7 },
  month: { marks: 12, before: 2, months: 1, days: 0 },
  quarter: { marks: 12, before: 2, months: 3, days: 0 },
}

/** Days that an arrow key moves by. */
export const stepOf: Record<TimelineZoom, number> = { day: 1, week: 1, month: 7, quarter: 7 }

/** @param firstOfWeek 0 is Monday. */
export function scaleOf(zoom: TimelineZoom, day: string, firstOfWeek: number, locale: string): Scale {
  const { marks: count, before } = shape[zoom]
  const begin = stepped(zoom, beginOf(zoom, day, firstOfWeek), -before)
  const starts = Array.from({ length: count + 1 }, (_, index) => stepped(zoom, begin, index))
  const after = starts.at(-1)!
  const marks = starts.slice(0, -1).map((start, index) => ({
    day: start,
    days: daysBetween(start, starts[index + 1]!),
    label: labelOf(zoom, start, locale),
  }))
  return { first: begin, after, days: daysFrom(begin, daysBetween(begin, after)), marks }
}

/** So many marks later, or with a minus before. */
export function stepped(zoom: TimelineZoom, day: string, marks: number): string {
  const { months, days } = shape[zoom]
  return months ? monthsAfter(day, marks * months) : dayAfter(day, marks * days)
}

/** Half of what is shown: what was in sight at one side still is at the other. */
export const turned = (zoom: TimelineZoom, day: string, direction: 1 | -1): string =>
  stepped(zoom, day, (direction * shape[zoom].marks) / 2)

function beginOf(zoom: TimelineZoom, day: string, firstOfWeek: number): string {
  if (zoom === 'day' || zoom === 'week') return dayAfter(day, -((weekdayOf(day) - firstOfWeek + 7) % 7))
  const month = Number(day.slice(5, 7)) - 1
  return monthsAfter(`${day.slice(0, 8)}01`, zoom === 'quarter' ? -(month % 3) : 0)
}

/** The last day of a month where the day is not in it. */
function monthsAfter(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate()
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10)
}

function labelOf(zoom: TimelineZoom, day: string, locale: string): string {
  if (zoom === 'day') return formatDay(day, locale, { weekday: 'short', day: 'numeric' })
  if (zoom === 'week') return formatDay(day, locale, { day: 'numeric', month: 'short' })
  if (zoom === 'month') return formatDay(day, locale, { month: 'short', year: '2-digit' })
  return `Q${Math.ceil(Number(day.slice(5, 7)) / 3)} ${day.slice(0, 4)}`
}

/** Where something stands, as shares of the width: cut where it goes beyond. */
export function placeOn(
  moments: { start: number; end: number },
  edges: { start: number; end: number },
): { left: number; width: number } {
  const width = edges.end - edges.start
  const from = Math.max(0, (moments.start - edges.start) / width)
  const to = Math.min(1, (moments.end - edges.start) / width)
  return { left: from, width: Math.max(0, to - from) }
}
