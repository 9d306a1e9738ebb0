/** What a number of a pattern looks like: `INV-{YYYY}-{0001}` on a day of 2026 is INV-2026-0001. */

/** The number with this count. `location` is a code, `today` YYYY-MM-DD. */
export function numberExample(pattern: string, count: number, today: string, location: string): string {
  return pattern.replace(/\{(YYYY|YY|MM|LOC|0*1)\}/g, (_, part: string) => {
    if (part === 'YYYY') return today.slice(0, 4)
    if (part === 'YY') return today.slice(2, 4)
    if (part === 'MM') return today.slice(5, 7)
    return part === 'LOC' ? location : String(count).padStart(part.length, '0')
  })
}

export type NumberingProblem = 'counter' | 'signs' | 'year' | 'month' | 'location'

/** The first thing that keeps numbers from being made; the server looks again. */
export function numberingProblem(numbering: {
  pattern: string
  restart: 'never' | 'year' | 'month'
  perLocation: boolean
}): NumberingProblem | undefined {
  const { pattern, restart, perLocation } = numbering
  const counters = pattern.match(/\{0*1\}/g) ?? []
  if (counters.length !== 1) return 'counter'
  if (!/^[A-Za-z0-9\-/._# ]*$/.test(pattern.replace(/\{(YYYY|YY|MM|LOC|0*1)\}/g, ''))) return 'signs'
  if (restart !== 'never' && !/\{YY(YY)?\}/.test(pattern)) return 'year'
  if (restart === 'month' && !pattern.includes('{MM}')) return 'month'
  return perLocation && !pattern.includes('{LOC}') ? 'location' : undefined
}
