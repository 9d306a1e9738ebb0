/**
 * Patterns of numbers: text with one counter and, where wanted, the year, the month or the location's code in it.
 * `PAT-{000001}`, `INV-{YYYY}-{0001}`, `{LOC}-{YY}{MM}-{001}`: the counter has at least as many digits as are written.
 */
import type { Numbering } from './definition.ts'

export type NumberPart = { text: string } | { take: 'YYYY' | 'YY' | 'MM' | 'LOC' } | { digits: number }

export interface CompiledNumbering {
  pattern: string
  restart: 'never' | 'year' | 'month'
  perLocation: boolean
  parts: NumberPart[]
  /** Whether the number names the location of its record. */
  namesLocation: boolean
}

/** What a number is made of beside the counter. */
export interface NumberPlace {
  /** YYYY-MM-DD in the tenant's zone. */
  today: string
  /** Code of the record's location. */
  location: string | undefined
}

/** How one number is written: what stands before and after the counter, and which counter it is. */
export interface NumberForm {
  before: string
  digits: number
  after: string
  /** Names the counter among those of the object; '' where it has only one. */
  scope: string
}

const maxPattern = 60
const partPattern = /\{(YYYY|YY|MM|LOC|0*1)\}/g
const literalPattern = /^[A-Za-z0-9\-/._# ]*$/
const maxDigits = 12

/** The pattern in its parts; text between braces that means nothing stays text, so that `numberingProblems` can name it. */
function partsOf(pattern: string): NumberPart[] {
  const parts: NumberPart[] = []
  let from = 0
  for (const match of pattern.matchAll(partPattern)) {
    if (match.index > from) parts.push({ text: pattern.slice(from, match.index) })
    const name = match[1]!
    parts.push(name.endsWith('1') ? { digits: name.length } : { take: name as 'YYYY' | 'YY' | 'MM' | 'LOC' })
    from = match.index + match[0].length
  }
  if (from < pattern.length) parts.push({ text: pattern.slice(from) })
  return parts
}

export function compileNumbering({ pattern, restart = 'never', perLocation = false }: Numbering): CompiledNumbering {
  const parts = partsOf(pattern)
  return { pattern, restart, perLocation, parts, namesLocation: takes(parts, 'LOC') }
}

/** What is wrong with it, for whoever defines it; undefined when numbers can be made. */
export function numberingProblem({ pattern, restart = 'never', perLocation = false }: Numbering): string | undefined {
  if (pattern.length > maxPattern) return `takes a pattern of at most ${maxPattern} characters`
  const parts = partsOf(pattern)
  const counters = parts.flatMap((part) => ('digits' in part ? part.digits : []))
  if (counters.length !== 1) return 'needs exactly one counter such as {0001} in its pattern'
  if (counters[0]! > maxDigits) return `takes a counter of at most ${maxDigits} digits`
  const strange = parts.find((part) => 'text' in part && !literalPattern.test(part.text))
  if (strange) {
    return 'takes letters, digits, spaces, - / . _ # and {YYYY}, {YY}, {MM}, {LOC} and a counter such as {0001} in its pattern'
  }
  const hasYear = takes(parts, 'YYYY') || takes(parts, 'YY')
  if (restart !== 'never' && !hasYear) return 'needs {YYYY} or {YY} in its pattern to begin anew: numbers would repeat'
  if (restart === 'month' && !takes(parts, 'MM')) return 'needs {MM} in its pattern to begin anew each month'
  if (runsTogether(parts)) return 'needs a sign such as - between {LOC} and the counter: numbers could read alike'
  if (perLocation && !takes(parts, 'LOC')) return 'needs {LOC} in its pattern to count per location'
  return undefined
}

/** Codes and counters both vary in length: `A1` and 1, `A` and 11. */
function runsTogether(parts: NumberPart[]): boolean {
  const counter = parts.findIndex((part) => 'digits' in part)
  return parts.some((part, index) => {
    if (!('take' in part) || part.take !== 'LOC') return false
    const between = parts.slice(Math.min(index, counter) + 1, Math.max(index, counter))
    return !between.some((one) => 'text' in one && /[^A-Za-z0-9]/.test(one.text))
  })
}

const takes = (parts: NumberPart[], name: string): boolean => parts.some((part) => 'take' in part && part.take === name)

/** Objects without a pattern of their own have their prefix and six digits. */
export const prefixNumbering = (prefix: string): Numbering => ({ pattern: `${prefix}{000001}` })

/**
 * How a number is written there and then. Two numbers of one scope differ by the counter, those of two scopes by the
 * rest: a scope is what the number shows of the period and the location it is counted in.
 */
export function numberForm(numbering: CompiledNumbering, place: NumberPlace): NumberForm {
  const at = numbering.parts.findIndex((part) => 'digits' in part)
  const write = (parts: NumberPart[]): string => parts.map((part) => textOf(part, place)).join('')
  return {
    before: write(numbering.parts.slice(0, at)),
    digits: (numbering.parts[at] as { digits: number }).digits,
    after: write(numbering.parts.slice(at + 1)),
    scope: scopeOf(numbering, place.today, place.location),
  }
}

function textOf(part: NumberPart, { today, location }: NumberPlace): string {
  if ('text' in part) return part.text
  if ('digits' in part) return ''
  if (part.take === 'YYYY') return today.slice(0, 4)
  if (part.take === 'YY') return today.slice(2, 4)
  return part.take === 'MM' ? today.slice(5, 7) : (location ?? '')
}

function scopeOf({ restart, perLocation }: CompiledNumbering, today: string, location: string | undefined): string {
  const period = restart === 'never' ? [] : [restart === 'year' ? today.slice(2, 4) : today.slice(2, 7)]
  return [...(perLocation ? [location ?? ''] : []), ...period].join(' ')
}

/**
 * Numbers that the pattern could have made: a regular expression for JavaScript and PostgreSQL whose groups are what
 * `scopeOfNumber` asks for, the counter last; and a wider pattern for LIKE, which an index serves.
 */
export function numbersLike(numbering: CompiledNumbering): { expression: string; groups: string[]; shape: string } {
  const groups: string[] = []
  const expression = numbering.parts.map((part) => {
    if ('text' in part) return part.text.replace(/[.]/g, '\\.')
    groups.push('take' in part ? part.take : 'counter')
    if ('digits' in part) return `([0-9]{${part.digits},17})`
    if (part.take === 'LOC') return '([A-Z0-9]{1,8})'
    return part.take === 'YYYY' ? '([0-9]{4})' : '([0-9]{2})'
  })
  return { expression: `^${expression.join('')}$`, groups, shape: numbering.parts.map(shapeOf).join('') }
}

function shapeOf(part: NumberPart): string {
  if ('text' in part) return part.text.replaceAll('_', '\\_')
  if ('digits' in part) return `${'_'.repeat(part.digits)}%`
  return part.take === 'LOC' ? '_%' : '_'.repeat(part.take.length)
}

/**
 * How many characters stand before and after the counter; undefined where that is not the same in all numbers. Of numbers
 * that are as long and have the same characters there, the greatest text has the greatest counter.
 */
export function aroundCounter({ parts }: CompiledNumbering): { before: number; after: number } | undefined {
  if (takes(parts, 'LOC')) return undefined
  const at = parts.findIndex((part) => 'digits' in part)
  const width = (some: NumberPart[]) =>
    some.reduce((sum, part) => sum + ('text' in part ? part.text : 'take' in part ? part.take : '').length, 0)
  return { before: width(parts.slice(0, at)), after: width(parts.slice(at + 1)) }
}

/** The scope that a number found by `numbersLike` was counted in. */
export function scopeOfNumber(numbering: CompiledNumbering, found: Record<string, string>): string {
  const year = found.YYYY?.slice(2) ?? found.YY ?? ''
  return scopeOf(numbering, `20${year}-${found.MM ?? '01'}-01`, found.LOC)
}
