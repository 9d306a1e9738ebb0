import { intervals, linkSorts, maxGroups, measureOps, mostDepth } from '@oneforge/kernel/records'
import { z } from 'zod'

export const wholeFrom = (least: number, most: number) => {
  const error = `must be a whole number from ${least} to ${most}`
  return z.int({ error }).min(least, { error }).max(most, { error })
}

/** The same in a query string, where everything is text. */
const wholeTextFrom = (least: number, most: number) => {
  const error = `must be a whole number from ${least} to ${most}`
  return z.coerce.number<string | number>({ error }).int({ error }).min(least, { error }).max(most, { error })
}

export const objectPath = z.strictObject({ object: z.string().describe('Slug of the object: patients, deals, …') })
export const recordPath = objectPath.extend({ id: z.string().describe('Id of the record') })

export const recordData = z
  .record(z.string(), z.unknown(), { error: 'must be an object with the fields of the record' })
  .describe('The fields by key, flat')
  // Where the API document of a workspace puts the object's own fields.
  .meta({ 'x-record-data': true })

/** A record as the API shows it: system attributes in camelCase, fields under their own keys. */
export const record = z
  .looseObject({
    id: z.uuid(),
    object: z.string(),
    recordNumber: z.string(),
    version: z.int(),
    title: z.string().nullable(),
    stage: z.string().nullable(),
    stageSince: z.iso.datetime().nullable().describe('Since when it is in the stage'),
    stagesSince: z
      .record(z.string(), z.iso.datetime())
      .optional()
      .describe('Since when it is in the stages of further pipelines, by their keys; only where there are any'),
    ownerId: z.uuid().nullable(),
    locationId: z.uuid().nullable(),
    createdAt: z.iso.datetime(),
    createdBy: z.uuid().nullable(),
    updatedAt: z.iso.datetime(),
    updatedBy: z.uuid().nullable(),
    deletedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'Record' })

export const filter = z
  .unknown()
  .describe('The filter language: {and|or: […]}, {not: …} or {field, op, value}')
  .meta({ id: 'Filter' })

const words = z
  .string({ error: 'is required: what to search for' })
  .max(200)
  .refine((text) => !text.includes('\0'), 'must not hold NUL')

export const cursor = z.string().max(2_000).describe('Cursor mode; empty starts')

const selection = {
  filter: filter.optional(),
  search: words.optional().describe('Words that must all be found in the record'),
  deleted: z.boolean().optional().describe('The trash instead of the living records'),
}

export const listQuery = objectPath
  .extend({
    ...selection,
    sort: z.array(z.string()).optional().describe('Field keys, a minus sorts downwards; -createdAt unless said'),
    fields: z.array(z.string()).optional().describe('Only these attributes; id, object and version always'),
    include: z.array(z.string()).optional().describe('Relations to expand: primary_doctor, account.contacts'),
    limit: wholeFrom(1, 200).default(20),
    page: wholeFrom(1, 1_000_000).optional().describe('Page mode; not with cursor'),
    cursor: cursor.optional(),
    format: z.undefined({ error: 'belongs to /export' }).optional(),
  })
  .refine((query) => query.page === undefined || query.cursor === undefined, {
    path: ['cursor'],
    error: 'cannot be combined with page',
  })

export const countQuery = objectPath.extend(selection)

export const aggregateQuery = objectPath.extend({
  filter: filter.optional(),
  search: words.optional(),
  groupBy: z
    .array(
      z.union(
        [
          z.string().transform((field) => ({ field, interval: undefined })),
          z.object({ field: z.string(), interval: z.enum(intervals).optional() }),
        ],
        { error: `must be a field or {field, interval}, the interval one of ${intervals.join(', ')}` },
      ),
    )
    .max(4)
    .default([]),
  measures: z
    .array(z.object({ op: z.enum(measureOps), field: z.string().optional() }))
    .min(1)
    .max(20)
    .default([{ op: 'count' }]),
  sort: z
    .array(z.string())
    .max(4)
    .optional()
    .describe('What comes first: names of groups and measures such as -count or sum(amount), a minus sorts downwards'),
  limit: z
    .int()
    .min(1)
    .max(maxGroups)
    .optional()
    .describe('Groups at the most; `meta.truncated` says that there are more'),
})

/** A value of each field grouped by, and of each measure: `{"status": "New", "count": 12}`. */
export const aggregateResult = z.array(z.record(z.string(), z.unknown()))

const marks = z.array(z.object({ from: z.int(), to: z.int() })).describe('Where the words stand, in UTF-16 units')

export const searchHit = z
  .object({
    id: z.uuid(),
    object: z.string(),
    title: z.string(),
    recordNumber: z.string(),
    subtitle: z.string(),
    rank: z
      .enum(['exact', 'title', 'word', 'field', 'within', 'similar', 'listed', 'opened'])
      .describe('How well it matches; `similar` is found by words like the mistyped ones, `opened` without any'),
    marks: z.object({ title: marks, recordNumber: marks, subtitle: marks }),
    excerpt: z
      .object({ field: z.string(), label: z.string(), text: z.string(), marks })
      .nullable()
      .describe('Another field in which the words stand'),
  })
  .meta({ id: 'SearchHit' })

export const historyEntry = z
  .object({
    id: z.uuid(),
    at: z.iso.datetime(),
    action: z.string().describe('created, updated, deleted, restored, …'),
    actor: z.object({ id: z.uuid().nullable(), name: z.string() }),
    changes: z.array(z.object({ field: z.string(), label: z.string(), before: z.unknown(), after: z.unknown() })),
    source: z.string().nullable(),
    file: z
      .object({
        id: z.uuid(),
        name: z.string().nullable().describe('As it is called now; null once it is erased'),
        version: z.int().nullable(),
      })
      .nullable()
      .describe('The file that the entry is about'),
  })
  .meta({ id: 'HistoryEntry' })

export const fieldProblem = z
  .object({
    field: z.string(),
    message: z.string().describe('In English, as a predicate: must be 5 or more'),
    key: z.string().optional().describe('Which of the frequent sentences it is, for saying it in another language'),
    values: z
      .record(z.string(), z.union([z.string(), z.number()]))
      .optional()
      .describe('What stands in that sentence'),
  })
  .meta({ id: 'FieldProblem' })

const itemResult = z.object({
  index: z.int(),
  success: z.boolean(),
  id: z.uuid().optional(),
  recordNumber: z.string().optional(),
  version: z.int().optional(),
  error: z
    .object({
      code: z.string(),
      message: z.string(),
      details: z.array(fieldProblem).optional(),
      current: record.optional().describe('The record as it stands, where it was changed since the version named'),
    })
    .optional(),
})

export const bulkCreated = z.object({ created: z.int(), failed: z.int(), results: z.array(itemResult) })
export const bulkUpdated = z.object({ updated: z.int(), failed: z.int(), results: z.array(itemResult) })
export const bulkDeleted = z.object({ deleted: z.int(), failed: z.int(), results: z.array(itemResult) })

const maxBulk = 1_000
const tooMany = `takes at most ${maxBulk} at once; larger sets go through an import`

export const bulkCreate = objectPath.extend({
  records: z.array(recordData).min(1, 'needs at least one record').max(maxBulk, tooMany),
})
export const bulkIds = objectPath.extend({
  ids: z.array(z.string()).min(1, 'needs at least one id').max(maxBulk, tooMany),
})
export const bulkUpdate = bulkIds.extend({ updates: recordData })

const cellChange = z.strictObject({
  id: z.string().describe('Id of the record; each may be named once'),
  version: z.int().optional().describe('The version the change was made on: as If-Match'),
  updates: recordData,
})

export const cellChanges = objectPath.extend({
  changes: z.array(cellChange).min(1, 'needs at least one change').max(maxBulk, tooMany),
})
export const cellsChanged = bulkUpdated.extend({
  results: z.array(
    itemResult.extend({
      record: record.optional().describe('As it is now; absent where the caller does not see it any more'),
      refused: z.array(fieldProblem).optional().describe('Fields that stayed as they were, and why'),
    }),
  ),
})

export const searchQuery = z.strictObject({
  q: words,
  limit: wholeTextFrom(1, 50).default(20),
})

/** The same in a body: what is searched for then stands in no address. */
export const findQuery = z.strictObject({
  q: words,
  limit: wholeFrom(1, 50).default(20),
})

export const historyQuery = recordPath.extend({
  limit: wholeTextFrom(1, 200).default(50),
  cursor: z.string().max(500).optional(),
})

export const relationPath = recordPath.extend({
  relation: z.string().describe('Name of the relation on this object, in either direction'),
})

export const linkedQuery = relationPath
  .extend({
    limit: wholeTextFrom(1, 200).default(20),
    page: wholeTextFrom(1, 1_000_000).optional().describe('Page mode; not with cursor'),
    cursor: cursor.optional(),
    sort: z
      .enum(linkSorts, { error: `must be one of ${linkSorts.join(', ')}` })
      .default('order')
      .describe('The order they were put in, the age of the link, or the title'),
  })
  .refine((query) => query.page === undefined || query.cursor === undefined, {
    path: ['cursor'],
    error: 'cannot be combined with page',
  })

/** A record with what is said of its link. */
export const linkedRecord = record
  .extend({
    attributes: z.record(z.string(), z.unknown()).describe('What the link says of itself, by key'),
    primary: z.boolean().describe('Whether the link is the primary one of the record that has the field'),
    since: z.iso.datetime().describe('When the two were linked'),
  })
  .meta({ id: 'LinkedRecord' })

export const linkPath = relationPath.extend({ otherId: z.string() })

export const linkChange = linkPath.extend({
  attributes: z
    .record(z.string(), z.unknown())
    .optional()
    .describe('What the link says of itself, by key; null clears one, what is not named stays'),
  primary: z.boolean().optional().describe('Marks the link; the one that had the mark loses it'),
})

export const linkOrder = relationPath.extend({
  ids: z.array(z.string()).min(1, 'needs at least one id').max(maxBulk, `takes at most ${maxBulk} at once`),
})

export const graphQuery = recordPath.extend({
  depth: wholeTextFrom(1, mostDepth).default(1),
  limit: wholeTextFrom(1, 500).default(100).describe('Records shown at the most'),
  perRelation: wholeTextFrom(1, 100).default(10).describe('Records shown at one under each of its relations'),
  relations: z.array(z.string()).optional().describe('Relations of the record itself to follow; all unless said'),
})

export const graph = z
  .object({
    nodes: z.array(
      z.object({
        id: z.uuid(),
        object: z.string(),
        title: z.string().nullable(),
        recordNumber: z.string(),
        depth: z.int().describe('Links between it and the record asked for'),
      }),
    ),
    edges: z.array(
      z.object({
        from: z.uuid(),
        to: z.uuid(),
        relation: z.string().describe('Key of the field that holds the relation'),
        label: z.string(),
        attributes: z.record(z.string(), z.unknown()).optional(),
        primary: z.boolean().optional(),
      }),
    ),
    left: z.array(
      z.object({
        id: z.uuid().describe('Record at which more is linked than is shown'),
        relation: z.string(),
        label: z.string(),
        more: z.int().nullable().describe('How many more; null where the caller sees only some of them'),
      }),
    ),
    truncated: z.boolean(),
  })
  .meta({ id: 'RecordGraph' })
