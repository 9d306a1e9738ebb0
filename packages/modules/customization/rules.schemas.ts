/** Conditions of fields, and rules, unique keys and numbers of objects, as the API takes them. */
import { z } from 'zod'
import { longText, text } from './text.schemas.ts'

/** Checked against the object, which a schema does not know. */
const filter = z.unknown().describe('The filter language')

export const conditions = z
  .strictObject({
    visible: filter.optional().describe('While it does not hold, the field is not shown and has no value'),
    required: filter.optional(),
    readOnly: filter.optional().describe('A value may not be changed while it holds before and after the change'),
    options: z
      .array(z.strictObject({ when: filter, values: z.array(z.string()).max(500) }))
      .max(100)
      .optional()
      .describe('The first whose `when` holds names the options that may be chosen'),
  })
  .describe('Filters over the record as it is going to be')

export const numbering = z
  .strictObject({
    pattern: z.string().min(1).max(60).describe('INV-{YYYY}-{0001}: {YYYY}, {YY}, {MM}, {LOC} and one counter'),
    restart: z.enum(['never', 'year', 'month']).optional(),
    perLocation: z.boolean().optional(),
  })
  .describe('How numbers are made')

const key = z.string({ error: 'is required' }).max(63)

export const rule = z.strictObject({
  key,
  message: longText,
  when: filter.nullish(),
  check: z.unknown().describe('What must hold: a filter, or a CEL formula that gives true or false'),
  field: z.string().nullish().describe('Where the message stands'),
  active: z.boolean().optional(),
})
export type RuleInput = z.output<typeof rule>

export const uniqueKey = z.strictObject({
  key,
  label: text.nullish(),
  fields: z.array(z.string()).describe('Keys of fields, ownerId or locationId'),
  ignoreCase: z.boolean().optional(),
  ignoreAccents: z.boolean().optional(),
  ignoreSpaces: z.boolean().optional(),
})
export type UniqueKeyInput = z.output<typeof uniqueKey>

/** Settings of an object; a list replaces the one before. */
export const objectRules = {
  rules: z.array(rule).max(100, 'takes at most 100 rules').optional(),
  uniqueKeys: z.array(uniqueKey).max(20, 'takes at most 20 keys').optional(),
  numbering: numbering.nullish().describe('Null: the prefix and six digits'),
}

export const brokenRule = z
  .object({
    key: z.string(),
    checked: z.int().describe('How many records were looked at.'),
    broken: z.int(),
    examples: z.array(z.object({ id: z.uuid(), recordNumber: z.string(), title: z.string().nullable() })),
  })
  .meta({ id: 'BrokenRule' })
