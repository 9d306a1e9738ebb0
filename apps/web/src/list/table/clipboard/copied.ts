/** What a copy of cells holds beside their texts, so that it comes back within the workspace as it was. */
import type { FieldMeta, RecordData } from '@oneforge/client'
import { isEmptyValue } from '../../../fields/format.ts'

export interface Copied {
  workspace: string
  fields: { type: FieldMeta['type']; target: string | null }[]
  rows: unknown[][]
}

export function copiedOf(workspace: string, fields: FieldMeta[], records: RecordData[]): Copied {
  return {
    workspace,
    fields: fields.map((field) => ({ type: field.type, target: field.relation?.object ?? null })),
    rows: records.map((record) => fields.map(({ key }) => record[key] ?? null)),
  }
}

/** What another page, or another workspace, put there is read by its texts. */
export function ownCopy(own: unknown, workspace: string): Copied | undefined {
  const copied = own as Partial<Copied> | undefined
  const isWhole = Array.isArray(copied?.rows) && Array.isArray(copied?.fields)
  return isWhole && copied?.workspace === workspace ? (copied as Copied) : undefined
}

/** Whether a value of the copied column can be that of the field as it is. */
export function fits(copied: Copied, column: number, value: unknown, field: FieldMeta): boolean {
  const from = copied.fields[column]
  if (!from || from.type !== field.type || from.target !== (field.relation?.object ?? null)) return false
  if (field.type !== 'select' && field.type !== 'multiselect') return true
  const values = Array.isArray(value) ? value : isEmptyValue(value) ? [] : [value]
  return values.every((one) => field.options.some((option) => option.value === one))
}
