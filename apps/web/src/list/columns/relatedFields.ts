/** Columns that look over a relation: `patient.phone` shows the phone of the patient an appointment is for. */
import type { FieldMeta, ObjectMeta, RecordData } from '@oneforge/client'
import { useQueries } from '@tanstack/react-query'
import { client } from '../../api/client.ts'
import { keys as cacheKeys } from '../../api/keys.ts'

/** The relation and the other side's field that a column's key names; undefined for the object's own fields. */
function overRelation(key: string): { relation: string; field: string } | undefined {
  const [relation, field, ...more] = key.split('.')
  return relation && field && !more.length ? { relation, field } : undefined
}

/** The relations that a list must bring along for these columns. */
export function includesOf(columnKeys: string[]): string[] {
  return [...new Set(columnKeys.flatMap((key) => overRelation(key)?.relation ?? []))]
}

/** What a column shows of a record. */
export function valueAt(record: RecordData, key: string): unknown {
  const over = overRelation(key)
  if (!over) return record[key]
  const other = record[over.relation]
  return typeof other === 'object' && other !== null ? (other as Record<string, unknown>)[over.field] : undefined
}

/** The fields behind such columns: named by both sides, and to be read only, since they belong to another record. */
export function useRelatedFields(object: ObjectMeta, columnKeys: string[]): FieldMeta[] {
  const asked = columnKeys.flatMap((key) => {
    const over = overRelation(key)
    const relation = object.fields.find((field) => field.key === over?.relation && !field.relation?.many)
    return over && relation?.relation ? [{ key, relation, slug: relation.relation.object, field: over.field }] : []
  })
  const slugs = [...new Set(asked.map(({ slug }) => slug))]
  return useQueries({
    queries: slugs.map((slug) => ({ queryKey: cacheKeys.object(slug), queryFn: () => client.objects.get(slug) })),
    combine: (results) => {
      const others = new Map(results.flatMap(({ data }) => (data ? [[data.slug, data] as const] : [])))
      return asked.flatMap(({ key, relation, slug, field }) => {
        const found = others.get(slug)?.fields.find((candidate) => candidate.key === field)
        if (!found) return []
        const label = `${relation.label}: ${found.label}`
        return [{ ...found, key, label, access: 'read' as const, sortable: false, required: false }]
      })
    },
  })
}
