/**
 * The tabs of a browser share one session: what one tab does to it, the others learn here.
 * - tellOtherTabs(signedIn): somebody signed in or switched workspace; null: the session is over.
 * - listenToOtherTabs(handler): answers how to stop listening.
 */
import type { SignedIn } from '@oneforge/client'

/** Whose session it is now, and in which workspace. */
export interface Elsewhere {
  userId: string
  workspaceId: string
  workspaceName: string
}

const channel = new BroadcastChannel('oneforge-session')

export function tellOtherTabs(signedIn: Pick<SignedIn, 'user' | 'tenant'> | null): void {
  const { user, tenant } = signedIn ?? {}
  const now: Elsewhere | null =
    user && tenant ? { userId: user.id, workspaceId: tenant.id, workspaceName: tenant.name } : null
  channel.postMessage(now)
}

export function listenToOtherTabs(handler: (now: Elsewhere | null) => void): () => void {
  const listen = ({ data }: MessageEvent<Elsewhere | null>) => handler(data)
  channel.addEventListener('message', listen)
  return () => channel.removeEventListener('message', listen)
}
