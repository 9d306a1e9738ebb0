/** Which of two records' values a merge takes, field by field. */
import type { FieldMeta, MergeInput, ObjectMeta, RecordData } from '@oneforge/client'
import { isEmptyValue } from '../fields/format.ts'

/** The left or the right record. */
export type Side = 0 | 1
export const otherSide = (side: Side): Side => (side === 0 ? 1 : 0)

export interface ComparedField {
  field: FieldMeta
  values: [unknown, unknown]
  same: boolean
  /** Lists of links are united: there is nothing to choose. */
  united: boolean
}

export function comparedFields({ fields }: ObjectMeta, [left, right]: [RecordData, RecordData]): ComparedField[] {
  return fields
    .filter(({ type }) => !['formula', 'lookup', 'rollup', 'autonumber'].includes(type))
    .map((field): ComparedField => {
      const values: [unknown, unknown] = [left[field.key], right[field.key]]
      return {
        field,
        values,
        same: JSON.stringify(plain(values[0])) === JSON.stringify(plain(values[1])),
        united: field.type === 'relation' && (field.relation?.many ?? false),
      }
    })
    .filter(({ values }) => !values.every(isEmptyValue))
}

const plain = (value: unknown): unknown => (isEmptyValue(value) ? null : value)

/** The survivor's value, unless it has none; unless somebody has chosen. */
export function chosenSide({ values }: ComparedField, keep: Side, chosen: Side | undefined): Side {
  return chosen ?? (isEmptyValue(values[keep]) ? otherSide(keep) : keep)
}

export function mergeInput(
  compared: ComparedField[],
  records: [RecordData, RecordData],
  keep: Side,
  chosen: ReadonlyMap<string, Side>,
): MergeInput {
  const [survivor, other] = [records[keep], records[otherSide(keep)]]
  const values = compared
    .filter(({ field, same, united }) => !same && !united && chosen.has(field.key))
    .map(({ field }) => [field.key, chosen.get(field.key) === keep ? 'keep' : 'from'] as const)
  return {
    keep: survivor.id,
    from: other.id,
    values: Object.fromEntries(values),
    versions: { keep: survivor.version, from: other.version },
  }
}
