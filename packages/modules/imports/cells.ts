/**
 * From a cell's text to what `parseValue` takes. A cell that cannot be read in the column's notation goes on as it is:
 * `parseValue` refuses it and says what it expects, so there is one wording for files, forms and the API.
 */
import type { CompiledField, FieldType } from '@oneforge/kernel/metadata'
import {
  type addressParts,
  type DateOrder,
  type DateReading,
  type DecimalMark,
  foldText,
  markOf,
  markOfThousands,
  orderOf,
  readDate,
  readDateTime,
  readMoney,
  readNumber,
  readTime,
} from '@oneforge/kernel/metadata/values'

/** How a column writes what a single cell does not tell. */
export interface Notation {
  dateOrder: DateOrder
  decimalMark: DecimalMark
  /** Whether three digits behind a lone mark are thousands, whichever mark it is: 72.000 and 72,000. */
  thousands?: boolean
}

/** Where a notation comes from: the file itself, the workspace's language, or the person who imports. */
export type NotationSource = 'content' | 'locale' | 'chosen'

/** What the person who imports has said; left out where the file is to tell. */
export interface ChosenNotation {
  dateOrder?: DateOrder | undefined
  decimalMark?: DecimalMark | undefined
}

/** How a column is read, and what that follows from; `open` where values could mean something else. */
export interface DecidedNotation {
  notation: Notation
  dates?: { order: DateOrder; source: NotationSource }
  numbers?: { decimalMark: DecimalMark; source: NotationSource; thousands: boolean; open: boolean }
}

/** What the workspace would write; `today` (YYYY-MM-DD) says which century two digits of a year mean. */
export interface NotationDefaults extends Notation {
  today: string
}

/** The notation of a language and region: `es-ES` writes 31/12/1980 and 1.234,5. */
export function notationOf(locale: string): Notation {
  const parts = new Intl.DateTimeFormat(locale).formatToParts(0).map((part) => part.type)
  const order = parts.filter((type) => type === 'day' || type === 'month' || type === 'year')
  const mark = new Intl.NumberFormat(locale).formatToParts(1.5).find((part) => part.type === 'decimal')?.value
  return {
    dateOrder: order[0] === 'year' ? 'YMD' : order[0] === 'month' ? 'MDY' : 'DMY',
    decimalMark: mark === ',' ? ',' : '.',
  }
}

/** Gathers from the cells of one column how it is written. */
export class NotationSurvey {
  private readonly orders = { DMY: 0, MDY: 0 }
  private readonly marks = { '.': 0, ',': 0 }
  /** Numbers such as 1.234, and those with three digits that must be decimals. */
  private readonly triples = { open: 0, decimals: 0 }
  private readonly type: FieldType

  constructor(type: FieldType) {
    this.type = type
  }

  observe(text: string): void {
    if (isDated(this.type)) {
      const order = orderOf(text)
      if (order) this.orders[order] += 1
    } else if (isNumeric(this.type)) {
      const mark = markOf(text)
      if (mark) this.marks[mark] += 1
      if (mark && /[.,]\d{3}\D*$/.test(text) && text.includes(mark)) this.triples.decimals += 1
      if (markOfThousands(text)) this.triples.open += 1
    }
  }

  /**
   * A single day above 12 and a single 12.5 decide for the column; if cells contradict one another, the more frequent
   * way does. Amounts and whole numbers have no three decimals, unless the column shows that its own do.
   */
  decide(defaults: Notation, chosen: ChosenNotation = {}): DecidedNotation {
    const order = settled(chosen.dateOrder, moreFrequent(this.orders), defaults.dateOrder)
    const mark = settled(chosen.decimalMark, moreFrequent(this.marks), defaults.decimalMark)
    const whole = this.type === 'money' || this.type === 'integer'
    const thousands = whole && defaults.thousands === true && mark.source !== 'chosen' && this.triples.decimals === 0
    const notation = { dateOrder: order.value, decimalMark: mark.value, thousands }
    if (isDated(this.type)) return { notation, dates: { order: order.value, source: order.source } }
    const marked = this.marks['.'] + this.marks[','] + this.triples.open > 0
    if (!isNumeric(this.type) || !marked) return { notation }
    const open = this.triples.open > 0 && mark.source === 'locale' && !thousands
    return { notation, numbers: { decimalMark: mark.value, source: mark.source, thousands, open } }
  }
}

function settled<T>(chosen: T | undefined, observed: T | undefined, usual: T): { value: T; source: NotationSource } {
  if (chosen !== undefined) return { value: chosen, source: 'chosen' }
  return observed === undefined ? { value: usual, source: 'locale' } : { value: observed, source: 'content' }
}

function moreFrequent<T extends string>(counts: Record<T, number>): T | undefined {
  const [first, second] = Object.keys(counts) as [T, T]
  if (counts[first] === counts[second]) return undefined
  return counts[first] > counts[second] ? first : second
}

const dateTypes = new Set<FieldType>(['date', 'datetime'])
const numberTypes = new Set<FieldType>(['number', 'integer', 'money', 'percent'])

/** Whether the order of day and month matters for the field. */
const isDated = (type: FieldType): boolean => dateTypes.has(type)

/** Whether the mark before decimals does. */
const isNumeric = (type: FieldType): boolean => numberTypes.has(type)

const markFor = (text: string, { decimalMark, thousands }: Notation): DecimalMark =>
  (thousands ? markOfThousands(text) : undefined) ?? decimalMark

/** What the reading of a cell depends on. */
export type CellField = Pick<CompiledField, 'type' | 'rules' | 'relation' | 'optionByValue'>

/** How programs write that there is no value. In a text it may be a word. */
const noValue = /^(?:n\/a|na|#n\/a|nan|null|nil)$/i
const wordTypes = new Set<FieldType>([
  'text',
  'longtext',
  'richtext',
  'select',
  'multiselect',
  'tags',
  'relation',
  'user',
  'checklist',
])

/** Whether a cell is empty, or says so in a field that does not hold words: `n/a`. */
export function saysNothing(type: FieldType, cell: string): boolean {
  const text = withoutApostrophe(cell).trim()
  return text === '' || (noValue.test(text) && !wordTypes.has(type))
}

/** Input for `parseValue`; undefined for an empty cell. Relations and users give the texts that name them, as a list. */
export function cellInput(field: CellField, cell: string, notation: Notation, today: string): unknown {
  if (saysNothing(field.type, cell)) return undefined
  const text = withoutApostrophe(cell).trim()
  switch (field.type) {
    case 'date':
      return readDate(text, dateReading(field, notation, today)) ?? text
    case 'datetime':
      return readDateTime(text, dateReading(field, notation, today)) ?? text
    case 'time':
      return readTime(text) ?? text
    case 'number':
    case 'integer':
    case 'rating':
      return readNumber(text, markFor(text, notation)) ?? text
    case 'percent':
      return readNumber(text.replace(/%$/, ''), notation.decimalMark) ?? text
    case 'money':
      return readMoney(text, markFor(text, notation)) ?? text
    case 'duration':
      return readDuration(text) ?? text
    case 'boolean':
      return readBoolean(text) ?? text
    case 'multiselect':
      return readOptions(field, text)
    case 'tags':
      return splitList(text, /[;|,\n]/)
    case 'relation':
      return field.relation?.many ? splitList(text, /[;|\n]/) : [text]
    case 'user':
      return [text]
    case 'email':
      return bareEmail(text)
    case 'json':
      return readJson(text)
    case 'longtext':
    case 'richtext':
    case 'checklist':
      return text
    default:
      return inOneLine(text)
  }
}

const inOneLine = (text: string): string =>
  text
    .split(/[\r\n\t]+/)
    .map((part) => part.trim())
    .join(' ')

/** Exports put an apostrophe before what a spreadsheet would run as a formula; it is no part of the value. */
const withoutApostrophe = (text: string): string => (/^'[=+\-@\t\r＝＋－＠]/.test(text) ? text.slice(1) : text)

/** Dates that may not lie ahead, such as birthdays, are never read as such: `40` is 1940. */
function dateReading(field: CellField, { dateOrder }: Notation, today: string): DateReading {
  const thisYear = Number(today.slice(0, 4))
  return { order: dateOrder, lastShortYear: field.rules?.notAfter === 'today' ? thisYear : thisYear + 20 }
}

const yes = new Set(['true', 'yes', 'y', 'si', 's', 'verdadero', '1', 'x', 'on', 'oui', 'ja', '✓', '✔'])
const no = new Set(['false', 'no', 'n', 'falso', '0', 'off', 'non', 'nein', '-', '✗'])

function readBoolean(text: string): boolean | undefined {
  const folded = foldText(text)
  return yes.has(folded) ? true : no.has(folded) ? false : undefined
}

/** Minutes out of `1:30`, `1 h 30 min`, `1.5 h`, `90 min`. */
function readDuration(text: string): number | undefined {
  const [, hours, minutes] = /^(\d{1,4}):([0-5]\d)(?::00)?$/.exec(text) ?? []
  if (hours !== undefined) return Number(hours) * 60 + Number(minutes)
  const words = /^(?:(\d+(?:[.,]\d+)?)\s*h(?:ours?|oras?|rs?)?\.?)?\s*(?:(\d+)\s*m(?:in(?:ute|uto)?s?)?\.?)?$/i.exec(
    text,
  )
  if (!words || (words[1] === undefined && words[2] === undefined)) return undefined
  return Math.round(Number((words[1] ?? '0').replace(',', '.')) * 60) + Number(words[2] ?? 0)
}

const splitList = (text: string, separator: RegExp): string[] =>
  text
    .split(separator)
    .map((item) => item.trim())
    .filter(Boolean)

/** A comma separates options only if the text is not one with a comma in its name. */
function readOptions(field: CellField, text: string): string[] {
  const items = splitList(text, /[;|\n]/)
  if (items.length > 1 || isOption(field, text)) return items
  return splitList(text, /,/)
}

function isOption(field: CellField, text: string): boolean {
  const folded = foldText(text)
  return [...field.optionByValue.values()].some((option) =>
    [option.value, ...Object.values(option.label)].some((name) => foldText(name) === folded),
  )
}

/** `Ana Ruiz <ana@example.com>` and `mailto:ana@example.com` hold the address only. */
function bareEmail(text: string): string {
  const inBrackets = /<([^<>]+)>$/.exec(text)?.[1]
  return (inBrackets ?? text)
    .replace(/^mailto:/i, '')
    .replace(/[;,]$/, '')
    .trim()
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

/**
 * What several columns mean that go to one field: an address by its parts, otherwise the texts of all of them, one
 * after the other.
 *
 * @param parts which part of an address each column holds; undefined for other columns.
 */
export function composeCells(field: CompiledField, cells: string[], parts: (AddressPart | undefined)[]): unknown {
  if (field.type !== 'address') {
    const separator = parts.every((part) => part !== undefined) ? ', ' : ' '
    return cells
      .map((cell) => cell.trim())
      .filter(Boolean)
      .join(separator)
  }
  const address: Partial<Record<AddressPart, string>> = {}
  cells.forEach((cell, index) => {
    const text = cell.trim()
    const part = parts[index] ?? 'street'
    if (text) address[part] = address[part] ? `${address[part]}, ${text}` : text
  })
  return Object.keys(address).length > 0 ? address : undefined
}

export type AddressPart = (typeof addressParts)[number]
