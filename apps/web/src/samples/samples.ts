/**
 * The sample records that a template brings.
 * - useSamples(): how many there are and how many people have touched; only for those who may remove them.
 * - useRemoveSamples(): those that nobody has touched go, the others stay or go to the trash.
 */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { client } from '../api/client.ts'
import { useMayAdmin } from '../api/workspace.ts'

export function useSamples() {
  const may = useMayAdmin('templates')
  return useQuery({ queryKey: ['samples'], queryFn: client.workspace.samples, enabled: may })
}

export function useRemoveSamples() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: client.workspace.removeSamples,
    onSuccess: () => cache.invalidateQueries(),
  })
}
