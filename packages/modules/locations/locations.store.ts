/** Locations as they lie in the database; every write is followed by a new version of the workspace. */
import { type Row, sql, type Transaction } from '@oneforge/kernel/database'
import type { Address } from '@oneforge/kernel/metadata/values'
import type { Holiday, OpeningHours } from './opening-hours.ts'

export interface LocationSettings {
  name: string
  /** What numbers call it. */
  code: string
  address: Address | null
  timeZone: string
  hours: OpeningHours
  holidays: Holiday[]
  active: boolean
  position: number
}

export interface LocationRow extends LocationSettings, Row {
  id: string
  /** People who hold a role there. */
  memberCount: number
}

/** In their order; one of them where an id is given. */
export async function findLocations(tx: Transaction, tenantId: string, id?: string): Promise<LocationRow[]> {
  return tx.query<LocationRow>(sql`select l.id, l.name, l.code, l.address, l.time_zone as "timeZone", l.hours, l.holidays, l.active,
      l.position, coalesce(m.people, 0)::int as "memberCount"
    from locations l left join (
      select mr.location_id, count(distinct mr.user_id) as people
      from membership_roles mr join memberships ms on ms.tenant_id = mr.tenant_id and ms.user_id = mr.user_id
      where mr.tenant_id = ${tenantId} and mr.location_id is not null and ms.status = 'active' group by 1
    ) m on m.location_id = l.id
    where l.tenant_id = ${tenantId} ${id ? sql`and l.id = ${id}` : sql``} order by l.position, l.name`)
}

export async function insertLocation(
  tx: Transaction,
  tenantId: string,
  id: string,
  location: LocationSettings,
): Promise<void> {
  await tx.query(sql`insert into locations (tenant_id, id, name, code, address, time_zone, hours, holidays, active, position)
    values (${tenantId}, ${id}, ${location.name}, ${location.code}, ${jsonOrNull(location.address)}, ${location.timeZone},
      ${JSON.stringify(location.hours)}, ${JSON.stringify(location.holidays)}, ${location.active}, ${location.position})`)
}

export async function updateLocation(
  tx: Transaction,
  tenantId: string,
  id: string,
  location: LocationSettings,
): Promise<void> {
  await tx.query(sql`update locations set name = ${location.name}, code = ${location.code}, address = ${jsonOrNull(location.address)},
      time_zone = ${location.timeZone}, hours = ${JSON.stringify(location.hours)},
      holidays = ${JSON.stringify(location.holidays)}, active = ${location.active}, position = ${location.position}
    where tenant_id = ${tenantId} and id = ${id}`)
}

const jsonOrNull = (value: object | null): string | null => (value === null ? null : JSON.stringify(value))

export async function deleteLocation(tx: Transaction, tenantId: string, id: string): Promise<void> {
  await tx.query(sql`delete from locations where tenant_id = ${tenantId} and id = ${id}`)
}

export async function orderLocations(tx: Transaction, tenantId: string, ids: string[]): Promise<void> {
  await tx.query(sql`update locations l set position = t.position - 1
    from unnest(${ids}::uuid[]) with ordinality as t(id, position) where l.tenant_id = ${tenantId} and l.id = t.id`)
}

/** What still belongs to the location; records count in the trash as well. */
export async function belongingsOf(
  tx: Transaction,
  tenantId: string,
  id: string,
): Promise<{ records: boolean; people: boolean; networks: boolean }> {
  const [found] = await tx.query<{ records: boolean; people: boolean; networks: boolean }>(sql`select
      exists (select from records where tenant_id = ${tenantId} and location_id = ${id}) as records,
      exists (select from membership_roles where tenant_id = ${tenantId} and location_id = ${id}) as people,
      exists (select from network_rules where tenant_id = ${tenantId} and location_id = ${id}) as networks`)
  return found!
}
