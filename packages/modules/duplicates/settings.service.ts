/** The rules by which records of an object are compared: read, changed, tried out. */
import { fieldAccess, forRecord } from '@oneforge/kernel/access'
import { notFound, validationError } from '@oneforge/kernel/errors'
import {
  bumpVersion,
  type CompiledObject,
  type DuplicateRule,
  type DuplicateSettings,
  inLocale,
  loadModel,
  updateDuplicateSettings,
} from '@oneforge/kernel/metadata'
import type { OperationContext } from '@oneforge/kernel/operations'
import {
  comparisonsOf,
  describeReasons,
  duplicateKeys,
  duplicateRuleProblems,
  duplicateSettings,
  suggestedSettings,
} from '@oneforge/kernel/records'
import type { LongJobs } from '@oneforge/modules/jobs'
import { newestRows } from './pairs.store.ts'
import { pairsWithin, scanType } from './scan.ts'

export interface SettingsChange {
  active?: boolean
  threshold?: number
  rules?: DuplicateRule[] | null
}

/** The object, retired or unknown ones not among them; administrators shape what they cannot read, too. */
export function shapedObject({ model }: Pick<OperationContext, 'model'>, slug: string): CompiledObject {
  const object = model.object.get(slug)
  if (!object) throw notFound(`The object “${slug}”`)
  return object
}

export function presentSettings(
  context: OperationContext,
  object: CompiledObject,
  jobId: string | null = null,
): object {
  const given = object.duplicates ?? suggestedSettings(object)
  return {
    active: given.active !== false,
    threshold: given.threshold,
    isDefault: object.duplicates === undefined,
    rules: given.rules,
    comparable: object.fields.flatMap((field) => {
      const compares = comparisonsOf(field)
      return compares.length > 0 ? [{ field: field.key, label: inLocale(field.label, context.locale), compares }] : []
    }),
    jobId,
  }
}

/** Changes the rules; records are compared anew by a job where something else is compared now. */
export async function changeSettings(
  context: OperationContext,
  longJobs: LongJobs,
  slug: string,
  change: SettingsChange,
): Promise<object> {
  const { tx, model } = context
  await bumpVersion(tx, model.tenantId)
  const object = shapedObject({ model: await loadModel(tx, model.tenantId) }, slug)
  const before = object.duplicates ?? suggestedSettings(object)
  const isReset = change.rules === null
  const after: DuplicateSettings = {
    active: change.active ?? (isReset ? true : before.active),
    threshold: change.threshold ?? (isReset ? suggestedSettings(object).threshold : before.threshold),
    rules: change.rules ?? (isReset ? suggestedSettings(object).rules : before.rules),
  }
  const problems = duplicateRuleProblems(object, after.rules)
  if (problems.length > 0) throw validationError(problems)
  const isSuggested = isReset && change.active === undefined && change.threshold === undefined
  const duplicates = isSuggested ? undefined : after
  await updateDuplicateSettings(tx, model.tenantId, object.id, duplicates)
  const changed = { ...object, duplicates }
  const isOther = meaningOf(duplicateSettings(object)) !== meaningOf(duplicateSettings(changed))
  const job = isOther ? await longJobs.start(context, { type: scanType, objectId: object.id, input: {} }) : null
  return presentSettings(context, changed, job?.jobId ?? null)
}

const meaningOf = ({ threshold, rules }: DuplicateSettings): string => JSON.stringify([threshold, rules])

/** So many records are compared to show what rules would find. */
const previewed = 2_000
const mostExamples = 10

/** What the rules would find among the newest records that the caller may see. */
export async function previewSettings(
  context: OperationContext,
  slug: string,
  { threshold, rules }: { threshold: number; rules: DuplicateRule[] },
): Promise<object> {
  const object = shapedObject(context, slug)
  const problems = duplicateRuleProblems(object, rules)
  if (problems.length > 0) throw validationError(problems)
  const drafted = { ...object, duplicates: { threshold, rules } }
  const rows = context.policy.objects.has(slug) ? await newestRows(context, object, previewed) : []
  const groups = Map.groupBy(
    rows.flatMap(({ id, data }) =>
      duplicateKeys(drafted, data).map(({ rule, key }) => ({ id, key: `${rule} ${key}` })),
    ),
    ({ key }) => key,
  )
  const values = new Map(rows.map(({ id, data }) => [id, data]))
  const ids = [...groups.values()].map((group) => group.map(({ id }) => id)).filter((group) => group.length <= 200)
  const pairs = pairsWithin(drafted, ids, values).sort((a, b) => a.score - b.score)
  const rowById = new Map(rows.map((row) => [row.id, row]))
  return {
    checked: rows.length,
    pairs: pairs.length,
    examples: pairs.slice(0, mostExamples).map(({ first, second, score, reasons }) => ({
      score,
      reasons: describeReasons(context, drafted, reasons),
      records: [first, second].map((id) => {
        const row = rowById.get(id)!
        const seen = fieldAccess(forRecord(context.policy, object, row.voices), object, object.roles.title) !== 'hidden'
        return { id, recordNumber: row.record_number, title: seen ? row.title : null }
      }),
    })),
  }
}

/** The rules of which the caller sees all fields. */
export function knownRules(context: Pick<OperationContext, 'policy'>, object: CompiledObject): string[] {
  return duplicateSettings(object)
    .rules.filter(({ parts }) => parts.every(({ field }) => fieldAccess(context.policy, object, field) !== 'hidden'))
    .map(({ key }) => key)
}
