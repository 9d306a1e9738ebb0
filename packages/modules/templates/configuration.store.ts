/** The rows that a workspace's shape is made of, for reading it as a template and for giving it another. */
import { type RawBuilder, type Row, sql, type Transaction } from '@oneforge/kernel/database'
import type {
  FieldDefinition,
  ObjectDefinition,
  RelationTarget,
  RoleDefinition,
  ViewDefinition,
} from '@oneforge/kernel/metadata'
import type { DashboardDefinition, WorkflowDefinition } from '@oneforge/templates'

export interface StoredObject extends Row {
  id: string
  slug: string
  definition: Omit<ObjectDefinition, 'slug' | 'fields' | 'views'>
}
export interface StoredField extends Row {
  id: string
  object_id: string
  key: string
  definition: Omit<FieldDefinition, 'key'>
  slot: number | null
  retired: boolean
}
export interface StoredView extends Row {
  id: string
  object_id: string
  key: string | null
  definition: ViewDefinition
}
interface Keyed<T> extends Row {
  id: string
  key: string
  definition: T
}
export type StoredRole = Keyed<Omit<RoleDefinition, 'key'>>

export interface Configuration {
  currency: string
  objects: StoredObject[]
  /** Those out of sight too. */
  fields: StoredField[]
  /** Everybody's. */
  views: StoredView[]
  roles: StoredRole[]
  workflows: Keyed<WorkflowDefinition>[]
  dashboards: Keyed<DashboardDefinition>[]
}

/** All that a template could say of the workspace, as it is stored. */
export async function readConfiguration(tx: Transaction, tenantId: string): Promise<Configuration> {
  const [tenants, objects, fields, views, roles, workflows, dashboards] = (await tx.batch([
    sql`select currency from tenants where id = ${tenantId}`,
    sql`select id, slug, definition from objects where tenant_id = ${tenantId} and retired_at is null
      order by position, slug`,
    sql`select f.id, f.object_id, f.key, f.definition, f.slot, f.retired_at is not null as retired
      from fields f join objects o on o.tenant_id = f.tenant_id and o.id = f.object_id and o.retired_at is null
      where f.tenant_id = ${tenantId} order by f.position, f.key`,
    sql`select id, object_id, key, definition from views where tenant_id = ${tenantId} and owner_id is null
      order by key is null, position, created_at, id`,
    sql`select id, key, definition from roles where tenant_id = ${tenantId} order by position, key`,
    sql`select id, key, definition from workflows where tenant_id = ${tenantId} order by id`,
    sql`select id, key, definition from dashboards where tenant_id = ${tenantId} order by position, id`,
  ])) as [
    { currency: string }[],
    StoredObject[],
    StoredField[],
    StoredView[],
    StoredRole[],
    Configuration['workflows'],
    Configuration['dashboards'],
  ]
  return { currency: tenants[0]!.currency, objects, fields, views, roles, workflows, dashboards }
}

/** Objects that hold records, those in the trash included. */
export async function objectsInUse(tx: Transaction, tenantId: string): Promise<Set<string>> {
  const rows = await tx.query<{ id: string }>(sql`select o.id from objects o where o.tenant_id = ${tenantId}
    and exists (select from records r where r.tenant_id = o.tenant_id and r.object_id = o.id)`)
  return new Set(rows.map(({ id }) => id))
}

/** Roles that somebody holds, or that open invitations or keys give. */
export async function rolesInUse(tx: Transaction, tenantId: string): Promise<Set<string>> {
  const rows = await tx.query<{ role_id: string }>(
    sql`select distinct role_id from membership_roles where tenant_id = ${tenantId}`,
  )
  return new Set(rows.map(({ role_id }) => role_id))
}

/** A relation that points at more, or at others. */
export const changeRelation = (
  tenantId: string,
  fieldId: string,
  relation: RelationTarget,
  idOfSlug: Map<string, string>,
): RawBuilder<unknown> =>
  sql`update relations set to_object_id = coalesce(${idOfSlug.get(relation.object) ?? null}::uuid, from_object_id),
    other_object_ids = ${(relation.others ?? []).map((slug) => idOfSlug.get(slug)!)}::uuid[],
    definition = ${JSON.stringify(relation)} where tenant_id = ${tenantId} and field_id = ${fieldId}`

/** A field that no record has a value of, to make room for another of its name. */
export const deleteField = (tenantId: string, id: string): RawBuilder<unknown> =>
  sql`delete from fields where tenant_id = ${tenantId} and id = ${id}`

export interface ViewWrite {
  id: string
  object_id: string
  key: string | null
  definition: ViewDefinition
  position: number
}

/** Adds views, or gives those that are there (by id) another definition. */
export const writeViews = (tenantId: string, views: ViewWrite[]): RawBuilder<unknown> =>
  sql`insert into views (tenant_id, id, object_id, key, definition, position)
      select ${tenantId}, id, object_id, key, definition, position
      from jsonb_to_recordset(${JSON.stringify(views)}::jsonb)
        as t(id uuid, object_id uuid, key text, definition jsonb, position int)
      on conflict (tenant_id, id) do update
        set definition = excluded.definition, position = excluded.position, updated_at = now()`

export type KeyedTable = 'roles' | 'workflows' | 'dashboards'

/** Adds roles, workflows or dashboards, or gives those that are there (by key) another definition. */
export function writeKeyed(
  tenantId: string,
  table: KeyedTable,
  rows: { id: string; key: string; definition: object; position: number }[],
): RawBuilder<unknown> {
  const hasPosition = table !== 'workflows'
  const columns = sql.raw(hasPosition ? 'id, key, definition, position' : 'id, key, definition')
  return sql`insert into ${sql.table(table)} (tenant_id, ${columns}) select ${tenantId}, ${columns}
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t(id uuid, key text, definition jsonb, position int)
      on conflict (tenant_id, key) do update set definition = excluded.definition
        ${hasPosition ? sql`, position = excluded.position` : sql``}`
}

export const deleteRows = (tenantId: string, table: KeyedTable | 'views', ids: string[]): RawBuilder<unknown> =>
  sql`delete from ${sql.table(table)} where tenant_id = ${tenantId} and id = any(${ids}::uuid[])`

/** What a workspace is known to be made from, on its first page and to its programs. */
export const nameTemplate = (
  tenantId: string,
  template: { slug: string; version: string; currency: string },
): RawBuilder<unknown> =>
  sql`update tenants set template_slug = ${template.slug}, template_version = ${template.version},
    currency = ${template.currency} where id = ${tenantId}`
