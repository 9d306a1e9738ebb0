/** What merges read and write beyond records themselves: links and notes that change hands, and what it takes to undo. */
import { type Row, sql } from '../database/index.ts'
import { asStored, type CompiledObject, fromStored } from '../metadata/index.ts'
import type { RecordContext } from './context.ts'
import { entriesInsert } from './entries.ts'
import type { RecordData } from './project.ts'

/** A link with all that is said of it. */
export interface LinkRow extends Row {
  relation_id: string
  from_id: string
  to_id: string
  from_single: boolean
  to_single: boolean
  position: number
  data: unknown
  created_at: string
  created_by: string | null
  is_primary: boolean
  to_position: number | null
}

/** A link as it was, and what has become of it; null where it was put aside. */
export interface MovedLink {
  before: LinkRow
  after: LinkRow | null
}

/** The survivor's own values at one moment, by the names of fields; a merge keeps them as they are stored. */
export interface Standing {
  data: RecordData
  ownerId: string | null
  locationId: string | null
}

export interface Carried {
  before: Standing
  after: Standing
  links: MovedLink[]
  notes: string[]
}

export interface MergeRow extends Row {
  id: string
  object_id: string
  kept_id: string
  merged_id: string
  carried: Carried
  made_at: string
  made_by: string | null
  undone_at: string | null
}

const linkColumns = sql.raw(
  'relation_id, from_id, to_id, from_single, to_single, position, data, created_at, created_by, is_primary, to_position',
)
/** Moments as texts: they lose their last digits on the way through JavaScript otherwise. */
const linkColumnsRead = sql.raw(`l.relation_id, l.from_id, l.to_id, l.from_single, l.to_single, l.position, l.data,
  l.created_at::text as created_at, l.created_by, l.is_primary, l.to_position`)
const linkShape = sql.raw(`relation_id uuid, from_id uuid, to_id uuid, from_single boolean, to_single boolean,
  position int, data jsonb, created_at timestamptz, created_by uuid, is_primary boolean, to_position int`)

/** All links of the records, at either end. */
export const linksOf = ({ tx, model }: RecordContext, ids: string[]): Promise<LinkRow[]> =>
  tx.query<LinkRow>(sql`select ${linkColumnsRead} from links l where l.tenant_id = ${model.tenantId} and l.from_id = any(${ids}::uuid[])
    union select ${linkColumnsRead} from links l where l.tenant_id = ${model.tenantId} and l.to_id = any(${ids}::uuid[])`)

/** Takes links away; gives back those that were still there, as they were. */
export const takeLinks = ({ tx, model }: RecordContext, links: LinkRow[]): Promise<LinkRow[]> =>
  tx.query<LinkRow>(sql`delete from links l
    using jsonb_to_recordset(${JSON.stringify(links)}::jsonb) as gone(relation_id uuid, from_id uuid, to_id uuid)
    where l.tenant_id = ${model.tenantId} and l.relation_id = gone.relation_id and l.from_id = gone.from_id and l.to_id = gone.to_id
    returning ${linkColumnsRead}`)

/** Puts links in, leaving those that are there. */
export async function putLinks({ tx, model }: RecordContext, links: LinkRow[]): Promise<void> {
  await tx.query(sql`insert into links (tenant_id, ${linkColumns})
    select ${model.tenantId}, ${linkColumns} from jsonb_to_recordset(${JSON.stringify(links)}::jsonb) as t(${linkShape})
    on conflict (tenant_id, relation_id, from_id, to_id) do nothing`)
}

/** Hands notes and comments from one record to another: all of them, or the named ones with what was said on them since. Gives their ids. */
export async function handNotes(
  { tx, model }: RecordContext,
  from: string,
  to: string,
  ids?: string[],
): Promise<string[]> {
  const rows = await tx.query<Row & { id: string }>(sql`update notes set record_id = ${to}
    where tenant_id = ${model.tenantId} and record_id = ${from} ${ids ? sql`and (id = any(${ids}::uuid[]) or parent_id = any(${ids}::uuid[]))` : sql``} returning id`)
  return rows.map(({ id }) => id).sort()
}

/** Says into which record this one went; null once it is back. */
export async function markMerged({ tx, model }: RecordContext, id: string, into: string | null): Promise<void> {
  await tx.query(sql`update records set merged_into = ${into} where tenant_id = ${model.tenantId} and id = ${id}`)
}

const mergeColumns = sql.raw('id, object_id, kept_id, merged_id, carried, made_at, made_by, undone_at')

export async function insertMerge(
  { tx, model, actor }: RecordContext,
  object: CompiledObject,
  merge: { id: string; keptId: string; mergedId: string; carried: Carried },
): Promise<void> {
  await tx.query(sql`insert into merges (tenant_id, id, object_id, kept_id, merged_id, carried, made_by)
    values (${model.tenantId}, ${merge.id}, ${object.id}, ${merge.keptId}, ${merge.mergedId},
      ${JSON.stringify(inNames(merge.carried, (data) => asStored(object, data)))}::jsonb, ${actor.userId})`)
}

/** What was carried by the names that fields have now. */
export const carriedBy = (object: CompiledObject, { carried }: MergeRow): Carried =>
  inNames(carried, (data) => fromStored(object, data))

const inNames = ({ before, after, ...rest }: Carried, named: (data: RecordData) => RecordData): Carried => ({
  ...rest,
  before: { ...before, data: named(before.data) },
  after: { ...after, data: named(after.data) },
})

/** The merge, held until the transaction ends. */
export async function lockMerge({ tx, model }: RecordContext, id: string): Promise<MergeRow | undefined> {
  const [row] = await tx.query<MergeRow>(
    sql<MergeRow>`select ${mergeColumns} from merges where tenant_id = ${model.tenantId} and id = ${id} for update`,
  )
  return row
}

/** The merge that took this record away, if it is away. */
export async function mergeOf({ tx, model }: RecordContext, mergedId: string): Promise<MergeRow | undefined> {
  const [row] = await tx.query<MergeRow>(sql<MergeRow>`select ${mergeColumns} from merges
    where tenant_id = ${model.tenantId} and merged_id = ${mergedId} and undone_at is null`)
  return row
}

/** Which of the records were merged into others. */
export async function mergedAmong({ tx, model }: RecordContext, ids: string[]): Promise<Set<string>> {
  const rows = await tx.query<Row & { merged_id: string }>(sql`select merged_id from merges
    where tenant_id = ${model.tenantId} and merged_id = any(${ids}::uuid[]) and undone_at is null`)
  return new Set(rows.map(({ merged_id }) => merged_id))
}

/** Whether the survivor took part in another merge since. */
export async function wasMergedLater({ tx, model }: RecordContext, { id, kept_id }: MergeRow): Promise<boolean> {
  const later = await tx.query(sql`select id from merges where tenant_id = ${model.tenantId} and undone_at is null
    and id > ${id} and (kept_id = ${kept_id} or merged_id = ${kept_id}) limit 1`)
  return later.length > 0
}

export async function markUndone({ tx, model, actor }: RecordContext, id: string): Promise<void> {
  await tx.query(sql`update merges set undone_at = now(), undone_by = ${actor.userId}
    where tenant_id = ${model.tenantId} and id = ${id}`)
}

/** Where a record that was merged away has come to in the end; undefined where it was not. */
export async function survivorId({ tx, model }: RecordContext, object: CompiledObject, id: string) {
  const [row] = await tx.query<Row & { id: string }>(sql`with recursive way as (
      select r.merged_into as id, 1 as step from records r
      where r.tenant_id = ${model.tenantId} and r.id = ${id} and r.object_id = ${object.id} and r.merged_into is not null
      union all
      select r.merged_into, way.step + 1 from way join records r on r.tenant_id = ${model.tenantId} and r.id = way.id
      where r.merged_into is not null and way.step < 100
    ) select id from way order by step desc limit 1`)
  return row?.id
}

/** The records that were merged into this one, also by way of others: their histories are its own. */
export async function mergedIds({ tx, model }: RecordContext, id: string): Promise<string[]> {
  const rows = await tx.query<Row & { id: string }>(sql`with recursive gone as (
      select id from records where tenant_id = ${model.tenantId} and merged_into = ${id}
      union
      select r.id from gone join records r on r.tenant_id = ${model.tenantId} and r.merged_into = gone.id
    ) select id from gone`)
  return rows.map((row) => row.id)
}

export interface ListedMerge extends Row {
  id: string
  merged_id: string
  record_number: string
  title: string
  made_at: string
  made_by: string | null
  made_by_name: string | null
  undone_at: string | null
}

/** Merges into the record, newest first. */
export const mergesInto = ({ tx, model }: RecordContext, id: string): Promise<ListedMerge[]> =>
  tx.query<ListedMerge>(sql<ListedMerge>`select m.id, m.merged_id, r.record_number, r.title, m.made_at, m.made_by,
      u.name as made_by_name, m.undone_at
    from merges m join records r on r.tenant_id = ${model.tenantId} and r.id = m.merged_id
      left join users u on u.id = m.made_by
    where m.tenant_id = ${model.tenantId} and m.kept_id = ${id} order by m.id desc limit 100`)

/** Both records remember: an entry in the history of each, and an event. */
export async function tellOfMerge(
  context: RecordContext,
  object: CompiledObject,
  action: 'merged' | 'unmerged',
  { keptId, mergedId }: { keptId: string; mergedId: string },
): Promise<void> {
  const { tx, model, actor } = context
  const from = sql`from unnest(${[keptId, mergedId]}::uuid[]) as t(id)`
  await tx.batch([
    entriesInsert(context, { action, objectId: object.id, recordId: sql`t.id`, from }),
    sql`insert into events (tenant_id, type, object_id, record_id, actor_id, payload) values (${model.tenantId},
      ${`record.${action}`}, ${object.id}, ${keptId}, ${actor.userId},
      jsonb_build_object('object', ${object.slug}::text, 'other', ${mergedId}::text))`,
  ])
}
