/** The SQL of invitations. Transactions are bound to the tenant. */
import { sql, type Transaction } from '@oneforge/kernel/database'

export type InvitationStatus = 'pending' | 'expired' | 'accepted' | 'declined' | 'revoked'

export interface InvitationRow {
  id: string
  email: string
  roles: string[]
  locations: string[]
  status: InvitationStatus
  invitedBy: { id: string; name: string } | null
  createdAt: string
  expiresAt: string
}

/** An invitation as the link to it finds it. */
export interface OpenInvitation extends InvitationRow {
  tokenHash: string
  workspace: string
  /** The workspace’s own, if it is verified. */
  domain: string | null
  locale: string
}

export interface NewInvitation {
  id: string
  email: string
  roles: string[]
  locations: string[]
  tokenHash: string
  invitedBy: string | null
  expiresAt: Date
}

const columns = (
  now: Date,
) => sql`i.id, i.email, i.roles, i.locations, i.created_at as "createdAt", i.expires_at as "expiresAt",
  case when i.accepted_at is not null then 'accepted' when i.declined_at is not null then 'declined'
    when i.revoked_at is not null then 'revoked' when i.expires_at <= ${now} then 'expired' else 'pending' end as status,
  case when u.id is null then null else jsonb_build_object('id', u.id, 'name', u.name) end as "invitedBy"`

/** Adds the invitation; false when an open one to the address is there. Expired ones make room. */
export async function insertInvitation(
  tx: Transaction,
  tenantId: string,
  invitation: NewInvitation,
  now: Date,
): Promise<boolean> {
  const { id, email, roles, locations, tokenHash, invitedBy, expiresAt } = invitation
  const [, inserted] = await tx.batch([
    sql`update invitations set revoked_at = ${now} where tenant_id = ${tenantId} and email = ${email}
          and accepted_at is null and declined_at is null and revoked_at is null and expires_at <= ${now}`,
    sql`insert into invitations (tenant_id, id, email, roles, locations, token_hash, invited_by, created_at, expires_at)
        values (${tenantId}, ${id}, ${email}, ${roles}, ${locations}, ${tokenHash}, ${invitedBy}, ${now}, ${expiresAt})
        on conflict (tenant_id, email) where accepted_at is null and declined_at is null and revoked_at is null
        do nothing returning id`,
  ])
  return inserted!.length === 1
}

/** All invitations of the tenant, the latest first. */
export const listInvitations = (tx: Transaction, now: Date): Promise<InvitationRow[]> =>
  tx.query<InvitationRow>(sql<InvitationRow>`
    select ${columns(now)} from invitations i left join users u on u.id = i.invited_by
    where i.tenant_id = current_tenant() order by i.created_at desc, i.id desc`)

/** The invitation, locked until the transaction ends. */
export async function lockInvitation(tx: Transaction, id: string, now: Date): Promise<OpenInvitation | undefined> {
  const [row] = await tx.query<OpenInvitation>(sql<OpenInvitation>`
    select ${columns(now)}, i.token_hash as "tokenHash", t.name as workspace, t.locale,
      case when t.domain_verified_at is not null then t.domain end as domain
    from invitations i join tenants t on t.id = i.tenant_id left join users u on u.id = i.invited_by
    where i.tenant_id = current_tenant() and i.id = ${id} for update of i`)
  return row
}

/** Gives the invitation another token: links that were sent before are void. */
export async function renewInvitation(tx: Transaction, id: string, tokenHash: string, expiresAt: Date): Promise<void> {
  await tx.query(sql`
    update invitations set token_hash = ${tokenHash}, expires_at = ${expiresAt}
    where tenant_id = current_tenant() and id = ${id}`)
}

export async function closeInvitation(
  tx: Transaction,
  id: string,
  outcome: { status: 'accepted'; by: string } | { status: 'declined' | 'revoked' },
  now: Date,
): Promise<void> {
  const change =
    outcome.status === 'accepted'
      ? sql`accepted_at = ${now}, accepted_by = ${outcome.by}`
      : sql`${sql.ref(`${outcome.status}_at`)} = ${now}`
  await tx.query(sql`update invitations set ${change} where tenant_id = current_tenant() and id = ${id}`)
}

/** What the roles are called, for somebody who is not a member yet. */
export async function roleLabels(tx: Transaction, keys: string[]): Promise<string[]> {
  const rows = await tx.query<{ label: string }>(sql<{ label: string }>`
    select coalesce(definition -> 'label' ->> (select locale from tenants where id = current_tenant()),
                    definition -> 'label' ->> 'en', key) as label
    from roles where tenant_id = current_tenant() and key = any(${keys}::text[]) order by position, key`)
  return rows.map(({ label }) => label)
}
