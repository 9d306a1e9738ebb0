/** What a caller may say about a change of many records, and what it is told. */
import { z } from 'zod'

export const bulkActions = ['update', 'delete', 'restore', 'purge'] as const
export type BulkAction = (typeof bulkActions)[number]

/** Named records; sets larger than this are chosen by a filter. */
const mostNamed = 10_000

const values = z.record(z.string(), z.unknown(), { error: 'must be an object with fields by key' })
const lists = z.record(z.string(), z.array(z.unknown(), { error: 'must be a list of values' }).min(1).max(1_000), {
  error: 'must be an object with lists by key',
})

export const bulkRequest = z.strictObject({
  object: z.string().describe('Slug of the object: patients, deals, …'),
  action: z
    .enum(bulkActions, { error: `must be one of ${bulkActions.join(', ')}` })
    .describe('`restore` and `purge` choose from the trash; `purge` removes for good.'),
  ids: z
    .array(z.uuid('must be the id of a record'), { error: 'must be a list of ids' })
    .min(1, 'needs at least one id')
    .max(mostNamed, `takes at most ${mostNamed}; choose more by a filter`)
    .optional(),
  filter: z.unknown().optional().describe('The filter language, as for lists'),
  search: z.string().max(200).optional().describe('Words that must all be found in the record'),
  all: z.literal(true, { error: 'must be true, or left out' }).optional().describe('Every record of the object'),
  updates: values.optional().describe('New values by key; `ownerId`, `locationId` and `stage` among them'),
  add: lists.optional().describe('What lists gain: options, tags, links'),
  remove: lists.optional().describe('What lists lose'),
})
export type BulkRequest = z.output<typeof bulkRequest>

export const bulkResult = z
  .object({
    action: z.enum([...bulkActions, 'undo']),
    total: z.int(),
    changed: z.int(),
    unchanged: z.int(),
    refused: z.int(),
  })
  .meta({ id: 'BulkChangeResult' })
export type BulkResult = z.output<typeof bulkResult>

export const acceptedBulkChange = z
  .object({
    jobId: z.uuid(),
    status: z.string(),
    statusUrl: z.string(),
    result: bulkResult.optional().describe('Of what was done at once'),
  })
  .meta({ id: 'AcceptedBulkChange' })

export const bulkChange = z
  .object({
    id: z.uuid().describe('Also that of its job'),
    object: z.string(),
    action: z.enum([...bulkActions, 'undo']),
    fields: z.array(z.string()).describe('Keys of what an update changes, as far as the caller may know of them'),
    status: z.string(),
    progress: z.int(),
    createdAt: z.string(),
    createdBy: z.object({ id: z.uuid(), name: z.string().nullable() }),
    finishedAt: z.string().nullable(),
    total: z.int(),
    changed: z.int(),
    unchanged: z.int(),
    refused: z.int(),
    undoes: z.uuid().nullable().describe('The change that this one takes back'),
    undoneBy: z.uuid().nullable().describe('The change that takes this one back'),
    undoUntil: z.string().nullable().describe('Null where it cannot be taken back'),
  })
  .meta({ id: 'BulkChange' })
