/** Entries that are moved or stretched: shown at once, put back with a reason when refused, undone from the toast. */
import type { RecordData } from '@oneforge/client'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { refreshLists } from '../../api/recordCache.ts'
import { useUpdateRecord } from '../../api/recordChanges.ts'
import { showToast } from '../../ui/toast.tsx'
import type { Put } from './draft.ts'
import { changedValues, type Entry, entryOf, valuesAt } from './entries.ts'
import type { Diary } from './useDiary.ts'
import { useEntryText } from './useEntryText.ts'

type Values = Record<string, unknown>

/** @returns puts an entry elsewhere; `others` are further fields, such as the resource of a schedule. */
export function useEntryChange(
  diary: Pick<Diary, 'object' | 'fields' | 'zone' | 'locale'>,
): (entry: Entry, put: Put, others?: Values) => void {
  const { t } = useTranslation('calendar')
  const cache = useQueryClient()
  const update = useUpdateRecord(diary.object.slug)
  const { timeText } = useEntryText(diary)
  const { fields, zone, object } = diary

  /** The mutation itself tells why something was refused. */
  async function write(record: RecordData, changes: Values): Promise<RecordData | undefined> {
    const saved = await update.mutateAsync({ record, changes }).catch(() => undefined)
    refreshLists(cache, object.slug)
    return saved
  }

  async function change(entry: Entry, { start, end, isStretched }: Put, others: Values = {}): Promise<void> {
    const values = { ...valuesAt(fields, start, end, zone), ...others }
    const changes = changedValues(entry, values, fields, isStretched)
    if (Object.keys(changes).length === 0) return
    const before = Object.fromEntries(Object.keys(changes).map((key) => [key, entry.record[key] ?? null]))
    const saved = await write(entry.record, changes)
    if (!saved) return
    const time = timeText(entryOf(saved, fields, zone) ?? entry)
    showToast({
      message: t('moved', { title: entry.record.title || entry.record.recordNumber, time }),
      undo: async () => void (await write(saved, before)),
    })
  }

  return (entry, put, others) => void change(entry, put, others)
}
