/** One record. */
import { type Reach, requireAction, rowCondition } from '../access/index.ts'
import { type RawBuilder, sql } from '../database/index.ts'
import { notFound } from '../errors/index.ts'
import type { CompiledObject } from '../metadata/index.ts'
import type { RecordContext } from './context.ts'
import { readRecords } from './reading.ts'
import { type RecordRow, recordColumns } from './row.ts'

/** For a WHERE that goes on with it: `and …`, or nothing where the caller may see every row. */
export function andReached(context: Pick<RecordContext, 'policy'>, reach: Reach, alias: string): RawBuilder<unknown> {
  const condition = rowCondition(context.policy, reach, alias)
  return condition ? sql`and ${condition}` : sql``
}

/** The record's row if the caller may see it, else 404. */
export async function readRow(
  context: RecordContext,
  object: CompiledObject,
  id: string,
  options: { deleted?: boolean; last?: boolean } = {},
): Promise<RecordRow> {
  const reach = requireAction(context.policy, object, 'read')
  const statement = sql`select ${recordColumns(context.model, context.policy, object)} from records r
    where r.tenant_id = ${context.model.tenantId} and r.id = ${id} and r.object_id = ${object.id}
      ${options.deleted ? sql`` : sql`and r.deleted_at is null`} ${andReached(context, reach, 'r')}`
  const [rows] = await readRecords<RecordRow>(context, object, [statement], { last: options.last, one: true })
  const row = rows![0]
  if (!row) throw notFound(`The record ${id} of ${object.slug}`)
  return row
}
