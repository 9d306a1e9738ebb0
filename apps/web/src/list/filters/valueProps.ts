import type { FieldMeta } from '@oneforge/client'

/** What every input for the value of a condition gets. */
export interface ValueProps {
  field: FieldMeta
  op: string
  value: unknown
  onChange: (value: unknown) => void
}
