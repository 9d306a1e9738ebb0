/** What happened to people and their access, in the audit trail of the tenant it happened in. */
import { newId, sql, type Transaction } from '@oneforge/kernel/database'
import type { RequestFacts } from '@oneforge/kernel/tenancy'

export type IdentityAction =
  | 'auth.registered'
  | 'auth.login'
  | 'auth.failed'
  | 'auth.left'
  | 'auth.password_changed'
  | 'auth.password_reset'
  | 'auth.second_factor_added'
  | 'auth.second_factor_removed'
  | 'auth.backup_codes_made'
  | 'auth.email_verified'
  | 'auth.session_ended'
  | 'auth.step_up'
  | 'members.invited'
  | 'members.invitation_resent'
  | 'members.invitation_revoked'
  | 'members.invitation_declined'
  | 'members.joined'
  | 'members.deactivated'
  | 'members.reactivated'
  | 'keys.created'
  | 'keys.changed'
  | 'keys.revoked'
  | 'security.changed'
  | 'domain.claimed'
  | 'domain.verified'
  | 'domain.removed'

export interface AuditEntry {
  tenantId: string
  /** Null for a stranger. */
  actorId: string | null
  action: IdentityAction
  /** Before and after by name; never a secret. */
  changes?: Record<string, [before: unknown, after: unknown]>
}

/** Adds the entry; the transaction must be bound to its tenant. */
export async function insertAudit(tx: Transaction, entry: AuditEntry, facts: RequestFacts): Promise<void> {
  await tx.query(sql`
    insert into audit_entries (tenant_id, id, at, actor_id, actor_kind, action, changes, source, request_id, ip)
    values (${entry.tenantId}, ${newId()}, ${facts.now}, ${entry.actorId}, ${entry.actorId ? 'user' : 'stranger'},
            ${entry.action}, ${JSON.stringify(entry.changes ?? {})}::jsonb, ${facts.source}, ${facts.requestId}, ${facts.ip})`)
}
