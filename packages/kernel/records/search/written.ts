/** What somebody wrote into the search box, taken apart: words, and conditions such as `stage:won` or `amount>5000`. */

export type Comparison = 'is' | 'not' | 'gt' | 'gte' | 'lt' | 'lte'

export interface WrittenCondition {
  /** As it was written, for saying what is wrong with it. */
  source: string
  name: string
  comparison: Comparison
  /** Several for `stage:new,won`; a text in quotes is one. */
  values: string[]
  /** In quotes, a value never means a word of this language, such as `me` or `today`. */
  quoted: boolean
}

export interface WrittenSearch {
  words: string
  conditions: WrittenCondition[]
}

const comparisons: Record<string, Comparison> = {
  ':': 'is',
  '=': 'is',
  '!=': 'not',
  '>': 'gt',
  '>=': 'gte',
  '<': 'lt',
  '<=': 'lte',
}

/** In turn: a condition (minus, name in quotes or bare, operator, value in quotes or bare), words in quotes, a word. */
const piece =
  /(?<minus>-?)(?:"(?<quotedName>[^"]+)"|(?<name>\p{L}[\p{L}\p{M}\p{N}_.-]*))(?<operator>>=|<=|!=|[:=<>])(?!\/\/)(?:"(?<quotedValue>[^"]*)"?|(?<value>\S*))|"(?<phrase>[^"]*)"?|\S+/gu

/**
 * Text in quotes is never a condition: `"re:invoice"` searches for the words.
 *
 * @example readWritten('ana stage:won amount>5000').conditions[1] // {name: 'amount', comparison: 'gt', values: ['5000'], …}
 */
export function readWritten(text: string): WrittenSearch {
  const words: string[] = []
  const conditions: WrittenCondition[] = []
  for (const match of text.matchAll(piece)) {
    const { minus, quotedName, name, operator, quotedValue, value, phrase } = match.groups!
    if (operator === undefined) {
      words.push(phrase ?? match[0])
      continue
    }
    conditions.push({
      source: match[0],
      name: (quotedName ?? name)!,
      comparison: comparisonOf(operator, minus === '-'),
      values: quotedValue === undefined ? value!.split(',').filter(Boolean) : [quotedValue].filter(Boolean),
      quoted: quotedValue !== undefined,
    })
  }
  return { words: words.join(' '), conditions }
}

/** The opposite of equality only: `-amount>5000` says nothing that `amount<=5000` does not. */
function comparisonOf(operator: string, negated: boolean): Comparison {
  const comparison = comparisons[operator]!
  if (!negated) return comparison
  const opposites: Record<Comparison, Comparison> = { is: 'not', not: 'is', gt: 'lte', gte: 'lt', lt: 'gte', lte: 'gt' }
  return opposites[comparison]
}
