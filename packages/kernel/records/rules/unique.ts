/** What stands in `unique_values` for a record: one text for each key whose values are all there. */
import { createHash } from 'node:crypto'
import type { CompiledObject, CompiledUniqueKey } from '../../metadata/index.ts'
import { bareLetters, type StoredValue } from '../../metadata/values/index.ts'
import type { UniqueValue } from '../write.ts'
import { isEmptyValue, type RecordState, valuesOf } from './state.ts'

/** An index entry takes no more than 2,704 bytes. */
const longestIndexed = 2_000

/** The unique values of a record as it is; of some of the object's keys only where these are named. */
export function uniqueValues(
  object: CompiledObject,
  state: RecordState,
  keys: CompiledUniqueKey[] = object.uniqueKeys,
): UniqueValue[] {
  if (keys.length === 0) return []
  const values = valuesOf(object, state)
  return keys.flatMap((key) => {
    const parts = key.fields.map((name) => values[name])
    if (parts.some(isEmptyValue)) return []
    const texts = parts.map((part) => comparedText([part].flat()[0] as StoredValue, key))
    return { field_id: key.id, value: indexed(texts.length === 1 ? texts[0]! : JSON.stringify(texts)) }
  })
}

/** The form in which two values of a field that is unique by itself are compared. */
export const uniqueText = (value: StoredValue, ignoreAccents = false): string =>
  indexed(comparedText(value, { ignoreCase: true, ignoreAccents, ignoreSpaces: false }))

function comparedText(
  value: StoredValue,
  { ignoreCase, ignoreAccents, ignoreSpaces }: Pick<CompiledUniqueKey, 'ignoreCase' | 'ignoreAccents' | 'ignoreSpaces'>,
): string {
  if (typeof value !== 'string') return JSON.stringify(value)
  const bare = ignoreAccents ? bareLetters(value) : value
  const close = ignoreSpaces ? bare.replace(/\s+/g, '') : bare
  return ignoreCase ? close.toLowerCase() : close
}

/** Long texts stand there by their hash. */
const indexed = (text: string): string =>
  Buffer.byteLength(text) <= longestIndexed ? text : `sha256:${createHash('sha256').update(text).digest('hex')}`

/** The keys of which one of these names is a part. */
export const keysOver = (object: CompiledObject, names: ReadonlySet<string>): CompiledUniqueKey[] =>
  object.uniqueKeys.filter((key) => key.fields.some((name) => names.has(name)))
