/** Records that pasted texts name: by title or number, found by the server. */
import type { FieldMeta, ListQuery, RecordData, RecordLink } from '@oneforge/client'
import type { QueryClient } from '@tanstack/react-query'
import { client } from '../../../api/client.ts'
import { keys } from '../../../api/keys.ts'
import { foldLetters } from '../../../forms/letters.ts'

/** Names asked for at a time. */
const namesAtOnce = 50

/** The record of each name; none where no record has it, or several have. */
export type Named = (field: FieldMeta, name: string) => RecordLink | undefined

/** @throws ApiError when the server cannot be asked. */
export async function findNamed(cache: QueryClient, wanted: { field: FieldMeta; names: string[] }[]): Promise<Named> {
  const bySlug = new Map<string, Set<string>>()
  for (const { field, names } of wanted) {
    for (const slug of slugsOf(field)) bySlug.set(slug, new Set([...(bySlug.get(slug) ?? []), ...names]))
  }
  const found = new Map<string, RecordLink[]>()
  for (const [slug, names] of bySlug) {
    for (const record of await recordsNamed(cache, slug, [...names])) {
      for (const name of new Set([record.title, record.recordNumber].map(foldLetters))) {
        const id = `${slug} ${name}`
        found.set(id, [...(found.get(id) ?? []), { id: record.id, object: slug, title: record.title }])
      }
    }
  }
  return (field, name) => {
    const links = slugsOf(field).flatMap((slug) => found.get(`${slug} ${foldLetters(name)}`) ?? [])
    return links.length === 1 ? links[0] : undefined
  }
}

const slugsOf = ({ relation }: FieldMeta): string[] => (relation ? [relation.object, ...relation.others] : [])

async function recordsNamed(cache: QueryClient, slug: string, names: string[]): Promise<RecordData[]> {
  const object = await cache.ensureQueryData({ queryKey: keys.object(slug), queryFn: () => client.objects.get(slug) })
  const found: RecordData[] = []
  for (let from = 0; from < names.length; from += namesAtOnce) {
    const some = names.slice(from, from + namesAtOnce)
    const filter = {
      or: ['recordNumber', object.roles.title].map((field) => ({ field, op: 'in' as const, value: some })),
    }
    const query: ListQuery = { filter, limit: 200, fields: ['title', 'recordNumber'] }
    found.push(...(await client.records.list(slug, query, '', { everywhere: true })).items)
  }
  return found
}
