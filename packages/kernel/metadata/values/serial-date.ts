/** Dates as spreadsheets count them. */
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
