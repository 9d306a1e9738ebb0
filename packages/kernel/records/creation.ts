/** Whether new records lie within what their maker may create: asked of the database once they stand in it. */
import { rowCondition, scopeOf } from '../access/index.ts'
import { type RawBuilder, type SqlBool, sql } from '../database/index.ts'
import { type AppError, forbidden } from '../errors/index.ts'
import type { CompiledObject } from '../metadata/index.ts'
import type { RecordContext } from './context.ts'

/** How records come in: an import takes the right to import each of them as well. */
export type Entrance = 'create' | 'import'

/** What new records have to fulfil; empty where the caller may create any. */
export function creationLimits(
  { policy }: Pick<RecordContext, 'policy'>,
  object: CompiledObject,
  entrance: Entrance,
): RawBuilder<SqlBool>[] {
  const actions = entrance === 'import' ? (['create', 'import'] as const) : (['create'] as const)
  return actions.flatMap((action) => {
    const reach = scopeOf(policy, object, action)
    return (reach && rowCondition(policy, reach, 'r')) ?? []
  })
}

/** Those of the new records that the caller may not create. */
export async function recordsOutside(
  context: RecordContext,
  ids: string[],
  limits: RawBuilder<SqlBool>[],
): Promise<Set<string>> {
  if (limits.length === 0) return new Set()
  const rows = await context.tx.query<{ id: string }>(sql`select r.id from records r
    where r.tenant_id = ${context.model.tenantId} and r.id = any(${ids}::uuid[])
      and (${sql.join(limits, sql` and `)}) is not true`)
  return new Set(rows.map((row) => row.id))
}

export const mayNotCreate = (object: CompiledObject): AppError =>
  forbidden(
    `Your role allows you to create only some ${object.labelPlural.en.toLowerCase()}: this one would belong to somebody or somewhere that is not yours, or does not have the values it needs.`,
  )
