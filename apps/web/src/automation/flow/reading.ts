/** What a value reads of the record that a workflow is about. */
import type { WorkflowValue } from '@oneforge/client'

const ofRecord = /^record\.([\w.]+)$/
const merged = /^\s*\{\{-?\s*([\w.]+)\s*-?\}\}\s*$/

/** The path of the field that the value is, `stage` or `contact.email`; undefined where it is anything else. */
export function fieldRead(value: WorkflowValue | undefined): string | undefined {
  const path = typeof value === 'string' ? merged.exec(value)?.[1] : formulaOf(value)?.trim()
  return ofRecord.exec(path ?? '')?.[1]
}

const formulaOf = (value: WorkflowValue | undefined): string | undefined =>
  typeof value === 'object' && value !== null && 'formula' in value ? String(value.formula) : undefined
