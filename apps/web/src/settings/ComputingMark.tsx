import { Badge, Loader } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { refreshMetadata } from '../api/objects.ts'
import { useJob } from './useJob.ts'

interface ComputingMarkProps {
  slug: string
  /** A field or a unique key, and the job that works through the records for it. */
  work: { computing: boolean; jobId: string | null }
}

/** While a job works through the records: how far it is. Once it is done, the metadata are asked for again. */
export function ComputingMark({ slug, work: { computing, jobId } }: ComputingMarkProps) {
  const { t } = useTranslation('modelling')
  const cache = useQueryClient()
  const { data: job } = useJob(computing ? jobId : null)
  const finishedAt = job?.finishedAt
  useEffect(() => {
    if (finishedAt) void refreshMetadata(cache, slug)
  }, [finishedAt, cache, slug])
  if (job?.status === 'failed') {
    return (
      <Badge size="sm" variant="light" color="red" title={job.errors.map(({ message }) => message).join('\n')}>
        {t('computing.failed')}
      </Badge>
    )
  }
  if (!computing) return null
  const percent = Math.round(job?.progress ?? 0)
  return (
    <Badge size="sm" variant="light" color="gray" leftSection={<Loader size={9} aria-hidden />} role="status">
      {t(job?.type === 'records.convert' ? 'computing.converting' : 'computing.progress', { percent })}
    </Badge>
  )
}
