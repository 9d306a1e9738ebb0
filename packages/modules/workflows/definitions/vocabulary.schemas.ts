import { z } from 'zod'

const option = z.object({ value: z.string(), label: z.string() })
const field = z
  .object({
    path: z.string(),
    label: z.string(),
    type: z.string(),
    writable: z.boolean(),
    options: z.array(option).optional(),
  })
  .meta({ id: 'WorkflowField' })
const named = z.object({ key: z.string(), label: z.string() })

export const vocabulary = z
  .object({
    triggers: z.array(z.object({ type: z.string(), needsObject: z.boolean() })),
    steps: z.array(z.object({ type: z.string(), needsObject: z.boolean(), blocking: z.boolean() })),
    objects: z.array(z.object({ slug: z.string(), label: z.string() })),
    fields: z.array(field).describe('Of the object that was asked about.'),
    related: z.array(field).describe('Fields over one relation that leads to one record.'),
    relations: z.array(named.extend({ objects: z.array(z.string()), toMany: z.boolean() })),
    pipelines: z.array(named.extend({ field: z.string(), stages: z.array(option) })),
    roles: z.array(named),
    members: z.array(z.object({ id: z.string(), name: z.string(), email: z.string() })),
    workflows: z.array(named.extend({ object: z.string().nullable() })),
    forms: z.array(named).describe('By their ids.'),
    operations: z.array(
      z.object({ name: z.string(), summary: z.string(), tag: z.string(), input: z.unknown().describe('JSON Schema') }),
    ),
    variables: z.array(z.object({ path: z.string(), about: z.string() })),
  })
  .meta({ id: 'WorkflowVocabulary' })
