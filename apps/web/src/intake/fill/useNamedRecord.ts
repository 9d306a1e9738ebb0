import type { AskedField, RecordData, RecordLink } from '@oneforge/client'
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { client } from '../../api/client.ts'
import { asList } from '../../fields/format.ts'

/**
 * What the address names by ids becomes links with titles, of what the member may see; else nothing is chosen.
 * Answers whether that is still to come.
 */
export function useNamedRecord(
  { relation }: AskedField,
  value: unknown,
  onFound: (value: RecordLink | RecordLink[] | null) => void,
): boolean {
  const object = relation?.object ?? undefined
  const named = object === undefined ? [] : asList(value).filter((one) => typeof one === 'string')
  const { data } = useQuery({
    queryKey: ['records named by the address', object, named],
    queryFn: ({ signal }) =>
      Promise.allSettled(named.map((id) => client.records.get(object!, id, [], { signal }))).then(linksTo),
    enabled: named.length > 0,
  })
  useEffect(() => {
    if (named.length > 0 && data) onFound(relation?.many ? data : (data[0] ?? null))
  })
  return named.length > 0
}

const linksTo = (records: PromiseSettledResult<RecordData>[]): RecordLink[] =>
  records.flatMap((found) => {
    if (found.status === 'rejected') return []
    const { id, object, title } = found.value
    return [{ id, object, title }]
  })
