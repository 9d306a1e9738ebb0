/** What a cell's raw value reads as: numbers in plain notation, dates by their number format, escaped characters. */

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

const dayMilliseconds = 86_400_000
/** Day 0 of a serial in milliseconds since 1970: 1899-12-30, because spreadsheets believe in a 29 February 1900. */
const epoch1900 = Date.UTC(1899, 11, 30)
const epoch1904 = Date.UTC(1904, 0, 1)
const lastSerial = 2_958_465

/** Days since the epoch as ISO date, date and time, or (below one day) time; null for what is no date. */
export function serialDate(serial: number, date1904 = false): string | null {
  if (!(serial >= 0 && serial < lastSerial + 1)) return null
  const beforeFalseLeapDay = !date1904 && serial > 0 && serial < 60 ? 1 : 0
  const epoch = (date1904 ? epoch1904 : epoch1900) + beforeFalseLeapDay * dayMilliseconds
  const milliseconds = Math.round((serial * dayMilliseconds) / 1000) * 1000
  const iso = new Date(epoch + milliseconds).toISOString()
  if (serial < 1 && !date1904) return iso.slice(11, 19)
  return iso.endsWith('T00:00:00.000Z') ? iso.slice(0, 10) : iso.slice(0, 19)
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
