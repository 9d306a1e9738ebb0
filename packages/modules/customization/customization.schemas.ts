import {
  activityDates,
  attributeTypes,
  fieldRoles,
  fieldTypes,
  fileKinds,
  optionColors,
  rollupOps,
} from '@oneforge/kernel/metadata'
import { z } from 'zod'
import { conditions, numbering, objectRules } from './rules.schemas.ts'
import { longText, plain, text } from './text.schemas.ts'

const color = z.enum(optionColors)

const option = z.union([
  plain,
  z.object({
    value: plain,
    label: text.optional(),
    color: color.nullish(),
    kind: z.enum(['open', 'won', 'lost']).optional(),
    probability: z.number().min(0).max(100).nullish(),
  }),
])

const rules = z
  .strictObject({
    minLength: z.int().min(0),
    maxLength: z.int().min(1),
    pattern: z.string().max(500),
    patternMessage: text,
    min: z.number(),
    max: z.number(),
    decimals: z.int().min(0).max(10),
    ungrouped: z.boolean().describe('Of numbers: digits stand together, as those of a year do'),
    notBefore: z.string(),
    notAfter: z.string(),
    minItems: z.int().min(0),
    maxItems: z.int().min(1),
    several: z.boolean().describe('Of files: whether a value is a list of them'),
    kinds: z.array(z.enum(fileKinds)).min(1).describe('Of files: only these'),
    maxSize: z.int().min(1).describe('Of files: in bytes'),
    exclusive: z
      .union([z.boolean(), z.literal('refuse')])
      .describe('Whoever or whatever it names is at one record at a time: booked twice is told of, or refused'),
  })
  .partial()

const computed = z
  .strictObject({
    expression: z.string().max(2_000).describe('Of a formula: CEL over the record and what it points to.'),
    relation: z.string().describe('Of a lookup or rollup: a relation of the object, in either direction.'),
    field: z.string().describe('The field at its other side; a count does without.'),
    op: z.enum(rollupOps),
    activities: z
      .enum(activityDates)
      .describe(
        'Of a rollup without a relation: when the record was last contacted, or when what is open about it is due.',
      ),
    filter: z.unknown().describe('Of a rollup: only those records at the other side.'),
    resultType: z.enum(fieldTypes).describe('What the results of a formula are; worked out unless named.'),
    shared: z.boolean().describe('Whoever may read the field sees it, also over records that they cannot open.'),
  })
  .partial()

const fieldSettings = {
  label: text,
  help: longText.nullish(),
  section: text.nullish(),
  required: z.boolean().optional(),
  unique: z.boolean().optional(),
  ignoreAccents: z.boolean().optional().describe('Of a unique field: José and Jose are the same'),
  sortable: z.boolean().optional(),
  searchable: z.boolean().optional(),
  phi: z.boolean().optional(),
  options: z.array(option).max(500, 'takes at most 500 options').optional(),
  rules: rules.nullish(),
  conditions: conditions.nullish(),
  default: z.unknown().optional().describe('A value, or {"formula": CEL} to be worked out when a record is made'),
  numbering: numbering.nullish(),
  currency: z.string().nullish(),
  computed: computed.optional(),
}

const onDelete = z.enum(['keep', 'clear', 'cascade', 'refuse'])

const attributes = z.array(
  z.strictObject({
    key: z.string({ error: 'is required' }),
    label: text,
    type: z.enum(attributeTypes, { error: `must be one of ${attributeTypes.join(', ')}` }),
    required: z.boolean().optional(),
    options: z.array(option).max(500, 'takes at most 500 options').optional(),
    rules: rules.nullish(),
  }),
)

export const newField = z.strictObject({
  ...fieldSettings,
  key: z.string({ error: 'is required' }),
  type: z.enum(fieldTypes, { error: `must be one of ${fieldTypes.join(', ')}` }),
  relation: z
    .object({
      object: z.string(),
      others: z.array(z.string()).optional().describe('Further objects that it may point at'),
      many: z.boolean().optional(),
      inverse: z.object({ key: z.string(), label: text, many: z.boolean().optional() }),
      onDelete: onDelete.optional(),
      attributes: attributes.optional().describe('What is said of each link: the role of a person at a company'),
      primary: z.boolean().optional().describe('Whether one link of a record may be marked as the primary one'),
    })
    .optional(),
})
export type NewField = z.output<typeof newField>

export const fieldChange = z.strictObject({
  ...fieldSettings,
  label: text.optional(),
  replace: z
    .record(z.string(), z.string().nullable())
    .optional()
    .describe('What records get instead of options that are no more: another option, or null for nothing'),
  relation: z
    .strictObject({
      inverse: z.strictObject({ label: text }).optional(),
      onDelete: onDelete.optional(),
      attributes: attributes.optional(),
      primary: z.boolean().optional(),
    })
    .optional()
    .describe('Where it leads and how many it takes stay as they were made'),
})
export type FieldChange = z.output<typeof fieldChange>

const roles = z.partialRecord(z.enum(fieldRoles), z.string().nullable())

const objectSettings = {
  label: text,
  labelPlural: text,
  description: longText.nullish(),
  icon: z
    .string()
    .regex(/^[a-z0-9-]{1,60}$/, 'must be the name of an icon, such as user-heart')
    .optional(),
  color: color.nullish(),
  group: text.nullish(),
  numberPrefix: z
    .string()
    .regex(/^[A-Z0-9-]{0,12}$/, 'takes up to 12 capital letters, digits and hyphens, such as PAT-')
    .optional(),
  located: z.boolean().optional().describe('Whether its records belong to locations.'),
  roles: roles.optional(),
  ...objectRules,
}

export const newObject = z.strictObject({
  ...objectSettings,
  slug: z
    .string({ error: 'is required' })
    .regex(/^[a-z][a-z0-9_]{1,62}$/, 'must be snake_case in the plural, such as test_results'),
  fields: z.array(newField).min(1, 'needs at least one field').max(200),
})
export type NewObjectInput = z.output<typeof newObject>

export const objectChange = z.strictObject(objectSettings).partial()
export type ObjectChange = z.output<typeof objectChange>
