/** What every change of metadata answers for: rules and roles that still make sense, unique values and numbers that follow them. */
import { type AppError, conflict, type FieldProblem, notFound, validationError } from '@oneforge/kernel/errors'
import type { CompiledField, CompiledObject, TenantModel } from '@oneforge/kernel/metadata'
import type { OperationContext } from '@oneforge/kernel/operations'
import { type BrokenRule, changeUniqueKeys, continueNumbers, countBroken, ruleProblems } from '@oneforge/kernel/records'
import { deriveComputed, loadSettled } from './computations.service.ts'
import { fieldsMadeNow } from './computations.store.ts'
import { roleProblems } from './definitions.ts'
import { numberRecords } from './derivation.ts'
import { beginStays } from './pipelines.standing.ts'
import { rulesOf } from './rules.definitions.ts'
import type { RuleInput } from './rules.schemas.ts'

/**
 * Reads the metadata as the change has left it and refuses what does not fit together any more: what is said of the
 * object itself is the caller's input (400 at `path`), what other fields and objects say stands in the way (409).
 *
 * @param path begins the names of problems that the caller's input has: `fields.city.` of the object `slug`.
 */
export async function finishChange(
  context: OperationContext,
  before: TenantModel,
  slug: string,
  path = '',
): Promise<TenantModel> {
  const after = await loadSettled(context, slug, path)
  const own: FieldProblem[] = []
  const others: AppError[] = []
  for (const object of after.objects) {
    const earlier = before.object.get(object.slug)
    const known = new Set((earlier ? problemsOf(before, earlier) : []).map(textOf))
    for (const problem of problemsOf(after, object)) {
      if (known.has(textOf(problem))) continue
      if (object.slug !== slug || !problem.field.startsWith(path)) others.push(standsInTheWay(object.slug, problem))
      else own.push({ ...problem, field: problem.field.slice(path.length) })
    }
  }
  if (own.length > 0) throw validationError(own)
  if (others[0]) throw others[0]
  await followRules({ ...context, model: after }, before, slug)
  await deriveComputed(context, before, after)
  await beginStays(context, before, after, slug)
  return after
}

const problemsOf = (model: TenantModel, object: CompiledObject): FieldProblem[] => [
  ...ruleProblems(model, object),
  ...roleProblems(object.roles, object.fields),
]

const textOf = ({ field, message }: FieldProblem): string => `${field} ${message}`

const standsInTheWay = (slug: string, { field, message }: FieldProblem): AppError =>
  conflict(`This would break “${field}” of ${slug}, which ${message}. Change that first.`)

/** Unique values and counters of the object are brought in line with its keys and patterns. */
export async function followRules(context: OperationContext, before: TenantModel, slug: string): Promise<void> {
  const object = context.model.object.get(slug)
  const earlier = before.object.get(slug)
  if (!object || !earlier) return
  await changeUniqueKeys(context, earlier.uniqueKeys, object)
  const isChanged = (key: string | undefined): boolean => patternOf(object, key) !== patternOf(earlier, key)
  const older = await numberedAnew(context, object, earlier)
  const isMeant = (key: string | undefined): boolean =>
    isChanged(key) && !older.fresh.some((field) => field.key === key)
  await continueNumbers(context, object, isMeant)
  await numberRecords(context, object, older)
}

function patternOf({ numbering, field }: CompiledObject, key: string | undefined): string {
  const found = key === undefined ? undefined : field.get(key)
  return JSON.stringify(key === undefined ? numbering : [found?.id, found?.compiledNumbering])
}

/** Autonumber fields that the object did not have: those that never were, and those that are back. */
async function numberedAnew(
  { tx, model }: OperationContext,
  object: CompiledObject,
  earlier: CompiledObject,
): Promise<{ fresh: CompiledField[]; restored: CompiledField[] }> {
  const known = new Set(earlier.fields.map(({ id }) => id))
  const added = object.fields.filter(({ id, compiledNumbering }) => compiledNumbering && !known.has(id))
  if (added.length === 0) return { fresh: [], restored: [] }
  const made = await fieldsMadeNow(tx, model.tenantId)
  return { fresh: added.filter(({ id }) => made.has(id)), restored: added.filter(({ id }) => !made.has(id)) }
}

/** Counts the records that break the object's rules, or those of the drafts. */
export async function checkRules(
  context: OperationContext,
  slug: string,
  drafts: RuleInput[] | undefined,
): Promise<BrokenRule[]> {
  const object = context.model.object.get(slug)
  if (!object) throw notFound(`The object “${slug}”`)
  const rules = drafts ? rulesOf(drafts, context.locale, object.rules) : object.rules
  const problems = drafts
    ? ruleProblems(context.model, { ...object, rules }).filter(({ field }) => field.startsWith('rules'))
    : []
  if (problems.length > 0) throw validationError(problems)
  return countBroken(context, object, rules)
}
