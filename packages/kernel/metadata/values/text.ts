/** text, longtext and richtext. Lengths are code points. */

import { RE2JS } from 're2js'
import { type Said, says } from '../../errors/index.ts'
import { sanitizeHtml, textOfHtml } from './html.ts'
import { textKey } from './order.ts'
import { accept, type Parsed, refuse, type StoredValue, type ValueField, type ValueType } from './value-type.ts'

const controlsOfLine = /\p{Cc}/u
const controlsOfText = /[^\P{Cc}\n\t]/u

/**
 * One line of text as it is kept: NFC, no white space at the ends; `null` when nothing is left. Also the way in for
 * the parts of other values (tags, addresses, file names).
 */
export function parseLine(input: unknown): Parsed<string> {
  if (typeof input !== 'string') return refuse('must be text')
  const text = input.normalize('NFC').trim()
  if (!text.isWellFormed()) return refuse('holds half a character (a lone surrogate)')
  if (controlsOfLine.test(text)) return refuse('must be one line without control characters')
  return accept(text || null)
}

function parseLines(input: unknown): Parsed<string> {
  if (typeof input !== 'string') return refuse('must be text')
  const text = input.normalize('NFC').replace(/\r\n?/g, '\n').trim()
  if (!text.isWellFormed()) return refuse('holds half a character (a lone surrogate)')
  if (controlsOfText.test(text)) return refuse('must not hold control characters')
  return accept(text || null)
}

function parseRichText(input: unknown): Parsed<string> {
  const parsed = parseLines(input)
  if (!parsed.ok || parsed.value === null) return parsed
  return accept(sanitizeHtml(parsed.value) || null)
}

/** Code points, counted without building a list: texts may be long. */
function lengthOf(text: string): number {
  let length = 0
  for (const _ of text) length++
  return length
}

function checkLength(text: string, field: ValueField, defaultMax: number): Said | undefined {
  const min = field.rules?.minLength ?? 0
  const max = field.rules?.maxLength ?? defaultMax
  const length = lengthOf(text)
  if (length < min) return says('tooShort', { least: min, length })
  if (length > max) return says('tooLong', { most: max, length })
  return undefined
}

const compiledPatterns = new WeakMap<object, RE2JS>()

/** Patterns come from tenants, so they run on RE2: its time is linear in the text, whatever the pattern. */
function checkPattern(text: string, field: ValueField): string | Said | undefined {
  const rules = field.rules
  if (!rules?.pattern) return undefined
  let pattern = compiledPatterns.get(rules)
  if (!pattern) {
    pattern = RE2JS.compile(rules.pattern)
    compiledPatterns.set(rules, pattern)
  }
  if (pattern.matcher(text).matches()) return undefined
  return rules.patternMessage?.en ?? `must match the pattern ${rules.pattern}`
}

/** Length and pattern together, for every type that is a string inside. */
export const checkText =
  (defaultMax: number) =>
  (value: StoredValue, field: ValueField): string | Said | undefined =>
    checkLength(value as string, field, defaultMax) ?? checkPattern(value as string, field)

/** Longest text of each type where the field's rules say nothing; the second is the most that rules may allow. */
export const textLimits = {
  text: [500, 2_000],
  longtext: [20_000, 100_000],
  richtext: [100_000, 200_000],
} as const

const asIs = (value: StoredValue): string => value as string

export const text: ValueType = {
  parse: parseLine,
  check: checkText(textLimits.text[0]),
  sortKey: (value) => textKey(value as string),
  search: asIs,
  display: asIs,
  rules: ['minLength', 'maxLength', 'pattern', 'patternMessage', 'exclusive'],
}

export const longtext: ValueType = {
  ...text,
  parse: parseLines,
  check: checkText(textLimits.longtext[0]),
  rules: ['minLength', 'maxLength', 'pattern', 'patternMessage'],
}

export const richtext: ValueType = {
  parse: parseRichText,
  check: (value, field) => checkLength(value as string, field, textLimits.richtext[0]),
  search: (value) => textOfHtml(value as string),
  display: (value) => textOfHtml(value as string),
  rules: ['minLength', 'maxLength'],
}
