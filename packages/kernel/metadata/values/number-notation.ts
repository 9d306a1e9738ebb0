/** Numbers and amounts as people write them, turned into plain decimals. */
import { isCurrency } from './money.ts'

export type DecimalMark = '.' | ','

/** `1234.5` for `1,234.50`, `1.234,50`, `1 234,50`, `1'234.50`, `(1,234.50)` (negative); undefined for what is no number. */
export function readNumber(text: string, mark: DecimalMark): string | undefined {
  const parenthesised = /^\((.*)\)$/.exec(text.trim())
  const bare = (parenthesised?.[1] ?? text).replace(/[\s\u00a0\u202f'’]/g, '').replace('−', '-')
  const [, before, digits = '', after] = /^([+-]?)([\d.,]+)(-?)$/.exec(bare) ?? []
  const plain = plainDigits(digits, mark)
  if (plain === undefined) return undefined
  const negative = parenthesised !== null || before === '-' || after === '-'
  return negative ? `-${plain}` : plain
}

/** Which mark a number must have for its decimals; undefined where both would do, as in `1.234`. */
export function markOf(text: string): DecimalMark | undefined {
  const digits = text.replace(/[^\d.,]/g, '')
  const [points, commas] = [count(digits, '.'), count(digits, ',')]
  if (points + commas === 0) return undefined
  if (points > 0 && commas > 0) return digits.lastIndexOf('.') > digits.lastIndexOf(',') ? '.' : ','
  const mark = points > 0 ? '.' : ','
  const other = mark === '.' ? ',' : '.'
  if (points + commas > 1) return other
  return looksGrouped(digits) ? undefined : mark
}

const count = (text: string, character: string): number => text.split(character).length - 1

/** The mark for decimals that makes `1.234` and `1,234` thousands; undefined for what is written in another way. */
export function markOfThousands(text: string): DecimalMark | undefined {
  const digits = text.replace(/[^\d.,]/g, '')
  if (!looksGrouped(digits)) return undefined
  return digits.includes('.') ? ',' : '.'
}

/** One mark with three digits behind and one to three before, not beginning with 0: thousands or decimals. */
const looksGrouped = (digits: string): boolean => /^[1-9]\d{0,2}[.,]\d{3}$/.test(digits)

function plainDigits(digits: string, fallback: DecimalMark): string | undefined {
  const mark = markOf(digits) ?? fallback
  const [whole = '', fraction, ...more] = digits.split(mark)
  if (more.length > 0 || (fraction !== undefined && /[.,]/.test(fraction))) return undefined
  const groups = whole.split(/[.,]/)
  const grouped = groups.length === 1 || groups.slice(1).every((group, index) => fitsGroup(group, index, groups.length))
  if (!grouped || (whole === '' && !fraction)) return undefined
  const plain = groups.join('') || '0'
  return fraction ? `${plain}.${fraction}` : plain
}

/** Three digits behind each mark; in the Indian way two, but for the last. */
const fitsGroup = (group: string, index: number, groups: number): boolean =>
  group.length === 3 || (group.length === 2 && index < groups - 2)

const symbols: [string, string | undefined][] = [
  ['US$', 'USD'],
  ['A$', 'AUD'],
  ['AU$', 'AUD'],
  ['NZ$', 'NZD'],
  ['CA$', 'CAD'],
  ['C$', 'CAD'],
  ['MX$', 'MXN'],
  ['R$', 'BRL'],
  ['€', 'EUR'],
  ['£', 'GBP'],
  ['₹', 'INR'],
  ['₩', 'KRW'],
  ['₽', 'RUB'],
  ['S/', 'PEN'],
  // Dollars, pesos, yen and yuan share theirs: the field's own currency is meant.
  ['$', undefined],
  ['¥', undefined],
]

/** More than any amount with its currency; and the pattern below takes time that grows fast with the length. */
const longestAmount = 60

/** `{amount, currency}` for `$1,234.50`, `AUD 120`, `120,50 €`; without a currency where the text names none. */
export function readMoney(text: string, mark: DecimalMark): { amount: string; currency?: string } | undefined {
  const line = text.trim().replace(/\s+/g, ' ')
  if (line.length > longestAmount) return undefined
  const [, sign = '', before = '', digits = '', after = ''] =
    /^([+-]?) ?([^\d(+\-.,]*)((?:\(?[+-]?)[\d., '’]+[)-]?) ?([^\d]*)$/.exec(line) ?? []
  const amount = readNumber(sign + digits.trim(), mark)
  const name = `${before.trim()}${after.trim()}`
  if (amount === undefined || (before.trim() && after.trim())) return undefined
  if (name === '') return { amount }
  const symbol = symbols.find(([known]) => known === name.toUpperCase())
  if (symbol) return symbol[1] ? { amount, currency: symbol[1] } : { amount }
  const code = name.toUpperCase()
  return isCurrency(code) ? { amount, currency: code } : undefined
}
