/**
 * The same done to many records, and taken back.
 * - useBulkChanges(slug?): what was done lately; of all objects without a slug.
 * - useBulkAction(slug): `mutate({action, target, edit})`: few records change at once, many by a job that `BulkProgress`
 *   shows; a toast tells what came of it, with «Undo».
 * - useTakeBack(): `mutate(change)`.
 */
import type { AcceptedBulkChange, BulkChange, BulkEdit, BulkTarget, RecordData } from '@oneforge/client'
import { type QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import i18next from 'i18next'
import { client } from '../../api/client.ts'
import { keys } from '../../api/keys.ts'
import { patchRecord, refreshLists, removeFromLists } from '../../api/recordCache.ts'
import { showError, showToast } from '../../ui/toast.tsx'

const changesKey = ['bulk changes'] as const

export const hasEnded = ({ status }: Pick<BulkChange, 'status'>): boolean =>
  status !== 'pending' && status !== 'processing'

/** How often changes that are under way are asked for, in milliseconds. */
const pace = 700

export function useBulkChanges(slug?: string) {
  return useQuery({
    queryKey: [...changesKey, slug ?? null],
    queryFn: () => client.bulk.list(slug),
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data?.every(hasEnded) === false ? pace : false),
  })
}

export interface BulkAction {
  action: 'update' | 'remove' | 'restore' | 'purge'
  target: BulkTarget
  edit?: BulkEdit
  /** What is shown of it before the server has answered: values over these records. */
  ahead?: { records: RecordData[]; values: Record<string, unknown> }
}

export function useBulkAction(slug: string) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: ({ action, target, edit = {} }: BulkAction) =>
      action === 'update' ? client.bulk.update(slug, target, edit) : client.bulk[action](slug, target),
    onMutate: ({ action, target, ahead }) => {
      for (const { id } of ahead?.records ?? []) patchRecord(cache, slug, id, ahead?.values ?? {})
      if (action !== 'update' && 'ids' in target) removeFromLists(cache, slug, new Set(target.ids))
    },
    onSuccess: (accepted) => settle(cache, slug, accepted),
    onError: (error) => {
      refreshChanged(cache, slug)
      showError(error)
    },
  })
}

export function useTakeBack() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: ({ id, object }: Pick<BulkChange, 'id' | 'object'>) => takeBack(cache, object, id),
    onError: showError,
  })
}

async function takeBack(cache: QueryClient, slug: string, id: string): Promise<void> {
  settle(cache, slug, await client.bulk.undo(id))
}

/** Jobs that were begun here: their ends are told, also of those that have ended before anybody looked. */
export const awaited = new Set<string>()

/** What was done at once is told; what goes on as a job is left to `BulkProgress`. */
function settle(cache: QueryClient, slug: string, { jobId, result }: AcceptedBulkChange): void {
  if (!result) awaited.add(jobId)
  cache.invalidateQueries({ queryKey: changesKey })
  if (result) tellOf(cache, { ...result, id: jobId, object: slug })
}

type Told = Pick<BulkChange, 'id' | 'object' | 'action' | 'changed' | 'unchanged' | 'refused'>

/** What came of a change that has ended. */
export function tellOf(cache: QueryClient, { id, object, action, changed, unchanged, refused }: Told): void {
  refreshChanged(cache, object)
  const isUndoable = changed > 0 && action !== 'undo' && action !== 'purge'
  if (changed > 0 || refused === 0) {
    showToast({
      message: [
        i18next.t(`bulk:done.${action}`, { count: changed }),
        ...(action === 'update' && changed > 0 && unchanged > 0
          ? [i18next.t('bulk:done.same', { count: unchanged })]
          : []),
      ].join(' '),
      ...(isUndoable && { undo: () => takeBack(cache, object, id) }),
    })
  }
  if (refused > 0) tellRefusals(id, refused).catch(showError)
}

/** Reasons that a toast has room for; the list of changes has them all. */
const mostReasons = 3

async function tellRefusals(id: string, count: number): Promise<void> {
  const { errors } = await client.jobs.get(id)
  const reasons = errors.slice(0, mostReasons).map(({ message }) => message)
  const rest = count - reasons.length
  const lines = [i18next.t('bulk:refused.title', { count }), ...reasons]
  if (rest > 0) lines.push(i18next.t('bulk:refused.more', { count: rest }))
  showError(new Error(lines.join('\n')))
}

function refreshChanged(cache: QueryClient, slug: string): void {
  refreshLists(cache, slug)
  const isShown = ['one', 'history', 'links', 'search']
  cache.invalidateQueries({
    queryKey: keys.records(slug),
    predicate: ({ queryKey }) => isShown.includes(String(queryKey[2])),
  })
}
