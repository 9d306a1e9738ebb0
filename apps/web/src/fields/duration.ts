/** Durations are whole minutes; people read «1 h 30 min» and type «90», «1:30», «1h30» or «1.5 h». */

export function formatDuration(minutes: number): string {
  if (!Number.isFinite(minutes)) return ''
  const sign = minutes < 0 ? '−' : ''
  const total = Math.round(Math.abs(minutes))
  const hours = Math.floor(total / 60)
  const rest = total % 60
  if (hours === 0) return `${sign}${rest} min`
  return rest === 0 ? `${sign}${hours} h` : `${sign}${hours} h ${rest} min`
}

/** Minutes, or null when the text is not a duration. A bare number means minutes. */
export function parseDuration(text: string): number | null {
  const input = text.trim().toLowerCase().replaceAll(',', '.')
  if (/^\d+$/.test(input)) return Number(input)
  const clock = /^(\d+):([0-5]?\d)$/.exec(input)
  if (clock) return Number(clock[1]) * 60 + Number(clock[2])
  const words = /^(?:(\d+(?:\.\d+)?)\s*h[a-z]*)?\s*(?:(\d+)\s*(?:m[a-z]*)?)?$/.exec(input)
  if (!words || (words[1] === undefined && words[2] === undefined)) return null
  return Math.round(Number(words[1] ?? 0) * 60) + Number(words[2] ?? 0)
}
