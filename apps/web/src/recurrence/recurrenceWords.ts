/** Rules of recurrence in words: «Every 2 weeks on Mon», «Every month on the last Fri at 09:00». */
import type { TFunction } from 'i18next'
import { formatDate } from '../fields/format.ts'
import { lastDayOf, type Recurrence, readRecurrence } from './recurrence.ts'

/** @param t of any area: the words stand in `recurrence`. */
export function recurrenceText(t: TFunction, recurrence: Recurrence, language: string): string {
  const { frequency, interval, at, weekdays, by, month } = recurrence
  const inMonth = (frequency === 'MONTHLY' || frequency === 'YEARLY') && by !== 'due'
  const said = [
    t(`recurrence:every.${frequency}`, { count: interval }),
    ...(frequency === 'WEEKLY' && weekdays.length > 0
      ? [t('recurrence:onDays', { days: weekdayNames(t, weekdays) })]
      : []),
    ...(inMonth ? [dayText(t, recurrence)] : []),
    ...(inMonth && frequency === 'YEARLY' ? [t('recurrence:in', { months: monthName(month, language) })] : []),
    ...(at ? [t('recurrence:at', { at })] : []),
  ]
  return said.join(' ')
}

/** With when it ends; nothing where it has no words. */
export function wholeRuleText(t: TFunction, rule: string, language: string, timeZone: string): string | undefined {
  const found = readRecurrence(rule, 'due') ?? readRecurrence(rule, 'clock')
  if (!found) return undefined
  const { until, times } = found
  const said = [
    recurrenceText(t, found, language),
    ...(until ? [t('recurrence:untilDay', { day: formatDate(lastDayOf(until, timeZone), language) })] : []),
    ...(times ? [t('recurrence:timesInAll', { count: times })] : []),
  ]
  return said.join(', ')
}

function dayText(t: TFunction, { by, day, nth, weekday }: Recurrence): string {
  if (by === 'weekday') {
    return t('recurrence:onWeekday', {
      nth: t(`recurrence:nth.${nth}`),
      weekday: t(`recurrence:days.${weekday}`),
    })
  }
  return day < 0 ? t('recurrence:onLastDay') : t('recurrence:onDay', { days: day })
}

export const weekdayNames = (t: TFunction, weekdays: number[]): string =>
  weekdays.map((one) => t(`recurrence:days.${one}`)).join(', ')

/** @param month 1 is January. */
export const monthName = (month: number, language: string): string =>
  new Intl.DateTimeFormat(language, { month: 'long', timeZone: 'UTC' }).format(Date.UTC(2024, month - 1))
