/** Parts of a formula while it is being checked: their kinds, and what makes values of one kind of them. */
import type { ASTNode } from '@marcbachmann/cel-js'
import { isDate, type StoredValue } from '../metadata/values/index.ts'
import { type FormulaMoment, type FormulaValue, type Kind, textOf, toDay } from './formula-values.ts'

/** Values by dotted name, as records hold them. */
export type FormulaInput = (name: string) => StoredValue | null | undefined

export interface Run {
  read: FormulaInput
  moment: FormulaMoment
}

/** A part of a formula: its kind is known before any record is. */
export interface Part {
  kind: Kind
  run(run: Run): FormulaValue
  /** The value itself where it is written in the formula. */
  literal?: FormulaValue
}

/** Thrown while a formula is read, and caught there: it is wrong at its first wrong place. */
export class Wrong extends Error {
  readonly node: ASTNode
  constructor(node: ASTNode, message: string) {
    super(message)
    this.node = node
  }
}

export const kindNames: Record<Kind, string> = {
  number: 'a number',
  money: 'an amount of money',
  text: 'text',
  boolean: 'yes or no',
  date: 'a date',
  datetime: 'a date and time',
  list: 'a list',
  nothing: 'nothing',
}

export const isTime = (kind: Kind): boolean => kind === 'date' || kind === 'datetime'
export const isQuantity = (kind: Kind): boolean => kind === 'number' || kind === 'money'

export const asText = (part: Part): Part =>
  part.kind === 'text' ? part : { kind: 'text', run: (run) => orNull(textOf(part.run(run))) }

export const orNull = (text: string): string | null => (text === '' ? null : text)

/** A part as a day: of a moment the day in the tenant's zone, of a written text the date that it says. */
export function asDay(part: Part): Part | undefined {
  if (part.kind === 'date') return part
  if (part.kind === 'text' && typeof part.literal === 'string' && isDate(part.literal)) return { ...part, kind: 'date' }
  if (part.kind !== 'datetime') return undefined
  return { kind: 'date', run: (run) => dayOrAbsent(part.run(run), run.moment) }
}

const dayOrAbsent = (value: FormulaValue, moment: FormulaMoment): FormulaValue =>
  value === null ? null : toDay(value as string, moment)

/** The parts as values of one kind: absent ones fit everywhere, a number is an amount, a moment has a day. */
export function unified(parts: Part[], node: ASTNode): Part[] {
  const kinds = new Set(parts.map(({ kind }) => kind).filter((kind) => kind !== 'nothing'))
  if (kinds.size === 0) return parts
  const kind = kinds.size === 1 ? [...kinds][0]! : commonKind(kinds)
  const fitting = kind && parts.map((part) => (kind === 'date' ? (asDay(part) ?? part) : part))
  if (
    !fitting?.every(
      (part) => part.kind === kind || part.kind === 'nothing' || (kind === 'money' && isQuantity(part.kind)),
    )
  ) {
    const [one, other] = [...kinds]
    throw new Wrong(node, `mixes ${kindNames[one!]} and ${kindNames[other!]}, which have to be of one kind`)
  }
  return fitting.map((part) => ({ ...part, kind: kind! }))
}

function commonKind(kinds: Set<Kind>): Kind | undefined {
  const all = [...kinds]
  if (all.every(isQuantity)) return 'money'
  if (all.some(isTime) && all.every((kind) => isTime(kind) || kind === 'text')) return 'date'
  return undefined
}
