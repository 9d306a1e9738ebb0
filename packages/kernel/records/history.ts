/** What happened to a record, as its audit entries tell it, limited to the fields the caller may see. */
import { atBest, fieldAccess, forRecord, mayExpression } from '../access/index.ts'
import { isId, type Row, sql } from '../database/index.ts'
import { type CompiledObject, type CompiledRelation, inLocale } from '../metadata/index.ts'
import type { RecordContext } from './context.ts'
import { changedFileNames, pastFiles, type ToldFile, toldFiles } from './history-files.ts'
import { mergedIds } from './merge.store.ts'
import { readRow } from './read.ts'
import { visibleRelation } from './relations.ts'
import { readFromCursor } from './sort.ts'

export interface HistoryEntry {
  id: string
  at: string
  action: string
  actor: { id: string | null; name: string }
  changes: { field: string; label: string; before: unknown; after: unknown }[]
  source: string | null
  /** The file that the entry is about. */
  file: ToldFile | null
}

interface AuditRow extends Row {
  id: string
  at: string
  action: string
  actor_id: string | null
  actor_name: string | null
  changes: Record<string, unknown>
  source: string | null
}

/** Newest first; the cursor is the moment and id of the last entry shown. */
export async function recordHistory(
  context: RecordContext,
  object: CompiledObject,
  id: string,
  query: { limit: number; before?: { at: string; id: string } },
): Promise<{ entries: HistoryEntry[]; next: { at: string; id: string } | null }> {
  const { voices } = await readRow(context, object, id, { deleted: true })
  const merged = await mergedIds(context, id)
  const rows = await readFromCursor(query.before, () =>
    context.tx.query<AuditRow>(sql`select a.id, a.at::text as at, a.action, a.actor_id, coalesce(u.name, a.acted_by) as actor_name, a.changes, a.source
    from audit_entries a left join users u on u.id = a.actor_id
    where a.tenant_id = ${context.model.tenantId} and (a.record_id = ${id} or a.record_id = any(${merged}::uuid[]) and a.action not in ('deleted', 'restored'))
      ${query.before ? sql`and (a.at, a.id) < (${query.before.at}::timestamptz, ${query.before.id}::uuid)` : sql``}
    order by a.at desc, a.id desc limit ${query.limit + 1}`),
  )
  const shown = rows.slice(0, query.limit)
  const last = rows.length > query.limit ? shown.at(-1) : undefined
  const seen = await seenRecords(context, object, shown)
  const isShown = shownHere(context, object, voices)
  const files = await toldFiles(context, shown)
  const names = await changedFileNames(
    context,
    object,
    shown.map(({ changes }) => changes),
  )
  return {
    entries: shown.map((row) => ({
      ...present(context, object, row, { seen, names }, isShown),
      file: files.get(row.id) ?? null,
    })),
    next: last ? { at: last.at, id: last.id } : null,
  }
}

interface SeenRecord {
  id: string
  object: string
  title: string | null
}
export type Seen = Map<string, SeenRecord & { isDeleted: boolean }>

/** Of the records that changed links point to, those that the caller may see; records in the trash are among them. */
export async function seenRecords(
  context: RecordContext,
  object: CompiledObject,
  rows: Pick<AuditRow, 'changes'>[],
): Promise<Seen> {
  const { model, policy } = context
  const linked = [...object.relation.keys()].flatMap((key) => {
    const relation = visibleRelation({ ...context, policy: atBest(policy) }, object, key)
    const ids = rows
      .flatMap((row) => [row.changes[key]].flat(2))
      .map(idOfLinked)
      .filter(isId)
    return relation && ids.length > 0 ? relation.objects.map(({ id }) => ({ relation, objectId: id, ids })) : []
  })
  if (linked.length === 0) return new Map()
  const perObject = linked.map(({ objectId, ids }) => {
    const may = mayExpression(policy, model.objectById.get(objectId)!, 'read', 'r')
    return sql`(r.object_id = ${objectId} and r.id = any(${ids}::uuid[]) and ${may})`
  })
  const found = await context.tx.query<Row & { id: string; title: string; object_id: string; is_deleted: boolean }>(
    sql`select r.id, r.title, r.object_id, r.deleted_at is not null as is_deleted from records r
      where r.tenant_id = ${model.tenantId} and (${sql.join(perObject, sql` or `)})`,
  )
  return new Map(
    found.map(({ id, title, object_id, is_deleted: isDeleted }) => {
      const other = model.objectById.get(object_id)!
      const titled = fieldAccess(policy, other, other.roles.title) !== 'hidden'
      return [id, { id, object: other.slug, title: titled ? title : null, isDeleted }]
    }),
  )
}

/** Links are told by their ids; a change of what one says of itself by the record at its other end. */
const idOfLinked = (value: unknown): unknown =>
  typeof value === 'object' && value !== null ? (value as { other?: unknown }).other : value

function present(
  context: RecordContext,
  object: CompiledObject,
  row: AuditRow,
  { seen, names }: { seen: Seen; names: Map<string, string> },
  isShown: (key: string) => boolean,
): Omit<HistoryEntry, 'file'> {
  const changes = Object.entries(row.changes).flatMap(([key, change]) => {
    if (!isShown(key)) return []
    const values = row.action === 'created' ? [null, change] : (change as [unknown, unknown])
    const relation = object.relation.get(key)
    const field = object.field.get(key)
    const [before, after] = values.map((value) => {
      if (relation) return onlySeen(relation, value, seen)
      return field?.type === 'file' ? pastFiles(field, value, names) : value
    })
    // A link to a record that is hidden from the caller has left no trace for them.
    if (relation && before === null && after === null) return []
    return [{ field: key, label: labelOf(context, object, key), before, after }]
  })
  return {
    id: row.id,
    at: new Date(row.at).toISOString(),
    action: row.action,
    actor: { id: row.actor_id, name: row.actor_name ?? 'OneForge' },
    changes,
    source: row.source,
  }
}

/** An id tells nothing where the relation leads to several objects: there the record stands with its object and title. */
export function onlySeen({ objects }: CompiledRelation, linked: unknown, seen: Seen): unknown {
  const visible = [linked ?? []].flat().flatMap((one) => {
    const found = seen.get(idOfLinked(one) as string)
    if (!found) return []
    const { isDeleted: _, ...other } = found
    if (typeof one === 'object') return [{ ...one, other }]
    return [objects.length > 1 ? other : one]
  })
  if (visible.length === 0) return null
  return Array.isArray(linked) ? visible : visible[0]
}

/**
 * What is told of this record. A field that was retired is told no more: nobody can say any longer who might have seen
 * it. A relation that a field of the other side holds is told where all records there show it.
 */
function shownHere({ model, policy }: RecordContext, object: CompiledObject, voices: string | null | undefined) {
  const here = { model, policy: forRecord(policy, object, voices) }
  return (key: string): boolean => {
    const field = object.field.get(key)
    if (field && field.type !== 'relation') return fieldAccess(here.policy, object, key) !== 'hidden'
    const viewer = field ? here : { model, policy }
    return visibleRelation(viewer, object, key) !== undefined || key === 'ownerId' || key === 'locationId'
  }
}

export function labelOf(context: RecordContext, object: CompiledObject, key: string): string {
  const label = object.field.get(key)?.label ?? object.relation.get(key)?.label
  return label ? inLocale(label, context.locale) : key
}
