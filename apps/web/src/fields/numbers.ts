/** Numbers as they are typed: digits grouped and pointed as the reader's language does, and as others do. */

/** The sign that this language puts before the fraction. */
export function decimalMark(locale: string): '.' | ',' {
  const mark = new Intl.NumberFormat(locale).formatToParts(1.5).find(({ type }) => type === 'decimal')?.value
  return mark === ',' ? ',' : '.'
}

/** Decimal digits with a point, as the language writes them; whatever is written is read as the same. */
export function writeDigits(digits: string, locale: string, isUngrouped = false): string {
  const format = new Intl.NumberFormat(locale, {
    useGrouping: isUngrouped ? false : 'always',
    maximumFractionDigits: 20,
  })
  return format.format(digits as Intl.StringNumericLiteral)
}

/** In threes, or as India groups. */
const grouped = /^\d{1,3}(?:[.,]\d{2,3})*[.,]\d{3}$/

/**
 * Decimal digits with a point, or nothing. Of two marks the last one begins the fraction; a single one does as the
 * language says, unless in the other role it would group what stands around it: «85.000» is eighty-five thousand in
 * German, «85.5» is not.
 */
export function decimalDigits(text: string, locale: string): string | undefined {
  const bare = text.replace(/[\s\u00a0\u202f'’]/g, '').replace('−', '-')
  const [, sign = '', unsigned = ''] = /^([+-]?)(\d[\d.,]*|[.,]\d+)$/.exec(bare) ?? []
  if (unsigned === '') return undefined
  const mark = fractionMark(unsigned, decimalMark(locale))
  const [whole = '', fraction = ''] = mark ? splitLast(unsigned, mark) : [unsigned]
  if (!/^\d*$/.test(whole) && !grouped.test(whole)) return undefined
  const digits = `${whole.replace(/[.,]/g, '') || '0'}${fraction ? `.${fraction}` : ''}`
  return /^\d+(\.\d+)?$/.test(digits) ? `${sign === '-' ? '-' : ''}${digits}` : undefined
}

function fractionMark(text: string, usual: '.' | ','): string | undefined {
  const marks = text.match(/[.,]/g) ?? []
  const last = marks.at(-1)
  if (!last || new Set(marks).size === 2) return last
  if (marks.length > 1) return undefined
  return last !== usual && grouped.test(text) && !text.startsWith('0') ? undefined : last
}

function splitLast(text: string, mark: string): [string, string] {
  const at = text.lastIndexOf(mark)
  return [text.slice(0, at), text.slice(at + 1)]
}
