/** The stays of one record, as far as the caller sees the fields of its pipelines. */
import { fieldAccess, forRecord } from '@oneforge/kernel/access'
import { notFound, validationError } from '@oneforge/kernel/errors'
import { appendEvents } from '@oneforge/kernel/events'
import type { CompiledObject, PipelineDefinition } from '@oneforge/kernel/metadata'
import { moneyOfMinor } from '@oneforge/kernel/metadata/values'
import type { OperationContext } from '@oneforge/kernel/operations'
import { accessOfField, lockRecord, readRow, stageOf } from '@oneforge/kernel/records'
import type { z } from 'zod'
import type { staySchema } from './pipelines.schemas.ts'
import { readStays, type StayRow, tick } from './stays.store.ts'

type Stay = z.output<typeof staySchema>
type Viewer = Pick<OperationContext, 'model' | 'policy'>

/** The pipelines whose field the caller sees. */
function seenPipelines(viewer: Viewer, object: CompiledObject): PipelineDefinition[] {
  return object.pipelines.filter((pipeline) => {
    const field = object.field.get(pipeline.field)
    return field && accessOfField(viewer, object, field) !== 'hidden'
  })
}

const viewerOf = (context: OperationContext, object: CompiledObject, voices: string | null | undefined): Viewer => ({
  ...context,
  policy: forRecord(context.policy, object, voices),
})

export async function staysOf(context: OperationContext, object: CompiledObject, id: string): Promise<Stay[]> {
  const { voices } = await readRow(context, object, id, { deleted: true })
  const viewer = viewerOf(context, object, voices)
  const pipelines = seenPipelines(viewer, object)
  if (pipelines.length === 0) return []
  const fieldIds = pipelines.map(({ field }) => object.field.get(field)!.id)
  const rows = await readStays(context.tx, { tenantId: context.model.tenantId, recordId: id }, fieldIds)
  return rows.map((row) => present(viewer, object, row))
}

function present(viewer: Viewer, object: CompiledObject, row: StayRow): Stay {
  const pipeline = object.pipelines.find(({ field }) => object.field.get(field)?.id === row.field_id)!
  const { amount } = object.roles
  const seesAmount = amount !== undefined && fieldAccess(viewer.policy, object, amount) !== 'hidden'
  const hasAmount = seesAmount && row.amount_minor !== null && row.currency !== null
  return {
    pipeline: pipeline.key,
    stage: row.stage,
    enteredAt: row.entered_at,
    leftAt: row.left_at,
    leftTo: row.left_to,
    exact: row.exact,
    enteredBy: row.entered_by ? { id: row.entered_by, name: row.entered_name ?? 'OneForge' } : null,
    ownerId: row.owner_id,
    amount: hasAmount ? moneyOfMinor(BigInt(row.amount_minor!), row.currency!) : null,
    reason: row.reason,
    note: row.note,
    ticks: Object.entries(row.ticks).map(([item, { at, by, name }]) => ({
      item,
      at: new Date(at).toISOString(),
      by: by ? { id: by, name: name ?? 'OneForge' } : null,
    })),
  }
}

/** Ticks an item of the checklist of the stage where the record stands, or takes the tick back. */
export async function check(
  context: OperationContext,
  object: CompiledObject,
  id: string,
  { pipeline: key, item, done }: { pipeline: string; item: string; done: boolean },
): Promise<Stay> {
  const { row } = await lockRecord(context, object, id, 'update')
  const viewer = viewerOf(context, object, row.voices)
  const pipeline = seenPipelines(viewer, object).find((one) => one.key === key)
  const field = pipeline && object.field.get(pipeline.field)
  if (!pipeline || !field) throw notFound(`The pipeline “${key}” of ${object.slug}`)
  if (accessOfField(viewer, object, field) !== 'write')
    throw validationError([{ field: field.key, message: 'may be read but not changed by your role' }])
  const place = { tenantId: context.model.tenantId, recordId: row.id }
  const [open] = await readStays(context.tx, place, [field.id], { open: true })
  const stage = stageOf(pipeline, open?.stage)
  if (!open || !stage?.checklist?.some((one) => one.key === item))
    throw notFound(`“${item}” on the checklist of the stage where the record stands`)
  const userId = context.actor.userId
  await tick(context.tx, place, field.id, { item, done, userId })
  const payload = { object: object.slug, pipeline: key, stage: open.stage, item, done }
  await appendEvents(context.tx, [
    { type: 'record.checked', objectId: object.id, recordId: row.id, actorId: userId, payload },
  ])
  const [after] = await readStays(context.tx, place, [field.id], { open: true })
  return present(viewer, object, after!)
}
