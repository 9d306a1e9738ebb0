/** The allow-list as it lies in the database. */
import { type Row, sql, type Transaction } from '@oneforge/kernel/database'

export interface RuleSettings {
  /** As `networkText` writes it. */
  network: string
  comment: string | null
  active: boolean
  /** Null: the whole workspace. */
  locationId: string | null
}

export interface RuleRow extends RuleSettings, Row {
  id: string
  locationName: string | null
  createdAt: string
  createdBy: string | null
  creatorName: string | null
}

/** The workspace's first, then by location; one of them where an id is given. */
export async function findRules(tx: Transaction, tenantId: string, id?: string): Promise<RuleRow[]> {
  return tx.query<RuleRow>(sql`select n.id, n.network::text, n.comment, n.active, n.location_id as "locationId",
      l.name as "locationName", n.created_at as "createdAt", n.created_by as "createdBy", u.name as "creatorName"
    from network_rules n
      left join locations l on l.tenant_id = n.tenant_id and l.id = n.location_id
      left join users u on u.id = n.created_by
    where n.tenant_id = ${tenantId} ${id ? sql`and n.id = ${id}` : sql``}
    order by l.position nulls first, l.name, n.network`)
}

/** False where the same network is there already. */
export async function insertRule(
  tx: Transaction,
  tenantId: string,
  rule: RuleSettings & { id: string; createdBy: string | null },
): Promise<boolean> {
  const added =
    await tx.query(sql`insert into network_rules (tenant_id, id, network, comment, active, location_id, created_by)
    values (${tenantId}, ${rule.id}, ${rule.network}::cidr, ${rule.comment}, ${rule.active}, ${rule.locationId}, ${rule.createdBy})
    on conflict (tenant_id, location_id, network) do nothing returning id`)
  return added.length === 1
}

/** False where another rule has the same network already. */
export async function updateRule(tx: Transaction, tenantId: string, id: string, rule: RuleSettings): Promise<boolean> {
  const changed =
    await tx.query(sql`update network_rules set network = ${rule.network}::cidr, comment = ${rule.comment},
      active = ${rule.active}, location_id = ${rule.locationId}
    where tenant_id = ${tenantId} and id = ${id} and not exists (select from network_rules other
      where other.tenant_id = ${tenantId} and other.id <> ${id} and other.network = ${rule.network}::cidr
        and other.location_id is not distinct from ${rule.locationId}::uuid) returning id`)
  return changed.length === 1
}

export async function deleteRule(tx: Transaction, tenantId: string, id: string): Promise<boolean> {
  const deleted = await tx.query(
    sql`delete from network_rules where tenant_id = ${tenantId} and id = ${id} returning id`,
  )
  return deleted.length === 1
}

export async function countRules(tx: Transaction, tenantId: string): Promise<number> {
  const [row] = await tx.query<{ count: number }>(sql`select count(*) from network_rules where tenant_id = ${tenantId}`)
  return row!.count
}
