import type { FieldMeta } from '@oneforge/client'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { refreshMetadata } from '../api/objects.ts'
import { refreshLists } from '../api/recordCache.ts'
import { showError } from '../ui/toast.tsx'
import { useJob } from './useJob.ts'
import { useTellConverted } from './useTellConverted.ts'

export interface RunningConversion {
  jobId: string
  field: FieldMeta
}

interface ConversionWatchProps {
  slug: string
  conversion: RunningConversion
  onEnd: () => void
}

/** Waits for the end of a conversion that was begun here, and offers to take it back. Shows nothing itself. */
export function ConversionWatch({ slug, conversion: { jobId, field }, onEnd }: ConversionWatchProps) {
  const { t } = useTranslation('reshaping')
  const cache = useQueryClient()
  const tell = useTellConverted(slug)
  const { data: job } = useJob(jobId)
  const end = useRef(async () => {})
  end.current = async () => {
    onEnd()
    await refreshMetadata(cache, slug)
    refreshLists(cache, slug)
    if (job?.status === 'completed') tell(field)
    else showError(new Error(job?.errors.map(({ message }) => message).join(' ') || t('convert.failed')))
  }
  const hasEnded = Boolean(job?.finishedAt)
  useEffect(() => {
    if (hasEnded) void end.current()
  }, [hasEnded])
  return null
}
