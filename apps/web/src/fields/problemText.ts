import { datePattern } from './datePatterns.ts'

/** What a server says of a value («must not be after 2026-11-21»), as a sentence with days as the reader writes them. */
export function problemText(message: string, locale: string): string {
  const pattern = datePattern(locale)
  const dated = message.replace(/\b(\d{4})-(\d{2})-(\d{2})\b/g, (_, year: string, month: string, day: string) =>
    pattern.replace('YYYY', year).replace('MM', month).replace('DD', day),
  )
  if (!/^\p{Ll}/u.test(dated)) return dated
  const sentence = dated.charAt(0).toUpperCase() + dated.slice(1)
  return /[.!?…]$/.test(sentence) ? sentence : `${sentence}.`
}
