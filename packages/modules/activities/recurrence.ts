/**
 * When a task that repeats is due again. Rules are those of RFC 5545 and are worked out on the clock of the workspace:
 * what is due at nine stays due at nine when the clocks change, and a time that a day does not have moves on by the hour
 * that is left out.
 */
import { RRuleTemporal } from 'rrule-temporal'
import { Temporal } from 'temporal-polyfill'

/** A rule that leads nowhere, such as every 30th of February, is given up after so many steps. */
const mostSteps = 5_000

export interface Occurrence {
  /** RFC 3339 in UTC. */
  dueAt: string
  /** The rule from here on: one that counts has fewer left. */
  rule: string
}

/**
 * The first time after both moments: what was missed is not made up for.
 *
 * @param dueAt when the task was due; the rule counts its weeks and months from there.
 * @param doneAt when it was done.
 * @returns undefined where the rule has come to its end, or leads nowhere.
 */
export function nextOccurrence(
  rule: string,
  moments: { dueAt: string; doneAt: string },
  timeZone: string,
): Occurrence | undefined {
  try {
    return nextTime(rule, moments, timeZone)
  } catch {
    // The library raises what it cannot make sense of, or does not find an end to.
    return undefined
  }
}

function nextTime(
  rule: string,
  { dueAt, doneAt }: { dueAt: string; doneAt: string },
  timeZone: string,
): Occurrence | undefined {
  const start = onTheClock(dueAt, timeZone)
  const done = onTheClock(doneAt, timeZone)
  const after = Temporal.PlainDateTime.compare(start, done) > 0 ? start : done
  const count = countOf(rule)
  const times = ruleFrom(withoutCount(rule), start, timeZone)
  // Whoever names a number of times means the task itself as the first of them, on whatever day the rule would begin.
  let passed = 0
  let at = count === undefined ? times.next(inUtc(after)) : times.next(inUtc(start))
  while (at && count !== undefined) {
    passed += 1
    if (passed >= count) return undefined
    if (Temporal.PlainDateTime.compare(at.toPlainDateTime(), after) > 0) break
    at = times.next(at)
  }
  if (!at) return undefined
  const next = at.toPlainDateTime().toZonedDateTime(timeZone, { disambiguation: 'compatible' })
  const left = count === undefined ? rule : rule.replace(/COUNT=\d+/, `COUNT=${count - passed}`)
  return { dueAt: new Date(next.epochMilliseconds).toISOString(), rule: left }
}

const onTheClock = (moment: string, timeZone: string): Temporal.PlainDateTime =>
  Temporal.Instant.from(moment).toZonedDateTimeISO(timeZone).toPlainDateTime()

/** The time on the clock, told as if it were UTC: a clock without changes to count on. */
const inUtc = (time: Temporal.PlainDateTime): Temporal.ZonedDateTime => time.toZonedDateTime('UTC')

const countOf = (rule: string): number | undefined => {
  const found = /(?:^|;)COUNT=(\d+)/.exec(rule)?.[1]
  return found === undefined ? undefined : Number(found)
}

const withoutCount = (rule: string): string => rule.replace(/;COUNT=\d+|COUNT=\d+;/, '')

function ruleFrom(rule: string, start: Temporal.PlainDateTime, timeZone: string) {
  const times = new RRuleTemporal<Temporal.ZonedDateTime>({
    rruleString: untilOnTheClock(rule, timeZone),
    dtstart: inUtc(start),
    temporal: Temporal,
    maxIterations: mostSteps,
    strict: true,
  })
  return { next: (after: Temporal.ZonedDateTime) => times.next(after) ?? undefined }
}

/** The end of a rule on the same clock as its times; a day without a time counts as a whole. */
function untilOnTheClock(rule: string, timeZone: string): string {
  return rule.replace(/UNTIL=(\d{8})(T\d{6}Z)?/, (_, day: string, time: string | undefined) => {
    if (!time) return `UNTIL=${day}T235959Z`
    const instant = Temporal.Instant.from(`${day}${time}`)
    const local = instant.toZonedDateTimeISO(timeZone).toPlainDateTime()
    return `UNTIL=${local.toString({ smallestUnit: 'second' }).replaceAll(/[-:]/g, '')}Z`
  })
}
