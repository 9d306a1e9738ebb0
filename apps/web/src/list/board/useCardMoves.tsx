import { ApiError, type FieldMeta, type ListQuery, type ObjectMeta, type RecordData } from '@oneforge/client'
import { useQueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { keys } from '../../api/keys.ts'
import { useUpdateRecord } from '../../api/recordChanges.ts'
import { recordName } from '../../fields/recordName.ts'
import { useStageMove } from '../../pipelines/useStageMove.tsx'
import { showToast } from '../../ui/toast.tsx'
import { dropCard, placeCard, positionOf } from './boardCache.ts'
import { isIn, type Place, placeOf } from './boardColumns.ts'

/** A place with the question for its cards. */
export type AskedPlace = Place & { label: string; query: ListQuery }

/**
 * Moves cards: shown at once, where it was again when refused; a stage may ask for something before. Nothing is asked
 * for anew but the counts, so that no column jumps.
 */
export function useCardMoves(
  object: ObjectMeta,
  field: FieldMeta,
  places: AskedPlace[],
): {
  moveCard: (card: RecordData, target: Place) => void
  dialog: ReactNode
  place: (record: RecordData) => void
  drop: (id: string) => void
} {
  const { t } = useTranslation('list')
  const cache = useQueryClient()
  const update = useUpdateRecord(object.slug)
  const { move, dialog } = useStageMove(object)
  const queries = places.map(({ query }) => query)
  const put = (record: RecordData, at?: number) =>
    placeCard(cache, object.slug, record, queries, placeOf(record, field, places)?.query, at)

  function moveCard(card: RecordData, { lane, value }: Place): void {
    const changes: Record<string, string | boolean | null> = {}
    if (!isIn(card, field, value)) changes[field.key] = value
    if (lane && !isIn(card, lane.field, lane.value)) changes[lane.field.key] = lane.value
    if (Object.keys(changes).length === 0) return
    const from = placeOf(card, field, places)
    const position = from ? positionOf(cache, object.slug, card.id, from.query) : 0
    const before = Object.fromEntries(Object.keys(changes).map((key) => [key, card[key] ?? null]))
    void move(card, changes, async (all, record) => {
      put({ ...card, ...changes })
      try {
        const moved = await update.mutateAsync({ record, changes: all, explainsRefusal: 'stageMoves' in all })
        put(moved)
        const column = placeOf(moved, field, places)?.label
        showToast({
          message: t('board.dropped', { title: recordName(object, card), column }),
          undo: () => takeBack(moved, before),
        })
      } catch (error) {
        const current = error instanceof ApiError ? error.current : undefined
        if (current) put(current)
        else put(card, position)
        throw error
      } finally {
        void cache.invalidateQueries({ queryKey: [...keys.records(object.slug), 'count'] })
      }
    })
  }

  /** The mutation itself tells why it cannot be taken back. */
  async function takeBack(moved: RecordData, before: Record<string, unknown>): Promise<void> {
    const back = await update.mutateAsync({ record: moved, changes: before }).catch(() => undefined)
    if (back) put(back)
    await cache.invalidateQueries({ queryKey: [...keys.records(object.slug), 'count'] })
  }

  const drop = (id: string) => dropCard(cache, object.slug, id, queries)
  return { moveCard, dialog, place: put, drop }
}
