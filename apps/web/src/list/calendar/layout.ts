/** Where entries stand: minutes as pixels, those at the same time side by side, bars below one another. */
import type { Entry } from './entries.ts'
import { daysOfEntry } from './entries.ts'

export const dayMinutes = 24 * 60
/** What a move snaps to, and the least that is drawn. */
export const slotMinutes = 15
export const pixelsPerMinute = 1.2

export const toPixels = (minutes: number): number => minutes * pixelsPerMinute
export const toMinutes = (pixels: number): number => pixels / pixelsPerMinute
export const snapped = (minutes: number): number => Math.round(minutes / slotMinutes) * slotMinutes

/** Minutes of one day. */
export interface Piece {
  from: number
  to: number
}

/** The part of an entry among the hours of a day; undefined where it has none. */
export function pieceOn(entry: Entry, day: string): Piece | undefined {
  const { from, to, isBar } = entry
  if (isBar || from.day > day || to.day < day) return undefined
  // What ends at midnight is not drawn on the day that begins then.
  if (from.day < day && to.day === day && to.minute === 0) return undefined
  const begin = Math.min(from.day === day ? from.minute : 0, dayMinutes - slotMinutes)
  const end = to.day === day ? to.minute : dayMinutes
  // In the hour that comes twice the clock may show an end before the beginning.
  return { from: begin, to: Math.max(end, begin + slotMinutes) }
}

export interface Placed<T> {
  piece: T
  /** Counted from the left, of `lanes` that share the width. */
  lane: number
  lanes: number
}

/** Pieces that overlap share the width of the day, directly or by way of others; none covers another. */
export function sideBySide<T extends Piece>(pieces: T[]): Placed<T>[] {
  const sorted = pieces.toSorted((a, b) => a.from - b.from || b.to - a.to)
  const placed: Placed<T>[] = []
  let group: Placed<T>[] = []
  let ends: number[] = []
  for (const piece of sorted) {
    if (ends.every((end) => end <= piece.from)) {
      group = []
      ends = []
    }
    const free = ends.findIndex((end) => end <= piece.from)
    const lane = free < 0 ? ends.length : free
    ends[lane] = piece.to
    const place = { piece, lane, lanes: 0 }
    group.push(place)
    for (const member of group) member.lanes = ends.length
    placed.push(place)
  }
  return placed
}

/** From column to column, both counted. */
export interface Bar {
  first: number
  last: number
}

/** Bars get the topmost row that is free in all their columns; the longest of those that begin together comes first. */
export function barRows<T extends Bar>(bars: T[]): { bar: T; row: number }[] {
  const taken: number[] = []
  const sorted = bars.toSorted((a, b) => a.first - b.first || b.last - a.last)
  return sorted.map((bar) => {
    const free = taken.findIndex((last) => last < bar.first)
    const row = free < 0 ? taken.length : free
    taken[row] = bar.last
    return { bar, row }
  })
}

/** An entry over the columns it belongs to: those that follow one another become one bar. */
export function barsOf(entry: Entry, columns: { day: string }[], belongs: (column: number) => boolean): Bar[] {
  const { first, after } = daysOfEntry(entry)
  const bars: Bar[] = []
  for (const [index, { day }] of columns.entries()) {
    if (day < first || day >= after || !belongs(index)) continue
    const before = bars.at(-1)
    if (before?.last === index - 1) before.last = index
    else bars.push({ first: index, last: index })
  }
  return bars
}
