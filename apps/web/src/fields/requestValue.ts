import type { FieldMeta, RecordLink } from '@oneforge/client'

/** A value as editors hold it, in the shape a request takes: linked records become their ids. */
export function requestValue(field: FieldMeta, value: unknown): unknown {
  if (field.type !== 'relation' || value === null || value === undefined) return value ?? null
  return Array.isArray(value) ? value.map(idOf) : idOf(value)
}

/** The same for several fields at once; keys that are not fields of the object pass as they are. */
export function requestValues(fields: FieldMeta[], values: Record<string, unknown>): Record<string, unknown> {
  const byKey = new Map(fields.map((field) => [field.key, field]))
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => {
      const field = byKey.get(key)
      return [key, field ? requestValue(field, value) : value]
    }),
  )
}

function idOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? (value as RecordLink).id : value
}
