/**
 * When a schedule comes next, and what a cron line says. The libraries that read them are large: load this where a
 * schedule is looked at. The server counts the same way (packages/modules/workflows/triggers/schedules.ts).
 */
import { CronExpressionParser } from 'cron-parser'
import { RRuleTemporal } from 'rrule-temporal'
import { Temporal } from 'temporal-polyfill'

export interface ScheduleSource {
  cron?: string | undefined
  rrule?: string | undefined
}

/** A rule that leads nowhere is given up after so many steps. */
const mostSteps = 5_000

/**
 * The next moments, RFC 3339; fewer where it ends.
 *
 * @throws what the libraries raise of a schedule that they cannot read.
 */
export function comingTimes({ cron, rrule }: ScheduleSource, timeZone: string, from: Date, count: number): string[] {
  const times = rrule === undefined ? cronTimes(cron ?? '', timeZone, from) : ruleTimes(rrule, timeZone, from)
  const found: string[] = []
  for (const time of times) if (found.push(time) === count) break
  return found
}

function* cronTimes(cron: string, timeZone: string, from: Date): Generator<string> {
  const line = CronExpressionParser.parse(cron, { tz: timeZone, currentDate: from })
  for (;;) yield line.next().toDate().toISOString()
}

function* ruleTimes(rule: string, timeZone: string, from: Date): Generator<string> {
  const times = ruleOn(rule, timeZone)
  let after: Temporal.ZonedDateTime | null = Temporal.Instant.fromEpochMilliseconds(from.getTime()).toZonedDateTimeISO(
    timeZone,
  )
  while (after) {
    after = times.next(after)
    if (after) yield new Date(after.epochMilliseconds).toISOString()
  }
}

/** A rule without a beginning of its own counts from the first Monday of 2024, at midnight. */
function ruleOn(rule: string, timeZone: string): RRuleTemporal<Temporal.ZonedDateTime> {
  const options = { temporal: Temporal, maxIterations: mostSteps, strict: true }
  if (/DTSTART/i.test(rule)) return new RRuleTemporal<Temporal.ZonedDateTime>({ rruleString: rule, ...options })
  const dtstart = Temporal.ZonedDateTime.from({ year: 2024, month: 1, day: 1, timeZone })
  return new RRuleTemporal<Temporal.ZonedDateTime>({ rruleString: rule.replace(/^RRULE:/i, ''), dtstart, ...options })
}

/** What is said of a cron line; what is absent is every one of its kind. */
export interface CronParts {
  /** Every so many minutes. */
  every?: number
  minutes?: number[]
  hours?: number[]
  /** In place of minutes and hours where these make few times: `09:00`. */
  at?: string[]
  days?: number[]
  months?: number[]
  /** 1 is Monday, 7 Sunday. */
  weekdays?: number[]
}

/** More times of a day than these are told by hours and minutes. */
const mostTimes = 4

/** Nothing where it says what has no words here: the last day, the second Monday. */
export function cronParts(cron: string): CronParts | undefined {
  const { minute, hour, dayOfMonth, month, dayOfWeek } = CronExpressionParser.parse(cron).fields
  if (/[L#?]/i.test(cron.split(/\s+/).slice(2).join(' '))) return undefined
  const listed = (field: { isWildcard: boolean; values: readonly unknown[] }) =>
    field.isWildcard ? undefined : field.values.map(Number)
  const days = listed(dayOfMonth)
  const months = listed(month)
  const weekdays = listed(dayOfWeek)?.map((day) => (day === 0 ? 7 : day))
  return {
    ...timesOf(listed(minute), listed(hour)),
    ...(days && { days }),
    ...(months && { months }),
    ...(weekdays && { weekdays: [...new Set(weekdays)].toSorted((a, b) => a - b) }),
  }
}

function timesOf(minutes: number[] | undefined, hours: number[] | undefined): CronParts {
  if (minutes && hours && minutes.length * hours.length <= mostTimes) {
    return { at: hours.flatMap((hour) => minutes.map((minute) => clockTime(hour, minute))) }
  }
  const every = minutes ? stepOf(minutes) : 1
  return { ...(every ? { every } : { minutes: minutes ?? [] }), ...(hours && { hours }) }
}

/** Every so many minutes, where they go evenly around the hour. */
function stepOf(minutes: number[]): number | undefined {
  const [first, step] = minutes
  const isEven = first === 0 && step && 60 % step === 0 && minutes.length === 60 / step
  return isEven && minutes.every((minute, index) => minute === index * step) ? step : undefined
}

const clockTime = (hour: number, minute: number): string =>
  [hour, minute].map((part) => String(part).padStart(2, '0')).join(':')
