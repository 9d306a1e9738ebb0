/** The records one step away that rules look at. */

import { sql } from '../../database/index.ts'
import type { RecordValues } from '../../expressions/index.ts'
import { type CompiledObject, fromStored } from '../../metadata/index.ts'
import type { RecordContext } from '../context.ts'
import type { RecordRow } from '../row.ts'
import { type JudgedChange, linksByRelation, valuesOf } from './state.ts'

type LinkedRow = RecordRow & { object_id: string; all_links: [relationId: string, otherId: string][] | null }

/**
 * All records that the changes point at, or pointed at before, over these relations: by id, as rules see them. The rules
 * are the workspace's, so it makes no difference whether the caller may see them; those in the trash are left out.
 */
export async function linkedRecords(
  context: RecordContext,
  object: CompiledObject,
  relationKeys: ReadonlySet<string>,
  changes: JudgedChange[],
): Promise<Map<string, RecordValues>> {
  const relations = object.relations.filter(({ key, direction }) => direction === 'out' && relationKeys.has(key))
  const ids = new Set(
    changes.flatMap(({ input, before }) =>
      relations.flatMap((relation) => [
        ...(input?.links.get(relation) ?? []),
        ...(before?.links.get(relation.relationId) ?? []),
      ]),
    ),
  )
  return ids.size === 0 ? new Map() : storedValues(context, [...ids])
}

/** Records by id, as rules see them. */
export async function storedValues(context: RecordContext, ids: string[]): Promise<Map<string, RecordValues>> {
  const { tenantId, objectById } = context.model
  const rows = await context.tx.query<LinkedRow>(sql`select r.*, null as links, (
      select jsonb_agg(jsonb_build_array(l.relation_id, l.to_id) order by l.position, l.created_at) from links l
      where l.tenant_id = ${tenantId} and l.from_id = r.id) as all_links
    from records r where r.tenant_id = ${tenantId} and r.id = any(${ids}::uuid[]) and r.deleted_at is null`)
  return new Map(rows.map((row) => [row.id, valuesOfLinked(objectById.get(row.object_id)!, row)]))
}

function valuesOfLinked(object: CompiledObject, row: LinkedRow): RecordValues {
  const links = linksByRelation(row.all_links)
  const data = fromStored(object, row.data)
  return valuesOf(object, { data, ownerId: row.owner_id, locationId: row.location_id, links, row })
}
