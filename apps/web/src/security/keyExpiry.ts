/** Days that a new key may last; 0 is without an end. */
export const lifetimes = [7, 30, 90, 365, 0]

const day = 24 * 60 * 60 * 1000

/** The moment that many days from now, as the API takes it; undefined for a key without an end. */
export function expiryAfter(days: number, now: Date): string | undefined {
  return days ? new Date(now.getTime() + days * day).toISOString() : undefined
}
