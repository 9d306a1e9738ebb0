/**
 * The trash of an object.
 * - useTrash(slug): what is in it, what was deleted last first; scrolls on.
 * - useRestoreRecords(slug): `mutate(records)`; each stands for itself, and the ones that cannot come back say why.
 */
import type { RecordData } from '@oneforge/client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { client, errorText } from '../api/client.ts'
import { keys } from '../api/keys.ts'
import { refreshLists, removeFromLists } from '../api/recordCache.ts'
import { useRecords } from '../api/records.ts'
import { showError, showToast } from '../ui/toast.tsx'

export const useTrash = (slug: string) => useRecords(slug, { deleted: true, sort: ['-updatedAt'] })

/** Restores at a time: quick, without crowding out other requests. */
const atOnce = 6

interface Outcome {
  restored: RecordData[]
  refused: { record: RecordData; reason: string }[]
}

export function useRestoreRecords(slug: string) {
  const cache = useQueryClient()
  const { t } = useTranslation('trash')
  return useMutation({
    mutationFn: (records: RecordData[]) => restoreEach(slug, records),
    onSuccess: ({ restored, refused }) => {
      removeFromLists(cache, slug, new Set(restored.map(({ id }) => id)))
      for (const { id } of restored) cache.removeQueries({ queryKey: keys.record(slug, id) })
      refreshLists(cache, slug)
      if (restored.length > 0) showToast({ message: t('restored', { count: restored.length }) })
      if (refused.length > 0) {
        showError(new Error(refused.map(({ record, reason }) => `${record.title}: ${reason}`).join('\n')))
      }
    },
  })
}

async function restoreEach(slug: string, records: RecordData[]): Promise<Outcome> {
  const outcome: Outcome = { restored: [], refused: [] }
  for (let from = 0; from < records.length; from += atOnce) {
    const some = records.slice(from, from + atOnce)
    const answers = await Promise.allSettled(some.map(({ id }) => client.records.restore(slug, id)))
    for (const [index, answer] of answers.entries()) {
      const record = some[index]!
      if (answer.status === 'fulfilled') outcome.restored.push(record)
      else outcome.refused.push({ record, reason: errorText(answer.reason) })
    }
  }
  return outcome
}
