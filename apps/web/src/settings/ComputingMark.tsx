import { Badge, Loader } from '@mantine/core'
import type { FieldMeta } from '@oneforge/client'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../api/client.ts'
import { refreshMetadata } from '../api/objects.ts'

/** Milliseconds between two looks at the job. */
const interval = 1_000

/** While a job works through the records: how far it is. Once it is done, the metadata are asked for again. */
export function ComputingMark({ slug, field }: { slug: string; field: FieldMeta }) {
  const { t } = useTranslation('modelling')
  const cache = useQueryClient()
  const jobId = field.jobId ?? ''
  const { data: job } = useQuery({
    queryKey: ['jobs', jobId],
    queryFn: () => client.jobs.get(jobId),
    enabled: field.computing && jobId !== '',
    refetchInterval: ({ state }) => (state.data?.finishedAt || state.error ? false : interval),
  })
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
  if (!field.computing) return null
  return (
    <Badge size="sm" variant="light" color="gray" leftSection={<Loader size={9} aria-hidden />} role="status">
      {t('computing.progress', { percent: Math.round(job?.progress ?? 0) })}
    </Badge>
  )
}
