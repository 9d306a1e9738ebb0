/** Looks for duplicates of each record that was made or changed: by hand, by a program, by an import. */
import { systemPolicy } from '@oneforge/kernel/access'
import { type Database, StaleModel } from '@oneforge/kernel/database'
import type { DomainEvent, EventConsumer } from '@oneforge/kernel/events'
import { type CompiledObject, ModelCache } from '@oneforge/kernel/metadata'
import { duplicateSettings, type RecordContext, recordsLike } from '@oneforge/kernel/records'
import { systemActor } from '@oneforge/kernel/tenancy'
import { forgetPairs, inOrder, savePairs, valuesOf } from './pairs.store.ts'

const telling = new Set(['record.created', 'record.updated', 'record.restored', 'record.merged', 'record.unmerged'])

export function pairFinder(database: Database): EventConsumer {
  const models = new ModelCache(database)
  return {
    name: 'duplicates',
    async handle(event) {
      const { objectId, recordId, tenantId } = event
      if (!telling.has(event.type) || !objectId || !recordId) return
      try {
        await look(database, models, event, { tenantId, objectId, recordId })
      } catch (error) {
        if (!(error instanceof StaleModel)) throw error
        await models.refresh(tenantId)
        await look(database, models, event, { tenantId, objectId, recordId })
      }
    },
  }
}

async function look(
  database: Database,
  models: ModelCache,
  event: DomainEvent,
  { tenantId, objectId, recordId }: { tenantId: string; objectId: string; recordId: string },
): Promise<void> {
  const model = await models.get(tenantId)
  const object = model.objectById.get(objectId)
  if (!object || !isConcerned(object, event)) return
  await database.transaction({ tenantId, version: model.version }, async (tx) => {
    const context: RecordContext = {
      tx,
      model,
      policy: systemPolicy(model),
      actor: systemActor,
      requestId: `event ${event.seq}`,
      ip: null,
      source: 'system',
      locale: model.locale,
      now: new Date(),
    }
    await lookFor(context, object, recordId)
  })
}

/** Whether something that is compared may have changed. */
function isConcerned(object: CompiledObject, { type, payload }: DomainEvent): boolean {
  const { rules } = duplicateSettings(object)
  if (rules.length === 0) return false
  const { fields } = payload as { fields?: string[] }
  if (type !== 'record.updated' || !fields) return true
  return rules.some(({ parts }) => parts.some(({ field }) => fields.includes(field)))
}

async function lookFor(context: RecordContext, object: CompiledObject, id: string): Promise<void> {
  const [record] = await valuesOf(context, object, [id])
  if (!record) return
  const alike = await recordsLike(context, object, record)
  const pairs = alike.map(({ id: other, score, reasons }) => {
    const [first, second] = inOrder(id, other)
    return { first, second, score, reasons }
  })
  const { tx, model } = context
  await forgetPairs(
    tx,
    model.tenantId,
    id,
    alike.map((other) => other.id),
  )
  await savePairs(tx, model.tenantId, object.id, pairs)
}
