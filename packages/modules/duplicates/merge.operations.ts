/** Making two records one, and taking that back. */
import { fieldAccess, forRecord } from '@oneforge/kernel/access'
import { isId } from '@oneforge/kernel/database'
import { notFound } from '@oneforge/kernel/errors'
import { type AnyOperation, defineOperation } from '@oneforge/kernel/operations'
import { mergeRecords, mergesInto, readRow, undoMerge } from '@oneforge/kernel/records'
import { idOf, objectOf } from '@oneforge/modules/records'
import { z } from 'zod'
import * as schema from './duplicates.schemas.ts'
import { markPair } from './pairs.store.ts'

const tag = 'Duplicates'
const base = { tag, access: 'member', phi: true } as const
const objectPath = z.strictObject({ object: z.string().describe('Slug of the object') })

export const mergeOperations: AnyOperation[] = [
  defineOperation({
    ...base,
    name: 'records.merge',
    kind: 'command',
    summary: 'Merge two records',
    description:
      'The survivor keeps its id and takes over links, notes, history and the values that are chosen; the other one goes. Its address leads to the survivor.',
    input: objectPath.extend(schema.mergeRequest),
    output: schema.merged,
    cost: 10,
    http: { method: 'POST', path: '/{object}/merge' },
    async handler(context, { object: slug, ...request }) {
      const object = objectOf(context, slug)
      const ids = { keep: request.keep.toLowerCase(), from: request.from.toLowerCase() }
      const result = await mergeRecords(context, object, { ...request, ...ids })
      await markPair(context, [result.keep, result.from], 'merged')
      return result
    },
  }),
  defineOperation({
    ...base,
    name: 'records.unmerge',
    kind: 'command',
    summary: 'Undo a merge',
    description:
      'Both records are as they were. What was edited on the survivor since stays with it and is named in `stays`.',
    input: z.strictObject({ id: z.string().describe('Id of the merge') }),
    output: schema.unmerged,
    cost: 10,
    http: { method: 'POST', path: '/merges/{id}/undo' },
    async handler(context, { id }) {
      if (!isId(id)) throw notFound(`The merge ${id}`)
      const result = await undoMerge(context, id)
      await markPair(context, [result.keep.id, result.from.id], 'open')
      return result
    },
  }),
  defineOperation({
    ...base,
    name: 'records.merges',
    kind: 'query',
    summary: 'What was merged into a record, newest first',
    input: objectPath.extend({ id: z.string() }),
    output: z.array(schema.listedMerge),
    http: { method: 'GET', path: '/{object}/{id}/merges' },
    async handler(context, input) {
      const object = objectOf(context, input.object)
      const { id, voices } = await readRow(context, object, idOf(object, input.id), { deleted: true })
      const titled = fieldAccess(forRecord(context.policy, object, voices), object, object.roles.title) !== 'hidden'
      return (await mergesInto(context, id)).map((merge) => ({
        id: merge.id,
        from: { id: merge.merged_id, recordNumber: merge.record_number, title: titled ? merge.title : null },
        at: merge.made_at,
        by: merge.made_by ? { id: merge.made_by, name: merge.made_by_name ?? 'OneForge' } : null,
        undoneAt: merge.undone_at,
      }))
    },
  }),
]
