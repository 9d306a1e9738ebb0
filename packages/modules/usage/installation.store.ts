/** The SQL of who looks after the installation: all its workspaces, as `installation_tenants` shows them. */
import { newId, sql, type Transaction } from '@oneforge/kernel/database'
import type { PlanHolder, RequestFacts } from '@oneforge/kernel/tenancy'

export interface WorkspaceRow extends PlanHolder {
  id: string
  name: string
  slug: string
  /** Only where it is verified. */
  domain: string | null
  members: number
  records: number
  createdAt: string
}

/** A page of all workspaces by name. The transaction is bound to the super admin; for anybody else there is nothing. */
export async function listInstallation(
  tx: Transaction,
  options: { search?: string; id?: string; limit: number; offset: number },
): Promise<{ rows: WorkspaceRow[]; total: number }> {
  const { search = null, id = null, limit, offset } = options
  const rows = await tx.query<WorkspaceRow & { total: number }>(sql<WorkspaceRow & { total: number }>`
    select id, name, slug, domain, plan, trial_ends_at as "trialEndsAt", members, records, created_at as "createdAt", total
    from installation_tenants(${search}, ${id}::uuid, ${limit}, ${offset})`)
  return { rows: rows.map(({ total: _, ...row }) => row), total: rows[0]?.total ?? 0 }
}

export async function isSuperAdmin(tx: Transaction): Promise<boolean> {
  const [row] = await tx.query<{ yes: boolean }>(sql<{ yes: boolean }>`select is_super_admin() as yes`)
  return row!.yes
}

/**
 * Sets the plan of the transaction's tenant, whose owners are told anew before a trial ends; every server counts with it
 * from its next request on. Leaves an entry in the tenant's history.
 */
export async function setPlan(
  tx: Transaction,
  { plan, trialEndsAt }: { plan: string; trialEndsAt: Date | null },
  by: { userId: string | null } & Pick<RequestFacts, 'source' | 'requestId' | 'ip'>,
): Promise<void> {
  const tenantId = tx.tenantId!
  await tx.batch([
    sql`insert into audit_entries (tenant_id, id, actor_id, actor_kind, action, changes, source, request_id, ip)
        select id, ${newId()}, ${by.userId}, ${by.userId ? 'user' : 'system'}, 'plan.changed',
          jsonb_build_object('plan', jsonb_build_array(plan, ${plan}::text),
            'trialEndsAt', jsonb_build_array(trial_ends_at, ${trialEndsAt}::timestamptz)),
          ${by.source}, ${by.requestId}, ${by.ip}
        from tenants where id = ${tenantId}`,
    sql`update tenants set plan = ${plan}, trial_ends_at = ${trialEndsAt}, trial_told_at = null, version = version + 1
        where id = ${tenantId}`,
  ])
}
