/** Times and schedules in words: «2 days», «every day at 08:00». */
import type { TFunction } from 'i18next'
import type { Duration } from '../flow/duration.ts'
import { readSchedule } from '../flow/schedule.ts'

type T = TFunction<'automation'>

/** @param raw what is said where it is none that people would write. */
export function durationText(t: T, duration: Duration | undefined, raw: string): string {
  return duration ? t(`duration.${duration.unit}`, { count: duration.amount }) : raw
}

export function scheduleText(t: T, cron: string | undefined): string {
  const { rhythm, at, weekdays, day } = readSchedule(cron)
  const days = weekdays.map((one) => t(`weekday.${one}`)).join(', ')
  return t(`schedule.say.${rhythm}`, { at, days, day, cron: cron ?? '', minute: at.slice(3) })
}
