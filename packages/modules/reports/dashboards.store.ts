import { newId, type RawBuilder, type Row, sql, type Transaction } from '@oneforge/kernel/database'
import { authorNamed } from '@oneforge/kernel/metadata'
import type { DashboardDefinition } from '@oneforge/templates'

export interface StoredDashboard extends Row {
  id: string
  key: string
  /** Null: everybody's, or that of roles. */
  owner_id: string | null
  definition: DashboardDefinition
  /** Of a shared one the version of the metadata that last changed it. */
  version: number
}

/** A shared dashboard that somebody has made is called by its id. */
const madeHere = 'board_'
const keyOf = (id: string): string => madeHere + id.replaceAll('-', '_')
export const isFromTemplate = (key: string): boolean => !key.startsWith(madeHere)

const shared = (tenantId: string, which: RawBuilder<unknown>): RawBuilder<unknown> => sql`
  select id, key, null::uuid as owner_id, definition, position,
    (select coalesce(max(c.number), 0) from metadata_changes c where c.tenant_id = d.tenant_id and c.kind = 'dashboard'
      and c.entity_id = d.id and c.before is distinct from c.after) as version
  from dashboards d where tenant_id = ${tenantId} ${which}`

const own = (tenantId: string, userId: string | null, which: RawBuilder<unknown>): RawBuilder<unknown> => sql`
  select id, ${madeHere} || replace(id::text, '-', '_') as key, user_id as owner_id, definition, position, version
  from own_dashboards where tenant_id = ${tenantId} and user_id = ${userId}::uuid ${which}`

/** Shared ones first, then the person's own; each in the order that they were given. */
export const listDashboards = (tx: Transaction, tenantId: string, userId: string | null): Promise<StoredDashboard[]> =>
  tx.query<StoredDashboard>(sql`select * from (${shared(tenantId, sql``)} union all ${own(tenantId, userId, sql``)}) as d
    order by owner_id is not null, position, id`)

/** @param locked until the transaction ends. */
export async function findDashboard(
  tx: Transaction,
  tenantId: string,
  id: string,
  userId: string | null,
  { locked = false } = {},
): Promise<StoredDashboard | undefined> {
  const which = locked ? sql`and id = ${id} for update` : sql`and id = ${id}`
  const [ofAll, mine] = await tx.batch<StoredDashboard>([shared(tenantId, which), own(tenantId, userId, which)])
  return ofAll![0] ?? mine![0]
}

/** Adds a dashboard behind the others, under an id that it may have had elsewhere. */
export async function insertDashboard(
  tx: Transaction,
  tenantId: string,
  ownerId: string | null,
  definition: Omit<DashboardDefinition, 'key'>,
  id: string = newId(),
): Promise<string> {
  const key = keyOf(id)
  const stored = JSON.stringify({ ...definition, key })
  const statement = ownerId
    ? sql`insert into own_dashboards (tenant_id, id, user_id, definition, position)
        select ${tenantId}, ${id}, ${ownerId}, ${stored}, coalesce(max(position) + 1, 0) from own_dashboards
        where tenant_id = ${tenantId} and user_id = ${ownerId}`
    : sql`insert into dashboards (tenant_id, id, key, definition, position)
        select ${tenantId}, ${id}, ${key}, ${stored}, coalesce(max(position) + 1, 0) from dashboards where tenant_id = ${tenantId}`
  await tx.batch([authorNamed(tx), statement])
  return id
}

const tableOf = (isOwn: boolean): RawBuilder<unknown> => sql.table(isOwn ? 'own_dashboards' : 'dashboards')

export async function updateDashboard(
  tx: Transaction,
  tenantId: string,
  { id, owner_id, definition }: Pick<StoredDashboard, 'id' | 'owner_id' | 'definition'>,
): Promise<void> {
  const counted = owner_id ? sql`, version = version + 1` : sql``
  await tx.batch([
    authorNamed(tx),
    sql`update ${tableOf(owner_id !== null)} set definition = ${JSON.stringify(definition)}${counted}
      where tenant_id = ${tenantId} and id = ${id}`,
  ])
}

export async function deleteDashboard(
  tx: Transaction,
  tenantId: string,
  { id, owner_id }: Pick<StoredDashboard, 'id' | 'owner_id'>,
): Promise<void> {
  await tx.batch([
    authorNamed(tx),
    sql`delete from ${tableOf(owner_id !== null)} where tenant_id = ${tenantId} and id = ${id}`,
  ])
}

/** Takes the roles from the other shared dashboards that open first for them. */
export async function yieldDefault(
  tx: Transaction,
  tenantId: string,
  { id, roles }: { id: string; roles: string[] },
): Promise<void> {
  await tx.batch([
    authorNamed(tx),
    sql`update dashboards set definition = jsonb_set(definition, '{defaultFor}',
        coalesce((select jsonb_agg(role) from jsonb_array_elements_text(definition -> 'defaultFor') role
          where role <> all (${roles}::text[])), '[]'))
      where tenant_id = ${tenantId} and id <> ${id} and definition -> 'defaultFor' ?| ${roles}::text[]`,
  ])
}

/** Puts the dashboards into the order of their ids. */
export async function orderDashboards(tx: Transaction, tenantId: string, ids: string[]): Promise<void> {
  const ordered = (isOwn: boolean) => sql`update ${tableOf(isOwn)} as d set position = wanted.position - 1
    from unnest(${ids}::uuid[]) with ordinality as wanted (id, position)
    where d.tenant_id = ${tenantId} and d.id = wanted.id and d.position <> wanted.position - 1`
  await tx.batch([authorNamed(tx), ordered(false), ordered(true)])
}
