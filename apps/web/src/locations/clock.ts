/** Times of day as people type them: `8`, `830`, `8:30`, `8.30`, `8h30`, `1 pm`, `24:00`. */

const typed = /^(\d{1,2})(?:[:.h]?(\d{2}))?\s*(?:([ap])\.?\s*m\.?)?$/i

/** As `08:30`; undefined for what is no time. Midnight at the end of a day is `24:00`. */
export function parseTime(text: string): string | undefined {
  const [, hourText, minute = '00', half] = typed.exec(text.trim()) ?? []
  if (hourText === undefined) return undefined
  const hour = half ? (Number(hourText) % 12) + (half.toLowerCase() === 'p' ? 12 : 0) : Number(hourText)
  if (half && (Number(hourText) < 1 || Number(hourText) > 12)) return undefined
  const isTime = hour < 24 ? Number(minute) < 60 : hour === 24 && minute === '00'
  return isTime ? `${String(hour).padStart(2, '0')}:${minute}` : undefined
}

/** Minutes since midnight; NaN for what is no time. */
export function minutesOf(time: string): number {
  const [hour = Number.NaN, minute = Number.NaN] = (parseTime(time) ?? '').split(':').map(Number)
  return hour * 60 + minute
}

/** The clock after so many minutes. */
export function clockAfter(minutes: number): string {
  return [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':')
}
