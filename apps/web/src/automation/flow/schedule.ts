/** Schedules as people choose them, and the cron lines that are kept of them. */
export type Rhythm = 'hourly' | 'daily' | 'weekly' | 'monthly' | 'own'

export interface Schedule {
  rhythm: Rhythm
  /** `08:30`; of an hourly one only the minutes count. */
  at: string
  /** 1 is Monday, 7 Sunday. */
  weekdays: number[]
  /** Of the month; 29 and later are left out in months that have none. */
  day: number
  /** The line itself where none of the rhythms says it. */
  cron: string
}

const daily: Schedule = { rhythm: 'daily', at: '08:00', weekdays: [1, 2, 3, 4, 5], day: 1, cron: '0 8 * * *' }
const lines: [Rhythm, RegExp][] = [
  ['hourly', /^(\d{1,2}) \* \* \* \*$/],
  ['daily', /^(\d{1,2}) (\d{1,2}) \* \* \*$/],
  ['weekly', /^(\d{1,2}) (\d{1,2}) \* \* ([0-7](?:[,-][0-7])*)$/],
  ['monthly', /^(\d{1,2}) (\d{1,2}) (\d{1,2}) \* \*$/],
]

export function readSchedule(cron: string | undefined): Schedule {
  if (!cron) return daily
  for (const [rhythm, line] of lines) {
    const found = line.exec(cron.trim())
    if (!found) continue
    const [, minute = '0', hour = '0', rest = ''] = found
    const at = `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`
    const weekdays = rhythm === 'weekly' ? weekdaysOf(rest) : daily.weekdays
    return { rhythm, at, weekdays, day: rhythm === 'monthly' ? Number(rest) : 1, cron }
  }
  return { ...daily, rhythm: 'own', cron }
}

export function writeSchedule({ rhythm, at, weekdays, day, cron }: Schedule): string {
  const [hour = 0, minute = 0] = at.split(':').map(Number)
  if (rhythm === 'hourly') return `${minute} * * * *`
  if (rhythm === 'daily') return `${minute} ${hour} * * *`
  if (rhythm === 'weekly') return `${minute} ${hour} * * ${weekdays.toSorted((a, b) => a - b).join(',') || 1}`
  return rhythm === 'monthly' ? `${minute} ${hour} ${day} * *` : cron
}

function weekdaysOf(text: string): number[] {
  const days = text.split(',').flatMap((part) => {
    const [from = 1, to = from] = part.split('-').map((day) => (day === '0' ? 7 : Number(day)))
    return Array.from({ length: Math.max(1, to - from + 1) }, (_, index) => from + index)
  })
  return [...new Set(days)].toSorted((a, b) => a - b)
}
