import type { AskedField, RecordLink } from '@oneforge/client'
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { client } from '../../api/client.ts'

/**
 * What the address names by its id becomes a link with a title, where the member may see it; else nothing is chosen.
 * Answers whether that is still to come.
 */
export function useNamedRecord(
  { relation }: AskedField,
  value: unknown,
  onFound: (value: RecordLink | RecordLink[] | null) => void,
): boolean {
  const object = relation?.object ?? undefined
  const named = object !== undefined && typeof value === 'string' ? value : undefined
  const { data, isError } = useQuery({
    queryKey: ['record named by the address', object, named],
    queryFn: ({ signal }) => client.records.get(object!, named!, [], { signal }),
    enabled: named !== undefined,
    retry: false,
  })
  useEffect(() => {
    if (named === undefined) return
    if (isError) onFound(null)
    if (!data) return
    const link = { id: data.id, object: data.object, title: data.title }
    onFound(relation?.many ? [link] : link)
  })
  return named !== undefined
}
