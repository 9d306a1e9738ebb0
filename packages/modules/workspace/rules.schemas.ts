/** Conditions, rules, unique keys and numbers as the API answers them; see rules.presentation.ts. */
import { z } from 'zod'

const texts = z.object({ en: z.string() }).catchall(z.string())
const filter = z.unknown().describe('The filter language.')

export const conditions = z
  .object({
    visible: filter,
    required: filter,
    readOnly: filter,
    options: z.array(z.object({ when: filter, values: z.array(z.string()) })),
  })
  .partial()
  .meta({ id: 'FieldConditions' })

export const numbering = z
  .object({
    pattern: z.string().describe('INV-{YYYY}-{0001}'),
    restart: z.enum(['never', 'year', 'month']),
    perLocation: z.boolean(),
  })
  .meta({ id: 'Numbering' })

export const objectRules = {
  numbering,
  rules: z.array(
    z
      .object({
        key: z.string(),
        message: z.string(),
        messages: texts,
        when: filter.nullable(),
        check: z.unknown().describe('A filter, or a CEL formula as text.'),
        field: z.string().nullable(),
        active: z.boolean(),
      })
      .meta({ id: 'ValidationRule' }),
  ),
  uniqueKeys: z.array(
    z
      .object({
        key: z.string(),
        label: z.string().nullable(),
        labels: texts.nullable(),
        fields: z.array(z.string()),
        ignoreCase: z.boolean(),
        ignoreAccents: z.boolean(),
        ignoreSpaces: z.boolean(),
        computing: z.boolean().describe('A job compares the records that were there before the key.'),
        jobId: z.uuid().nullable().describe('That job.'),
      })
      .meta({ id: 'UniqueKey' }),
  ),
}
