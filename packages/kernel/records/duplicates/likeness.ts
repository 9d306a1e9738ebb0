/** How alike two records are: by the rules of their object, from 0 to 100. */
import type { DuplicateComparison, DuplicateRule, DuplicateSettings } from '../../metadata/index.ts'
import { foldText, type StoredValue } from '../../metadata/values/index.ts'
import type { RecordData } from '../project.ts'

/** Names are alike from here on: one typing error in a name of two words, or the words in another order. */
const alikeFrom = 0.5

export interface Likeness {
  score: number
  /** Keys of the rules that hold. */
  reasons: string[]
}

/** Several rules together make surer than the surest of them: each takes its part of the doubt that is left. */
export function likeness(
  { rules }: Pick<DuplicateSettings, 'rules'>,
  a: RecordData,
  b: RecordData,
  isKnown: (field: string) => boolean = () => true,
): Likeness {
  const held = rules.filter((rule) => rule.parts.every(({ field }) => isKnown(field)) && holds(rule, a, b))
  const doubt = held.reduce((left, { weight }) => left * (1 - weight / 100), 1)
  return { score: Math.round(100 * (1 - doubt)), reasons: held.map(({ key }) => key) }
}

const holds = ({ parts }: DuplicateRule, a: RecordData, b: RecordData): boolean =>
  parts.every(({ field, compare }) => isAlike(compare, a[field], b[field]))

function isAlike(compare: DuplicateComparison, a: StoredValue | undefined, b: StoredValue | undefined): boolean {
  const [one, other] = [comparedText(compare, a), comparedText(compare, b)]
  if (one === '' || other === '') return false
  return compare === 'similar' ? similarity(one, other) >= alikeFrom : one === other
}

/** What is compared; empty where there is nothing to compare. */
export function comparedText(compare: DuplicateComparison, value: StoredValue | undefined): string {
  if (value === undefined || value === null) return ''
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  if (compare === 'exact') return text
  if (compare === 'domain') return domainOf(text)
  return words(text).join(compare === 'similar' ? ' ' : '')
}

/** Letters and digits of each word, without accents and case. */
export const words = (text: string): string[] =>
  foldText(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean)

function domainOf(text: string): string {
  const host = text.includes('@') ? text.slice(text.lastIndexOf('@') + 1) : hostOf(text)
  return host.toLowerCase().replace(/^www\./, '')
}

const hostOf = (text: string): string => (URL.canParse(text) ? new URL(text).hostname : '')

/** The share of trigrams that two texts have in common, words in any order: as PostgreSQL's pg_trgm counts. */
export function similarity(a: string, b: string): number {
  if (a === b) return 1
  const [one, other] = [trigrams(a), trigrams(b)]
  let shared = 0
  for (const part of one) if (other.has(part)) shared++
  return shared / (one.size + other.size - shared)
}

function trigrams(text: string): Set<string> {
  const found = new Set<string>()
  for (const word of text.split(' ')) {
    const padded = `  ${word} `
    for (let at = 0; at + 3 <= padded.length; at++) found.add(padded.slice(at, at + 3))
  }
  return found
}
