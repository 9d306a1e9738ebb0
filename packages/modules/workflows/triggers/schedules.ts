/**
 * When a workflow with a schedule is due: cron expressions and rules of RFC 5545, on the clock of a zone. What is due at
 * nine stays due at nine when the clocks change.
 */
import { CronExpressionParser } from 'cron-parser'
import { RRuleTemporal } from 'rrule-temporal'
import { Temporal } from 'temporal-polyfill'
import type { Trigger } from '../definition.ts'

export type Schedule = Pick<Trigger & { type: 'schedule' }, 'cron' | 'rrule' | 'timeZone'>

/** A rule that leads nowhere, such as every 30th of February, is given up after so many steps. */
const mostSteps = 5_000

/**
 * The first time after a moment.
 *
 * @param zone the workspace's, where the schedule names none.
 * @returns undefined where there is none any more.
 */
export function nextTime(schedule: Schedule, zone: string, after: Date): Date | undefined {
  const timeZone = schedule.timeZone ?? zone
  try {
    if (schedule.cron !== undefined) {
      return CronExpressionParser.parse(schedule.cron, { tz: timeZone, currentDate: after }).next().toDate()
    }
    return nextOfRule(schedule.rrule!, timeZone, after)
  } catch {
    // The libraries raise what they cannot make sense of, or do not find an end to.
    return undefined
  }
}

function nextOfRule(rule: string, timeZone: string, after: Date): Date | undefined {
  const next = ruleOn(rule, timeZone).next(
    Temporal.Instant.fromEpochMilliseconds(after.getTime()).toZonedDateTimeISO(timeZone),
  )
  return next ? new Date(next.epochMilliseconds) : undefined
}

/** A rule without a beginning of its own counts from the first Monday of 2024, at midnight. */
function ruleOn(rule: string, timeZone: string): RRuleTemporal<Temporal.ZonedDateTime> {
  const options = { temporal: Temporal, maxIterations: mostSteps, strict: true }
  if (/DTSTART/i.test(rule)) return new RRuleTemporal<Temporal.ZonedDateTime>({ rruleString: rule, ...options })
  const dtstart = Temporal.ZonedDateTime.from({ year: 2024, month: 1, day: 1, timeZone })
  return new RRuleTemporal<Temporal.ZonedDateTime>({ rruleString: rule.replace(/^RRULE:/i, ''), dtstart, ...options })
}

/** What is wrong with it, and in which part. */
export function scheduleProblem(schedule: Schedule): { part: string; message: string } | undefined {
  const { cron, rrule, timeZone } = schedule
  if (timeZone !== undefined && !isZone(timeZone)) {
    return { part: 'timeZone', message: `“${timeZone}” is not a time zone; write one such as Europe/Madrid` }
  }
  if ((cron === undefined) === (rrule === undefined)) {
    return { part: 'cron', message: 'needs either a cron expression or a rule that repeats' }
  }
  if (cron !== undefined && cron.trim().split(/\s+/).length !== 5) {
    return { part: 'cron', message: `“${cron}” is not a cron expression of five parts, such as 0 9 * * 1` }
  }
  if (nextTime(schedule, 'UTC', new Date()) !== undefined) return undefined
  return cron === undefined
    ? { part: 'rrule', message: `“${rrule}” is not a rule with times to come, such as FREQ=WEEKLY;BYDAY=MO;BYHOUR=9` }
    : { part: 'cron', message: `“${cron}” is not a cron expression, such as 0 9 * * 1` }
}

function isZone(timeZone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone }) !== undefined
  } catch {
    return false
  }
}
