/** Suggests which field each column of a file belongs to: by name, by what others call it, by what it holds. */
import { type CompiledField, type CompiledObject, type FieldType, isSetBySystem } from '@oneforge/kernel/metadata'
import { foldText, readDate } from '@oneforge/kernel/metadata/values'
import { moveColumns, reasonColumn } from './moves.ts'
import { addressPart, namePlace, normalName, recordNumberNames, rings } from './synonyms.ts'

export type MatchReason = 'name' | 'synonym' | 'content'

export interface ColumnMatch {
  index: number
  name: string
  /** Up to five values that the column holds. */
  samples: string[]
  /** Key of the suggested field, `recordNumber`, or null. */
  field: string | null
  /** 0 to 1. */
  confidence: number
  reason: MatchReason | null
}

/** A column may also hold the record's number: to find the record, never to set it. */
export const recordNumberKey = 'recordNumber'

interface Candidate {
  index: number
  field: string
  confidence: number
  reason: MatchReason
}

/** Whether values of the field can come from a file. */
export const isImportable = (field: CompiledField): boolean => !isSetBySystem(field) && field.type !== 'file'

const shownSamples = 5

/**
 * One suggestion per column. A field is suggested once, but for the parts of a name or of an address: those columns go
 * to the same field and are joined when imported.
 *
 * @param fields those that the caller may write.
 * @param rows some of the file's rows; a hundred are enough.
 */
export function matchColumns(
  object: CompiledObject,
  fields: CompiledField[],
  header: string[],
  rows: string[][],
): ColumnMatch[] {
  const importable = fields.filter(isImportable)
  const values = header.map((_, index) => distinctValues(rows, index))
  const chosen = new Map<number, Candidate>()
  const taken = new Set<string>()
  const named = [...byName(object, importable, header), ...bySynonym(object, importable, header)]
  const { likely, doubtful } = byOptions(fitting(named, importable, values), importable, values)
  settle(likely, chosen, taken)
  for (const part of partsOfNames(object, importable, header, taken)) chosen.set(part.index, part)
  for (const part of partsOfAddress(importable, header, chosen, taken)) chosen.set(part.index, part)
  settle(byMove(object, importable, header), chosen, taken)
  settle(byContent(object, importable, header, values), chosen, taken)
  settle(doubtful, chosen, taken)
  return header.map((name, index) => {
    const match = chosen.get(index)
    const samples = values[index]!.slice(0, shownSamples).map((value) => value.slice(0, 120))
    return {
      index,
      name,
      samples,
      field: match?.field ?? null,
      confidence: match?.confidence ?? 0,
      reason: match?.reason ?? null,
    }
  })
}

function distinctValues(rows: string[][], index: number): string[] {
  const values = new Set<string>()
  for (const row of rows) {
    const value = row[index]?.trim()
    if (value) values.add(value)
  }
  return [...values]
}

/** The surest first; a column and a field are each given away once. */
function settle(candidates: Candidate[], chosen: Map<number, Candidate>, taken: Set<string>): void {
  const inOrder = candidates.toSorted((a, b) => b.confidence - a.confidence || a.index - b.index)
  for (const candidate of inOrder) {
    if (chosen.has(candidate.index) || taken.has(candidate.field)) continue
    chosen.set(candidate.index, candidate)
    taken.add(candidate.field)
  }
}

const namesOf = (field: CompiledField): string[] => [field.key, ...Object.values(field.label)].map(normalName)

/** `Bedrooms, at least` is also called Bedrooms. */
const shortNamesOf = (field: CompiledField): string[] =>
  Object.values(field.label).flatMap((label) => (/[,(:]/.test(label) ? [normalName(label.split(/[,(:]/)[0]!)] : []))

function byName(object: CompiledObject, fields: CompiledField[], header: string[]): Candidate[] {
  return header.flatMap((column, index) => {
    // An export writes the currency of amounts behind the name of their column.
    const name = normalName(column.replace(/\s\([A-Z]{3}\)$/, ''))
    // `Patient phone` is the phone of a patient.
    const shorter = withoutObject(name, object)
    return fields.flatMap((field): Candidate[] => {
      const names = namesOf(field)
      const candidate = (confidence: number): Candidate[] => [{ index, field: field.key, confidence, reason: 'name' }]
      if (names.includes(name)) return candidate(1)
      if (shorter !== name && names.includes(shorter)) return candidate(0.9)
      if (shortNamesOf(field).includes(name)) return candidate(0.8)
      const closeness = Math.max(...names.map((other) => similarity(name, other)))
      return closeness >= 0.8 ? candidate(closeness * 0.85) : []
    })
  })
}

function withoutObject(name: string, object: CompiledObject): string {
  const prefix = Object.values(object.label)
    .map(normalName)
    .find((label) => name.startsWith(label))
  return prefix && name.length > prefix.length ? name.slice(prefix.length) : name
}

function bySynonym(object: CompiledObject, fields: CompiledField[], header: string[]): Candidate[] {
  return header.flatMap((column, index) => {
    const name = normalName(column)
    const shorter = withoutObject(name, object)
    const found: Candidate[] = rings.flatMap(({ names, role }): Candidate[] => {
      if (!names.has(name) && !names.has(shorter)) return []
      const ofRing = fields.filter((field) => namesOf(field).some((other) => names.has(other)))
      const ofRole = role && fields.find((field) => field.key === object.roles[role])
      return [
        ...ofRing.map((field): Candidate => ({ index, field: field.key, confidence: 0.9, reason: 'synonym' })),
        ...(ofRole ? [{ index, field: ofRole.key, confidence: 0.8, reason: 'synonym' } as const] : []),
      ]
    })
    if (recordNumberNames.names.has(name)) {
      found.push({ index, field: recordNumberKey, confidence: 0.85, reason: 'synonym' })
    }
    return found
  })
}

/** Why records came into their stages: after the fields, one of which may be called so. */
function byMove(object: CompiledObject, fields: CompiledField[], header: string[]): Candidate[] {
  const found = reasonColumn(moveColumns(object, fields), header)
  return found ? [{ index: found.index, field: found.key, confidence: 0.8, reason: 'synonym' }] : []
}

/** Columns with the parts of a name go to the title, if no column holds the whole and no field each part. */
function partsOfNames(
  object: CompiledObject,
  fields: CompiledField[],
  header: string[],
  taken: Set<string>,
): Candidate[] {
  const title = fields.find((field) => field.key === object.roles.title)
  const ownFields = fields.some((field) => namesOf(field).some((name) => namePlace(name) !== undefined))
  if (title?.type !== 'text' || ownFields || taken.has(title.key)) return []
  const parts = header.flatMap((column, index): Candidate[] =>
    namePlace(column) === undefined ? [] : [{ index, field: title.key, confidence: 0.85, reason: 'synonym' }],
  )
  if (parts.length > 0) taken.add(title.key)
  return parts
}

/** The same for street, city, postcode and the like, where the object has one field for addresses. */
function partsOfAddress(
  fields: CompiledField[],
  header: string[],
  chosen: Map<number, Candidate>,
  taken: Set<string>,
): Candidate[] {
  const isAddress = ({ type, key }: CompiledField) => type === 'address' || (type === 'longtext' && key === 'address')
  const address = fields.find(isAddress)
  if (!address) return []
  const parts = header.flatMap((column, index): Candidate[] => {
    if (chosen.has(index) || addressPart(column) === undefined) return []
    return [{ index, field: address.key, confidence: 0.75, reason: 'synonym' }]
  })
  if (parts.length > 0) taken.add(address.key)
  return parts
}

/** How many of the values must look like a type. */
const convincing = 0.8

const emailLike = (value: string): boolean => /^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]{2,}$/.test(value)
const phoneLike = (value: string): boolean =>
  /^\+?[\d\s().\-/]{7,20}$/.test(value) && value.replace(/\D/g, '').length >= 7 && !dateLike(value)
const dateLike = (value: string): boolean =>
  !/^\d+(\.\d+)?$/.test(value) && readDate(value, { order: 'DMY', lastShortYear: 2050 }) !== undefined

/** A name may promise what the content does not keep: a column `Phone` full of e-mail addresses is no phone. */
function fitting(candidates: Candidate[], fields: CompiledField[], values: string[][]): Candidate[] {
  return candidates.filter(({ index, field: key }) => {
    const type = fields.find((field) => field.key === key)?.type
    const column = values[index]!
    if (type === 'email') return column.length === 0 || !mostly(column, phoneLike)
    if (type === 'phone' || type === 'date' || type === 'datetime') return !mostly(column, emailLike)
    return true
  })
}

/** Of the values, so many must be options of the field that a column is named after. */
const fewestOptions = 0.5

/**
 * A column `Status` with the options of `Lead status` does not belong to another field called so: where hardly a value is an
 * option of the field, it is suggested last and without being sure.
 */
function byOptions(
  candidates: Candidate[],
  fields: CompiledField[],
  values: string[][],
): { likely: Candidate[]; doubtful: Candidate[] } {
  const isDoubtful = ({ index, field: key }: Candidate): boolean => {
    const field = fields.find((one) => one.key === key)
    return field !== undefined && hasOptions(field) && shareOfOptions(field, values[index]!) < fewestOptions
  }
  return {
    likely: candidates.filter((one) => !isDoubtful(one)),
    doubtful: candidates.filter(isDoubtful).map((one) => ({ ...one, confidence: one.confidence / 2 })),
  }
}

const hasOptions = ({ type, optionByValue }: CompiledField): boolean =>
  (type === 'select' || type === 'multiselect') && optionByValue.size > 0

/** Which part of the values are options of the field, by value or by label in any language; all of none. */
function shareOfOptions({ optionByValue }: CompiledField, values: string[]): number {
  if (values.length === 0) return 1
  const names = new Set(
    [...optionByValue.values()].flatMap(({ value, label }) => [value, ...Object.values(label)].map(foldText)),
  )
  const isOption = (value: string) => value.split(/[;,|]/).every((part) => names.has(foldText(part.trim())))
  return values.filter(isOption).length / values.length
}

const mostly = (values: string[], test: (value: string) => boolean): boolean =>
  values.length > 0 && values.filter(test).length / values.length >= convincing

/** By content only what is unmistakable: an only field of that type, or options that hardly another field has. */
function byContent(object: CompiledObject, fields: CompiledField[], header: string[], values: string[][]): Candidate[] {
  return header.flatMap((_, index) => {
    const column = values[index]!
    if (column.length === 0) return []
    const candidate = (field: CompiledField | undefined, confidence: number): Candidate[] =>
      field ? [{ index, field: field.key, confidence, reason: 'content' }] : []
    if (mostly(column, emailLike)) return candidate(fieldOfType(object, fields, 'email'), 0.7)
    if (mostly(column, phoneLike)) return candidate(fieldOfType(object, fields, 'phone'), 0.55)
    if (mostly(column, dateLike)) return candidate(onlyOfType(fields, 'date'), 0.5)
    return candidate(fieldOfOptions(fields, column), 0.6)
  })
}

const onlyOfType = (fields: CompiledField[], type: FieldType): CompiledField | undefined => {
  const ofType = fields.filter((field) => field.type === type)
  return ofType.length === 1 ? ofType[0] : undefined
}

const fieldOfType = (object: CompiledObject, fields: CompiledField[], type: 'email' | 'phone') =>
  fields.find((field) => field.key === object.roles[type]) ?? onlyOfType(fields, type)

/** The field that has all of the values as options, or nearly all and more than any other. */
function fieldOfOptions(fields: CompiledField[], values: string[]): CompiledField | undefined {
  if (values.length < 2) return undefined
  const shares = fields.filter(hasOptions).map((field) => ({ field, share: shareOfOptions(field, values) }))
  const best = shares.filter(({ share }) => share >= convincing).toSorted((a, b) => b.share - a.share)
  return best.length > 1 && best[0]!.share === best[1]!.share ? undefined : best[0]?.field
}

/** Dice's coefficient over pairs of letters, 0 to 1. */
function similarity(a: string, b: string): number {
  if (a.length < 5 || b.length < 5) return 0
  const pairs = new Map<string, number>()
  for (let i = 0; i < a.length - 1; i++) pairs.set(a.slice(i, i + 2), (pairs.get(a.slice(i, i + 2)) ?? 0) + 1)
  let shared = 0
  for (let i = 0; i < b.length - 1; i++) {
    const pair = b.slice(i, i + 2)
    const left = pairs.get(pair) ?? 0
    if (left > 0) {
      shared += 1
      pairs.set(pair, left - 1)
    }
  }
  return (2 * shared) / (a.length + b.length - 2)
}
