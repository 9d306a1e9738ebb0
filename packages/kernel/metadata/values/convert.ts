/** Values from one type of field to another: what a text says as a number or a date, and everything as a text. */
import type { FieldType } from '../definition.ts'
import { type DateOrder, orderOf, readDate, readDateTime, readTime } from './date-notation.ts'
import { dayOf } from './dates.ts'
import { foldText } from './fold.ts'
import { textOfHtml } from './html.ts'
import { type DecimalMark, readMoney, readNumber } from './number-notation.ts'
import { displayText, parseValue } from './registry.ts'
import { accept, type Money, type Parsed, type StoredValue, type ValueContext, type ValueField } from './value-type.ts'

export type Converted = Parsed

/** How the workspace writes, beside what values need to know anyway. */
export interface ConversionContext extends ValueContext {
  locale: string
}

const texts: FieldType[] = ['text', 'longtext', 'richtext']
const numbers: FieldType[] = ['number', 'integer', 'percent', 'rating', 'duration']
const choices: FieldType[] = ['select', 'multiselect', 'tags']
const contacts: FieldType[] = ['email', 'phone', 'url']
const moments: FieldType[] = ['date', 'datetime', 'time']
const others: FieldType[] = ['money', 'boolean', 'address', 'user', 'json', 'checklist']

/** Whether values of the one type can mean something in the other. */
export function isConvertible(from: FieldType, to: FieldType): boolean {
  if (from === to) return false
  const known = [...texts, ...numbers, ...choices, ...contacts, ...moments, ...others]
  if (!known.includes(from) || !known.includes(to)) return false
  if (texts.includes(to)) return true
  if (texts.includes(from)) return !['user', 'json', 'address'].includes(to)
  const families = [[...numbers, 'money'], choices, ['date', 'datetime']]
  return (
    families.some((family) => family.includes(from) && family.includes(to)) || (from === 'boolean' && to === 'select')
  )
}

/** The value in the other type; why it has none there, as a predicate, if it cannot have one. */
export function convertValue(
  from: ValueField,
  to: ValueField,
  value: StoredValue,
  context: ConversionContext,
): Converted {
  const input = inputFor(from, to, value, context)
  if (input === undefined) return accept(null)
  return parseValue(to, input, context)
}

function inputFor(from: ValueField, to: ValueField, value: StoredValue, context: ConversionContext): unknown {
  if (from.type === 'datetime' && to.type === 'date') return dayOf(String(value), context.timeZone)
  if (from.type === 'date' && to.type === 'datetime') return `${String(value)}T00:00`
  if (from.type === 'money' && numbers.includes(to.type)) return Number((value as Money).amount)
  if (numbers.includes(from.type) && to.type === 'money') return String(value)
  if (numbers.includes(from.type) && numbers.includes(to.type)) return value
  if (choices.includes(from.type) && choices.includes(to.type)) return choiceInput(from, to, value, context)
  return readText(plainText(from, value, context), to, context)
}

/** Options stand for themselves among options, and for their names among tags. */
function choiceInput(from: ValueField, to: ValueField, value: StoredValue, context: ConversionContext): unknown {
  const values = (Array.isArray(value) ? value : [value]).map(String)
  const names = values.map((one) =>
    from.type === 'tags' ? one : displayText({ ...from, type: 'select' }, one, context.locale),
  )
  if (to.type === 'tags') return names
  const found = values.map((one, index) => (to.optionByValue.has(one) ? one : (optionNamed(to, names[index]!) ?? one)))
  if (to.type === 'multiselect') return found
  return found.length <= 1 ? found[0] : found.join(', ')
}

function optionNamed({ optionByValue }: ValueField, name: string): string | undefined {
  const folded = foldText(name)
  const isIt = ({ value, label }: { value: string; label: Record<string, string> }) =>
    [value, ...Object.values(label)].some((one) => foldText(one) === folded)
  return [...optionByValue.values()].find(isIt)?.value
}

function plainText(from: ValueField, value: StoredValue, { locale, timeZone }: ConversionContext): string {
  if (from.type === 'richtext') return textOfHtml(String(value))
  if (texts.includes(from.type) || contacts.includes(from.type)) return String(value)
  return displayText(from, value, locale, timeZone)
}

/** What the text says in the notation of the workspace's language. */
function readText(text: string, to: ValueField, context: ConversionContext): unknown {
  const line = text.trim()
  if (line === '') return undefined
  const mark = markOfLocale(context.locale)
  switch (to.type) {
    case 'number':
    case 'integer':
    case 'rating':
    case 'duration':
      return readNumber(line, mark) ?? line
    case 'percent':
      return readNumber(line.replace(/%$/, ''), mark) ?? line
    case 'money':
      return readMoney(line, mark) ?? line
    case 'date':
      return readDate(line, reading(line, context)) ?? line
    case 'datetime':
      return readDateTime(line, reading(line, context)) ?? line
    case 'time':
      return readTime(line) ?? line
    case 'boolean':
      return truthOf(line) ?? line
    case 'select':
      return optionNamed(to, line) ?? line
    case 'multiselect':
      return listIn(line).map((one) => optionNamed(to, one) ?? one)
    case 'tags':
      return listIn(line)
    case 'richtext':
      return paragraphs(text)
    case 'longtext':
    case 'checklist':
      return text
    default:
      return line.replace(/\s*[\r\n]+\s*/g, ' ')
  }
}

/** Making a format takes longer than reading a number. */
const marks = new Map<string, DecimalMark>()

function markOfLocale(locale: string): DecimalMark {
  const known = marks.get(locale)
  if (known) return known
  const parts = new Intl.NumberFormat(locale).formatToParts(1.5)
  const mark = parts.some(({ type, value }) => type === 'decimal' && value === ',') ? ',' : '.'
  marks.set(locale, mark)
  return mark
}

/** American English puts the month first; a day above 12 decides for itself. */
const reading = (text: string, { locale, today }: ConversionContext) => ({
  order: orderOf(text) ?? ((/^en(-US)?$/.test(locale) ? 'MDY' : 'DMY') satisfies DateOrder),
  lastShortYear: Number(today.slice(0, 4)) + 20,
})

const yes = new Set(['true', 'yes', 'y', 'si', 's', 'verdadero', '1', 'x', 'on'])
const no = new Set(['false', 'no', 'n', 'falso', '0', 'off'])

function truthOf(text: string): boolean | undefined {
  const folded = foldText(text)
  return yes.has(folded) ? true : no.has(folded) ? false : undefined
}

const listIn = (text: string): string[] =>
  text
    .split(/[;|,\n]/)
    .map((item) => item.trim())
    .filter(Boolean)

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }

const paragraphs = (text: string): string =>
  text
    .split(/\n{2,}/)
    .map((part) => `<p>${part.replace(/[&<>]/g, (sign) => escapes[sign]!).replace(/\n/g, '<br>')}</p>`)
    .join('')
