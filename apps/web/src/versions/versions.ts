/**
 * The history of the workspace's shape.
 * - useVersions(filter): versions that scroll on, the latest first; useVersion(number); useComparison(from, to).
 * - useTrial(way, number): what undoing or restoring would do, without doing it; useTakeBack() does it.
 * - useTellWithUndo(): says that something was done, and offers to take the version it made back.
 */
import type { MetadataVersion, UndoneVersion, VersionQuery } from '@oneforge/client'
import {
  keepPreviousData,
  type QueryClient,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import { client } from '../api/client.ts'
import { useMayAdmin, useWorkspace } from '../api/workspace.ts'
import { showToast } from '../ui/toast.tsx'

export interface VersionFilter {
  object?: string | undefined
  person?: string | undefined
}

/** Undo takes one version back; restore brings everything back as it was then. */
export type Way = 'undo' | 'restore'

/** Versions asked for at a time, and so many times at most before what was found of a person is shown. */
const stretch = 50
const mostAsked = 6

export function useVersions({ object, person }: VersionFilter) {
  const result = useInfiniteQuery({
    queryKey: ['versions', 'list', object, person],
    queryFn: ({ pageParam }) => versionsOf(person, { object, cursor: pageParam, limit: stretch }),
    initialPageParam: '',
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    placeholderData: keepPreviousData,
    staleTime: 0,
  })
  return { ...result, versions: result.data?.pages.flatMap(({ items }) => items) ?? [] }
}

/** The server knows no filter by person, so it is asked on until enough of that person are found. */
async function versionsOf(person: string | undefined, query: VersionQuery) {
  const found: MetadataVersion[] = []
  let nextCursor: string | null = query.cursor ?? ''
  for (let asked = 0; asked < mostAsked && nextCursor !== null; asked++) {
    const page = await client.versions.list({ ...query, cursor: nextCursor })
    found.push(...page.items.filter(({ by }) => !person || by?.id === person))
    nextCursor = page.nextCursor
    if (found.length >= (person ? stretch / 2 : 0)) break
  }
  return { items: found, nextCursor }
}

export function useVersion(number: number) {
  return useQuery({
    queryKey: ['versions', 'one', number],
    queryFn: () => client.versions.get(number),
    staleTime: 0,
  })
}

export function useComparison(from: number, to: number | undefined) {
  return useQuery({
    queryKey: ['versions', 'comparison', from, to],
    queryFn: () => client.versions.compare(from, to),
    staleTime: 0,
  })
}

/** Never from memory: it tells what would come of it now. */
export function useTrial(way: Way, number: number) {
  return useQuery({
    queryKey: ['versions', 'trial', way, number],
    queryFn: () => client.versions[way](number, true),
    gcTime: 0,
    staleTime: 0,
    retry: false,
  })
}

export function useTakeBack() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: ({ way, number }: { way: Way; number: number }): Promise<UndoneVersion> => client.versions[way](number),
    onSuccess: () => refreshAll(cache),
  })
}

/** After the workspace has got another shape nothing that was read of it holds; what was tried out is not tried again. */
const refreshAll = (cache: QueryClient) =>
  cache.invalidateQueries({ predicate: ({ queryKey }) => queryKey[1] !== 'trial' })

/** For use right after a change of the shape: the version that it made is the reader's latest. */
export function useTellWithUndo() {
  const cache = useQueryClient()
  const { user } = useWorkspace()
  const mayUndo = useMayAdmin('objects')
  const undo = async (number: number) => {
    await client.versions.undo(number)
    await refreshAll(cache)
  }
  return async (message: string): Promise<void> => {
    // What was done stands, also where the way back cannot be found.
    const latest = mayUndo ? await client.versions.list({ limit: 5 }).catch(() => null) : null
    const made = latest?.items.find(({ by }) => by?.id === user.id)
    showToast({ message, ...(made ? { undo: () => undo(made.number) } : {}) })
  }
}
