/**
 * What the super admin of the installation looks after.
 * - useWorkspaces({search, sort}): all of them, page by page; useInstallationWorkspace(id): one with its sizes.
 * - useSetPlan, useSuspend, useResume: afterwards lists and details follow.
 * - usePlans(); useLibrary(): templates with their versions; usePublish, useChangeCard.
 */
import type { InstallationWorkspace, TemplateCard, WorkspaceListQuery } from '@oneforge/client'
import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { client } from '../api/client.ts'
import { keys } from '../api/keys.ts'

const key = 'installation'
/** Workspaces asked for at a time. */
const stretch = 50

export function useWorkspaces(query: WorkspaceListQuery) {
  const result = useInfiniteQuery({
    queryKey: [key, 'workspaces', query],
    queryFn: ({ pageParam }) => client.installation.workspaces(query, { cursor: pageParam, limit: stretch }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
    staleTime: 0,
  })
  return { ...result, workspaces: result.data?.pages.flatMap(({ items }) => items) }
}

export function useInstallationWorkspace(id: string) {
  return useQuery({ queryKey: [key, 'workspace', id], queryFn: () => client.installation.workspace(id), staleTime: 0 })
}

function useChange<Input, Output>(mutationFn: (input: Input) => Promise<Output>) {
  const cache = useQueryClient()
  return useMutation({ mutationFn, onSuccess: () => cache.invalidateQueries({ queryKey: [key] }) })
}

export function useSetPlan({ id }: Pick<InstallationWorkspace, 'id'>) {
  return useChange(({ plan, trialEndsAt }: Pick<InstallationWorkspace, 'plan' | 'trialEndsAt'>) =>
    client.installation.setPlan(id, plan, trialEndsAt),
  )
}

export function useSuspend({ id }: Pick<InstallationWorkspace, 'id'>) {
  return useChange((reason: string) => client.installation.suspend(id, reason))
}

export function useResume({ id }: Pick<InstallationWorkspace, 'id'>) {
  return useChange(() => client.installation.resume(id))
}

export function usePlans() {
  return useQuery({ queryKey: [key, 'plans'], queryFn: client.installation.plans })
}

export function useLibrary() {
  return useQuery({ queryKey: [key, 'templates'], queryFn: client.installation.templates, staleTime: 0 })
}

/** What may be chosen changes with it, too. */
function useLibraryChange<Input, Output>(mutationFn: (input: Input) => Promise<Output>) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn,
    onSuccess() {
      void cache.invalidateQueries({ queryKey: keys.templates() })
      return cache.invalidateQueries({ queryKey: [key] })
    },
  })
}

export function usePublish() {
  return useLibraryChange(({ template, notes }: { template: unknown; notes: string | null }) =>
    client.installation.publishTemplate(template, notes),
  )
}

export function useChangeCard(slug: string) {
  return useLibraryChange((card: TemplateCard) => client.installation.changeTemplate(slug, card))
}
