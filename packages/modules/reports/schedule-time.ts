/** When a mail goes out next, on the clock of the workspace. */
import { Temporal } from 'temporal-polyfill'
import type { SchedulePlan } from './schedules.schemas.ts'

/**
 * The first time after the moment. A time that a day does not have, because the clocks change, is the hour after; one that
 * it has twice is the first.
 */
export function nextTime(plan: SchedulePlan, after: Date, timeZone: string): Date {
  const now = Temporal.Instant.fromEpochMilliseconds(after.getTime()).toZonedDateTimeISO(timeZone)
  const time = { hour: plan.hour, minute: plan.minute ?? 0 }
  for (let day = now.toPlainDate(); ; day = day.add({ days: 1 })) {
    if (!isDay(plan, day)) continue
    const moment = day.toZonedDateTime({ timeZone, plainTime: time })
    if (Temporal.ZonedDateTime.compare(moment, now) > 0) return new Date(moment.epochMilliseconds)
  }
}

function isDay({ frequency, weekday = 1, dayOfMonth = 1 }: SchedulePlan, day: Temporal.PlainDate): boolean {
  if (frequency === 'weekly') return day.dayOfWeek === weekday
  if (frequency === 'monthly') return day.day === Math.min(dayOfMonth, day.daysInMonth)
  return true
}
