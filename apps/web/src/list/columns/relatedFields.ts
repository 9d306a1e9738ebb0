/** Columns that look over relations: `company.owner_company.name` shows the name of the company that owns a company. */
import type { FieldMeta, ObjectMeta } from '@oneforge/client'
import { useWays } from '../filters/ways.ts'

/** Whether a column's key leads over a relation. */
export function isPath(key: string): boolean {
  return key.includes('.')
}

/** What rows, cards and edits in place need of every record. */
const attributes = [
  'title',
  'recordNumber',
  'version',
  'stage',
  'stageSince',
  'stagesSince',
  'ownerId',
  'locationId',
  'createdAt',
  'updatedAt',
]

/** What a list must ask for so that these columns are filled; undefined where the records alone will do. */
export function fieldsToAsk(object: ObjectMeta, columnKeys: string[]): string[] | undefined {
  const paths = columnKeys.filter(isPath)
  return paths.length > 0 ? [...new Set([...attributes, ...object.fields.map(({ key }) => key), ...paths])] : undefined
}

/** The fields behind such columns: named by the whole way, and to be read only, since they belong to another record. */
export function useRelatedFields(object: ObjectMeta, columnKeys: string[]): FieldMeta[] {
  const paths = columnKeys.filter(isPath)
  const ways = useWays(object, [], paths)
  return paths.flatMap((key, index) => {
    const { field, labels = [] } = ways[index] ?? {}
    if (!field) return []
    const label = labels.join(' › ')
    return [{ ...field, key, label, access: 'read' as const, sortable: false, required: false }]
  })
}
