/** What a change of metadata means for computed fields: their types, what is wrong with them, and work on the records. */
import { followWay } from '@oneforge/kernel/access'
import { type FieldProblem, validationError } from '@oneforge/kernel/errors'
import {
  type ComputedField,
  compileFieldFormula,
  computedGraph,
  conditionsOf,
  type FormulaProblem,
  kindOfType,
  resultTypes,
} from '@oneforge/kernel/expressions'
import {
  type CompiledObject,
  canBeSortable,
  definitionOf,
  type FieldType,
  inLocale,
  loadModel,
  slotOf,
  type TenantModel,
  updateFieldRow,
} from '@oneforge/kernel/metadata'
import type { OperationContext } from '@oneforge/kernel/operations'
import { markMoving } from './computations.store.ts'
import { derive } from './derivation.ts'

/** Formulas may be made of formulas of formulas; deeper than this nobody reads them. */
const mostRounds = 20

/**
 * Reads the metadata as a change has left it, with the result types of formulas worked out; refuses computed fields of
 * the object that cannot be, and circles.
 *
 * @param path begins the names of problems in the caller's input: `fields.total.`; with '' all fields are the caller's.
 */
export async function loadSettled(context: OperationContext, slug: string, path: string): Promise<TenantModel> {
  let model = await loadModel(context.tx, context.model.tenantId)
  if (computedGraph(model).fields.length === 0) return model
  const [circle] = computedGraph(model).circles
  if (circle) {
    throw validationError([{ field: 'computed', message: `goes in a circle: ${shortened(circle, slug)}` }])
  }
  model = await withTypes(context, model)
  const problems = computedGraph(model)
    .fields.filter((one) => one.object.slug === slug && isOwn(one, path))
    .flatMap((one) =>
      problemsOf(model, one).map((problem) => ({ ...problem, field: pathOf(one, path) + problem.field })),
    )
  if (problems.length > 0) throw validationError(problems)
  return model
}

/** The metadata with the result types of all formulas that name none. */
export async function loadWithTypes(context: OperationContext): Promise<TenantModel> {
  return withTypes(context, await loadModel(context.tx, context.model.tenantId))
}

async function withTypes(context: OperationContext, model: TenantModel): Promise<TenantModel> {
  let typed = model
  for (let round = 0; round < mostRounds && (await settleTypes(context, typed)); round++) {
    typed = await loadModel(context.tx, model.tenantId)
  }
  return typed
}

const shortened = (circle: string[], slug: string): string =>
  circle.map((name) => (name.startsWith(`${slug}.`) ? name.slice(slug.length + 1) : name)).join(' → ')

const isOwn = ({ field }: ComputedField, path: string): boolean => path === '' || path === `fields.${field.key}.`
const pathOf = ({ field }: ComputedField, path: string): string => (path === '' ? `fields.${field.key}.` : '')

/** Writes down the types of formulas that name none, once what they are made of has one; whether there was any. */
async function settleTypes(context: OperationContext, model: TenantModel): Promise<boolean> {
  const graph = computedGraph(model)
  const isOpen = ({ field }: ComputedField) =>
    field.computation!.kind === 'formula' && field.computation!.resultType === undefined
  const found = graph.fields.filter((one) => {
    const sources = one.sources.flatMap(({ object, key }) => {
      const source = key === undefined ? undefined : object.field.get(key)
      return (source && graph.byField.get(source)) ?? []
    })
    return isOpen(one) && one.plan.kind === 'formula' && !sources.some(isOpen)
  })
  for (const { field, plan } of found) {
    if (plan.kind !== 'formula') continue
    const { key: _key, ...definition } = definitionOf(field)
    const resultType: FieldType = resultTypes(plan.formula.kind)[0] ?? 'text'
    const settled = { ...definition, computed: { ...definition.computed, resultType } }
    await updateFieldRow(context.tx, model.tenantId, field.id, settled, slotOf(field))
  }
  return found.length > 0
}

/** What is wrong with a computed field, by part: `computed.expression`, `sortable`, … */
function problemsOf(model: TenantModel, { object, field, plan }: ComputedField): FieldProblem[] {
  const { kind, expression = '', resultType } = field.computation!
  if (kind === 'formula') {
    const { problems } = formulaProblems(model, object, expression, resultType)
    if (problems.length > 0)
      return problems.map((problem) => ({ field: 'computed.expression', message: worded(problem) }))
  }
  if (plan.kind === 'broken') return [{ field: partAtFault(field.computation!), message: plan.problem }]
  const unstable = plan.kind === 'rollup' && plan.filter && conditionsOf(plan.filter).find(isUnstable)
  if (unstable) {
    return [{ field: 'computed.filter', message: 'cannot ask who is looking, or when a record was last saved' }]
  }
  if (field.sortable && !canBeSortable(field.type)) {
    return [{ field: 'sortable', message: `does not apply to values of type ${field.type}` }]
  }
  return []
}

const movingAttributes = new Set(['updatedAt', 'updatedBy', 'version', 'deletedAt', 'stageSince'])

const isUnstable = ({ target, operands }: ReturnType<typeof conditionsOf>[number]): boolean =>
  (target.kind === 'value' && target.system && movingAttributes.has(target.key.split('.')[0]!)) ||
  operands.some((operand) => 'me' in operand)

const partAtFault = ({
  kind,
  relation,
  field,
  filter,
  problem = '',
}: NonNullable<ComputedField['field']['computation']>) => {
  if (kind === 'formula') return 'computed.expression'
  if (relation === undefined || problem.includes('relation of') || problem.includes('several objects')) {
    return 'computed.relation'
  }
  return filter !== undefined && problem === ''
    ? 'computed.filter'
    : field === undefined
      ? 'computed.field'
      : 'computed.field'
}

/** What is wrong with a formula and with the type that its results are to have; that type where nothing is. */
export function formulaProblems(
  model: TenantModel,
  object: CompiledObject,
  expression: string,
  resultType: FieldType | undefined,
): { problems: FormulaProblem[]; type?: FieldType } {
  const compiled = compileFieldFormula(model, object, expression)
  if ('problems' in compiled) return compiled
  const types = resultTypes(compiled.formula.kind)
  const [natural] = types
  if (!natural) return { problems: [{ message: 'never has a value', position: null }] }
  if (resultType === undefined || types.includes(resultType)) return { problems: [], type: resultType ?? natural }
  const message = `gives ${natural}, which cannot become ${resultType}; possible are ${types.join(', ')}`
  return { problems: [{ message, position: null }] }
}

/** Fields that a formula may name, over two relations at the most, as far as the caller sees them. */
export function namesFor(
  { model, policy, locale }: Pick<OperationContext, 'model' | 'policy' | 'locale'>,
  object: CompiledObject,
): { name: string; label: string; type: FieldType }[] {
  const reach = (from: CompiledObject, way: string[], labels: string[]): ReturnType<typeof namesFor> => {
    const arrival = followWay(policy, model, object, way)
    if (!arrival) return []
    const own = from.fields.flatMap((field) => {
      if (!kindOfType(field.type) || !arrival.sees(field.key)) return []
      const label = [...labels, inLocale(field.label, locale)].join(' › ')
      return [{ name: [...way, field.key].join('.'), label, type: field.type }]
    })
    if (way.length === 2) return own
    const further = from.relations.filter(({ many, objects }) => !many && objects.length === 1)
    const beyond = further.flatMap(({ key, label, objectId }) =>
      reach(model.objectById.get(objectId)!, [...way, key], [...labels, inLocale(label, locale)]),
    )
    return [...own, ...beyond]
  }
  return reach(object, [], [])
}

const worded = ({ message, position }: FormulaProblem): string =>
  position ? `${message} (at character ${position.start + 1})` : message

/** Has the records worked through whose computed fields are made of something else than before the change. */
export async function deriveComputed(
  context: OperationContext,
  before: TenantModel,
  after: TenantModel,
): Promise<void> {
  const [old, fresh] = [computedGraph(before), computedGraph(after)]
  if (old.fields.length === 0 && fresh.fields.length === 0) return
  const known = new Set(old.fields.map(makingOf))
  const changed = fresh.fields.filter((one) => !known.has(makingOf(one)))
  for (const [object, fields] of Map.groupBy(changed, (one) => one.object)) {
    await derive(
      context,
      after,
      object,
      [],
      fields.map(({ field }) => field),
    )
  }
  const moving = fresh.fields.filter((one) => one.moving).map(({ field }) => field.id)
  await markMoving(context.tx, after.tenantId, moving)
}

/** Two fields with the same text give the same values for the same records. */
function makingOf({ field, plan, sources }: ComputedField): string {
  const { problem: _problem, shared: _shared, ...computation } = field.computation!
  const made = sources.map(({ object, key, relations }) => {
    const source = key === undefined ? undefined : object.field.get(key)
    return [object.id, source?.id, source?.type, relations.map(({ relationId, many }) => [relationId, many])]
  })
  const parts = plan.kind === 'activities' ? plan.parts : []
  const about = parts.map(({ relation, ...part }) => [relation.relationId, part])
  return JSON.stringify([field.id, field.type, field.currency, computation, plan.kind, made, about])
}
