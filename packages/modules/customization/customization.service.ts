/** Changes that an administrator makes to objects and fields while the workspace runs. */
import { newId } from '@oneforge/kernel/database'
import { conflict, type FieldProblem, notFound, validationError } from '@oneforge/kernel/errors'
import {
  bumpVersion,
  type CompiledObject,
  type FieldDefinition,
  type FieldRole,
  inLocale,
  insertField,
  insertObjects,
  loadModel,
  localized,
  type ObjectDefinition,
  orderFields,
  orderObjects,
  retiredFields,
  retireObject,
  setFieldRetired,
  slotOf,
  storedKey,
  type TenantModel,
  updateFieldRow,
  updateObjectRow,
} from '@oneforge/kernel/metadata'
import type { OperationContext } from '@oneforge/kernel/operations'
import { recordNumbersStarted } from '@oneforge/kernel/records'
import { isSlotFilled } from './computations.store.ts'
import type { FieldChange, NewField, NewObjectInput, ObjectChange } from './customization.schemas.ts'
import {
  changedDefinition,
  fieldDefinition,
  fieldProblems,
  optionalText,
  roleProblems,
  slotFor,
} from './definitions.ts'
import { dependentsOf, fieldOf, releaseDependents } from './dependents.ts'
import { derive } from './derivation.ts'
import {
  type Leaving,
  leaveOptions,
  type Moved,
  moveStanding,
  requireStillFree,
  withoutOptions,
} from './options.standing.ts'
import { rulesOf, storedDefinition, uniqueKeysOf } from './rules.definitions.ts'
import { finishChange } from './rules.service.ts'

/** Path segments that are not objects. */
export const reservedSlugs = new Set(
  'access audit auth dashboards duplicates favourites following merges locations networks notifications templates usage workspace objects search jobs imports exports files members notes health ready metrics docs openapi events uploads views workflows hooks'.split(
    ' ',
  ),
)

export const isReservedSlug = (slug: string): boolean => reservedSlugs.has(slug)

/** Takes the tenant's turn and reads its metadata as nobody else can change it any more. */
export async function beginChange(context: OperationContext): Promise<TenantModel> {
  await bumpVersion(context.tx, context.model.tenantId)
  return loadModel(context.tx, context.model.tenantId)
}

export function objectIn(model: TenantModel, slug: string): CompiledObject {
  const object = model.object.get(slug)
  if (!object) throw notFound(`The object “${slug}”`)
  return object
}

function stop(problems: FieldProblem[]): void {
  if (problems.length > 0) throw validationError(problems)
}

export async function createObject(context: OperationContext, input: NewObjectInput): Promise<void> {
  const model = await beginChange(context)
  if (model.object.has(input.slug)) throw conflict(`There is already an object “${input.slug}”. Choose another slug.`)
  const fields = input.fields.map((field) => fieldDefinition(field, context.locale))
  const roles = {
    title: fields.find((field) => field.type === 'text')?.key ?? fields[0]!.key,
    ...withoutNulls(input.roles),
  }
  const problems = fields.flatMap((field, index) => {
    const otherKeys = new Set(fields.slice(0, index).map((other) => other.key))
    const newInverses = new Set([
      ...fields.map(({ key }) => `${input.slug}.${key}`),
      ...inversesOf(fields.slice(0, index)),
    ])
    const newSlugs = new Set([input.slug])
    return fieldProblems(field, { model, roles, otherKeys, newSlugs, newInverses }, `fields[${index}].`)
  })
  if (isReservedSlug(input.slug))
    problems.push({ field: 'slug', message: `“${input.slug}” is a name of the system; choose another` })
  stop([...problems, ...roleProblems(roles, fields)])
  const stageField = fields.find((field) => field.key === roles.stage)
  const definition: ObjectDefinition = {
    slug: input.slug,
    label: localized(input.label, context.locale),
    labelPlural: localized(input.labelPlural, context.locale),
    description: optionalText(input.description, context.locale),
    icon: input.icon ?? 'box',
    color: input.color ?? undefined,
    group: optionalText(input.group, context.locale),
    numberPrefix: input.numberPrefix ?? `${input.slug.slice(0, 3).toUpperCase()}-`,
    numbering: input.numbering ?? undefined,
    located: input.located,
    roles,
    fields,
    rules: rulesOf(input.rules ?? [], context.locale, []),
    uniqueKeys: uniqueKeysOf(input.uniqueKeys ?? [], context.locale, []),
    pipelines: stageField
      ? [{ key: 'main', label: stageField.label, field: stageField.key, stages: stageField.options ?? [] }]
      : undefined,
  }
  const ids = new Map(model.objects.map((object) => [object.slug, object.id]))
  await insertObjects(context.tx, model.tenantId, [{ id: newId(), definition, position: model.objects.length }], ids)
  await finishChange(context, model, input.slug)
}

/** The names that relation fields take at their other sides. */
const inversesOf = (fields: FieldDefinition[]): string[] =>
  fields.flatMap(({ relation }) =>
    relation ? [relation.object, ...(relation.others ?? [])].map((slug) => `${slug}.${relation.inverse.key}`) : [],
  )

function withoutNulls(
  roles: Partial<Record<FieldRole, string | null>> | undefined,
): Partial<Record<FieldRole, string>> {
  return Object.fromEntries(Object.entries(roles ?? {}).filter(([, key]) => key !== null)) as Partial<
    Record<FieldRole, string>
  >
}

export async function updateObject(context: OperationContext, slug: string, change: ObjectChange): Promise<void> {
  const model = await beginChange(context)
  const object = objectIn(model, slug)
  const { locale, tx } = context
  const roles = change.roles
    ? (withoutNulls({ ...object.roles, ...change.roles }) as ObjectDefinition['roles'])
    : object.roles
  if (!roles.title)
    throw validationError([{ field: 'roles.title', message: 'cannot be empty: every record needs a title' }])
  stop(roleProblems(roles, object.fields))
  if (
    change.numberPrefix !== undefined &&
    change.numberPrefix !== object.numberPrefix &&
    (await recordNumbersStarted(tx, model, object))
  ) {
    throw conflict('Records already carry numbers with the old prefix, so it can no longer be changed.')
  }
  const stored = storedDefinition(object)
  await updateObjectRow(tx, model.tenantId, object.id, {
    ...stored,
    label: change.label === undefined ? object.label : localized(change.label, locale, object.label),
    labelPlural:
      change.labelPlural === undefined ? object.labelPlural : localized(change.labelPlural, locale, object.labelPlural),
    description: optionalText(change.description, locale, object.description),
    icon: change.icon ?? object.icon,
    color: change.color === undefined ? object.color : (change.color ?? undefined),
    group: optionalText(change.group, locale, object.group),
    numberPrefix: change.numberPrefix ?? object.numberPrefix,
    numbering: change.numbering === undefined ? stored.numbering : (change.numbering ?? undefined),
    located: change.located ?? object.located,
    roles,
    rules: change.rules ? rulesOf(change.rules, locale, object.rules) : object.rules,
    uniqueKeys: change.uniqueKeys ? uniqueKeysOf(change.uniqueKeys, locale, object.uniqueKeys) : stored.uniqueKeys,
    pipelines: pipelinesFor(object, roles),
  })
  await finishChange(context, model, slug)
  if (change.roles) await reproject(context, slug, movedRoles(object, roles))
}

/** Fields that fill a role which they did not fill before. */
const movedRoles = (object: CompiledObject, roles: ObjectDefinition['roles']): string[] =>
  Object.entries(roles).flatMap(([role, key]) => (key && object.roles[role as FieldRole] !== key ? [key] : []))

/** The field that fills the role `stage` always has a pipeline. */
function pipelinesFor(object: CompiledObject, roles: ObjectDefinition['roles']): ObjectDefinition['pipelines'] {
  const stage = roles.stage ? object.field.get(roles.stage) : undefined
  if (!stage || object.pipelines.some((pipeline) => pipeline.field === stage.key)) return object.pipelines
  return [...object.pipelines, { key: stage.key, label: stage.label, field: stage.key, stages: stage.options ?? [] }]
}

export async function deleteObject(context: OperationContext, slug: string, force: boolean): Promise<void> {
  const model = await beginChange(context)
  const object = objectIn(model, slug)
  if (!force && (await recordNumbersStarted(context.tx, model, object))) {
    throw conflict(
      `“${slug}” holds records, also in the trash. Send force=true to take it out of sight with all of them.`,
    )
  }
  await releaseDependents(context, model, { kind: 'object', object }, force)
  await retireObject(context.tx, model.tenantId, object.id)
  await finishChange(context, model, slug)
}

/** Takes an object out of sight that holds no records and that nothing else names; false where that is not so. */
export async function retireUnneeded(
  context: Pick<OperationContext, 'tx' | 'model' | 'locale'>,
  slug: string,
): Promise<boolean> {
  await bumpVersion(context.tx, context.model.tenantId)
  const model = await loadModel(context.tx, context.model.tenantId)
  const object = objectIn(model, slug)
  const { dependents, records } = await dependentsOf({ ...context, model }, { kind: 'object', object })
  if (dependents.length > 0 || records > 0) return false
  await retireObject(context.tx, model.tenantId, object.id)
  return true
}

export async function reorderObjects(context: OperationContext, order: string[]): Promise<void> {
  const model = await beginChange(context)
  for (const slug of order) objectIn(model, slug)
  const rest = model.objects.map((object) => object.slug).filter((slug) => !order.includes(slug))
  await orderObjects(context.tx, model.tenantId, [...order, ...rest])
}

export async function createField(context: OperationContext, slug: string, input: NewField): Promise<void> {
  const model = await beginChange(context)
  const object = objectIn(model, slug)
  const field = fieldDefinition(input, context.locale)
  const retired = await retiredFields(context.tx, model.tenantId, object.id)
  const otherKeys = new Set([...object.field.keys(), ...object.relation.keys(), ...retired.map((one) => one.key)])
  const newInverses = new Set([`${slug}.${field.key}`])
  stop(fieldProblems(field, { model, roles: object.roles, otherKeys, newSlugs: new Set(), newInverses }, ''))
  const ids = new Map(model.objects.map((one) => [one.slug, one.id]))
  const slot = slotFor(object, field.key, field.sortable)
  const values = [...object.fields, ...retired.map(({ key, definition }) => ({ key, ...definition }))].map(storedKey)
  // Values that stand under its key belong to a field that was called so.
  const stored = values.includes(field.key) ? { ...field, storedAs: `${field.key}~${object.changedIn}` } : field
  await insertField(context.tx, model.tenantId, object.id, stored, slot, ids)
  await finishChange(context, model, slug, `fields.${field.key}.`)
  // The slot may still hold the order of a field that had it before.
  if (slot !== null && (await isSlotFilled(context.tx, model.tenantId, object.id, slot))) {
    await reproject(context, slug, [field.key])
  }
}

export async function updateField(
  context: OperationContext,
  slug: string,
  key: string,
  { replace, ...change }: FieldChange,
): Promise<Moved> {
  const leaving = await optionsThatGo(context, slug, key, { replace, ...change })
  const model = await beginChange(context)
  const object = objectIn(model, slug)
  const field = fieldOf(object, key)
  const definition = withoutOptions(changedDefinition(field, change, context.locale), leaving)
  stop(
    fieldProblems(definition, { model, roles: object.roles, otherKeys: new Set(), newSlugs: new Set() }, '').filter(
      (problem) => !problem.field.startsWith('relation.inverse'),
    ),
  )
  const wasSortable = slotOf(field) !== null
  const sortable = change.sortable ?? wasSortable
  await requireStillFree(context, object, field, leaving)
  const { key: _key, ...rest } = definition
  await updateFieldRow(context.tx, model.tenantId, field.id, { ...rest, sortable }, slotFor(object, key, sortable))
  if (change.options) await updateStages(context, object, key, definition.options ?? [])
  const after = await finishChange(context, model, slug, `fields.${key}.`)
  if (sortable !== wasSortable) await reproject(context, slug, sortable ? [key] : [])
  else if (change.searchable !== undefined || (field.searchable && change.options))
    await reproject(context, slug, [key])
  return moveStanding(context, after, object, field, leaving)
}

/** Looked at before the turn is taken, as all records of the object may have to be counted. */
async function optionsThatGo(
  context: OperationContext,
  slug: string,
  key: string,
  { options, replace }: FieldChange,
): Promise<Leaving> {
  const object = objectIn(context.model, slug)
  const field = fieldOf(object, key)
  const kept = options?.map((option) => (typeof option === 'string' ? { value: option } : option))
  return leaveOptions(context, object, field, kept ?? [...field.optionByValue.values()], replace)
}

const isStageField = (object: CompiledObject, key: string): boolean =>
  object.pipelines.some((pipeline) => pipeline.field === key)

/** The options of a pipeline's field are its stages. */
async function updateStages(
  context: OperationContext,
  object: CompiledObject,
  key: string,
  stages: ObjectDefinition['fields'][number]['options'],
): Promise<void> {
  if (!isStageField(object, key)) return
  const pipelines = object.pipelines.map((pipeline) =>
    pipeline.field === key ? { ...pipeline, stages: stages ?? [] } : pipeline,
  )
  await updateObjectRow(context.tx, context.model.tenantId, object.id, { ...storedDefinition(object), pipelines })
}

/** Columns and search text are derived from what metadata says: derive them anew. */
export async function reproject(context: OperationContext, slug: string, keys: string[]): Promise<void> {
  const model = await loadModel(context.tx, context.model.tenantId)
  const object = objectIn(model, slug)
  await derive(
    context,
    model,
    object,
    keys.flatMap((key) => object.field.get(key) ?? []),
  )
}

/** Takes a field out of sight. What depends on it stands in the way, or is mended with `force`. */
export async function retireField(context: OperationContext, slug: string, key: string, force: boolean): Promise<void> {
  const model = await beginChange(context)
  const object = objectIn(model, slug)
  const field = fieldOf(object, key)
  const role = Object.entries(object.roles).find(([, fieldKey]) => fieldKey === key)?.[0]
  if (role === 'title' || (role && !force)) {
    throw conflict(`“${key}” fills the role “${role}” of ${slug}. Give the role to another field first.`)
  }
  await releaseDependents(context, model, { kind: 'field', object, field }, force)
  await setFieldRetired(context.tx, model.tenantId, field.id, true)
  await finishChange(context, model, slug, `fields.${key}.`)
  // Nothing of it may be found. A slot is filled anew for the field that takes it.
  if (field.searchable || role) await reproject(context, slug, [])
}

export async function listRetiredFields(context: OperationContext, slug: string): Promise<object[]> {
  const object = objectIn(context.model, slug)
  const fields = await retiredFields(context.tx, context.model.tenantId, object.id)
  return fields.map(({ key, definition }) => ({
    key,
    label: inLocale(definition.label, context.locale),
    type: definition.type,
  }))
}

export async function restoreField(context: OperationContext, slug: string, key: string): Promise<void> {
  const model = await beginChange(context)
  const object = objectIn(model, slug)
  const field = (await retiredFields(context.tx, model.tenantId, object.id)).find((one) => one.key === key)
  if (!field) throw notFound(`The retired field “${key}” of ${slug}`)
  await setFieldRetired(context.tx, model.tenantId, field.id, false)
  await updateFieldRow(
    context.tx,
    model.tenantId,
    field.id,
    field.definition,
    slotFor(object, key, field.definition.sortable),
  )
  await finishChange(context, model, slug, `fields.${key}.`)
  await reproject(context, slug, [key])
}

export async function reorderFields(context: OperationContext, slug: string, keys: string[]): Promise<void> {
  const model = await beginChange(context)
  const object = objectIn(model, slug)
  const unknown = keys.find((key) => !object.field.has(key))
  if (unknown) throw validationError([{ field: 'keys', message: `“${unknown}” is not a field of ${slug}` }])
  const rest = object.fields.map((field) => field.key).filter((key) => !keys.includes(key))
  await orderFields(context.tx, model.tenantId, object.id, [...keys, ...rest])
}
