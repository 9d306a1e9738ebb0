/** Days among what somebody searches for, written as people of their language and country write them. */
import { type DateOrder, readDate } from '../../metadata/values/index.ts'
import type { RecordContext } from '../context.ts'

const written = /^\d{1,4}[./-]\d{1,2}[./-]\d{1,4}$/
const hasWholeYear = /\d{4}/

/** Reads a word as a day, in the form in which days are searched for; undefined for what is none. */
export type DayReader = (word: string) => string | undefined

/** For the caller: an account in English without a country has the country of its workspace. */
export function dayReaderOf({ locale, model }: Pick<RecordContext, 'locale' | 'model'>): DayReader {
  const order = orderIn(locale.includes('-') || !model.country ? locale : `${locale}-${model.country}`)
  const reading = { order, lastShortYear: 0 }
  return (word) => (written.test(word) && hasWholeYear.test(word) ? readDate(word, reading) : undefined)
}

const known = new Map<string, DateOrder>()

function orderIn(locale: string): DateOrder {
  const order = known.get(locale) ?? readOrder(locale)
  known.set(locale, order)
  return order
}

function readOrder(locale: string): DateOrder {
  const parts = new Intl.DateTimeFormat(locale).formatToParts(0).map(({ type }) => type)
  const [first] = parts.filter((type) => type === 'day' || type === 'month' || type === 'year')
  return first === 'year' ? 'YMD' : first === 'month' ? 'MDY' : 'DMY'
}
