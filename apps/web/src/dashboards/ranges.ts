/** The ranges of days that a board can look at, and how they stand in its address. */
import type { DateRange, RangePreset } from '@oneforge/client'

/** Those that people ask for, in this order; the others are told but not offered. */
export const offeredPresets: RangePreset[] = [
  'today',
  'yesterday',
  'thisWeek',
  'lastWeek',
  'thisMonth',
  'lastMonth',
  'thisQuarter',
  'lastQuarter',
  'thisYear',
  'lastYear',
]

/** Numbers of days that are offered at once. */
export const offeredDays = [7, 30, 90, 365]

const day = /^\d{4}-\d{2}-\d{2}$/

/** `thisMonth`, `lastNDays.30`, `2026-01-01..2026-03-31`. */
export function rangeName(range: DateRange): string {
  if (!('preset' in range)) return `${range.from}..${range.to}`
  return 'n' in range ? `${range.preset}.${range.n}` : range.preset
}

/** Undefined where the name says nothing. */
export function rangeNamed(name: string): DateRange | undefined {
  const [from = '', to = ''] = name.split('..')
  if (day.test(from) && day.test(to)) return from <= to ? { from, to } : { from: to, to: from }
  const [preset = '', n] = name.split('.')
  if (preset === 'lastNDays' || preset === 'nextNDays') {
    return Number.isInteger(Number(n)) && Number(n) > 0 ? { preset, n: Number(n) } : undefined
  }
  return /^(today|yesterday|tomorrow|(this|last|next)(Week|Month|Quarter|Year))$/.test(preset)
    ? { preset: preset as RangePreset }
    : undefined
}
