/** What the page of templates asks of the server. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { client } from '../api/client.ts'

const key = ['templates', 'origins'] as const

export const useOrigins = () => useQuery({ queryKey: key, queryFn: client.templates.origins })

/** After the workspace has got another shape nothing that was read of it holds; what was tried out is not tried again. */
function useReshaping<I, O>(mutationFn: (input: I) => Promise<O>) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn,
    onSuccess: () => cache.invalidateQueries({ predicate: ({ queryKey }) => queryKey[1] !== 'trial' }),
  })
}

export const useUpgrade = () => useReshaping(client.templates.upgrade)
export const useAdding = () => useReshaping(client.templates.add)
export const useUndo = () => useReshaping(client.templates.undo)

/** Tries out without writing; asked anew whenever a decision changes. */
export const useTrial = <P>(name: unknown[], ask: () => Promise<P>) =>
  useQuery({
    queryKey: ['templates', 'trial', ...name],
    queryFn: ask,
    gcTime: 0,
    retry: false,
    placeholderData: (old) => old,
  })
