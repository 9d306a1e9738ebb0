/** When a location is closed, for the shading behind a day. */
import type { Holiday, Location } from '@oneforge/client'
import { minutesOf } from '../../locations/clock.ts'
import { weekdays } from '../../locations/hours.ts'
import { dayMinutes, type Piece } from './layout.ts'
import { weekdayOf } from './zone.ts'

type Hours = Pick<Location, 'hours' | 'holidays'>

export function holidayOn(location: Pick<Location, 'holidays'> | undefined, day: string): Holiday | undefined {
  return location?.holidays.find(({ date }) => date === day)
}

/** Minutes of the day outside the opening hours; none where nobody has said when the location is open. */
export function closedOn(location: Hours | undefined, day: string): Piece[] {
  if (!location) return []
  const holiday = holidayOn(location, day)
  if (!holiday && Object.keys(location.hours).length === 0) return []
  const open = (holiday ? holiday.hours : location.hours[weekdays[weekdayOf(day)]!]) ?? []
  const edges = [0, ...open.flatMap(({ from, to }) => [minutesOf(from), minutesOf(to)]), dayMinutes]
  const pieces: Piece[] = []
  for (let at = 0; at < edges.length; at += 2) {
    const piece = { from: edges[at]!, to: edges[at + 1]! }
    if (piece.from < piece.to) pieces.push(piece)
  }
  return pieces
}

/** The minute at which the earliest of these days opens; undefined where none does. */
export function opensAt(location: Hours | undefined, days: string[]): number | undefined {
  const starts = days
    .map((day) => closedOn(location, day)[0])
    .flatMap((closed) => (closed?.from === 0 ? [closed.to] : []))
  const early = starts.filter((minute) => minute < dayMinutes)
  return early.length ? Math.min(...early) : undefined
}
