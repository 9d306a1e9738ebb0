/** The rules of membership: deactivation and leaving. A workspace always keeps an owner who can sign in. */
import { isId } from '@oneforge/kernel/database'
import { because, conflict, notFound } from '@oneforge/kernel/errors'
import { bumpVersion } from '@oneforge/kernel/metadata'
import type { OperationContext } from '@oneforge/kernel/operations'
import { requirePlace } from '@oneforge/kernel/tenancy'
import { requireOwner } from '@oneforge/modules/access'
import { type IdentityAction, insertAudit } from '../audit.store.ts'
import { bindUser } from '../bindings.store.ts'
import type { Sessions } from '../sessions.ts'
import { requireMayGrant } from './granting.ts'
import { findMember, type MemberRow, type MemberStatus, setStatus } from './members.store.ts'

export class Members {
  private readonly sessions: Sessions

  constructor(sessions: Sessions) {
    this.sessions = sessions
  }

  /**
   * Shuts the member out: every server refuses their next request, because the tenant's version moves on, and their
   * sessions in this tenant end.
   */
  async deactivate(context: OperationContext, userId: string): Promise<MemberRow> {
    if (userId === context.actor.userId) {
      throw conflict(
        'You cannot deactivate yourself. Leave the workspace instead, or ask another administrator.',
        because('MEMBER_IS_YOU', 'member'),
      )
    }
    const before = await this.take(context, userId)
    requireMayGrant(context.policy, context.model, before.roles)
    if (before.status !== 'active') {
      throw conflict(`${before.name} is not an active member.`, because('MEMBER_CHANGED', 'member'))
    }
    return this.end(context, before, 'deactivated', 'members.deactivated')
  }

  async reactivate(context: OperationContext, userId: string): Promise<MemberRow> {
    const { tx, model } = context
    const before = await this.take(context, userId)
    requireMayGrant(context.policy, model, before.roles)
    if (before.status !== 'deactivated') {
      throw conflict(`${before.name} is not deactivated.`, because('MEMBER_CHANGED', 'member'))
    }
    await setStatus(tx, { tenantId: model.tenantId, userId }, 'active')
    if (before.kind === 'person') await requirePlace(tx, context.now)
    await this.note(context, 'members.reactivated', userId, { status: [before.status, 'active'] })
    return { ...before, status: 'active' }
  }

  /** The caller's own way out. */
  async leave(context: OperationContext): Promise<void> {
    await this.end(context, await this.take(context, context.actor.userId!), 'left', 'auth.left')
  }

  private async end(
    context: OperationContext,
    member: MemberRow,
    status: Exclude<MemberStatus, 'active'>,
    action: IdentityAction,
  ): Promise<MemberRow> {
    const { tx, model } = context
    const who = { tenantId: model.tenantId, userId: member.id }
    await setStatus(tx, who, status)
    await requireOwner(context)
    await this.note(context, action, member.id, { status: [member.status, status] })
    await bindUser(tx, member.id)
    await this.sessions.endIn(tx, who, status)
    return { ...member, status }
  }

  /** The member, while nobody else changes members of this tenant: `bumpVersion` takes the tenant's row. */
  private async take({ tx, model }: OperationContext, userId: string): Promise<MemberRow> {
    if (!isId(userId)) throw notFound(`The member ${userId}`)
    await bumpVersion(tx, model.tenantId)
    const member = await findMember(tx, userId)
    if (!member) throw notFound(`The member ${userId}`)
    return member
  }

  private note(
    context: OperationContext,
    action: IdentityAction,
    userId: string,
    changes: Record<string, [unknown, unknown]>,
  ): Promise<void> {
    const entry = { tenantId: context.model.tenantId, actorId: context.actor.userId, action }
    return insertAudit(context.tx, { ...entry, changes: { member: [userId, userId], ...changes } }, context)
  }
}
