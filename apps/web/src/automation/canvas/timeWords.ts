/** Times and schedules in words: «2 days», «every day at 08:00», «every 2 weeks on Mon at 09:00». */
import type { TFunction } from 'i18next'
import type { CronParts } from '../flow/comingTimes.ts'
import type { Duration } from '../flow/duration.ts'
import { type Recurrence, readRecurrence } from '../flow/recurrence.ts'
import { readSchedule } from '../flow/schedule.ts'

type T = TFunction<'automation'>

/** @param raw what is said where it is none that people would write. */
export function durationText(t: T, duration: Duration | undefined, raw: string): string {
  return duration ? t(`duration.${duration.unit}`, { count: duration.amount }) : raw
}

/** @param language months are named in. */
export function scheduleText(
  t: T,
  { cron, rrule }: { cron?: string | undefined; rrule?: string | undefined },
  language: string,
): string {
  if (rrule !== undefined) {
    const recurrence = readRecurrence(rrule)
    return recurrence ? recurrenceText(t, recurrence, language) : t('when.schedule_rrule')
  }
  const { rhythm, at, weekdays, day } = readSchedule(cron)
  return t(`schedule.say.${rhythm}`, {
    at,
    days: weekdayNames(t, weekdays),
    day,
    cron: cron ?? '',
    minute: at.slice(3),
  })
}

function recurrenceText(t: T, recurrence: Recurrence, language: string): string {
  const { frequency, interval, at, weekdays, month } = recurrence
  const inMonth = frequency === 'MONTHLY' || frequency === 'YEARLY'
  const said = [
    t(`recurrence.every.${frequency}`, { count: interval }),
    ...(frequency === 'WEEKLY' ? [t('recurrence.onDays', { days: weekdayNames(t, weekdays) })] : []),
    ...(inMonth ? [dayText(t, recurrence)] : []),
    ...(frequency === 'YEARLY' ? [t('recurrence.in', { months: monthName(month, language) })] : []),
    t('recurrence.at', { at }),
  ]
  return said.join(' ')
}

function dayText(t: T, { by, day, nth, weekday }: Recurrence): string {
  if (by === 'weekday') {
    return t('recurrence.onWeekday', { nth: t(`recurrence.nth.${nth}`), weekday: t(`weekday.${weekday}`) })
  }
  return day < 0 ? t('recurrence.onLastDay') : t('recurrence.onDay', { days: day })
}

/** What a cron line says, whatever it is; see `cronParts`. */
export function cronText(t: T, parts: CronParts, language: string): string {
  const { days, weekdays, months } = parts
  const named = [
    ...(days ? [t('recurrence.onDay', { days: days.join(', ') })] : []),
    ...(weekdays ? [t('recurrence.onDays', { days: weekdayNames(t, weekdays) })] : []),
  ]
  const said = [
    named.length > 0 ? named.join(` ${t('recurrence.or')} `) : t('recurrence.every.DAILY', { count: 1 }),
    ...(months ? [t('recurrence.in', { months: months.map((one) => monthName(one, language)).join(', ') })] : []),
    ...clockTexts(t, parts),
  ]
  const text = said.join(', ')
  return text.charAt(0).toLocaleUpperCase(language) + text.slice(1)
}

function clockTexts(t: T, { at, every, minutes, hours }: CronParts): string[] {
  if (at) return [t('recurrence.at', { at: at.join(', ') })]
  return [
    every ? t('duration.every', { count: every }) : t('recurrence.atMinutes', { minutes: minutes?.join(', ') ?? '' }),
    ...(hours ? [t('recurrence.inHours', { hours: hours.join(', ') })] : []),
  ]
}

const weekdayNames = (t: T, weekdays: number[]): string => weekdays.map((one) => t(`weekday.${one}`)).join(', ')

/** @param month 1 is January. */
export const monthName = (month: number, language: string): string =>
  new Intl.DateTimeFormat(language, { month: 'long', timeZone: 'UTC' }).format(Date.UTC(2024, month - 1))
