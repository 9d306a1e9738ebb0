import { useEffect, useState } from 'react'
import { type Elsewhere, listenToOtherTabs } from '../api/otherTabs.ts'
import { useWorkspace } from '../api/workspace.ts'
import { paths } from '../paths.ts'
import { onDemand } from '../ui/onDemand.tsx'

const ElsewhereDialog = onDemand(async () => (await import('./ElsewhereDialog.tsx')).ElsewhereDialog)

/**
 * Another tab went to another workspace, and took the session along: nothing of what stands here can be saved any more,
 * so the page says so and goes there. Where the other tab signed out, this one does as well.
 */
export function OtherWorkspaceDialog() {
  const { id, user } = useWorkspace()
  const [elsewhere, setElsewhere] = useState<Elsewhere>()
  useEffect(
    () =>
      listenToOtherTabs((now) => {
        if (!now) window.location.assign(paths.signIn())
        else setElsewhere(now.workspaceId === id && now.userId === user.id ? undefined : now)
      }),
    [id, user.id],
  )
  return elsewhere ? <ElsewhereDialog elsewhere={elsewhere} /> : null
}
