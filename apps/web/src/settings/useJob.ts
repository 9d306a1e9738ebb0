import { useQuery } from '@tanstack/react-query'
import { client } from '../api/client.ts'

/** Milliseconds between two looks at the job. */
const interval = 1_000

/** A long job, looked at again and again until it has ended; null: there is none. */
export function useJob(id: string | null) {
  return useQuery({
    queryKey: ['jobs', id],
    queryFn: () => client.jobs.get(id ?? ''),
    enabled: id !== null,
    refetchInterval: ({ state }) => (state.data?.finishedAt || state.error ? false : interval),
  })
}
