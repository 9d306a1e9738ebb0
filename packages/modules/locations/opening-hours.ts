/** When a location is open: intervals by weekday, what lies between them is a break; and days that are different. */
import type { FieldProblem } from '@oneforge/kernel/errors'
import { isDate } from '@oneforge/kernel/metadata/values'
import { z } from 'zod'

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const

const maxIntervals = 12
const maxHolidays = 500

const moment = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'must be a time such as 08:30')
const end = z.string().regex(/^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/, 'must be a time such as 18:00, at most 24:00')
const intervals = z
  .array(z.strictObject({ from: moment, to: end }))
  .max(maxIntervals, `takes at most ${maxIntervals} intervals`)

export const openingHours = z.partialRecord(z.enum(weekdays), intervals).meta({ id: 'OpeningHours' })
export type OpeningHours = z.output<typeof openingHours>

const holiday = z.strictObject({
  date: z.string().refine(isDate, 'must be a date such as 2026-12-25'),
  name: z.string().trim().min(1, 'cannot be empty').max(100, 'takes at most 100 characters'),
  hours: intervals.optional().describe('When it is open nevertheless; closed all day unless said.'),
})
export const holidays = z.array(holiday).max(maxHolidays, `takes at most ${maxHolidays} days`)
export type Holiday = z.output<typeof holiday>

type Interval = z.output<typeof intervals>[number]

/** What is wrong with the order of the times; times as such are checked by the schema. */
export const hoursProblems = (hours: OpeningHours): FieldProblem[] =>
  Object.entries(hours).flatMap(([day, intervals]) => intervalProblems(intervals, `hours.${day}`))

export function holidayProblems(days: Holiday[]): FieldProblem[] {
  const seen = new Set<string>()
  return days.flatMap(({ date, hours = [] }, index) => {
    const twice = seen.has(date) ? [{ field: `holidays[${index}].date`, message: 'is in the list twice' }] : []
    seen.add(date)
    return [...twice, ...intervalProblems(hours, `holidays[${index}].hours`)]
  })
}

function intervalProblems(intervals: Interval[], at: string): FieldProblem[] {
  return intervals.flatMap(({ from, to }, index) => {
    const before = intervals[index - 1]
    if (from >= to) return [{ field: `${at}[${index}].to`, message: 'must be after the beginning' }]
    if (before && from < before.to) {
      return [{ field: `${at}[${index}].from`, message: 'lies before the end of the interval above' }]
    }
    return []
  })
}
