/**
 * Versions of a workspace's metadata. Triggers write them (migration 0021), so that no change can do without; here they
 * are read, and states that things once had are written back.
 */
import { type RawBuilder, type Row, sql, type Transaction } from '../database/index.ts'
import { authorNamed } from './metadata.store.ts'
import type { DefinitionValue } from './versions.merge.ts'

export const versionedKinds = [
  'workspace',
  'object',
  'field',
  'relation',
  'role',
  'view',
  'workflow',
  'dashboard',
] as const
export type VersionedKind = (typeof versionedKinds)[number]

/** A row as versions know it: its columns, and whether it is out of sight. */
export type MetadataState = { [column: string]: DefinitionValue | undefined }

export interface VersionRow extends Row {
  number: number
  at: string
  actor_id: string | null
  actor_name: string | null
  operation: string | null
  undoes: number | null
  restores: number | null
  undone_by: number | null
}

export interface MetadataChange {
  kind: VersionedKind
  id: string
  /** Null: it was not there, or is not any more. */
  before: MetadataState | null
  after: MetadataState | null
}

interface ChangeRow extends Row, MetadataChange {
  number: number
}

const versionColumns = sql.raw(`v.number, v.at, v.actor_id, u.name as actor_name, v.operation, v.undoes, v.restores,
  (select max(w.number) from metadata_versions w where w.tenant_id = v.tenant_id and w.undoes = v.number) as undone_by`)

/** The latest first, before the one named; of one object only, if one is. */
export const listVersions = (
  tx: Transaction,
  tenantId: string,
  { before, objectId, limit }: { before?: number; objectId?: string; limit: number },
): Promise<VersionRow[]> =>
  tx.query<VersionRow>(sql`select ${versionColumns}
    from metadata_versions v left join users u on u.id = v.actor_id
    where v.tenant_id = ${tenantId} and (${before ?? null}::bigint is null or v.number < ${before ?? null}::bigint)
      and exists (select from metadata_changes c where c.tenant_id = v.tenant_id and c.number = v.number
        and c.before is distinct from c.after ${objectId ? concerning(objectId) : sql``})
    order by v.number desc limit ${limit}`)

const concerning = (objectId: string): RawBuilder<unknown> =>
  sql`and (c.entity_id = ${objectId} or coalesce(c.after, c.before) ->> 'object_id' = ${objectId}::text)`

export async function findVersion(tx: Transaction, tenantId: string, number: number): Promise<VersionRow | undefined> {
  const rows = await tx.query<VersionRow>(sql`select ${versionColumns}
    from metadata_versions v left join users u on u.id = v.actor_id
    where v.tenant_id = ${tenantId} and v.number = ${number}`)
  return rows[0]
}

/** The number of the last version; 0 before the first. */
export async function lastVersion(tx: Transaction, tenantId: string): Promise<number> {
  const [row] = await tx.query<{ last: number }>(
    sql`select coalesce(max(number), 0) as last from metadata_versions where tenant_id = ${tenantId}`,
  )
  return row!.last
}

/** What each of the versions changed; of those with very many changes the first ones only. */
export async function changesOfVersions(
  tx: Transaction,
  tenantId: string,
  numbers: number[],
  most: number,
): Promise<Map<number, MetadataChange[]>> {
  const rows = await tx.query<ChangeRow>(sql`select c.* from unnest(${numbers}::bigint[]) as wanted (number),
    lateral (
      select m.number, m.kind, m.entity_id as id, m.before, m.after from metadata_changes m
      where m.tenant_id = ${tenantId} and m.number = wanted.number and m.before is distinct from m.after
      order by array_position(${[...versionedKinds]}::text[], m.kind), m.entity_id limit ${most}
    ) as c`)
  return Map.groupBy(rows, (row) => row.number)
}

/** How many things each of the versions changed. */
export async function countChanges(tx: Transaction, tenantId: string, numbers: number[]): Promise<Map<number, number>> {
  const rows = await tx.query<{ number: number; count: number }>(sql`select number, count(*) as count
    from metadata_changes where tenant_id = ${tenantId} and number = any(${numbers}::bigint[])
      and before is distinct from after and kind <> 'relation' group by number`)
  return new Map(rows.map(({ number, count }) => [number, count]))
}

/** What has changed after version `from` up to version `to`, each thing once: as it was and as it became. */
export async function changesBetween(
  tx: Transaction,
  tenantId: string,
  from: number,
  to: number,
): Promise<MetadataChange[]> {
  const rows = await tx.query<ChangeRow>(sql`
    with within as (
      select kind, entity_id, min(number) as first, max(number) as last from metadata_changes
      where tenant_id = ${tenantId} and number > ${from} and number <= ${to} group by kind, entity_id
    )
    select w.last as number, w.kind, w.entity_id as id, b.before, a.after
    from within w
      join metadata_changes b on b.tenant_id = ${tenantId} and b.number = w.first and b.kind = w.kind and b.entity_id = w.entity_id
      join metadata_changes a on a.tenant_id = ${tenantId} and a.number = w.last and a.kind = w.kind and a.entity_id = w.entity_id
    where b.before is distinct from a.after
    order by array_position(${[...versionedKinds]}::text[], w.kind), w.entity_id`)
  return rows
}

/** The version that last changed the thing; 0 before any. */
export async function lastChangeOf(
  tx: Transaction,
  tenantId: string,
  kind: VersionedKind,
  id: string,
): Promise<number> {
  const [row] = await tx.query<{ last: number }>(sql`select coalesce(max(number), 0) as last from metadata_changes
    where tenant_id = ${tenantId} and kind = ${kind} and entity_id = ${id} and before is distinct from after`)
  return row!.last
}

export interface LaterChange extends MetadataChange {
  number: number
  actor_name: string | null
}

/** What later versions did to the same things, the latest first. */
export const changesSince = (
  tx: Transaction,
  tenantId: string,
  number: number,
  ids: string[],
): Promise<LaterChange[]> =>
  tx.query<LaterChange & Row>(sql`select c.number, c.kind, c.entity_id as id, c.before, c.after, u.name as actor_name
    from metadata_changes c join metadata_versions v on v.tenant_id = c.tenant_id and v.number = c.number
      left join users u on u.id = v.actor_id
    where c.tenant_id = ${tenantId} and c.number > ${number} and c.entity_id = any(${ids}::uuid[])
      and c.before is distinct from c.after
    order by c.number desc`)

const tableOf: Record<VersionedKind, string> = {
  workspace: 'tenants',
  object: 'objects',
  field: 'fields',
  relation: 'relations',
  role: 'roles',
  view: 'views',
  workflow: 'workflows',
  dashboard: 'dashboards',
}

/** The things as they are now; what is not there is absent. */
export async function currentStates(
  tx: Transaction,
  tenantId: string,
  things: { kind: VersionedKind; id: string }[],
): Promise<Map<string, MetadataState>> {
  const byKind = [...Map.groupBy(things, ({ kind }) => kind)]
  const answers = await tx.batch<{ id: string; state: MetadataState | null }>(
    byKind.map(([kind, list]) => {
      const owner = kind === 'workspace' ? sql`id` : sql`tenant_id`
      return sql`select id, metadata_state(${kind}, to_jsonb(t)) as state from ${sql.table(tableOf[kind])} t
        where ${owner} = ${tenantId} and id = any(${list.map(({ id }) => id)}::uuid[])`
    }),
  )
  return new Map(answers.flat().flatMap(({ id, state }) => (state ? [[id, state] as const] : [])))
}

/** Names of all objects, those out of sight included: their definitions by id. */
export async function everyObject(
  tx: Transaction,
  tenantId: string,
): Promise<Map<string, { slug: string; label: { en: string } }>> {
  const rows = await tx.query<{ id: string; slug: string; label: { en: string } }>(
    sql`select id, split_part(slug, '~', 1) as slug, definition -> 'labelPlural' as label from objects
        where tenant_id = ${tenantId}`,
  )
  return new Map(rows.map(({ id, ...object }) => [id, object]))
}

export interface WantedState {
  kind: VersionedKind
  id: string
  /** Null: it is to be gone, or out of sight where records may need it. */
  state: MetadataState | null
  isThere: boolean
}

/** Gives things the states that they are to have. Keys and slots that they exchange do not get in each other's way. */
export async function writeStates(tx: Transaction, tenantId: string, wanted: WantedState[]): Promise<void> {
  const ordered = versionedKinds.flatMap((kind) => wanted.filter((one) => one.kind === kind))
  const statements = [...namesFreed(tenantId, wanted), ...ordered.flatMap((one) => statementsFor(tenantId, one))]
  if (statements.length > 0) await tx.batch(statements)
}

/** Nobody has the name or the slot that another is to get: each is given its own anew. */
function namesFreed(tenantId: string, wanted: WantedState[]): RawBuilder<unknown>[] {
  const idsOf = (kind: VersionedKind, given = wanted) => given.flatMap((one) => (one.kind === kind ? [one.id] : []))
  const staying = wanted.filter(({ state, isThere }) => isThere && state !== null)
  const [fields, renamedFields, renamedObjects] = [idsOf('field'), idsOf('field', staying), idsOf('object', staying)]
  return [
    ...(fields.length > 0
      ? [
          sql`update fields set slot = null where tenant_id = ${tenantId} and id = any(${fields}::uuid[]) and slot is not null`,
        ]
      : []),
    ...(renamedFields.length > 1
      ? [
          sql`update fields set key = key || '~' || id where tenant_id = ${tenantId} and id = any(${renamedFields}::uuid[])`,
        ]
      : []),
    ...(renamedObjects.length > 1
      ? [
          sql`update objects set slug = slug || '~' || id where tenant_id = ${tenantId} and id = any(${renamedObjects}::uuid[])`,
        ]
      : []),
  ]
}

function statementsFor(tenantId: string, { kind, id, state, isThere }: WantedState): RawBuilder<unknown>[] {
  if (state === null) return isThere ? [takenAway(tenantId, kind, id)] : []
  return isThere
    ? [written(tenantId, kind, id, state)]
    : [insertedAgain(tenantId, kind, id, state)].concat(
        kind === 'object'
          ? [sql`insert into record_counters (tenant_id, object_id) values (${tenantId}, ${id}) on conflict do nothing`]
          : [],
      )
}

function takenAway(tenantId: string, kind: VersionedKind, id: string): RawBuilder<unknown> {
  switch (kind) {
    case 'object':
      return sql`update objects set retired_at = now(), slug = slug || '~' || id
        where tenant_id = ${tenantId} and id = ${id} and retired_at is null`
    case 'field':
      return sql`update fields set retired_at = now(), slot = null where tenant_id = ${tenantId} and id = ${id} and retired_at is null`
    case 'relation':
    case 'workspace':
      // A relation is out of sight with its field.
      return sql`select 1 as kept`
    default:
      return sql`delete from ${sql.table(tableOf[kind])} where tenant_id = ${tenantId} and id = ${id}`
  }
}

const isRetirable = (kind: VersionedKind): boolean => kind === 'object' || kind === 'field'

/** Columns that a state has only where they are set. */
const absentWhereUnset: Partial<Record<VersionedKind, MetadataState>> = {
  workspace: { navigation: null },
  object: { layout: null },
}

/** The columns of a state, with what `retired` stands for. */
function columnsOf(kind: VersionedKind, state: MetadataState): { names: string[]; row: MetadataState } {
  const { retired: _, ...rest } = state
  const row = { ...absentWhereUnset[kind], ...(isRetirable(kind) ? rest : state) }
  return { names: Object.keys(row), row }
}

function written(tenantId: string, kind: VersionedKind, id: string, state: MetadataState): RawBuilder<unknown> {
  const table = sql.table(tableOf[kind])
  const { names, row } = columnsOf(kind, state)
  const retirement = isRetirable(kind)
    ? sql`, retired_at = ${state.retired ? sql`coalesce(t.retired_at, now())` : sql`null`}`
    : sql``
  const set = sql.join(names.map((name) => sql`${sql.ref(name)} = s.${sql.ref(name)}`))
  return sql`update ${table} t set ${set}${retirement}
    from jsonb_populate_record(null::${table}, ${JSON.stringify(row)}::jsonb) s
    where ${kind === 'workspace' ? sql`t.id` : sql`t.tenant_id`} = ${tenantId} and t.id = ${id}`
}

function insertedAgain(tenantId: string, kind: VersionedKind, id: string, state: MetadataState): RawBuilder<unknown> {
  const table = sql.table(tableOf[kind])
  const { names, row } = columnsOf(kind, state)
  const retirement = isRetirable(kind) && state.retired
  // Versions do not know whether a workflow was on, and nothing begins to act by being brought back.
  const isOff = kind === 'workflow'
  const columns = sql.join([
    ...names.map((name) => sql.ref(name)),
    ...(retirement ? [sql`retired_at`] : []),
    ...(isOff ? [sql`enabled`] : []),
  ])
  const values = sql.join([
    ...names.map((name) => sql`s.${sql.ref(name)}`),
    ...(retirement ? [sql`now()`] : []),
    ...(isOff ? [sql`false`] : []),
  ])
  return sql`insert into ${table} (tenant_id, id, ${columns}) select ${tenantId}, ${id}, ${values}
    from jsonb_populate_record(null::${table}, ${JSON.stringify(row)}::jsonb) s`
}

/** Does the work, and leaves no trace of it where it fails or its result is not to be kept. */
export async function tryOut<T>(tx: Transaction, work: () => Promise<T>, isKept: (result: T) => boolean): Promise<T> {
  await tx.query(sql`savepoint tried`)
  try {
    const result = await work()
    await tx.query(isKept(result) ? sql`release savepoint tried` : sql`rollback to savepoint tried`)
    return result
  } catch (error) {
    await tx.query(sql`rollback to savepoint tried`)
    throw error
  }
}

/** From now on the changes of the transaction are told to take back, or to bring back, a version. */
export async function nameVersion(tx: Transaction, about: { undoes?: number; restores?: number }): Promise<void> {
  await tx.query(authorNamed(tx, about))
}
