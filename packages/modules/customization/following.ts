/** What follows from a change of metadata of any extent: whether it fits together, and work on the records. */
import { computedGraph } from '@oneforge/kernel/expressions'
import { type CompiledField, type CompiledObject, orderedStorage, type TenantModel } from '@oneforge/kernel/metadata'
import type { OperationContext } from '@oneforge/kernel/operations'
import {
  comparedBy,
  type DeferredWork,
  duplicateSettings,
  recordNumbersStarted,
  ruleProblems,
  workToTheEnd,
} from '@oneforge/kernel/records'
import { deriveComputed } from './computations.service.ts'
import { roleProblems } from './definitions.ts'
import { derive } from './derivation.ts'
import { beginStays } from './pipelines.standing.ts'
import { followRules } from './rules.service.ts'

export interface ModelProblem {
  object: string
  /** `fields.total.computed`, `rules.discharge.check`, `roles.title` */
  field: string
  message: string
}

/** What does not fit together in the new model and did in the old one. */
export function newProblems(before: TenantModel, after: TenantModel): ModelProblem[] {
  const known = new Set(problemsOf(before).map(textOf))
  return problemsOf(after).filter((problem) => !known.has(textOf(problem)))
}

const textOf = ({ object, field, message }: ModelProblem): string => [object, field, message].join(' ')

/** All that does not fit together in a model. */
export function problemsOf(model: TenantModel): ModelProblem[] {
  const broken = computedGraph(model).fields.flatMap(({ object, field, plan }) =>
    plan.kind === 'broken'
      ? [{ object: object.slug, field: `fields.${field.key}.computed`, message: plan.problem }]
      : [],
  )
  const others = model.objects.flatMap((object) =>
    [...ruleProblems(model, object), ...roleProblems(object.roles, object.fields)].map((problem) => ({
      object: object.slug,
      ...problem,
    })),
  )
  return [...broken, ...others]
}

/** Brings unique values, numbers, computed values, columns and search texts in line with the new model. */
export async function followMetadata(
  context: OperationContext,
  before: TenantModel,
  after: TenantModel,
): Promise<void> {
  for (const { slug } of after.objects) await followRules({ ...context, model: after }, before, slug)
  await deriveComputed(context, before, after)
  for (const { slug } of after.objects) await beginStays(context, before, after, slug)
  for (const object of after.objects) await followComparisons(context, before, after, object)
  for (const object of after.objects) {
    const earlier = before.objectById.get(object.id)
    const fields = object.fields.filter((field) => projectionOf(field) !== projectionIn(earlier, field))
    const isGone = earlier?.fields.some((field) => field.searchable && !object.fields.some(({ id }) => id === field.id))
    if (fields.length > 0 || isGone) await derive(context, after, object, fields)
  }
}

/** Records get the keys of rules that compare other values than before. */
async function followComparisons(
  context: OperationContext,
  before: TenantModel,
  after: TenantModel,
  object: CompiledObject,
): Promise<void> {
  const comparisons = (one: CompiledObject) => duplicateSettings(one).rules.map((rule) => comparedBy(one, rule))
  const earlier = before.objectById.get(object.id)
  const known = new Set(earlier && comparisons(earlier))
  const isKnown = comparisons(object).every((one) => known.has(one))
  if (isKnown || !(await recordNumbersStarted(context.tx, after, object))) return
  const work: DeferredWork = { kind: 'keys', objectId: object.id }
  if (context.defer) await context.defer(work)
  else await workToTheEnd({ ...context, model: after }, work)
}

/** What of a field goes into the columns and the search text of its records; nothing of most. */
function projectionOf(field: CompiledField): string {
  const { searchable = false, type, options = [] } = field
  const storage = orderedStorage(field)
  if (!searchable && storage.kind !== 'slot' && storage.kind !== 'role') return ''
  const words = searchable ? options.map(({ value, label }) => [value, label]) : []
  return JSON.stringify([type, searchable, words, storage])
}

function projectionIn(object: CompiledObject | undefined, { id }: CompiledField): string {
  const field = object?.fields.find((one) => one.id === id)
  return field ? projectionOf(field) : ''
}
