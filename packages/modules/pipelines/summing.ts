/** Adds up the stays of large pipelines by day, so that their figures over years are read at once. */
import type { Database, Transaction } from '@oneforge/kernel/database'
import type { JobKind } from '@oneforge/kernel/jobs'
import {
  type CompiledObject,
  loadModel,
  type PipelineDefinition,
  type StageDefinition,
  type TenantModel,
} from '@oneforge/kernel/metadata'
import { addUpDays, changedPipelines, forgetDays, hasStays, type SummedPipeline } from './figures-by-day.store.ts'

/** When days that have changed are added up anew, as `createJobs().schedule` takes it: each minute. */
export const summingSchedule = '* * * * *'

/** Fewer stays are counted in an instant. */
const fewestStays = 20_000

export const summingKind = (database: Database): JobKind => ({
  name: 'pipelines.days',
  async handle() {
    for (const { tenantId, fieldId } of await changedPipelines(database)) {
      const work = (tx: Transaction) => addUp(tx, tenantId, fieldId)
      while (await database.transaction({ tenantId }, work)) {
        // A few days each time, so that no transaction is long.
      }
    }
  },
})

/** @returns whether there is more to do. */
async function addUp(tx: Transaction, tenantId: string, fieldId: string): Promise<boolean> {
  const pipeline = pipelineOver(await loadModel(tx, tenantId), fieldId)
  if (pipeline && (await hasStays(tx, tenantId, fieldId, fewestStays))) return addUpDays(tx, pipeline)
  await forgetDays(tx, tenantId, fieldId)
  return false
}

function pipelineOver(model: TenantModel, fieldId: string): SummedPipeline | undefined {
  for (const object of model.objects) {
    const pipeline = object.pipelines.find(({ field }) => object.field.get(field)?.id === fieldId)
    if (pipeline) return summedPipeline(model, object, pipeline)
  }
  return undefined
}

/** What the figures of a pipeline rest on. */
export function summedPipeline(
  model: TenantModel,
  object: CompiledObject,
  { field, stages }: PipelineDefinition,
): SummedPipeline {
  const valuesOf = (isMeant: (stage: StageDefinition) => boolean) => stages.filter(isMeant).map(({ value }) => value)
  return {
    tenantId: model.tenantId,
    objectId: object.id,
    fieldId: object.field.get(field)!.id,
    timeZone: model.timeZone,
    forward: valuesOf(({ kind }) => kind !== 'lost'),
    won: valuesOf(({ kind }) => kind === 'won'),
    lost: valuesOf(({ kind }) => kind === 'lost'),
  }
}
