/** Conditions, rules, unique keys and numbers of objects, as the server sends them. */
import type { LocalizedText, TextInput } from './text-types.ts'

/** A filter of the filter language, as views have it. */
export type RuleFilter = unknown

/** Filters over the record as it is going to be. */
export interface FieldConditions {
  visible?: RuleFilter
  required?: RuleFilter
  /** A value may not be changed while it holds before and after the change. */
  readOnly?: RuleFilter
  /** The first whose `when` holds names the options that may be chosen; all of them where none does. */
  options?: { when?: RuleFilter; values: string[] }[]
}

export interface Numbering {
  /** `INV-{YYYY}-{0001}` */
  pattern: string
  restart: 'never' | 'year' | 'month'
  perLocation: boolean
}

export interface ValidationRule {
  key: string
  message: string
  messages: LocalizedText
  when?: RuleFilter
  /** A filter, or a formula as text. */
  check?: unknown
  field: string | null
  active: boolean
}

export interface UniqueKey {
  key: string
  label: string | null
  labels: LocalizedText | null
  fields: string[]
  ignoreCase: boolean
  ignoreAccents: boolean
  ignoreSpaces: boolean
  /** A job compares the records that were there before the key. */
  computing: boolean
  jobId: string | null
}

export interface BrokenRule {
  key: string
  /** How many records were looked at. */
  checked: number
  broken: number
  examples: { id: string; recordNumber: string; title: string | null }[]
}

export interface RuleInput {
  key: string
  message: TextInput
  when?: RuleFilter | null
  check: unknown
  field?: string | null
  active?: boolean
}

export interface UniqueKeyInput {
  key: string
  label?: TextInput | null
  fields: string[]
  ignoreCase?: boolean
  ignoreAccents?: boolean
  ignoreSpaces?: boolean
}
