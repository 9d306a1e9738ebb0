/**
 * Writes of metadata. Every change begins with `bumpVersion`, which makes all servers compile anew. The database records
 * each change as a version (migration 0021); see versions.store.ts.
 */
import { newId, type RawBuilder, type Row, sql, type Transaction } from '../database/index.ts'
import type { Arrangements, LayoutArrangement, NavigationArrangement } from './arrangements.ts'
import { isComputedKind } from './computation.ts'
import type {
  DuplicateSettings,
  FieldDefinition,
  ObjectDefinition,
  RoleDefinition,
  ViewDefinition,
} from './definition.ts'
import { leadsEverywhere } from './every-object.ts'
import { slotCount } from './model.ts'
import { takeTurn } from './turn.ts'

/**
 * Takes the tenant's turn for this transaction and moves its version on. It waits for the writers of records that are
 * under way, and those that come later wait for it: so what a change derives anew (sort keys, unique values) covers every
 * record. Call it first, so that what is read afterwards cannot change under the feet.
 */
export async function bumpVersion(tx: Transaction, tenantId: string): Promise<void> {
  await takeTurn(tx, tenantId, [sql`update tenants set version = version + 1 where id = ${tenantId}`, authorNamed(tx)])
}

/**
 * Says who is behind the changes of metadata that follow in the transaction: for those that do without `bumpVersion`.
 *
 * @param about the version that the changes take back, or whose state they bring back.
 */
export const authorNamed = (
  { author }: Transaction,
  about: { undoes?: number; restores?: number } = {},
): RawBuilder<unknown> =>
  sql`select set_config('oneforge.author', ${author ? JSON.stringify({ ...author, ...about }) : ''}, true)`

const slottedTypes = new Set([
  'text',
  'number',
  'integer',
  'money',
  'percent',
  'boolean',
  'date',
  'datetime',
  'time',
  'duration',
  'select',
  'email',
  'phone',
  'url',
  'rating',
  'user',
])

export const canBeSortable = (type: string): boolean => slottedTypes.has(type)

export interface NewObject {
  id: string
  definition: ObjectDefinition
  position: number
}

/**
 * Adds objects with their fields, relations, views and counters. Relations may point among the new objects or to ones
 * that are there (`idOfSlug`).
 */
export async function insertObjects(
  tx: Transaction,
  tenantId: string,
  objects: NewObject[],
  idOfSlug: Map<string, string>,
): Promise<void> {
  const ids = new Map([...idOfSlug, ...objects.map((object) => [object.definition.slug, object.id] as const)])
  const objectRows = objects.map(({ id, definition, position }) => {
    const { slug, fields: _fields, views: _views, ...rest } = definition
    return { id, slug, definition: rest, position }
  })
  const fieldRows = objects.flatMap(newFieldRows)
  const relationRows = fieldRows.filter((row) => row.definition.relation).map((row) => relationRow(row, ids))
  const viewRows = objects.flatMap(({ id, definition }) =>
    (definition.views ?? []).map((view, position) => ({
      id: newId(),
      object_id: id,
      key: view.key,
      definition: view,
      position,
    })),
  )
  await tx.batch([
    sql`insert into objects (tenant_id, id, slug, definition, position)
        select ${tenantId}, id, slug, definition, position
        from jsonb_to_recordset(${JSON.stringify(objectRows)}::jsonb) as t(id uuid, slug text, definition jsonb, position int)`,
    sql`insert into record_counters (tenant_id, object_id)
        select ${tenantId}, id from jsonb_to_recordset(${JSON.stringify(objectRows)}::jsonb) as t(id uuid)`,
    insertFieldRows(tenantId, fieldRows),
    insertRelationRows(tenantId, relationRows),
    sql`insert into views (tenant_id, id, object_id, key, definition, position)
        select ${tenantId}, id, object_id, key, definition, position
        from jsonb_to_recordset(${JSON.stringify(viewRows)}::jsonb)
          as t(id uuid, object_id uuid, key text, definition jsonb, position int)`,
  ])
}

interface NewFieldRow {
  id: string
  object_id: string
  key: string
  definition: Omit<FieldDefinition, 'key'>
  slot: number | null
  position: number
}

function newFieldRows({ id, definition }: NewObject): NewFieldRow[] {
  const inRoles = new Set(Object.values(definition.roles))
  let slots = 0
  return definition.fields.map(({ key, ...rest }, position) => {
    const slotted =
      rest.sortable && !inRoles.has(key) && (canBeSortable(rest.type) || isComputedKind(rest.type)) && slots < slotCount
    if (slotted) slots += 1
    return { id: newId(), object_id: id, key, definition: rest, slot: slotted ? slots : null, position }
  })
}

function relationRow(field: NewFieldRow, idOfSlug: Map<string, string>): Row {
  const relation = field.definition.relation!
  return {
    id: newId(),
    from_object_id: field.object_id,
    field_id: field.id,
    // One that leads everywhere is nowhere else at home: which objects it leads to is the model's to say.
    to_object_id: leadsEverywhere(relation) ? field.object_id : idOfSlug.get(relation.object),
    other_object_ids: (relation.others ?? []).map((slug) => idOfSlug.get(slug)),
    definition: relation,
  }
}

const insertFieldRows = (tenantId: string, rows: NewFieldRow[]) =>
  sql`insert into fields (tenant_id, id, object_id, key, definition, slot, position)
      select ${tenantId}, id, object_id, key, definition, slot, position
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as t(id uuid, object_id uuid, key text, definition jsonb, slot smallint, position int)`

const insertRelationRows = (tenantId: string, rows: Row[]) =>
  sql`insert into relations (tenant_id, id, from_object_id, field_id, to_object_id, other_object_ids, definition)
      select ${tenantId}, id, from_object_id, field_id, to_object_id, other_object_ids, definition
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as t(id uuid, from_object_id uuid, field_id uuid, to_object_id uuid, other_object_ids uuid[], definition jsonb)`

/** Adds one field to a living object; it goes to the end. */
export async function insertField(
  tx: Transaction,
  tenantId: string,
  objectId: string,
  definition: FieldDefinition,
  slot: number | null,
  idOfSlug: Map<string, string>,
): Promise<void> {
  const { key, ...rest } = definition
  const [last] = await tx.query<{ position: number }>(
    sql`select coalesce(max(position), -1) as position from fields where tenant_id = ${tenantId} and object_id = ${objectId}`,
  )
  const row: NewFieldRow = {
    id: newId(),
    object_id: objectId,
    key,
    definition: rest,
    slot,
    position: last!.position + 1,
  }
  await tx.query(insertFieldRows(tenantId, [row]))
  if (rest.relation) await tx.query(insertRelationRows(tenantId, [relationRow(row, idOfSlug)]))
}

export async function updateFieldRow(
  tx: Transaction,
  tenantId: string,
  fieldId: string,
  definition: Omit<FieldDefinition, 'key'>,
  slot: number | null,
): Promise<void> {
  await tx.query(
    sql`update fields set definition = ${JSON.stringify(definition)}, slot = ${slot} where tenant_id = ${tenantId} and id = ${fieldId}`,
  )
}

/** Takes a field out of sight or back; its values stay where they are. Its slot is given up. */
export async function setFieldRetired(
  tx: Transaction,
  tenantId: string,
  fieldId: string,
  retired: boolean,
): Promise<void> {
  await tx.query(
    sql`update fields set retired_at = ${retired ? sql`now()` : null}, slot = null where tenant_id = ${tenantId} and id = ${fieldId}`,
  )
}

export interface RetiredField {
  id: string
  key: string
  definition: Omit<FieldDefinition, 'key'>
}

export async function retiredFields(tx: Transaction, tenantId: string, objectId: string): Promise<RetiredField[]> {
  return tx.query<RetiredField>(
    sql`select id, key, definition from fields
        where tenant_id = ${tenantId} and object_id = ${objectId} and retired_at is not null order by position`,
  )
}

export async function orderFields(tx: Transaction, tenantId: string, objectId: string, keys: string[]): Promise<void> {
  await tx.query(
    sql`update fields f set position = t.position - 1
        from unnest(${keys}::text[]) with ordinality as t(key, position)
        where f.tenant_id = ${tenantId} and f.object_id = ${objectId} and f.key = t.key`,
  )
}

export async function updateObjectRow(
  tx: Transaction,
  tenantId: string,
  objectId: string,
  definition: Omit<ObjectDefinition, 'slug' | 'fields' | 'views'>,
): Promise<void> {
  await tx.query(
    sql`update objects set definition = ${JSON.stringify(definition)} where tenant_id = ${tenantId} and id = ${objectId}`,
  )
}

/** Absent: such as the object's fields suggest. */
export async function updateDuplicateSettings(
  tx: Transaction,
  tenantId: string,
  objectId: string,
  duplicates: DuplicateSettings | undefined,
): Promise<void> {
  const given = duplicates ? { duplicates } : {}
  await tx.query(sql`update objects set definition = (definition - 'duplicates') || ${JSON.stringify(given)}::jsonb
    where tenant_id = ${tenantId} and id = ${objectId}`)
}

export async function orderObjects(tx: Transaction, tenantId: string, slugs: string[]): Promise<void> {
  await tx.query(
    sql`update objects o set position = t.position - 1
        from unnest(${slugs}::text[]) with ordinality as t(slug, position)
        where o.tenant_id = ${tenantId} and o.slug = t.slug`,
  )
}

/** Arranges the navigation; null: as the objects' own groups say. */
export async function updateNavigation(
  tx: Transaction,
  tenantId: string,
  navigation: Arrangements<NavigationArrangement> | null,
): Promise<void> {
  await tx.query(sql`update tenants set navigation = ${navigation && JSON.stringify(navigation)}::jsonb
    where id = ${tenantId}`)
}

/** Arranges the sections of an object's records; null: as the sections of its fields say. */
export async function updateLayout(
  tx: Transaction,
  tenantId: string,
  objectId: string,
  layout: Arrangements<LayoutArrangement> | null,
): Promise<void> {
  await tx.query(sql`update objects set layout = ${layout && JSON.stringify(layout)}::jsonb
    where tenant_id = ${tenantId} and id = ${objectId}`)
}

/** Takes an object out of sight with everything in it. The slug becomes free; nothing is deleted. */
export async function retireObject(tx: Transaction, tenantId: string, objectId: string): Promise<void> {
  await tx.query(
    sql`update objects set retired_at = now(), slug = slug || '~' || id where tenant_id = ${tenantId} and id = ${objectId}`,
  )
}

/** Removes all metadata of a tenant that holds no records: the way from one template to another. */
export async function deleteAllMetadata(tx: Transaction, tenantId: string): Promise<void> {
  await tx.batch([
    sql`delete from objects where tenant_id = ${tenantId}`,
    sql`delete from workflows where tenant_id = ${tenantId}`,
    sql`delete from dashboards where tenant_id = ${tenantId}`,
  ])
}

/** Adds the roles, or gives those that are there (by key) the new definition. */
export async function upsertRoles(tx: Transaction, tenantId: string, roles: RoleDefinition[]): Promise<void> {
  const rows = roles.map(({ key, ...definition }, position) => ({ id: newId(), key, definition, position }))
  await tx.query(
    sql`insert into roles (tenant_id, id, key, definition, position)
        select ${tenantId}, id, key, definition, position
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t(id uuid, key text, definition jsonb, position int)
        on conflict (tenant_id, key) do update set definition = excluded.definition, position = excluded.position`,
  )
}

export interface NamedDefinition {
  key: string
}

/** Workflow and dashboard definitions of a template, kept for the engines that run them. */
export async function insertDefinitions(
  tx: Transaction,
  tenantId: string,
  table: 'workflows' | 'dashboards',
  definitions: NamedDefinition[],
): Promise<void> {
  const rows = definitions.map((definition) => ({ id: newId(), key: definition.key, definition }))
  await tx.query(
    sql`insert into ${sql.table(table)} (tenant_id, id, key, definition)
        select ${tenantId}, id, key, definition
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t(id uuid, key text, definition jsonb)`,
  )
}

export interface ViewRow {
  id: string
  key: string | null
  owner_id: string | null
  definition: ViewDefinition
}
