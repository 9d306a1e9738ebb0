import type { Job } from '@oneforge/client'
import { useQuery } from '@tanstack/react-query'
import { client } from '../api/client.ts'

/** How often a running job is asked for its progress, in milliseconds. */
const pace = 700

/** A job, watched until it has ended. */
export function useJob(id: string | null) {
  return useQuery({
    queryKey: ['jobs', id],
    queryFn: () => client.jobs.get(id ?? ''),
    enabled: id !== null,
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data && hasEnded(state.data) ? false : pace),
  })
}

export function hasEnded(job: Job): boolean {
  return job.status === 'completed' || job.status === 'failed' || job.status === 'cancelled'
}
