/** Reads records for a change: locked in the order of their ids, so that two bulk changes cannot wait for each other. */
import { inScope, requireAction, scopeOf } from '../access/index.ts'
import { isId, sql } from '../database/index.ts'
import { type AppError, conflict, forbidden, notFound } from '../errors/index.ts'
import type { CompiledObject, ObjectAction } from '../metadata/index.ts'
import type { ExistingRecord } from './assemble.ts'
import type { RecordContext } from './context.ts'
import { presentRecord, type RecordRow, recordColumns } from './row.ts'

export interface LockedRecord extends ExistingRecord {
  row: RecordRow
}

type LockedRow = RecordRow & { all_links: [string, string][] | null }

/** The records with these ids that the caller may read; what is not there or not theirs to see is left out. */
export async function lockRecords(
  context: RecordContext,
  object: CompiledObject,
  ids: string[],
  options: { deleted?: boolean } = {},
): Promise<Map<string, LockedRecord>> {
  const { tenantId } = context.model
  const hasRelations = object.relations.some((relation) => relation.direction === 'out')
  const allLinks = hasRelations
    ? sql`(select jsonb_agg(jsonb_build_array(l.relation_id, l.to_id) order by l.position, l.created_at) from links l
        where l.tenant_id = ${tenantId} and l.from_id = r.id)`
    : sql`null::jsonb`
  const rows =
    await context.tx.query<LockedRow>(sql`select ${recordColumns(context.model, context.policy, object)}, ${allLinks} as all_links
    from records r where r.tenant_id = ${tenantId} and r.object_id = ${object.id} and r.id = any(${ids.filter(isId)}::uuid[])
      and r.deleted_at is ${options.deleted ? sql`not null` : sql`null`}
    order by r.id for update of r`)
  const scope = scopeOf(context.policy, object, 'read')
  const visible = rows.filter((row) => scope !== undefined && inScope(context.policy, scope, row))
  return new Map(visible.map((row) => [row.id, existing(row)]))
}

function existing(row: LockedRow): LockedRecord {
  const links = new Map<string, string[]>()
  for (const [relationId, otherId] of row.all_links ?? [])
    links.set(relationId, [...(links.get(relationId) ?? []), otherId])
  return { id: row.id, owner_id: row.owner_id, location_id: row.location_id, data: row.data, links, row }
}

/** One record for a change: 404 if the caller may not see it, 403 if not change it, 409 if it has moved on. */
export async function lockRecord(
  context: RecordContext,
  object: CompiledObject,
  id: string,
  action: ObjectAction,
  options: { version?: number; deleted?: boolean } = {},
): Promise<LockedRecord> {
  requireAction(context.policy, object, 'read')
  const scope = requireAction(context.policy, object, action)
  const locked = (await lockRecords(context, object, [id], options)).get(id)
  if (!locked) throw notFound(`The record ${id} of ${object.slug}`)
  if (!inScope(context.policy, scope, locked)) throw outOfScope(object, action)
  requireVersion(context, object, locked.row, options.version)
  return locked
}

export const outOfScope = (object: CompiledObject, action: ObjectAction): AppError =>
  forbidden(`Your role allows you to ${action} only your own ${object.labelPlural.en.toLowerCase()}.`)

/** A stale edit gets the current record, so that the caller can show both. */
export function requireVersion(context: RecordContext, object: CompiledObject, row: RecordRow, version?: number): void {
  if (version === undefined || version === row.version) return
  throw conflict(
    `The record was changed since version ${version}; it is at version ${row.version} now. Look at it and try again.`,
    {
      data: presentRecord(context.model, context.policy, object, row),
    },
  )
}
