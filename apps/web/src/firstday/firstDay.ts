/**
 * The first day of a person in the workspace.
 * - useIsNewHere(): whether they are shown what to try; not with somebody else's eyes.
 * - useFirstDay(): the steps, and which of them are done.
 * - useSeen(step): tells the server of a step that leaves no other trace there.
 * - useFirstDayOver(): ends it for good, or shows it again.
 */
import type { FirstDay, Workspace } from '@oneforge/client'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { client } from '../api/client.ts'
import { keys } from '../api/keys.ts'
import { viewedPerson } from '../api/viewAs.ts'
import { useWorkspace } from '../api/workspace.ts'

export function useIsNewHere(): boolean {
  const { user } = useWorkspace()
  return user.firstDay && !viewedPerson()
}

/** Asked for anew whenever it is shown: meanwhile something may have been done. */
export function useFirstDay() {
  return useQuery({ queryKey: keys.firstDay(), queryFn: client.workspace.firstDay, staleTime: 0 })
}

/** @param when whether it is done now, if the hook is there before. */
export function useSeen(step: 'search' | 'board', when = true): void {
  const cache = useQueryClient()
  const isTold = useIsNewHere() && when
  useEffect(() => {
    const known = cache.getQueryData<FirstDay>(keys.firstDay())
    if (!isTold || known?.steps.some(({ key, done }) => key === step && done)) return
    // Whoever is at work is not told when it cannot be kept: it is tried again with the next search or board.
    client.workspace
      .changeFirstDay({ seen: [step] })
      .then((told) => cache.setQueryData(keys.firstDay(), told))
      .catch(() => undefined)
  }, [cache, isTold, step])
}

export function useFirstDayOver(): (over: boolean) => Promise<void> {
  const cache = useQueryClient()
  return async (over) => {
    cache.setQueryData(keys.firstDay(), await client.workspace.changeFirstDay({ over }))
    cache.setQueryData<Workspace>(
      keys.workspace(),
      (known) => known && { ...known, user: { ...known.user, firstDay: !over } },
    )
  }
}
