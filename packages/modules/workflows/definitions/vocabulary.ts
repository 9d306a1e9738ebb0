/** What workflows can be made of in a workspace, in the caller's language. */
import { notFound } from '@oneforge/kernel/errors'
import { type CompiledField, type CompiledObject, inLocale, isSetBySystem } from '@oneforge/kernel/metadata'
import type { AnyOperation, OperationContext } from '@oneforge/kernel/operations'
import { z } from 'zod'
import { namesOfForms } from '../../forms/index.ts'
import { isCallable } from '../actions/index.ts'
import type { StepType, Trigger } from '../definition.ts'
import { workflowOf } from '../stored-form.ts'
import { keysOfWorkflows, listMembers } from './definitions.store.ts'
import { blockingSteps, stepShapes, stepsOfRecords, triggerShapes, triggersOfRecords } from './step-shapes.ts'
import type { vocabulary } from './vocabulary.schemas.ts'

type Vocabulary = z.input<typeof vocabulary>
type Field = Vocabulary['fields'][number]

/** What stands beside the record in values. */
const variables: Vocabulary['variables'] = [
  { path: 'now', about: 'The moment at which the step runs' },
  { path: 'today', about: 'The day in the time zone of the workspace' },
  { path: 'tenant.name', about: 'The name of the workspace' },
  { path: 'trigger.body', about: 'What was sent to the address of the workflow' },
  { path: 'trigger.user', about: 'Who pressed the button' },
]

export async function vocabularyOf(
  context: OperationContext,
  slug: string | undefined,
  registered: AnyOperation[],
): Promise<Vocabulary> {
  const { model, locale, tx } = context
  const object = slug === undefined ? undefined : model.object.get(slug)
  if (slug !== undefined && !object) throw notFound(`The object “${slug}”`)
  const [members, workflows, forms] = [await listMembers(tx), await keysOfWorkflows(tx), await namesOfForms(tx)]
  return {
    ...kinds(),
    objects: model.objects.map((one) => ({ slug: one.slug, label: inLocale(one.labelPlural, locale) })),
    fields: object ? object.fields.map((field) => fieldOf(field, locale)) : [],
    related: object ? relatedFields(context, object) : [],
    relations: (object?.relations ?? []).map(({ key, label, objects, many }) => ({
      key,
      label: inLocale(label, locale),
      objects: objects.map((one) => one.slug),
      toMany: many,
    })),
    pipelines: object ? pipelinesOf(object, locale) : [],
    roles: [...model.roles.values()].map(({ key, label }) => ({ key, label: inLocale(label, locale) })),
    members: members.map(({ id, name, email }) => ({ id, name, email })),
    workflows: workflows.map(({ key, definition }) => {
      const { label, object: about } = workflowOf(definition)
      return { key, label: inLocale(label, locale), object: about ?? null }
    }),
    forms: forms.map(({ id, name }) => ({ key: id, label: name })),
    operations: registered.filter(isCallable).map(described),
    variables,
  }
}

const kinds = (): Pick<Vocabulary, 'triggers' | 'steps'> => ({
  triggers: (Object.keys(triggerShapes) as Trigger['type'][]).map((type) => ({
    type,
    needsObject: triggersOfRecords.has(type),
  })),
  steps: (Object.keys(stepShapes) as StepType[]).map((type) => ({
    type,
    needsObject: stepsOfRecords.has(type),
    blocking: blockingSteps.has(type),
  })),
})

function fieldOf(field: CompiledField, locale: string, before = { path: '', label: '' }): Field {
  const options = [...field.optionByValue.values()].map(({ value, label }) => ({
    value,
    label: inLocale(label, locale),
  }))
  return {
    path: before.path + field.key,
    label: before.label + inLocale(field.label, locale),
    type: field.type,
    writable: !isSetBySystem(field),
    ...(options.length > 0 ? { options } : {}),
  }
}

/** Over several objects, or to many records, nobody knows beforehand which is meant. */
function relatedFields({ model, locale }: OperationContext, object: CompiledObject): Field[] {
  return object.relations.flatMap(({ key, label, objects: [only, ...others], many }) => {
    const other = many || others.length > 0 ? undefined : model.objectById.get(only?.id ?? '')
    const before = { path: `${key}.`, label: `${inLocale(label, locale)} → ` }
    return (other?.fields ?? [])
      .filter(({ type }) => type !== 'relation')
      .map((field) => fieldOf(field, locale, before))
  })
}

const pipelinesOf = ({ pipelines }: CompiledObject, locale: string): Vocabulary['pipelines'] =>
  pipelines.map(({ key, label, field, stages }) => ({
    key,
    label: inLocale(label, locale),
    field,
    stages: stages.map(({ value, label: name }) => ({ value, label: inLocale(name, locale) })),
  }))

const described = ({ name, summary, tag, input }: AnyOperation): Vocabulary['operations'][number] => ({
  name,
  summary,
  tag,
  input: schemaOf(input),
})

const schemas = new WeakMap<z.ZodType, unknown>()

/** Schemas are many and never change: each is described once. */
function schemaOf(input: z.ZodType): unknown {
  const known = schemas.get(input) ?? z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' })
  schemas.set(input, known)
  return known
}
