/** Works out the values that follow a moment later; see `late-note.ts`. */
import { sql } from '../../database/index.ts'
import { type ComputedField, computedGraph } from '../../expressions/index.ts'
import { holdModel } from '../../metadata/index.ts'
import type { RecordContext } from '../context.ts'
import { isLate } from './late-note.ts'
import { settle } from './settle.ts'

/** Worked out by one transaction. */
const batchSize = 1_000

interface Noted {
  id: string
  /** Null where the record has been removed for good. */
  object_id: string | null
}

/** Works out what was noted in the workspace; returns whether there may be more. */
export async function settleLate(context: RecordContext): Promise<boolean> {
  const { tx, model } = context
  const { tenantId } = model
  const take = sql`with noted as (
      delete from late_values v using (select id from late_values where tenant_id = ${tenantId}
        order by id limit ${batchSize} for update skip locked) as oldest
      where v.tenant_id = ${tenantId} and v.id = oldest.id returning v.record_id
    )
    select n.record_id as id, r.object_id from noted n left join records r on r.tenant_id = ${tenantId} and r.id = n.record_id`
  const noted = (await tx.batch<Noted>([...holdModel(model), take])).at(-1)!
  const forced = new Map<ComputedField, string[]>()
  const byObject = Map.groupBy(noted, ({ object_id }) => object_id)
  for (const [objectId, some] of byObject) {
    const fields = computedGraph(model).byObject.get(objectId ?? '') ?? []
    const ids = [...new Set(some.map(({ id }) => id))]
    for (const computed of fields.filter(isLate)) forced.set(computed, ids)
  }
  if (forced.size > 0) await settle(context, { forced })
  return noted.length === batchSize
}
