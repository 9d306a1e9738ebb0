/**
 * Workflows as the pages ask for them.
 * - useWorkflows(search), useWorkflow(id), useVocabulary(object): definitions and the words for them.
 * - useMailTemplates(object): the e-mails that steps may send.
 * - useWorkflowChange(): any change; lists and the workflow are asked for anew afterwards.
 * - useRuns(of), useRun(id), useFigures(id): what ran. useRetention(): how long that is kept.
 * - useApprovals(), useDecide(): what waits for the person.
 */
import type { WorkflowRunQuery } from '@oneforge/client'
import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { client } from '../api/client.ts'
import { othersPace } from '../api/othersPace.ts'
import { showError } from '../ui/toast.tsx'

const all = ['workflows'] as const
export const workflowKeys = {
  all,
  list: [...all, 'list'] as const,
  one: (id: string) => [...all, 'one', id] as const,
  runs: [...all, 'runs'] as const,
  approvals: [...all, 'approvals'] as const,
  retention: [...all, 'retention'] as const,
}

export function useWorkflows(search: string) {
  return useQuery({
    queryKey: [...workflowKeys.list, search],
    queryFn: () => client.workflows.list(search ? { search } : {}),
    placeholderData: keepPreviousData,
    // Runs begin, wait and fail while one looks.
    refetchInterval: othersPace,
  })
}

export function useWorkflow(id: string) {
  return useQuery({ queryKey: workflowKeys.one(id), queryFn: () => client.workflows.get(id), staleTime: 0 })
}

export function useVocabulary(object: string | undefined) {
  return useQuery({
    queryKey: [...all, 'vocabulary', object ?? ''],
    queryFn: () => client.workflows.vocabulary(object),
    staleTime: 60_000,
    placeholderData: keepPreviousData,
  })
}

/** E-mails that are kept to be sent by workflows about the object. */
export function useMailTemplates(object: string | undefined, enabled = true) {
  return useQuery({
    queryKey: [...all, 'mail templates', object ?? ''],
    queryFn: () => client.mail.templates(object),
    enabled,
  })
}

/** `change.mutate(() => client.workflows.remove(id))`; refusals are told. */
export function useWorkflowChange() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (send: () => Promise<unknown>) => send(),
    onSuccess: () => cache.invalidateQueries({ queryKey: all }),
    onError: showError,
  })
}

export interface RunFilter {
  /** Of one workflow; of all without. */
  workflow?: string | undefined
  state?: WorkflowRunQuery['state'] | undefined
}

export function useRuns({ workflow, state }: RunFilter) {
  const query = state ? { state } : {}
  const result = useInfiniteQuery({
    queryKey: [...workflowKeys.runs, workflow ?? '', state ?? ''],
    queryFn: ({ pageParam }) => {
      const page = { ...query, limit: 50, ...(pageParam && { cursor: pageParam }) }
      return workflow ? client.workflows.runs(workflow, page) : client.workflowRuns.list(page)
    },
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    refetchInterval: othersPace,
  })
  return { ...result, runs: result.data?.pages.flatMap(({ items }) => items) ?? [] }
}

export function useRun(id: string) {
  return useQuery({
    queryKey: [...workflowKeys.runs, 'one', id],
    queryFn: () => client.workflowRuns.get(id),
    // One that is over does not change any more.
    refetchInterval: ({ state: { data } }) => (data && data.endedAt === null ? othersPace : false),
  })
}

/** For how many days runs are kept. */
export function useRetention() {
  return useQuery({ queryKey: workflowKeys.retention, queryFn: client.workflowRetention.get })
}

export function useFigures(id: string) {
  return useQuery({ queryKey: [...workflowKeys.one(id), 'figures'], queryFn: () => client.workflows.figures(id) })
}

export function useVersions(id: string) {
  return useQuery({ queryKey: [...workflowKeys.one(id), 'versions'], queryFn: () => client.workflows.versions(id) })
}

export function useVersion(id: string, number: number | undefined) {
  return useQuery({
    queryKey: [...workflowKeys.one(id), 'versions', number],
    queryFn: () => client.workflows.version(id, number ?? 0),
    enabled: number !== undefined,
    staleTime: Number.POSITIVE_INFINITY,
  })
}

export function useApprovals() {
  return useQuery({ queryKey: workflowKeys.approvals, queryFn: client.approvals.list, refetchInterval: othersPace })
}

export function useDecide(id: string) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: ({ approved, note }: { approved: boolean; note: string }) =>
      client.approvals.decide(id, approved, note || undefined),
    // Also after a refusal: somebody else may have decided.
    onSettled: () => cache.invalidateQueries({ queryKey: workflowKeys.approvals }),
    onError: showError,
  })
}
