/**
 * Derives what stands beside the values of existing records anew, after metadata has changed: columns, order, search text
 * and computed values. A batch is a short transaction; versions and histories stay as they are.
 */
import { sql } from '../database/index.ts'
import { type ComputedField, computedGraph } from '../expressions/index.ts'
import { type CompiledObject, holdModel, type TenantModel } from '../metadata/index.ts'
import type { DeferredWork, Derivation, DiscardedValues, Remainder } from './computed/deferred-work.ts'
import { dependentsStatement } from './computed/dependents.ts'
import { settle } from './computed/settle.ts'
import type { RecordContext } from './context.ts'
import { convertRecords } from './conversion.ts'
import { writeNextKeys } from './duplicates/keys.ts'
import { numberExisting } from './rules/number-existing.ts'
import { forgetValues } from './rules/unique-index.ts'
import { beginStays, reinstate, restage } from './stages/work.ts'

/** Whoever changes metadata waits for the batch that is under way, and all writers wait behind them. */
const batchSize = 100

/** Whether the object ever held a record, the trash included. */
export async function recordNumbersStarted(
  tx: RecordContext['tx'],
  model: TenantModel,
  object: CompiledObject,
): Promise<boolean> {
  const rows = await tx.query(
    sql`select 1 as one from record_counters where tenant_id = ${model.tenantId} and object_id = ${object.id} and last_number > 0`,
  )
  return rows.length > 0
}

/** How many records the work is about. */
export async function countDeferred(context: RecordContext, work: DeferredWork): Promise<number> {
  const { tenantId } = context.model
  // Of a change of stages it is not known without looking at all; each record that moves is one of them.
  const all = sql`select id from records where tenant_id = ${tenantId} and object_id = ${work.objectId}`
  const some = () => {
    const { routes, after } = work as Remainder
    return dependentsStatement(context, routes, { after, limit: 10_000_000 })
  }
  const [row] = await context.tx.query<{ count: number }>(
    sql`select count(*) as count from (${work.kind === 'recompute' ? some() : all}) as concerned`,
  )
  return row!.count
}

/** The next records of the work after this id: undefined when there are none, else where they end and how many they were. */
export async function workOnDeferred(
  caller: RecordContext,
  work: DeferredWork,
  after: string | undefined,
): Promise<{ after: string; count: number } | undefined> {
  const context = { ...caller, unjudged: true }
  if (work.kind === 'restage') return restage(context, work, after)
  if (work.kind === 'reinstate') return reinstate(context, work, after)
  if (work.kind === 'stays') return beginStays(context, work, after)
  if (work.kind === 'number') return numberExisting(context, work, after)
  if (work.kind === 'forget') return forget(context, work)
  if (work.kind === 'keys') return writeNextKeys(context, work, after)
  if (work.kind === 'convert') return convertRecords(context, work, after)
  if (work.kind === 'unique') throw new Error('Unique values are taken by a job of their own.')
  const { model, tx } = context
  const statement = work.kind === 'derive' ? nextOf(model, work, after) : remaining(context, work, after)
  const rows = (await tx.batch<{ id: string }>([...holdModel(model), statement])).at(-1)!
  const ids = rows.map(({ id }) => id)
  if (ids.length === 0) return undefined
  const fieldIds = work.kind === 'derive' ? work.fieldIds : [work.fieldId]
  const fields = (computedGraph(model).byObject.get(work.objectId) ?? []).filter(({ field }) =>
    fieldIds.includes(field.id),
  )
  const forced = new Map<ComputedField, string[]>(fields.map((one) => [one, ids]))
  await settle(context, { forced, rewritten: work.kind === 'derive' ? new Set(ids) : undefined })
  return { after: ids.at(-1)!, count: ids.length }
}

async function forget(
  context: RecordContext,
  work: DiscardedValues,
): Promise<{ after: string; count: number } | undefined> {
  const isMore = await forgetValues(context, work, { inUse: true })
  return isMore ? { after: work.objectId, count: 0 } : undefined
}

const nextOf = ({ tenantId }: TenantModel, { objectId }: Derivation, after: string | undefined) =>
  sql`select id from records where tenant_id = ${tenantId} and object_id = ${objectId}
    ${after ? sql`and id > ${after}::uuid` : sql``} order by id limit ${batchSize}`

const remaining = (context: RecordContext, work: Remainder, after: string | undefined) =>
  dependentsStatement(context, work.routes, { after: after ?? work.after, limit: batchSize })

/** Does the work to its end in the transaction at hand: for a caller that has nobody to leave it to. */
export async function workToTheEnd(context: RecordContext, work: DeferredWork): Promise<void> {
  let after: string | undefined
  do after = (await workOnDeferred(context, work, after))?.after
  while (after !== undefined)
}
