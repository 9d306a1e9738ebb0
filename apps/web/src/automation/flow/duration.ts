/** ISO 8601 durations as people say them: an amount of one unit. «2 days before», not «-PT48H». */
export const units = ['minutes', 'hours', 'days', 'weeks', 'months'] as const
export type Unit = (typeof units)[number]

export interface Duration {
  amount: number
  unit: Unit
  /** Before the moment, not after it. */
  before: boolean
}

const letters: Record<Unit, [prefix: string, letter: string]> = {
  minutes: ['PT', 'M'],
  hours: ['PT', 'H'],
  days: ['P', 'D'],
  weeks: ['P', 'W'],
  months: ['P', 'M'],
}

const parts = /^(-?)P(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/

/** Reads a duration; one of several parts (`P1DT12H`) is told in the smallest of its units. Nothing where it is none. */
export function readDuration(text: string): Duration | undefined {
  const found = parts.exec(text)
  if (!found) return undefined
  const [, sign, months = 0, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = found.map((part) =>
    part === undefined ? 0 : Number(part) || part,
  ) as [string, string, number, number, number, number, number, number]
  const before = String(sign) === '-'
  if (months) return weeks || days || hours || minutes ? undefined : { amount: months, unit: 'months', before }
  const total = ((weeks * 7 + days) * 24 + hours) * 60 + minutes + Math.round(seconds / 60)
  return { ...inUnit(total, { weeks, days, hours }), before }
}

/** In the unit that was written where it comes out even, else in a smaller one. */
function inUnit(minutes: number, written: { weeks: number; days: number; hours: number }): Omit<Duration, 'before'> {
  const day = 24 * 60
  if (minutes === 0) return { amount: 0, unit: 'hours' }
  if (written.weeks && minutes % (7 * day) === 0) return { amount: minutes / (7 * day), unit: 'weeks' }
  if (minutes % day === 0) return { amount: minutes / day, unit: 'days' }
  if (minutes % 60 === 0) return { amount: minutes / 60, unit: 'hours' }
  return { amount: minutes, unit: 'minutes' }
}

export function writeDuration({ amount, unit, before }: Duration): string {
  const [prefix, letter] = letters[unit]
  return `${before && amount > 0 ? '-' : ''}${prefix}${amount}${letter}`
}
