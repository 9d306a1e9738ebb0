/** Which records of an object may be the same, as it is defined. */

/** `normalised` forgets case, accents and punctuation; `similar` forgives typing errors; `domain` is where it lies on the web. */
export const duplicateComparisons = ['exact', 'normalised', 'similar', 'domain'] as const
export type DuplicateComparison = (typeof duplicateComparisons)[number]

/** Records of which all parts are alike may be the same. */
export interface DuplicateRule {
  /** snake_case, unique in the object. */
  key: string
  /** How sure it makes by itself, in percent. */
  weight: number
  parts: { field: string; compare: DuplicateComparison }[]
}

export interface DuplicateSettings {
  /** False: nothing is compared. */
  active?: boolean
  /** From how sure on two records are offered as duplicates, in percent. */
  threshold: number
  rules: DuplicateRule[]
}
