/** Times and schedules in words: «2 days», «every day at 08:00», «every 2 weeks on Mon at 09:00». */
import type { TFunction } from 'i18next'
import { readRecurrence } from '../../recurrence/recurrence.ts'
import { monthName, recurrenceText, weekdayNames } from '../../recurrence/recurrenceWords.ts'
import type { CronParts } from '../flow/comingTimes.ts'
import type { Duration } from '../flow/duration.ts'
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
    const recurrence = readRecurrence(rrule, 'clock')
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

/** What a cron line says, whatever it is; see `cronParts`. */
export function cronText(t: T, parts: CronParts, language: string): string {
  const { days, weekdays, months } = parts
  const named = [
    ...(days ? [t('recurrence:onDay', { days: days.join(', ') })] : []),
    ...(weekdays ? [t('recurrence:onDays', { days: weekdayNames(t, weekdays) })] : []),
  ]
  const said = [
    named.length > 0 ? named.join(` ${t('recurrence:or')} `) : t('recurrence:every.DAILY', { count: 1 }),
    ...(months ? [t('recurrence:in', { months: months.map((one) => monthName(one, language)).join(', ') })] : []),
    ...clockTexts(t, parts),
  ]
  const text = said.join(', ')
  return text.charAt(0).toLocaleUpperCase(language) + text.slice(1)
}

function clockTexts(t: T, { at, every, minutes, hours }: CronParts): string[] {
  if (at) return [t('recurrence:at', { at: at.join(', ') })]
  return [
    every ? t('duration.every', { count: every }) : t('recurrence:atMinutes', { minutes: minutes?.join(', ') ?? '' }),
    ...(hours ? [t('recurrence:inHours', { hours: hours.join(', ') })] : []),
  ]
}
