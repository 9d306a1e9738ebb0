import { Button } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../api/client.ts'
import { showError, showToast } from '../ui/toast.tsx'

/** Has all records compared; the button says how far that is. */
export function ScanButton({ slug }: { slug: string }) {
  const { t } = useTranslation('duplicates')
  const cache = useQueryClient()
  const [jobId, setJobId] = useState<string>()
  const start = useMutation({
    mutationFn: () => client.duplicates.scan(slug),
    onSuccess: ({ jobId: id }) => setJobId(id),
    onError: showError,
  })
  const { data: job } = useQuery({
    queryKey: ['jobs', jobId],
    queryFn: () => client.jobs.get(jobId!),
    enabled: jobId !== undefined,
    refetchInterval: 1_000,
  })
  const isDone = job !== undefined && ['completed', 'failed', 'cancelled'].includes(job.status)
  useEffect(() => {
    if (!isDone || jobId === undefined) return
    setJobId(undefined)
    void cache.invalidateQueries({ queryKey: ['duplicates', slug] })
    showToast({ message: t(job.status === 'completed' ? 'scan.done' : 'scan.failed') })
  }, [isDone, jobId, job, cache, slug, t])
  const isRunning = start.isPending || jobId !== undefined
  return (
    <Button
      variant="default"
      leftSection={<IconSearch size={14} aria-hidden />}
      disabled={isRunning}
      onClick={() => start.mutate()}
    >
      {isRunning ? t('scan.running', { progress: job?.progress ?? 0 }) : t('scan.start')}
    </Button>
  )
}
