/** What the values of a field keep to beyond its type. */
import type { LocalizedText } from './option-definition.ts'

/** Limits beyond the type. Lengths are code points, `pattern` is RE2 syntax and must match the whole value. */
export interface FieldRules {
  minLength?: number
  maxLength?: number
  pattern?: string
  /** Shown when the pattern does not match. */
  patternMessage?: LocalizedText
  min?: number
  max?: number
  /** Digits after the point that a number keeps; more are refused. */
  decimals?: number
  /** Dates: `today` or an ISO date. */
  notBefore?: string
  notAfter?: string
  /** Lists (multiselect, tags, many-relations, several files): how many. */
  minItems?: number
  maxItems?: number
  /** Numbers: digits stand together, as those of a year or a house number do. */
  ungrouped?: boolean
  /** Files: whether a value is a list of them. */
  several?: boolean
  /** Files: only these; any without it. */
  kinds?: FileKind[]
  /** Files: in bytes. */
  maxSize?: number
  /**
   * Of records that take time: whoever or whatever it names is at one of them at a time. True tells of what is booked
   * twice, `refuse` does not let it happen.
   */
  exclusive?: boolean | 'refuse'
}

/** What files may be limited to; which one a file is, is read from its content. */
export const fileKinds = ['image', 'pdf', 'document', 'text', 'audio', 'video'] as const
export type FileKind = (typeof fileKinds)[number]
