/** Stretches of days that people ask for, as days of the workspace's zone. */

export const periods = ['today', 'week', 'month'] as const
export type Period = (typeof periods)[number]

const daysBack: Record<Period, number> = { today: 0, week: 6, month: 29 }

export interface Days {
  from: string | undefined
  to: string | undefined
}

/** The days of a period that ends today; today counts. */
export function daysOf(period: Period, today: string): Days {
  const from = new Date(`${today}T00:00:00Z`)
  from.setUTCDate(from.getUTCDate() - daysBack[period])
  return { from: from.toISOString().slice(0, 10), to: undefined }
}

/** Which period these days are; undefined when they were chosen one by one. */
export function periodOf(days: Partial<Days>, today: string): Period | undefined {
  if (days.to) return undefined
  return periods.find((period) => daysOf(period, today).from === days.from)
}

/** The day that it is in a zone, `YYYY-MM-DD`. */
export function todayIn(timeZone: string, now = new Date()): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(now)
}
