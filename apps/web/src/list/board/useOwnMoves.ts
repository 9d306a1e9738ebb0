import type { FieldMeta, ListQuery, ObjectMeta, RecordData } from '@oneforge/client'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { keys } from '../../api/keys.ts'
import { refreshLists } from '../../api/recordCache.ts'
import { usePeek } from '../../record/peek.ts'
import { strayCards } from './boardCache.ts'
import { placeOf } from './boardColumns.ts'
import type { AskedPlace } from './useCardMoves.tsx'

/**
 * What the person moves elsewhere, on the record's page or in the panel beside the board, goes to its new column as well.
 * A board that is narrowed down is asked for anew: the card may belong there no longer.
 */
export function useOwnMoves(
  { slug }: ObjectMeta,
  field: FieldMeta,
  places: AskedPlace[],
  query: ListQuery,
  place: (record: RecordData) => void,
): void {
  const cache = useQueryClient()
  const { id = '' } = usePeek()
  // As the panel has it: nothing is asked for here.
  const { data: peeked } = useQuery<RecordData>({ queryKey: keys.record(slug, id), enabled: false })
  const latest = useRef(place)
  latest.current = place
  const isNarrowed = Boolean(query.filter || query.search)
  useEffect(() => {
    const columns = places.map((one) => one.query)
    const strays = strayCards(cache, slug, columns, (card) => placeOf(card, field, places)?.query)
    if (strays.length === 0) return
    if (isNarrowed) return refreshLists(cache, slug)
    for (const card of strays) latest.current(card)
    void cache.invalidateQueries({ queryKey: [...keys.records(slug), 'count'] })
  }, [cache, slug, field, places, isNarrowed, peeked?.version])
}
