/**
 * Earlier values of a record.
 * - useEarlier(record, state): what would change, asked of the server; nothing changes.
 * - useBringBack(record): `mutate({state, fields})`; can be undone like any other change.
 */
import type { EarlierState, RecordData } from '@oneforge/client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { client } from '../api/client.ts'
import { keys } from '../api/keys.ts'
import { patchRecord, refreshAround, refreshLists } from '../api/recordCache.ts'
import { showToast } from '../ui/toast.tsx'

export function useEarlier({ object, id, version }: RecordData, state: EarlierState) {
  return useQuery({
    queryKey: [...keys.history(object, id), 'earlier', version, state],
    queryFn: () => client.records.bringBack(object, id, { ...state, dryRun: true }),
  })
}

export function useBringBack({ object, id, version }: RecordData) {
  const cache = useQueryClient()
  const { t } = useTranslation('record')
  const settle = (saved: RecordData) => {
    patchRecord(cache, object, id, saved)
    refreshAround(cache)
    refreshLists(cache, object)
  }
  return useMutation({
    mutationFn: (state: EarlierState) => client.records.bringBack(object, id, state, version),
    onSuccess: ({ record, changes }) => {
      settle(record)
      const undo = async () => {
        const { items } = await client.records.history(object, id)
        const entry = items.find(({ source }) => source === 'history')
        if (entry) settle((await client.records.bringBack(object, id, { entry: entry.id, side: 'before' })).record)
      }
      showToast({ message: t('bringBack.done', { count: changes.length }), undo })
    },
  })
}
