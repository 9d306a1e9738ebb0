/** Entries that are moved or stretched: shown at once, put back with a reason when refused, undone from the toast. */
import { ApiError, type RecordData } from '@oneforge/client'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { refreshLists } from '../../api/recordCache.ts'
import { isContested, useUpdateRecord } from '../../api/recordChanges.ts'
import { showToast } from '../../ui/toast.tsx'
import type { Put } from './draft.ts'
import { changedValues, type Entry, entryOf, valuesAt } from './entries.ts'
import { findClashes, useClashText } from './useClashes.ts'
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
  const { timeText, titleText } = useEntryText(diary)
  const clashText = useClashText()
  const { fields, zone, object } = diary

  /** The mutation itself tells why something was refused, and goes on where others changed something else. */
  async function write(record: RecordData, changes: Values): Promise<RecordData | undefined> {
    try {
      return await update.mutateAsync({ record, changes })
    } catch (error) {
      const current = error instanceof ApiError ? error.current : undefined
      return current && !isContested(record, changes, current) ? { ...current, ...changes } : undefined
    } finally {
      refreshLists(cache, object.slug)
    }
  }

  async function change(entry: Entry, { start, end, isStretched }: Put, others: Values = {}): Promise<void> {
    const values = { ...valuesAt(fields, start, end, zone), ...others }
    const changes = changedValues(entry, values, fields, isStretched)
    if (Object.keys(changes).length === 0) return
    const before = Object.fromEntries(Object.keys(changes).map((key) => [key, entry.record[key] ?? null]))
    const saved = await write(entry.record, changes)
    if (!saved) return
    const time = timeText(entryOf(saved, fields, zone) ?? entry)
    const clashes = await findClashes(object, saved, zone).catch(() => [])
    const moved = t('moved', { title: titleText(entry), time })
    showToast({
      message: [moved, ...clashes.slice(0, 2).map(clashText)].join('. '),
      undo: async () => void (await write(saved, before)),
    })
  }

  return (entry, put, others) => void change(entry, put, others)
}
