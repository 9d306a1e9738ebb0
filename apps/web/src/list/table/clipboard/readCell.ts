/** A text from elsewhere as the value of a field, read as people type it there; or why it is none. */
import type { FieldMeta, FieldType, Money } from '@oneforge/client'
import { newItemId } from '../../../fields/checklist/checklistItems.ts'
import { fromWallClock, parseDate, parseDateAndTime, parseTime } from '../../../fields/dates.ts'
import { parseDuration } from '../../../fields/duration.ts'
import type { FormatContext } from '../../../fields/format.ts'
import { decimalDigits } from '../../../fields/numbers.ts'
import { foldLetters } from '../../../forms/letters.ts'

/** Words for what was expected: a key of `cells.expected`. */
export type Expected =
  | 'number'
  | 'money'
  | 'date'
  | 'datetime'
  | 'time'
  | 'duration'
  | 'yesNo'
  | 'option'
  | 'person'
  | 'record'
  | 'json'
  | 'nothing'

/** `titles` are of records that only the server finds. */
export type CellReading = { value: unknown } | { titles: string[] } | { expected: Expected }

type Read = (text: string, field: FieldMeta, context: FormatContext) => CellReading

/** Nothing in a cell empties the field. */
export function readCell(field: FieldMeta, cell: string, context: FormatContext): CellReading {
  const text = withoutApostrophe(cell).trim()
  if (text === '') return { value: null }
  const read = readers[field.type]
  return read ? read(text, field, context) : { expected: 'nothing' }
}

const readers: Partial<Record<FieldType, Read>> = {
  text: inOneLine,
  email: inOneLine,
  phone: inOneLine,
  url: inOneLine,
  longtext: (text) => ({ value: text }),
  richtext: (text) => ({ value: paragraphs(text) }),
  number: readNumber,
  integer: readNumber,
  percent: (text, field, context) => readNumber(text.replace(/\s*%$/, ''), field, context),
  rating: (text, field, context) => readNumber(text.replace(/\/5$/, ''), field, context),
  money: readMoney,
  boolean: readYesNo,
  date: (text, _field, context) => orExpected(parseDate(text, context), 'date'),
  datetime: (text, _field, context) => {
    const wallClock = parseDateAndTime(text, context)
    return orExpected(wallClock && fromWallClock(wallClock, context.timeZone), 'datetime')
  },
  time: (text) => orExpected(parseTime(text), 'time'),
  duration: (text) => orExpected(parseDuration(text), 'duration'),
  select: (text, field) => orExpected(optionNamed(field, text) ?? null, 'option'),
  multiselect: readOptions,
  tags: (text, field) => ({ value: split(text, /[;|,\n]/).map((tag) => optionNamed(field, tag) ?? tag) }),
  user: readPerson,
  relation: (text, field) => ({ titles: field.relation?.many ? split(text, /[;|\n]/) : [text] }),
  json: readJson,
  checklist: readChecklist,
}

const orExpected = (value: unknown, expected: Expected): CellReading => (value === null ? { expected } : { value })

/** Exports put an apostrophe before what a spreadsheet would run as a formula; it is no part of the value. */
const withoutApostrophe = (text: string): string => (/^'[=+\-@＝＋－＠]/.test(text) ? text.slice(1) : text)

function inOneLine(text: string): CellReading {
  return { value: text.replace(/\s*[\r\n\t]+\s*/g, ' ') }
}

/** A line for each item; `[x]` in front says that it is done. */
function readChecklist(text: string): CellReading {
  const items = text.split('\n').flatMap((line) => {
    const [, mark = '', words = ''] = /^\s*(\[[ xX]\])?\s*(.*)$/.exec(line) ?? []
    return words === '' ? [] : [{ id: newItemId(), text: words, done: /x/i.test(mark) }]
  })
  return { value: items }
}

function paragraphs(text: string): string {
  const signs: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' }
  const lines = text.split(/\r?\n/).map((line) => line.replace(/[&<>]/g, (sign) => signs[sign]!))
  return lines.map((line) => `<p>${line}</p>`).join('')
}

const split = (text: string, separator: RegExp): string[] =>
  text
    .split(separator)
    .map((item) => item.trim())
    .filter(Boolean)

function readNumber(text: string, _field: FieldMeta, { locale }: FormatContext): CellReading {
  const digits = decimalDigits(text, locale)
  return digits === undefined ? { expected: 'number' } : { value: Number(digits) }
}

/** A code beside the amount names its currency; signs such as € and $ do not tell dollars from dollars. */
function readMoney(text: string, field: FieldMeta, { locale, currency: usual }: FormatContext): CellReading {
  const code = /\b[A-Z]{3}\b/.exec(text)?.[0]
  const amount = decimalDigits(text.replace(/\b[A-Z]{3}\b|\p{Sc}/gu, ''), locale)
  if (amount === undefined) return { expected: 'money' }
  const money: Money = { amount, currency: code ?? field.currency ?? usual }
  return { value: money }
}

const yes = new Set(['true', 'yes', 'y', 'si', 's', 'verdadero', '1', 'x', 'on', 'oui', 'ja', '✓', '✔'])
const no = new Set(['false', 'no', 'n', 'falso', '0', 'off', 'non', 'nein', '-', '✗'])

function readYesNo(text: string, _field: FieldMeta, { words }: FormatContext): CellReading {
  const folded = foldLetters(text)
  if (yes.has(folded) || folded === foldLetters(words.yes)) return { value: true }
  return no.has(folded) || folded === foldLetters(words.no) ? { value: false } : { expected: 'yesNo' }
}

function optionNamed({ options }: FieldMeta, text: string): string | undefined {
  const folded = foldLetters(text)
  const names = (option: FieldMeta['options'][number]) => [
    option.value,
    option.label,
    ...Object.values(option.labels ?? {}),
  ]
  return options.find((option) => names(option).some((name) => foldLetters(String(name)) === folded))?.value
}

/** A comma separates options only if the text is not one with a comma in its name. */
function readOptions(text: string, field: FieldMeta): CellReading {
  const items = split(text, /[;|\n]/)
  const names = items.length > 1 || optionNamed(field, text) ? items : split(text, /,/)
  const values = names.map((name) => optionNamed(field, name))
  return values.includes(undefined) ? { expected: 'option' } : { value: [...new Set(values)] }
}

/** By the name, where only one person has it. */
function readPerson(text: string, _field: FieldMeta, { members }: FormatContext): CellReading {
  const folded = foldLetters(text)
  const found = [...members].filter(([id, name]) => id === text || foldLetters(name) === folded)
  return found.length === 1 ? { value: found[0]![0] } : { expected: 'person' }
}

function readJson(text: string): CellReading {
  try {
    return { value: JSON.parse(text) }
  } catch {
    return { expected: 'json' }
  }
}
