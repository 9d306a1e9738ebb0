/** What a cell's raw value reads as: numbers in plain notation, dates by their number format, escaped characters. */
import { serialDate } from '@oneforge/kernel/metadata/values'

export type CellKind = 'number' | 'date' | 'percent'

/** XML cannot hold most control characters: workbooks write `_x000D_` for them, and `_x005F_` for a literal underscore. */
export const unescapeText = (text: string): string =>
  text.includes('_x')
    ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_match, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    : text

/** Fifteen digits, as spreadsheets show: 0.1 + 0.2 is 0.3, and a telephone number has no exponent. */
export function plainNumber(raw: string): string {
  const number = Number(raw)
  if (raw.trim() === '' || !Number.isFinite(number)) return raw
  const rounded = Number(number.toPrecision(15))
  if (Math.abs(rounded) >= 1e21) return BigInt(rounded).toString()
  const text = String(rounded)
  return text.includes('e') ? rounded.toFixed(20).replace(/\.?0+$/, '') : text
}

/** The text of a number cell under its number format. Moments have no zone: `2026-11-21T09:30:00` is what the cell shows. */
export function formattedNumber(raw: string, kind: CellKind, date1904: boolean): string {
  if (kind === 'number') return plainNumber(raw)
  const number = Number(raw)
  if (raw === '' || !Number.isFinite(number)) return raw
  if (kind === 'percent') return `${plainNumber(String(number * 100))}%`
  return serialDate(number, date1904) ?? plainNumber(raw)
}

/** Built-in number formats that show a date or a time. */
const builtInDates = new Set([14, 15, 16, 17, 18, 19, 20, 21, 22, 45, 46, 47])
const isEastAsianDate = (id: number): boolean => (id >= 27 && id <= 36) || (id >= 50 && id <= 58)

/** What a number format makes of numbers. `code` is there for formats that the workbook defines itself. */
export function kindOfFormat(id: number, code: string | undefined): CellKind {
  if (code === undefined) {
    if (id === 9 || id === 10) return 'percent'
    return builtInDates.has(id) || isEastAsianDate(id) ? 'date' : 'number'
  }
  // Texts in quotes, escaped characters and [colours] show no part of the value; [h] counts hours.
  const bare = code.replace(/"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '').split(';')[0]!
  if (/[dmyhs]/i.test(bare) && !/general/i.test(bare)) return 'date'
  return bare.includes('%') ? 'percent' : 'number'
}
