/** Metadata as the API shows it: labels in the caller's language, rights as the caller has them. */
import { atBest, seesAll, widestScope } from '@oneforge/kernel/access'
import { computedGraph, isProtectedField } from '@oneforge/kernel/expressions'
import {
  type CompiledField,
  type CompiledObject,
  type CompiledRelation,
  type FieldOption,
  inLocale,
  isSetBySystem,
  type LinkAttribute,
  type LocalizedText,
  objectActions,
  orderedStorage,
  type StageDefinition,
} from '@oneforge/kernel/metadata'
import type { OperationContext } from '@oneforge/kernel/operations'
import { accessOfField, relationAccess, seenConditions, seenDefault, visibleTargets } from '@oneforge/kernel/records'
import { readWarnings } from '@oneforge/modules/usage'
import { templateBySlug } from '@oneforge/templates'
import { presentLayout, presentNavigation } from './arrangements.presentation.ts'
import { presentNumbering, presentRules } from './rules.presentation.ts'
import { type ObjectCount, recordCounts } from './workspace.store.ts'

export type Viewer = Pick<OperationContext, 'model' | 'policy' | 'locale' | 'locationId'>

/** What one glance at the workspace needs: its name, template, objects with counts, and what the caller may do. */
export async function presentWorkspace(context: OperationContext): Promise<object> {
  const { model, locale, policy } = context
  const { user, counts } = await recordCounts(context.tx, model.tenantId, context.actor.userId!)
  const objects = visibleObjects(context)
  return {
    id: model.tenantId,
    name: model.name,
    slug: model.slug,
    locale: model.locale,
    currency: model.currency,
    country: model.country ?? null,
    timeZone: model.timeZone,
    template: model.template && { ...model.template, name: templateName(model.template.slug, locale) },
    user,
    roles: policy.roles.map(({ key }) => ({ key, label: roleLabel(context, key) })),
    permissions: {
      admin: [...policy.admin],
      objects: Object.fromEntries(objects.map((object) => [object.slug, permissions(context, object)])),
    },
    objects: objects.map((object) => objectSummary(context, object, counts)),
    navigation: presentNavigation(context, objects),
    metadataVersion: model.version,
    warnings: await readWarnings(context),
  }
}

export const visibleObjects = (viewer: Viewer): CompiledObject[] =>
  viewer.model.objects.filter((object) => viewer.policy.objects.has(object.slug))

function templateName(slug: string, locale: string): string {
  const template = templateBySlug(slug)
  return template ? inLocale(template.name, locale) : slug
}

function roleLabel({ model, locale }: Viewer, key: string): string {
  const role = model.roles.get(key)
  return role ? inLocale(role.label, locale) : key
}

export function permissions({ policy }: Viewer, object: CompiledObject): Record<string, string | null> {
  return Object.fromEntries(objectActions.map((action) => [action, widestScope(policy, object, action) ?? null]))
}

function objectSummary(viewer: Viewer, object: CompiledObject, counts: ObjectCount[]): object {
  const { locale } = viewer
  return {
    slug: object.slug,
    label: inLocale(object.label, locale),
    labelPlural: inLocale(object.labelPlural, locale),
    icon: object.icon,
    color: object.color ?? null,
    group: optional(object.group, locale),
    order: object.order,
    recordCount: countOf(viewer, object, counts),
    activity: object.activity ?? null,
    booked: isBooked(object),
  }
}

/** Whether its records take hours of somebody or something: they begin at a moment and name what is not booked twice. */
export function isBooked({ roles, field, fields }: CompiledObject): boolean {
  const begins = roles.startsAt === undefined ? undefined : field.get(roles.startsAt)
  return begins?.type === 'datetime' && fields.some(({ rules }) => rules?.exclusive)
}

/** Who sees only some of the records, or has switched to a location, is not told how many there are. */
function countOf({ policy, locationId }: Viewer, object: CompiledObject, counts: ObjectCount[]): number | null {
  if (locationId || !seesAll(policy, object)) return null
  return counts.find((count) => count.object_id === object.id)?.live ?? 0
}

/** Everything about an object that a page needs to list, show and change its records. */
export function presentObject(viewer: Viewer, object: CompiledObject, counts: ObjectCount[]): object {
  const { locale } = viewer
  const someRecord = { ...viewer, policy: atBest(viewer.policy) }
  const isShown = (key: string) => {
    const field = object.field.get(key)
    return field !== undefined && accessOfField(someRecord, object, field) !== 'hidden'
  }
  const shown = object.fields.filter((field) => isShown(field.key))
  const { stage } = object.roles
  return {
    id: object.id,
    version: object.changedIn,
    ...objectSummary(viewer, object, counts),
    labels: { label: object.label, labelPlural: object.labelPlural },
    description: optional(object.description, locale),
    numberPrefix: object.numberPrefix,
    ...presentRules(viewer, object),
    located: object.located ?? false,
    roles: Object.fromEntries(Object.entries(object.roles).filter(([, key]) => isShown(key))),
    fields: shown.map((field, position) => presentField(someRecord, object, field, position)),
    layout: presentLayout(viewer, object, shown),
    stages: stage && isShown(stage) ? object.stages.map((one) => presentStage(one, locale, isShown)) : [],
    pipelines: object.pipelines
      .filter((pipeline) => isShown(pipeline.field))
      .map((pipeline) => ({
        key: pipeline.key,
        label: inLocale(pipeline.label, locale),
        labels: pipeline.label,
        field: pipeline.field,
        main: pipeline.field === stage,
        stages: pipeline.stages.map((one) => presentStage(one, locale, isShown)),
      })),
    relations: object.relations
      .filter((relation) => relationAccess(viewer, object, relation) !== 'hidden')
      .map((relation) => presentRelation(viewer, object, relation)),
    permissions: permissions(viewer, object),
  }
}

function presentField(viewer: Viewer, object: CompiledObject, field: CompiledField, position: number): object {
  const { locale } = viewer
  return {
    id: field.id,
    key: field.key,
    label: inLocale(field.label, locale),
    labels: field.label,
    type: field.computation?.kind ?? field.type,
    resultType: field.type,
    help: optional(field.help, locale),
    section: optional(field.section, locale),
    required: field.required ?? false,
    unique: field.unique ?? false,
    ignoreAccents: field.ignoreAccents ?? false,
    sortable: ['slot', 'role'].includes(orderedStorage(field).kind),
    searchable: field.searchable ?? false,
    phi: isProtectedField(viewer.model, field),
    system: Object.values(object.roles).includes(field.key),
    options: (field.options ?? []).map((option) => presentOption(option, locale)),
    rules: field.rules ?? null,
    conditions: seenConditions(viewer, object, field),
    default: seenDefault(viewer, object, field),
    numbering: field.compiledNumbering ? presentNumbering(field.compiledNumbering) : null,
    currency: field.currency ?? null,
    relation: field.relation && presentTarget(viewer, object, field),
    computed: field.computation ? presentComputation(viewer, field) : null,
    computing: jobOf(object, field) !== undefined,
    jobId: jobOf(object, field) ?? null,
    position,
    access: isSetBySystem(field) ? 'read' : accessOfField(viewer, object, field),
  }
}

/** A field as somebody meets it who is no member: what it takes to give it a value, and nothing of how it is kept. */
export function presentAsked(field: CompiledField, locale: string) {
  return {
    key: field.key,
    type: field.type,
    label: inLocale(field.label, locale),
    help: optional(field.help, locale),
    required: field.required ?? false,
    options: (field.options ?? []).map((option) => presentOption(option, locale)),
    rules: field.rules ?? null,
    currency: field.currency ?? null,
  }
}

/** The job that derives the field's values, or compares them since they are to be unique. */
const jobOf = ({ uniqueKeys }: CompiledObject, { id, derivedBy }: CompiledField): string | undefined =>
  derivedBy ?? uniqueKeys.find(({ keyId }) => keyId === id)?.filledBy

function presentComputation({ model }: Viewer, field: CompiledField): object {
  const { kind: _kind, problem: _problem, shared, ...computation } = field.computation!
  const plan = computedGraph(model).byField.get(field)?.plan
  return { ...computation, shared: shared ?? false, problem: plan?.kind === 'broken' ? plan.problem : null }
}

/** Where a relation field leads: of several objects to those that the caller may know of. */
function presentTarget(viewer: Viewer, object: CompiledObject, field: CompiledField): object {
  const { locale } = viewer
  const { many = false, inverse, onDelete = 'keep', attributes = [], primary = false } = field.relation!
  const relation = object.relation.get(field.key)
  const [first, ...others] = relation ? visibleTargets(viewer, object, relation) : []
  return {
    object: first?.slug ?? field.relation!.object,
    others: others.map(({ slug }) => slug),
    many,
    inverse: { key: inverse.key, label: inLocale(inverse.label, locale), many: inverse.many ?? true },
    onDelete,
    attributes: attributes.map((attribute) => presentAttribute(attribute, locale)),
    primary,
  }
}

const presentAttribute = ({ key, label, type, required, options, rules }: LinkAttribute, locale: string): object => ({
  key,
  label: inLocale(label, locale),
  labels: label,
  type,
  required: required ?? false,
  options: (options ?? []).map((option) => presentOption(option, locale)),
  rules: rules ?? null,
})

const optional = (text: LocalizedText | undefined, locale: string): string | null =>
  text ? inLocale(text, locale) : null

const presentOption = (option: FieldOption, locale: string): object => ({
  value: option.value,
  label: inLocale(option.label, locale),
  labels: option.label,
  color: option.color ?? null,
})

/** A stage; fields that it requires and that the caller may not know of are left out. */
function presentStage(stage: StageDefinition, locale: string, isShown: (key: string) => boolean): object {
  const { reasons } = stage
  return {
    ...presentOption(stage, locale),
    kind: stage.kind ?? 'open',
    probability: stage.probability ?? null,
    requires: (stage.requires ?? []).filter(isShown),
    moments: (stage.moments ?? []).filter(isShown),
    moves: stage.moves ?? null,
    checklist: (stage.checklist ?? []).map(({ key, label, required = false }) => ({
      key,
      label: inLocale(label, locale),
      labels: label,
      required,
    })),
    reasons: reasons
      ? { required: reasons.required ?? false, options: reasons.options.map((one) => presentOption(one, locale)) }
      : null,
    rottingDays: stage.rottingDays ?? null,
  }
}

function presentRelation(viewer: Viewer, object: CompiledObject, relation: CompiledRelation): object {
  const { locale } = viewer
  const targets = visibleTargets(viewer, object, relation).map(({ slug }) => slug)
  return {
    key: relation.key,
    label: inLocale(relation.label, locale),
    object: targets[0],
    objects: targets,
    many: relation.many,
    direction: relation.direction,
    ...(relation.direction === 'out' ? { field: relation.key } : {}),
    inverse: relation.inverse,
    required: relation.required,
    onDelete: relation.onDelete,
    attributes: relation.attributes.map((attribute) => presentAttribute(attribute, locale)),
    primary: relation.primary,
    access: relationAccess(viewer, object, relation),
  }
}
