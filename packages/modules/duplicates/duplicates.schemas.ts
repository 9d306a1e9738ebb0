/** What the operations on duplicates take and give. */
import { duplicateComparisons } from '@oneforge/kernel/metadata'
import { z } from 'zod'

const percent = z.int({ error: 'must be a whole number' }).min(1, 'must be 1 to 100').max(100, 'must be 1 to 100')

export const rule = z.strictObject({
  key: z.string().regex(/^[a-z][a-z0-9_]{0,62}$/, 'takes small letters, digits and _'),
  weight: percent.describe('How sure it makes by itself, in percent'),
  parts: z
    .array(z.strictObject({ field: z.string(), compare: z.enum(duplicateComparisons) }))
    .min(1, 'needs at least one field')
    .max(5, 'takes at most five fields'),
})

export const settings = {
  active: z.boolean().optional(),
  threshold: percent.optional().describe('From how sure on two records are offered'),
  rules: z.array(rule).max(20, 'takes at most 20 rules').nullish().describe('Null: such as the fields suggest'),
}

export const settingsAnswer = z
  .object({
    active: z.boolean(),
    threshold: z.int(),
    isDefault: z.boolean().describe('Whether the rules are those that the fields suggest'),
    rules: z.array(rule),
    comparable: z.array(
      z.object({ field: z.string(), label: z.string(), compares: z.array(z.enum(duplicateComparisons)) }),
    ),
    jobId: z.uuid().nullable().describe('The scan that a change has begun'),
  })
  .meta({ id: 'DuplicateSettings' })

export const reason = z
  .object({
    rule: z.string(),
    parts: z.array(z.object({ field: z.string(), label: z.string(), compare: z.enum(duplicateComparisons) })),
  })
  .meta({ id: 'DuplicateReason' })

const candidate = z.object({
  id: z.uuid(),
  recordNumber: z.string(),
  title: z.string().nullable(),
  score: z.int(),
  reasons: z.array(reason),
})

export const found = z
  .object({
    candidates: z.array(candidate),
    beyond: z
      .object({ ask: z.array(z.object({ id: z.uuid(), name: z.string() })) })
      .nullable()
      .describe('There is one that the caller may not see; these people can tell more'),
  })
  .meta({ id: 'FoundDuplicates' })

const record = z.looseObject({ id: z.uuid(), object: z.string(), version: z.int() })

export const pair = z
  .object({
    id: z.uuid(),
    object: z.string(),
    state: z.enum(['open', 'dismissed', 'merged']),
    score: z.int(),
    reasons: z.array(reason),
    foundAt: z.iso.datetime(),
    decidedAt: z.iso.datetime().nullable(),
    records: z.array(record).describe('The two'),
  })
  .meta({ id: 'DuplicatePair' })

export const preview = z
  .object({
    checked: z.int(),
    pairs: z.int(),
    examples: z.array(
      z.object({
        score: z.int(),
        reasons: z.array(reason),
        records: z.array(z.object({ id: z.uuid(), recordNumber: z.string(), title: z.string().nullable() })),
      }),
    ),
  })
  .meta({ id: 'DuplicatePreview' })

const choice = z.union([z.enum(['keep', 'from']), z.strictObject({ value: z.unknown() })], {
  error: 'must be keep, from or {"value": …}',
})

export const mergeRequest = {
  keep: z.uuid('must be the id of a record'),
  from: z.uuid('must be the id of a record'),
  values: z
    .record(z.string(), choice)
    .optional()
    .describe('Whose value the survivor gets, by field, relation, ownerId or locationId'),
  versions: z
    .strictObject({ keep: z.int().optional(), from: z.int().optional() })
    .optional()
    .describe('Refuses if one of the two has moved on'),
}

export const merged = z
  .object({ id: z.uuid().describe('Of the merge'), keep: z.uuid(), from: z.uuid(), record })
  .meta({ id: 'Merged' })

export const unmerged = z
  .object({
    id: z.uuid(),
    keep: record,
    from: record,
    stays: z.array(z.object({ field: z.string(), label: z.string() })).describe('Edited since: kept as they are'),
    linksStaying: z.int().describe('Links that were changed since and stay as they are'),
  })
  .meta({ id: 'Unmerged' })

export const listedMerge = z
  .object({
    id: z.uuid(),
    from: z.object({ id: z.uuid(), recordNumber: z.string(), title: z.string().nullable() }),
    at: z.iso.datetime(),
    by: z.object({ id: z.uuid(), name: z.string() }).nullable(),
    undoneAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'ListedMerge' })
