import { Temporal } from 'temporal-polyfill'

const notation = /^today(?:([+-]\d+)([dwmy]))?(?: ([01]\d|2[0-3]):([0-5]\d))?$/
const units = { d: 'days', w: 'weeks', m: 'months', y: 'years' } as const

/** Whether a text is a date (`today-2w`) in the notation of sample records. */
export const isSampleDate = (text: string): boolean => notation.test(text) && !text.includes(':')

/** Whether a text is a moment (`today+1d 09:30`) in the notation of sample records. */
export const isSampleMoment = (text: string): boolean => notation.test(text) && text.includes(':')

/** The date that `today-2w` means on a given day, as `YYYY-MM-DD`. */
export function resolveSampleDate(text: string, today: Temporal.PlainDate): string {
  return dayOf(text, today).toString()
}

/** The moment that `today+1d 09:30` means on a given day and place, in UTC: `2026-01-02T08:30:00Z`. */
export function resolveSampleMoment(text: string, today: Temporal.PlainDate, timeZone: string): string {
  const [, , , hour, minute] = parts(text)
  const time = Temporal.PlainTime.from({ hour: Number(hour ?? 0), minute: Number(minute ?? 0) })
  return dayOf(text, today).toZonedDateTime({ timeZone, plainTime: time }).toInstant().toString()
}

function dayOf(text: string, today: Temporal.PlainDate): Temporal.PlainDate {
  const [, count, unit] = parts(text)
  return count && unit ? today.add({ [units[unit as keyof typeof units]]: Number(count) }) : today
}

function parts(text: string): RegExpExecArray {
  const match = notation.exec(text)
  if (!match) throw new Error(`"${text}" is not a date of sample records; write today, today+3d or today-2w 09:30`)
  return match
}
