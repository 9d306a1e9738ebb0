/** The generic operations on records: they serve every object of every template. */
import { validationError } from '@oneforge/kernel/errors'
import { type AnyOperation, defineOperation, PagedList } from '@oneforge/kernel/operations'
import {
  createRecord,
  createRecords,
  deleteRecord,
  deleteRecords,
  duplicatesOfNew,
  type ItemResult,
  presentRecord,
  readRow,
  recordHistory,
  restoreRecord,
  updateRecord,
  updateRecords,
} from '@oneforge/kernel/records'
import { z } from 'zod'
import { bringBackOperation } from './bring-back.operation.ts'
import { updateCells } from './cells.operation.ts'
import { changeChecklist } from './checklist.operation.ts'
import { linkOperations } from './links.operations.ts'
import { costOfBulk, costOfList } from './records.costs.ts'
import { addRelated, columnsOf, countOf, listOf, searchObject, sumUp, survivorInstead } from './records.queries.ts'
import { createInput, idOf, idsOf, listInput, objectOf, recordInput } from './records.requests.ts'
import * as schema from './records.schemas.ts'
import { searchAll, visit } from './records.search.ts'
import { validateRecord } from './validate.operation.ts'
import { listVersionsOperation } from './versions.operation.ts'

const tag = 'Records'
const base = { tag, access: 'member', phi: true } as const
const version = z.int().optional().describe('The version the change was made on: If-Match')

const searching = `The best match comes first: a whole number, e-mail address or phone number, then the start of a title, of a word, the
inside of one; among equals what the caller opened lately, then what changed lately. Each object shows its best records before the
rest of another. Where nothing matches, words like the mistyped ones are searched for; \`meta.meant\` names them, \`meta.groups\` counts
by object. Conditions may stand among the words: \`stage:won owner:me amount>5000 created:this-week object:deals\`, in keys or in labels
of any language. Without words it is what the caller opened lately.`

/** Asking whether there is such a record without making one is dear: it must be no way to try out addresses. */
const costOfCreate = (input: unknown): number => ((input as { duplicates?: unknown }).duplicates === 'refuse' ? 10 : 2)

const succeeded = (results: ItemResult[]): number => results.filter((result) => result.success).length

export const recordOperations: AnyOperation[] = [
  defineOperation({
    ...base,
    name: 'records.search',
    kind: 'query',
    summary: 'Search all objects the caller may read',
    description: searching,
    input: schema.searchQuery,
    output: z.array(schema.searchHit),
    cost: costOfList,
    http: { method: 'GET', path: '/search' },
    handler: (context, input) => searchAll(context, input.q, input.limit),
  }),
  defineOperation({
    ...base,
    name: 'records.find',
    kind: 'query',
    summary: 'Search all objects the caller may read, the words in the body',
    description: searching,
    input: schema.findQuery,
    output: z.array(schema.searchHit),
    cost: costOfList,
    http: { method: 'POST', path: '/search' },
    handler: (context, input) => searchAll(context, input.q, input.limit),
  }),
  defineOperation({
    ...base,
    name: 'records.visit',
    kind: 'command',
    summary: 'Note that the caller opened a record',
    description: 'What somebody opened lately comes first among equal findings, and before anything is typed.',
    input: schema.recordPath,
    output: z.void(),
    http: { method: 'POST', path: '/{object}/{id}/visits', status: 204, body: 'none' },
    handler: (context, input) => visit(context, objectOf(context, input.object), input.id),
  }),
  defineOperation({
    ...base,
    name: 'records.list',
    kind: 'query',
    summary: 'List records',
    description: 'Filters stand in the query string: `?status=New,Active&score[gte]=50&sort=-createdAt`.',
    input: schema.listQuery,
    output: z.array(schema.record),
    cost: costOfList,
    http: { method: 'GET', path: '/{object}', input: listInput },
    handler: (context, input) => listOf(context, objectOf(context, input.object), input),
  }),
  defineOperation({
    ...base,
    name: 'records.query',
    kind: 'query',
    summary: 'List records, the query in the body',
    input: schema.listQuery,
    output: z.array(schema.record),
    cost: costOfList,
    http: { method: 'POST', path: '/{object}/query' },
    handler: (context, input) => listOf(context, objectOf(context, input.object), input),
  }),
  defineOperation({
    ...base,
    name: 'records.count',
    kind: 'query',
    summary: 'Count records',
    input: schema.countQuery,
    output: z.object({ count: z.int() }),
    http: { method: 'POST', path: '/{object}/count' },
    handler: (context, input) => countOf(context, objectOf(context, input.object), input),
  }),
  defineOperation({
    ...base,
    name: 'records.searchObject',
    kind: 'query',
    summary: 'Search the records of one object',
    input: schema.objectPath.extend({ ...schema.searchQuery.shape, cursor: schema.cursor.default('') }),
    output: z.array(schema.record),
    cost: costOfList,
    http: { method: 'GET', path: '/{object}/search' },
    handler: (context, input) => searchObject(context, objectOf(context, input.object), input),
  }),
  defineOperation({
    ...base,
    name: 'records.findInObject',
    kind: 'query',
    summary: 'Search the records of one object, the words in the body',
    input: schema.objectPath.extend({ ...schema.findQuery.shape, cursor: schema.cursor.default('') }),
    output: z.array(schema.record),
    cost: costOfList,
    http: { method: 'POST', path: '/{object}/search' },
    handler: (context, input) => searchObject(context, objectOf(context, input.object), input),
  }),
  defineOperation({
    ...base,
    name: 'records.aggregate',
    kind: 'query',
    summary: 'Count, sum and average, grouped',
    input: schema.aggregateQuery,
    output: schema.aggregateResult,
    cost: 3,
    http: { method: 'POST', path: '/{object}/aggregate' },
    handler: (context, input) => sumUp(context, objectOf(context, input.object), input),
  }),
  defineOperation({
    ...base,
    name: 'records.create',
    kind: 'command',
    summary: 'Create a record',
    description: 'What may be the same record already stands in `meta.duplicates` of the answer.',
    input: schema.objectPath.extend({
      data: schema.recordData,
      duplicates: z.enum(['report', 'refuse'], { error: 'must be report or refuse' }).optional(),
    }),
    output: schema.record,
    cost: costOfCreate,
    http: {
      method: 'POST',
      path: '/{object}',
      status: 201,
      input: createInput,
      bodyAs: 'data',
      location: (output) => {
        const created = output as { object: string; id: string }
        return `/api/v1/${created.object}/${created.id}`
      },
    },
    async handler(context, input) {
      const object = objectOf(context, input.object)
      const refuse = input.duplicates === 'refuse'
      const duplicates = await duplicatesOfNew(context, object, input.data, { refuse })
      if (duplicates) context.response.meta = { duplicates }
      return createRecord(context, object, input.data)
    },
  }),
  defineOperation({
    ...base,
    name: 'records.bulkCreate',
    kind: 'command',
    summary: 'Create many records; each stands for itself',
    input: schema.bulkCreate,
    output: schema.bulkCreated,
    cost: costOfBulk,
    http: { method: 'POST', path: '/{object}/bulk' },
    async handler(context, input) {
      const results = await createRecords(context, objectOf(context, input.object), input.records)
      return { created: succeeded(results), failed: results.length - succeeded(results), results }
    },
  }),
  defineOperation({
    ...base,
    name: 'records.bulkUpdate',
    kind: 'command',
    summary: 'Change many records in the same way',
    input: schema.bulkUpdate,
    output: schema.bulkUpdated,
    cost: costOfBulk,
    http: { method: 'PATCH', path: '/{object}/bulk' },
    async handler(context, input) {
      const object = objectOf(context, input.object)
      const changes = idsOf(input.ids).map((id) => ({ id, input: input.updates }))
      const results = await updateRecords(context, object, changes)
      return { updated: succeeded(results), failed: results.length - succeeded(results), results }
    },
  }),
  updateCells,
  changeChecklist,
  defineOperation({
    ...base,
    name: 'records.bulkDelete',
    kind: 'command',
    summary: 'Move many records to the trash',
    input: schema.bulkIds,
    output: schema.bulkDeleted,
    cost: costOfBulk,
    http: { method: 'DELETE', path: '/{object}/bulk' },
    async handler(context, input) {
      const object = objectOf(context, input.object)
      const results = await deleteRecords(context, object, idsOf(input.ids))
      return { deleted: succeeded(results), failed: results.length - succeeded(results), results }
    },
  }),
  defineOperation({
    ...base,
    name: 'records.get',
    kind: 'query',
    summary: 'Read a record',
    input: schema.recordPath.extend({
      include: z.array(z.string()).optional(),
      fields: z.array(z.string()).optional(),
      deleted: z.boolean().optional().describe('Also from the trash'),
    }),
    output: schema.record,
    http: { method: 'GET', path: '/{object}/{id}', input: recordInput },
    async handler(context, input) {
      const object = objectOf(context, input.object)
      const id = idOf(object, input.id)
      const columns = input.fields && columnsOf(context, object, input.fields, 'record')
      const last = !input.include && !columns?.related
      const row = await readRow(context, object, id, { deleted: input.deleted, last }).catch((error) =>
        survivorInstead(context, object, id, error),
      )
      const record = presentRecord(context.model, context.policy, object, row, columns?.own)
      if (row.id !== id) record.mergedFrom = id
      await addRelated(context, object, [record], input.include, columns)
      return record
    },
  }),
  defineOperation({
    ...base,
    name: 'records.update',
    kind: 'command',
    summary: 'Change some fields of a record',
    input: schema.recordPath.extend({ data: schema.recordData, version }),
    output: schema.record,
    http: { method: 'PATCH', path: '/{object}/{id}', bodyAs: 'data', ifMatch: true },
    handler(context, input) {
      const object = objectOf(context, input.object)
      return updateRecord(context, object, idOf(object, input.id), input.data, {
        mode: 'patch',
        version: input.version,
      })
    },
  }),
  defineOperation({
    ...base,
    name: 'records.replace',
    kind: 'command',
    summary: 'Replace the fields of a record',
    input: schema.recordPath.extend({ data: schema.recordData, version }),
    output: schema.record,
    http: { method: 'PUT', path: '/{object}/{id}', bodyAs: 'data', ifMatch: true },
    handler(context, input) {
      const object = objectOf(context, input.object)
      return updateRecord(context, object, idOf(object, input.id), input.data, {
        mode: 'replace',
        version: input.version,
      })
    },
  }),
  defineOperation({
    ...base,
    name: 'records.delete',
    kind: 'command',
    summary: 'Move a record to the trash',
    input: schema.recordPath.extend({ version }),
    output: z.void(),
    http: { method: 'DELETE', path: '/{object}/{id}', status: 204, ifMatch: true },
    handler(context, input) {
      const object = objectOf(context, input.object)
      return deleteRecord(context, object, idOf(object, input.id), { version: input.version })
    },
  }),
  defineOperation({
    ...base,
    name: 'records.restore',
    kind: 'command',
    summary: 'Bring a record back from the trash',
    input: schema.recordPath,
    output: schema.record,
    http: { method: 'POST', path: '/{object}/{id}/restore' },
    handler(context, input) {
      const object = objectOf(context, input.object)
      return restoreRecord(context, object, idOf(object, input.id))
    },
  }),
  defineOperation({
    ...base,
    name: 'records.history',
    kind: 'query',
    summary: 'What happened to a record',
    input: schema.historyQuery,
    output: z.array(schema.historyEntry),
    http: { method: 'GET', path: '/{object}/{id}/history' },
    async handler(context, input) {
      const object = objectOf(context, input.object)
      const before = input.cursor ? decodeMoment(input.cursor) : undefined
      const page = await recordHistory(context, object, idOf(object, input.id), { limit: input.limit, before })
      const nextCursor = page.next && Buffer.from(JSON.stringify(page.next)).toString('base64url')
      return new PagedList(page.entries, { limit: input.limit, nextCursor, hasNext: nextCursor !== null })
    },
  }),
  bringBackOperation,
  ...linkOperations,
  validateRecord,
  listVersionsOperation,
]

function decodeMoment(cursor: string): { at: string; id: string } {
  try {
    return z.object({ at: z.string(), id: z.uuid() }).parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()))
  } catch {
    throw validationError([{ field: 'cursor', message: 'does not belong to this list; start again without it' }])
  }
}
