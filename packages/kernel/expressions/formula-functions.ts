/** The functions that formulas may call. */
import {
  type Amount,
  amountOf,
  dayNumber,
  dayOfNumber,
  type FormulaMoment,
  type FormulaValue,
  inOneCurrency,
  isAmount,
  type Kind,
  monthsBetween,
  monthsLater,
  numberOfAmount,
  partOfDay,
  rounded,
  textOf,
} from './formula-values.ts'

/**
 * What an argument has to be. `any`: everything; `day`: a date, of a moment its day; `words`: everything, as text;
 * `quantity`: a number or an amount; `same`: of one kind with the others.
 */
export type Parameter = Kind | 'any' | 'day' | 'words' | 'quantity' | 'same'

export interface FormulaFunction {
  name: string
  /** As it is written in the list of functions: `round(number, digits)`. */
  signature: string
  help: string
  parameters: Parameter[]
  /** The first so many have to be given; all of them unless said. */
  required?: number
  /** The last parameter may come again. */
  repeats?: boolean
  /** Kind of the result; that of the arguments where it is `same`. */
  result: Kind | 'same'
  /** Called with absent arguments too; else these make the result absent. */
  takesAbsent?: boolean
  /** Its result changes with the day. */
  moving?: boolean
  run(args: FormulaValue[], moment: FormulaMoment): FormulaValue
}

const texts = (args: FormulaValue[]): string[] => args as string[]
const numbers = (args: FormulaValue[]): number[] => args as number[]

const isEmpty = (value: FormulaValue | undefined): boolean =>
  value == null || value === '' || (Array.isArray(value) && value.length === 0)

/** Less than nothing, nothing, or more: of two values of one kind. */
export function compareValues(left: FormulaValue, right: FormulaValue): number {
  const [a, b] =
    typeof left === 'object' || typeof right === 'object'
      ? inOneCurrency(left, right)!.map(({ minor }) => minor)
      : [left, right]
  return a! < b! ? -1 : a! > b! ? 1 : 0
}

const best = (sign: 1 | -1) => (args: FormulaValue[]) =>
  args.reduce((chosen, value) => (compareValues(value, chosen) * sign > 0 ? value : chosen))

const magnitude = ([value]: FormulaValue[]): FormulaValue => {
  const given = value as number | Amount
  if (!isAmount(given)) return Math.abs(given)
  return { ...given, minor: given.minor < 0n ? -given.minor : given.minor }
}

const firstCharacters = (text: string, count: number): string => Array.from(text).slice(0, Math.max(0, count)).join('')
const lastCharacters = (text: string, count: number): string =>
  count < 1 ? '' : Array.from(text).slice(-Math.trunc(count)).join('')

const decimal = /^[+-]?\d+(?:\.\d+)?$/

function toNumber([value]: FormulaValue[]): FormulaValue {
  if (isAmount(value!)) return numberOfAmount(value)
  if (typeof value === 'boolean') return value ? 1 : 0
  if (typeof value === 'number') return value
  return typeof value === 'string' && decimal.test(value.trim()) ? Number(value) : null
}

const dates: FormulaFunction[] = [
  {
    name: 'today',
    signature: 'today()',
    help: 'The day it is',
    parameters: [],
    result: 'date',
    moving: true,
    run: (_, { today }) => today,
  },
  {
    name: 'days',
    signature: 'days(from, to)',
    help: 'Days from one date to another',
    parameters: ['day', 'day'],
    result: 'number',
    run: (args) => dayNumber(texts(args)[1]!) - dayNumber(texts(args)[0]!),
  },
  {
    name: 'months',
    signature: 'months(from, to)',
    help: 'Whole months from one date to another',
    parameters: ['day', 'day'],
    result: 'number',
    run: (args) => monthsBetween(texts(args)[0]!, texts(args)[1]!),
  },
  {
    name: 'years',
    signature: 'years(from, to)',
    help: 'Whole years from one date to another: an age',
    parameters: ['day', 'day'],
    result: 'number',
    run: (args) => Math.trunc(monthsBetween(texts(args)[0]!, texts(args)[1]!) / 12),
  },
  {
    name: 'addDays',
    signature: 'addDays(date, days)',
    help: 'So many days later',
    parameters: ['day', 'number'],
    result: 'date',
    run: ([day, count]) => dayOfNumber(dayNumber(day as string) + Math.trunc(count as number)),
  },
  {
    name: 'addMonths',
    signature: 'addMonths(date, months)',
    help: 'So many months later',
    parameters: ['day', 'number'],
    result: 'date',
    run: ([day, count]) => monthsLater(day as string, count as number),
  },
  {
    name: 'addYears',
    signature: 'addYears(date, years)',
    help: 'So many years later',
    parameters: ['day', 'number'],
    result: 'date',
    run: ([day, count]) => monthsLater(day as string, Math.trunc(count as number) * 12),
  },
  {
    name: 'date',
    signature: 'date(moment)',
    help: 'The day of a date and time, or of a text such as "2026-04-30"',
    parameters: ['day'],
    result: 'date',
    run: ([day]) => day!,
  },
  ...(['year', 'month', 'day'] as const).map(
    (part): FormulaFunction => ({
      name: part,
      signature: `${part}(date)`,
      help: `The ${part} of a date as a number`,
      parameters: ['day'],
      result: 'number',
      run: ([day]) => partOfDay(day as string, part),
    }),
  ),
  {
    name: 'weekday',
    signature: 'weekday(date)',
    help: 'The day of the week: 1 is Monday, 7 is Sunday',
    parameters: ['day'],
    result: 'number',
    run: ([day]) => ((((dayNumber(day as string) + 3) % 7) + 7) % 7) + 1,
  },
]

const calculations: FormulaFunction[] = [
  {
    name: 'round',
    signature: 'round(number, digits)',
    help: 'Rounded to so many digits after the point, or to a whole number',
    parameters: ['number', 'number'],
    required: 1,
    result: 'number',
    run: (args) => rounded(numbers(args)[0]!, numbers(args)[1]),
  },
  ...(['floor', 'ceil'] as const).map(
    (name): FormulaFunction => ({
      name,
      signature: `${name}(number)`,
      help: name === 'floor' ? 'The next whole number below' : 'The next whole number above',
      parameters: ['number'],
      result: 'number',
      run: (args) => Math[name](numbers(args)[0]!),
    }),
  ),
  {
    name: 'abs',
    signature: 'abs(number)',
    help: 'Without its sign',
    parameters: ['quantity'],
    result: 'same',
    run: magnitude,
  },
  {
    name: 'min',
    signature: 'min(a, b, …)',
    help: 'The smallest or earliest',
    parameters: ['same', 'same'],
    repeats: true,
    result: 'same',
    run: best(-1),
  },
  {
    name: 'max',
    signature: 'max(a, b, …)',
    help: 'The greatest or latest',
    parameters: ['same', 'same'],
    repeats: true,
    result: 'same',
    run: best(1),
  },
  {
    name: 'number',
    signature: 'number(value)',
    help: 'A text, amount or yes/no as a number',
    parameters: ['any'],
    result: 'number',
    run: toNumber,
  },
  {
    name: 'amount',
    signature: 'amount(money)',
    help: 'The number of an amount, without its currency',
    parameters: ['money'],
    result: 'number',
    run: toNumber,
  },
  {
    name: 'money',
    signature: 'money(number)',
    help: 'A number as an amount in the workspace’s currency',
    parameters: ['quantity'],
    result: 'money',
    run: ([value], { currency }) => (typeof value === 'number' ? amountOf(value, currency) : value!),
  },
]

const presence: FormulaFunction[] = [
  {
    name: 'coalesce',
    signature: 'coalesce(a, b, …)',
    help: 'The first that is not empty',
    parameters: ['same', 'same'],
    repeats: true,
    result: 'same',
    takesAbsent: true,
    run: (args) => args.find((value) => !isEmpty(value)) ?? null,
  },
  {
    name: 'empty',
    signature: 'empty(value)',
    help: 'Whether there is no value',
    parameters: ['any'],
    result: 'boolean',
    takesAbsent: true,
    run: ([value]) => isEmpty(value),
  },
  {
    name: 'has',
    signature: 'has(value)',
    help: 'Whether there is a value',
    parameters: ['any'],
    result: 'boolean',
    takesAbsent: true,
    run: ([value]) => !isEmpty(value),
  },
]

const words: FormulaFunction[] = [
  {
    name: 'upper',
    signature: 'upper(text)',
    help: 'In capital letters',
    parameters: ['text'],
    result: 'text',
    run: ([text]) => (text as string).toUpperCase(),
  },
  {
    name: 'lower',
    signature: 'lower(text)',
    help: 'In small letters',
    parameters: ['text'],
    result: 'text',
    run: ([text]) => (text as string).toLowerCase(),
  },
  {
    name: 'trim',
    signature: 'trim(text)',
    help: 'Without spaces at its ends',
    parameters: ['text'],
    result: 'text',
    run: ([text]) => (text as string).trim(),
  },
  {
    name: 'concat',
    signature: 'concat(a, b, …)',
    help: 'One text of several values',
    parameters: ['words'],
    repeats: true,
    result: 'text',
    takesAbsent: true,
    run: (args) => texts(args).join('') || null,
  },
  {
    name: 'text',
    signature: 'text(value)',
    help: 'A value as text',
    parameters: ['words'],
    result: 'text',
    run: ([text]) => text!,
  },
  {
    name: 'length',
    signature: 'length(text)',
    help: 'How many characters, or how many entries of a list',
    parameters: ['any'],
    result: 'number',
    run: ([value]) => Array.from(Array.isArray(value) ? value : textOf(value!)).length,
  },
  {
    name: 'contains',
    signature: 'contains(text, part)',
    help: 'Whether the part stands in the text',
    parameters: ['words', 'text'],
    result: 'boolean',
    run: ([text, part]) => (text as string).includes(part as string),
  },
  {
    name: 'startsWith',
    signature: 'startsWith(text, part)',
    help: 'Whether the text begins with the part',
    parameters: ['words', 'text'],
    result: 'boolean',
    run: ([text, part]) => (text as string).startsWith(part as string),
  },
  {
    name: 'endsWith',
    signature: 'endsWith(text, part)',
    help: 'Whether the text ends with the part',
    parameters: ['words', 'text'],
    result: 'boolean',
    run: ([text, part]) => (text as string).endsWith(part as string),
  },
  {
    name: 'left',
    signature: 'left(text, count)',
    help: 'The first so many characters',
    parameters: ['words', 'number'],
    result: 'text',
    run: ([text, count]) => firstCharacters(text as string, count as number),
  },
  {
    name: 'right',
    signature: 'right(text, count)',
    help: 'The last so many characters',
    parameters: ['words', 'number'],
    result: 'text',
    run: ([text, count]) => lastCharacters(text as string, count as number),
  },
  {
    name: 'replace',
    signature: 'replace(text, part, by)',
    help: 'The text with every such part replaced',
    parameters: ['text', 'text', 'text'],
    result: 'text',
    run: ([text, part, by]) => (text as string).replaceAll(part as string, () => by as string),
  },
]

export const formulaFunctions: FormulaFunction[] = [...dates, ...calculations, ...presence, ...words]
export const functionNamed = new Map(formulaFunctions.map((one) => [one.name, one]))
