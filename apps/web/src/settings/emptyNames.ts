/** Why a formula comes to nothing: which of its names are empty, and how these can count as something. */
import type { FieldType } from '@oneforge/client'

interface Name {
  name: string
  type: FieldType
}

/** What an empty value counts as, as formulas write it; other types have nothing that would do. */
const neutral: Partial<Record<FieldType, string>> = {
  number: '0',
  integer: '0',
  percent: '0',
  duration: '0',
  rating: '0',
  money: 'money(0)',
  text: '""',
  longtext: '""',
  email: '""',
  phone: '""',
  url: '""',
}

/** Texts between quotes, and names with their ways; whichever begins first. */
const words = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[A-Za-z_][\w.]*/g
/** Functions whose first argument may be empty without harm. */
const forgiving = /(?:coalesce|empty|has)\(\s*$/

/** The expression with each name that an empty value would spoil replaced. */
function replaced(expression: string, next: (name: string) => string): string {
  return expression.replace(words, (word, at: number) =>
    /^["']/.test(word) || forgiving.test(expression.slice(0, at)) ? word : next(word),
  )
}

/** Those of the names that the formula needs a value of. */
export function neededNames<Known extends Name>(expression: string, known: readonly Known[]): Known[] {
  const needed = new Set<string>()
  replaced(expression, (name) => {
    needed.add(name)
    return name
  })
  return known.filter(({ name }) => needed.has(name))
}

/** A formula that gives the names which are empty, each behind a space. */
export const askingForEmpty = (names: readonly Name[]): string =>
  names.map(({ name }) => `(empty(${name}) ? " ${name}" : "")`).join(' + ') || '""'

/** The formula with these names counted as 0, or as no text, where they are empty; undefined where none can be. */
export function countingEmpty(expression: string, names: readonly Name[]): string | undefined {
  const stands = new Map(names.flatMap(({ name, type }) => (neutral[type] ? [[name, neutral[type]] as const] : [])))
  if (stands.size === 0) return undefined
  return replaced(expression, (name) => (stands.has(name) ? `coalesce(${name}, ${stands.get(name)})` : name))
}
