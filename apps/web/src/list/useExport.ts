import type { ExportFormat, ListQuery } from '@oneforge/client'
import { useMutation } from '@tanstack/react-query'
import i18next from 'i18next'
import { client } from '../api/client.ts'
import { hasEnded } from '../imports/useJob.ts'
import { saveFile } from '../ui/saveFile.ts'
import { showError, showProgress } from '../ui/toast.tsx'

interface Taken {
  format: ExportFormat
  query: ListQuery
  /** How many records there are; more than a download is patient with are written by a job first. */
  count?: number | undefined
}

const many = 20_000
/** How often the job is asked, in milliseconds. */
const pace = 1_000

/** Takes records out as a file: `take.mutate({ format: 'csv', query, count })`. */
export function useExport(object: string) {
  return useMutation({
    mutationFn: ({ format, query, count = 0 }: Taken) =>
      count > many ? written(object, { format, query, count }) : client.exports.download(object, format, query),
    onSuccess: saveFile,
    onError: showError,
  })
}

async function written(object: string, { format, query, count }: Required<Taken>) {
  const toast = showProgress(i18next.t('bulk:exporting.running', { count }))
  try {
    const { jobId } = await client.exports.start(object, format, query)
    for (;;) {
      const job = await client.jobs.get(jobId)
      if (job.status === 'completed') return await client.exports.written(jobId)
      if (hasEnded(job)) throw new Error(job.errors[0]?.message ?? i18next.t('bulk:exporting.failed'))
      await new Promise((resolve) => setTimeout(resolve, pace))
    }
  } finally {
    toast.hide()
  }
}
