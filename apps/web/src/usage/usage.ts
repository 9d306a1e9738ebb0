import { useQuery } from '@tanstack/react-query'
import { client } from '../api/client.ts'

/** What the plan allows and what is used of it; the minute that is counted goes on while one looks. */
export function useUsage() {
  return useQuery({ queryKey: ['usage'], queryFn: client.usage.get, staleTime: 0, refetchInterval: 20_000 })
}
