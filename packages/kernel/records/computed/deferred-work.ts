/** What a change leaves to a job, which goes on where the change stopped. */
import type { Step } from '../../expressions/index.ts'

/** A way from changed records back to those that are made of them. */
export interface Route {
  back: Step[]
  ids: string[]
}

/** What a change leaves to a job: the dependents of a field by these ways, after one of them. */
export interface Remainder {
  fieldId: string
  objectId: string
  routes: Route[]
  after: string
}

/** Work on many records that is left to a job: it begins after the commit, and goes on until all of them are done. */
export type DeferredWork =
  | ({ kind: 'recompute' } & Remainder)
  | ({ kind: 'derive' } & Derivation)
  | ({ kind: 'restage' } & Restaging)
  | ({ kind: 'reinstate' } & Reinstatement)
  | ({ kind: 'stays' } & StayStart)
  | ({ kind: 'number' } & Numbered)
  | ({ kind: 'forget' } & DiscardedValues)
  | { kind: 'unique'; objectId: string }
  /** Writes the keys by which duplicates are found. */
  | { kind: 'keys'; objectId: string }
  | ({ kind: 'convert' } & FieldConversion)

/** Fills the values of a field in another type. */
export interface FieldConversion {
  objectId: string
  fieldId: string
}

/** Gives numbers to the records that were there before their autonumber field. */
export interface Numbered {
  objectId: string
  fieldId: string
}

/** Unique values that no key stands for any more. */
export interface DiscardedValues {
  objectId: string
  valuesIds: string[]
}

/** Moves the records in stages, or with options, that are no more, the trash included. */
export interface Restaging {
  objectId: string
  fieldId: string
  /** By stage or option what its records have instead; null: nothing. */
  replace: Record<string, string | null>
}

/** Gives stages or options that are there again back to the records that had them, as far as nobody changed those since. */
export interface Reinstatement {
  objectId: string
  fieldId: string
  values: string[]
}

/** Begins the stays of records that were there before their pipeline. */
export interface StayStart {
  objectId: string
  fieldId: string
}

/** All records of an object, the trash included. */
export interface Derivation {
  objectId: string
  /** Computed fields that are to be worked out, whatever the records say. */
  fieldIds: string[]
}
