import type { ChecklistChange, FieldMeta, RecordData } from '@oneforge/client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { client } from '../../api/client.ts'
import { keys } from '../../api/keys.ts'
import { patchRecord, refreshAround } from '../../api/recordCache.ts'
import { showError } from '../../ui/toast.tsx'
import { ChecklistItems } from './ChecklistItems.tsx'
import { changed, itemsOf } from './checklistItems.ts'

interface LiveChecklistProps {
  slug: string
  record: RecordData
  field: FieldMeta
}

/** A checklist of a record, changed where it stands: item by item, so that nobody overwrites what others tick. */
export function LiveChecklist({ slug, record, field }: LiveChecklistProps) {
  const cache = useQueryClient()
  const mutationKey = ['checklist', slug, record.id, field.key]
  const save = useMutation({
    mutationKey,
    // One after the other: a new item must be there before it is ticked.
    scope: { id: mutationKey.join(' ') },
    mutationFn: (change: ChecklistChange) => client.checklists.change(slug, record.id, field.key, change),
    onMutate: async (change) => {
      await cache.cancelQueries({ queryKey: keys.record(slug, record.id) })
      const now = cache.getQueryData<RecordData>(keys.record(slug, record.id)) ?? record
      patchRecord(cache, slug, record.id, { [field.key]: changed(itemsOf(now[field.key]), change) })
    },
    onSuccess: (saved) => {
      // What was done after this one is on its way, and stays on the screen.
      const isLast = cache.isMutating({ mutationKey }) === 1
      const { [field.key]: value, ...rest } = saved
      patchRecord(cache, slug, saved.id, isLast ? { ...rest, [field.key]: value } : rest)
      refreshAround(cache)
    },
    onError: (error) => {
      showError(error)
      void cache.invalidateQueries({ queryKey: keys.record(slug, record.id) })
    },
  })
  return <ChecklistItems items={itemsOf(record[field.key])} label={field.label} onChange={save.mutate} />
}
