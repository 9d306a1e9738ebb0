/** The SQL of who looks after the installation: all its workspaces, as `installation_tenants` shows them. */
import { newId, type RawBuilder, type Row, sql, type Transaction } from '@oneforge/kernel/database'
import { type PlanHolder, placesTaken, type RequestFacts } from '@oneforge/kernel/tenancy'

export interface WorkspaceRow extends PlanHolder {
  id: string
  name: string
  slug: string
  /** Only where it is verified. */
  domain: string | null
  suspendedAt: string | null
  suspendedReason: string | null
  templateSlug: string | null
  templateVersion: string | null
  members: number
  records: number
  storageBytes: number
  /** When any of its people or programs last did something; null: never. */
  lastSeenAt: string | null
  createdAt: string
  /** In the order that was asked for. */
  standing: Standing
}

export const workspaceSorts = ['name', 'createdAt', 'members', 'records', 'storageBytes', 'lastSeenAt'] as const
export type WorkspaceSort = (typeof workspaceSorts)[number]

/** Where a row stands in the order asked for: a page begins behind it. */
export interface Standing {
  text: string
  number: string
  id: string
}

export interface WorkspaceQuery {
  search?: string | undefined
  id?: string
  sort?: WorkspaceSort
  descending?: boolean
  after?: Standing | undefined
  limit: number
  offset?: number
}

interface ListedRow extends Omit<WorkspaceRow, 'standing'> {
  total: number
  sortText: string
  sortNumber: string
}

/** A page of all workspaces. The transaction is bound to the super admin; for anybody else there is nothing. */
export async function listInstallation(
  tx: Transaction,
  { search, id, sort = 'name', descending = false, after, limit, offset = 0 }: WorkspaceQuery,
): Promise<{ rows: WorkspaceRow[]; total: number }> {
  const rows = await tx.query<ListedRow>(sql<ListedRow>`
    select id, name, slug, domain, plan, trial_ends_at as "trialEndsAt", suspended_at as "suspendedAt",
      suspended_reason as "suspendedReason", template_slug as "templateSlug", template_version as "templateVersion",
      members, records, storage_bytes as "storageBytes", last_seen_at as "lastSeenAt", created_at as "createdAt", total,
      sort_text as "sortText", sort_number::text as "sortNumber"
    from installation_tenants(${search ?? null}, ${id ?? null}::uuid, ${sort}, ${descending}, ${after?.text ?? null},
      ${after?.number ?? null}::numeric, ${after?.id ?? null}::uuid, ${limit}, ${offset})`)
  return {
    rows: rows.map(({ total: _, sortText: text, sortNumber: number, ...row }) => ({
      ...row,
      standing: { text, number, id: row.id },
    })),
    total: rows[0]?.total ?? 0,
  }
}

export async function isSuperAdmin(tx: Transaction): Promise<boolean> {
  const [row] = await tx.query<{ yes: boolean }>(sql<{ yes: boolean }>`select is_super_admin() as yes`)
  return row!.yes
}

export interface WorkspaceSizes {
  invited: number
  services: number
  apiKeys: number
  objects: { slug: string; records: number }[]
  /** Weighted requests of each of the last thirty days on which there were any, by date in UTC. */
  requestsInMonth: number
  owners: { name: string; email: string }[]
}

/** What the transaction's tenant is made of, in numbers, and whom to talk to. */
export async function readSizes(tx: Transaction, now: Date): Promise<WorkspaceSizes> {
  const { tenantId } = tx
  const [places, counts, objects, owners] = (await tx.batch<Row>([
    placesTaken(tenantId!, now),
    sql`select
        (select count(*) from memberships m join users u on u.id = m.user_id
          where m.tenant_id = ${tenantId} and m.status = 'active' and u.kind = 'service')::int as services,
        (select count(*) from api_keys where tenant_id = ${tenantId} and revoked_at is null
          and (expires_at is null or expires_at > ${now}))::int as "apiKeys",
        (select coalesce(sum(requests), 0) from request_days
          where tenant_id = ${tenantId} and day > (${now}::timestamptz at time zone 'UTC')::date - 30)::bigint as "requestsInMonth"`,
    sql`select o.slug, coalesce(c.live, 0)::bigint as records from objects o
        left join record_counters c on c.tenant_id = o.tenant_id and c.object_id = o.id
        where o.tenant_id = ${tenantId} and o.retired_at is null order by 2 desc, o.slug`,
    sql`select distinct u.name, u.email from memberships m
        join users u on u.id = m.user_id and u.kind = 'person'
        join membership_roles mr on mr.tenant_id = m.tenant_id and mr.user_id = m.user_id
        join roles r on r.tenant_id = mr.tenant_id and r.id = mr.role_id and r.key = 'owner'
        where m.tenant_id = ${tenantId} and m.status = 'active' order by u.email`,
  ])) as [Row[], Row[], WorkspaceSizes['objects'], WorkspaceSizes['owners']]
  const { services, apiKeys, requestsInMonth } = counts[0] as unknown as WorkspaceSizes
  return { invited: places[0]!.invited as number, services, apiKeys, requestsInMonth, objects, owners }
}

/** Who changed a workspace, and from where. */
export type Author = { userId: string | null } & Pick<RequestFacts, 'source' | 'requestId' | 'ip'>
/** Before and after by name. */
export type Changes = Record<string, [before: unknown, after: unknown]>

/** An entry in the history of the transaction's tenant, about itself or about another workspace of the installation. */
export function historyEntry(tenantId: string, action: string, changes: Changes, by: Author): RawBuilder<unknown> {
  return sql`insert into audit_entries (tenant_id, id, actor_id, actor_kind, action, changes, source, request_id, ip)
    values (${tenantId}, ${newId()}, ${by.userId}, ${by.userId ? 'user' : 'system'}, ${action},
      ${JSON.stringify(changes)}::jsonb, ${by.source}, ${by.requestId}, ${by.ip})`
}

interface Standings {
  plan: string
  trialEndsAt: string | null
  suspendedReason: string | null
}

/** The transaction's tenant as it stands; nobody else changes it before the transaction ends. */
async function holdTenant(tx: Transaction): Promise<Standings> {
  const [row] = await tx.query<Row & Standings>(sql<Row & Standings>`
    select plan, trial_ends_at as "trialEndsAt", suspended_reason as "suspendedReason" from tenants
    where id = ${tx.tenantId} for update`)
  return row!
}

/**
 * Sets the plan of the transaction's tenant, whose owners are told anew before a trial ends; every server counts with it
 * from its next request on. Leaves an entry in the tenant's history and gives what it says.
 */
export async function setPlan(
  tx: Transaction,
  { plan, trialEndsAt }: { plan: string; trialEndsAt: Date | null },
  by: Author,
): Promise<Changes> {
  const before = await holdTenant(tx)
  const changes: Changes = {
    plan: [before.plan, plan],
    trialEndsAt: [before.trialEndsAt, trialEndsAt?.toISOString() ?? null],
  }
  await tx.batch([
    historyEntry(tx.tenantId!, 'plan.changed', changes, by),
    sql`update tenants set plan = ${plan}, trial_ends_at = ${trialEndsAt}, trial_told_at = null, version = version + 1
        where id = ${tx.tenantId}`,
  ])
  return changes
}

/**
 * Suspends the transaction's tenant for the reason, or resumes it where there is none: every server knows with its next
 * request. Leaves an entry in the tenant's history and gives what it says; undefined where nothing changes.
 */
export async function setSuspended(tx: Transaction, reason: string | null, by: Author): Promise<Changes | undefined> {
  const { suspendedReason } = await holdTenant(tx)
  if (suspendedReason === reason) return undefined
  const changes: Changes = { suspendedReason: [suspendedReason, reason] }
  await tx.batch([
    historyEntry(tx.tenantId!, reason === null ? 'workspace.resumed' : 'workspace.suspended', changes, by),
    sql`update tenants set suspended_reason = ${reason}, version = version + 1,
          suspended_at = ${reason === null ? null : sql`coalesce(suspended_at, now())`}
        where id = ${tx.tenantId}`,
  ])
  return changes
}

/** Whether the transaction's tenant is suspended. */
export async function isSuspended(tx: Transaction): Promise<boolean> {
  const rows = await tx.query(sql`select from tenants where id = ${tx.tenantId} and suspended_at is not null`)
  return rows.length > 0
}
