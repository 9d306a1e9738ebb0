/** What depends on a thing, asked before it is taken away. */
import { notFound } from '@oneforge/kernel/errors'
import { type AnyOperation, defineOperation, type OperationContext } from '@oneforge/kernel/operations'
import { z } from 'zod'
import { objectIn } from './customization.service.ts'
import { dependentsOf, dependentsOfRole, fieldOf, type Subject } from './dependents.ts'

const dependents = z
  .object({
    dependents: z.array(
      z.object({
        kind: z.string(),
        object: z.string().nullable(),
        key: z.string(),
        label: z.string(),
        where: z.string().describe('The part of it: columns, rules.discharge'),
        message: z.string(),
        mend: z
          .enum(['takenOut', 'withoutValue', 'withdrawn', 'none'])
          .describe('What force=true does: takes the part out, leaves it without a value, or withdraws the right'),
      }),
    ),
    records: z.int().describe('How many records there are, or hold a value.'),
  })
  .meta({ id: 'Dependents' })

const base = { kind: 'query', output: dependents, access: { admin: 'objects' }, cost: 5 } as const
const tag = 'Objects and fields'
const objectPath = z.object({ object: z.string() })
const fieldPath = objectPath.extend({ key: z.string() })

function fieldSubject({ model }: OperationContext, input: z.output<typeof fieldPath>): Subject {
  const object = objectIn(model, input.object)
  return { kind: 'field', object, field: fieldOf(object, input.key) }
}

/** A relation is its field, from whichever side it is named. */
function relationSubject({ model }: OperationContext, input: z.output<typeof fieldPath>): Subject {
  const object = objectIn(model, input.object)
  const relation = object.relation.get(input.key)
  if (!relation) throw notFound(`The relation “${input.key}” of ${object.slug}`)
  const from = relation.direction === 'out' ? object : model.objectById.get(relation.objectId)!
  return {
    kind: 'field',
    object: from,
    field: fieldOf(from, relation.direction === 'out' ? relation.key : relation.inverse),
  }
}

export const dependentOperations: AnyOperation[] = [
  defineOperation({
    ...base,
    tag,
    name: 'objects.dependents',
    summary: 'What depends on an object',
    input: objectPath,
    http: { method: 'GET', path: '/objects/{object}/dependents' },
    handler: (context, input) =>
      dependentsOf(context, { kind: 'object', object: objectIn(context.model, input.object) }),
  }),
  defineOperation({
    ...base,
    tag,
    name: 'fields.dependents',
    summary: 'What depends on a field',
    input: fieldPath,
    http: { method: 'GET', path: '/objects/{object}/fields/{key}/dependents' },
    handler: (context, input) => dependentsOf(context, fieldSubject(context, input)),
  }),
  defineOperation({
    ...base,
    tag,
    name: 'relations.dependents',
    summary: 'What depends on a relation',
    input: fieldPath,
    http: { method: 'GET', path: '/objects/{object}/relations/{key}/dependents' },
    handler: (context, input) => dependentsOf(context, relationSubject(context, input)),
  }),
  defineOperation({
    ...base,
    tag,
    name: 'options.dependents',
    summary: 'What depends on an option or a stage of a field',
    input: fieldPath.extend({ value: z.string() }),
    http: { method: 'GET', path: '/objects/{object}/fields/{key}/options/{value}/dependents' },
    handler(context, input) {
      const object = objectIn(context.model, input.object)
      const field = fieldOf(object, input.key)
      if (!field.optionByValue.has(input.value)) throw notFound(`The option “${input.value}” of ${input.key}`)
      return dependentsOf(context, { kind: 'option', object, field, value: input.value })
    },
  }),
  defineOperation({
    ...base,
    tag: 'Access',
    name: 'roles.dependents',
    summary: 'What depends on a role',
    access: { admin: 'roles' },
    input: z.object({ key: z.string() }),
    http: { method: 'GET', path: '/access/roles/{key}/dependents' },
    handler: (context, input) => dependentsOfRole(context, input.key),
  }),
]
