import type { ObjectMeta, RecordData } from '@oneforge/client'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { client } from '../api/client.ts'
import { refreshAround, refreshLists } from '../api/recordCache.ts'
import { useUpdateRecord } from '../api/recordChanges.ts'
import { showToast } from '../ui/toast.tsx'
import { followDates } from './followDates.ts'
import { isOpen, stageIn, stagesOf } from './kinds.ts'

/** Ticks a task off, or opens it again: at once on the screen, with an undo. */
export function useTick(object: ObjectMeta | undefined) {
  const { t } = useTranslation('activities')
  const cache = useQueryClient()
  const slug = object?.slug ?? ''
  const update = useUpdateRecord(slug)
  const stage = object?.roles.stage
  const { done, open } = object ? stagesOf(object) : { done: undefined, open: undefined }
  const mayTick = object?.fields.some(({ key, access }) => key === stage && access === 'write') && done && open

  function refresh(): void {
    refreshLists(cache, slug)
    refreshAround(cache)
    followDates(cache)
  }

  function tick(record: RecordData): void {
    if (!object || !stage || !mayTick) return
    const before = stageIn(object, record)
    const next = isOpen(object, before) ? done : open
    // Not as options of mutate: what is ticked may leave its list before the answer, and take them with it.
    void update.mutateAsync({ record, changes: { [stage]: next } }).then(
      () => {
        refresh()
        showToast({
          message: t(next === done ? 'ticked' : 'reopened', { title: record.title }),
          undo: async () => {
            await client.records.update(slug, record.id, { [stage]: before })
            refresh()
          },
        })
      },
      // Told by whatever changes records.
      () => undefined,
    )
  }
  return { tick, mayTick: Boolean(mayTick) }
}
