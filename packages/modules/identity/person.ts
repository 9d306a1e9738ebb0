import type { UserContext } from '@oneforge/kernel/operations'

/** Somebody who is signed in: who, to which workspace, and in which session. */
export interface Person {
  userId: string
  tenantId: string
  sessionId: string | null
}

export const personOf = ({ actor, tenantId, sessionId }: UserContext): Person => ({
  userId: actor.userId,
  tenantId,
  sessionId,
})
