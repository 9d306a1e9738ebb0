import type { FieldMeta } from '@oneforge/client'
import { useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { client } from '../api/client.ts'
import { refreshMetadata } from '../api/objects.ts'
import { refreshLists } from '../api/recordCache.ts'
import { showToast } from '../ui/toast.tsx'

/** Says that the field, as it was before, has another type now; the way back is at once, as its old values are kept. */
export function useTellConverted(slug: string): (before: FieldMeta) => void {
  const { t } = useTranslation('reshaping')
  const cache = useQueryClient()
  return (before) =>
    showToast({
      message: t('convert.finished', { field: before.label }),
      undo: async () => {
        await client.objects.convertField(slug, before.key, { type: before.type })
        await refreshMetadata(cache, slug)
        refreshLists(cache, slug)
      },
    })
}
