/** Changing many records in one go, and taking that back. */
import { type AnyOperation, defineOperation, HttpAnswer, type OperationContext } from '@oneforge/kernel/operations'
import { accessOfField } from '@oneforge/kernel/records'
import { z } from 'zod'
import { acceptedBulkChange, bulkChange, bulkRequest } from './bulk.schemas.ts'
import { type BulkService, undoUntil } from './bulk.service.ts'

const base = { tag: 'Bulk changes', access: 'member', phi: true } as const
const idPath = z.strictObject({ id: z.string() })

/** Records that one point of the quota pays for. */
const recordsPerPoint = 50
const costOfChange = (input: unknown): number => {
  const { ids } = (input ?? {}) as { ids?: unknown }
  return Array.isArray(ids) ? 2 + Math.ceil(Math.min(ids.length, 1_000) / recordsPerPoint) : 20
}

export function bulkOperations(service: BulkService): AnyOperation[] {
  return [
    defineOperation({
      ...base,
      name: 'bulk.start',
      kind: 'command',
      summary: 'Change, delete, restore or remove many records',
      description:
        'Each record stands for itself. What names up to 200 is done at once and answered with the result; the rest goes on as a job. A record that does not match any more when its turn comes is left alone.',
      input: bulkRequest,
      output: acceptedBulkChange,
      cost: costOfChange,
      http: { method: 'POST', path: '/{object}/bulk/jobs', status: 202 },
      handler: (context, input) => service.start(context, input) as Promise<z.output<typeof acceptedBulkChange>>,
    }),
    defineOperation({
      ...base,
      name: 'bulk.list',
      kind: 'query',
      summary: 'List changes of many records, the latest first',
      input: z.strictObject({ object: z.string().optional().describe('Slug of the object; all of them unless said') }),
      output: z.array(bulkChange),
      http: { method: 'GET', path: '/bulk-jobs' },
      handler: async (context, { object }) =>
        (await service.list(context, object)).map((listed) => present(context, listed)),
    }),
    defineOperation({
      ...base,
      name: 'bulk.undo',
      kind: 'command',
      summary: 'Take a change of many records back',
      description:
        'Within 24 hours, once. Records that somebody has changed since stay as they are and are reported with `GET /bulk-jobs/{id}/refused` of the change that takes back.',
      input: idPath,
      output: acceptedBulkChange,
      cost: 20,
      http: { method: 'POST', path: '/bulk-jobs/{id}/undo', status: 202 },
      handler: (context, { id }) => service.undo(context, id) as Promise<z.output<typeof acceptedBulkChange>>,
    }),
    defineOperation({
      ...base,
      name: 'bulk.refused',
      kind: 'query',
      summary: 'The records that a change refused, as CSV with the reasons',
      input: idPath,
      output: z.string(),
      http: { method: 'GET', path: '/bulk-jobs/{id}/refused', raw: true },
      async handler(context, { id }) {
        const { fileName, body } = await service.refused(context, id)
        return new HttpAnswer(body, {
          'content-type': 'text/csv; charset=utf-8',
          'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`,
        })
      },
    }),
  ]
}

const attributes = new Set(['ownerId', 'locationId', 'stage'])

type Listed = Awaited<ReturnType<BulkService['list']>>[number]

function present(context: OperationContext, { change, object }: Listed): z.output<typeof bulkChange> {
  const { updates, add, remove } = change.settings.change ?? {}
  const isSeen = (key: string): boolean => {
    const field = object.field.get(key)
    return field ? accessOfField(context, object, field) !== 'hidden' : attributes.has(key)
  }
  const { changed = 0, unchanged = 0, refused = 0, total = 0 } = change.result ?? {}
  return {
    id: change.id,
    object: object.slug,
    action: change.action,
    fields: [updates, add, remove].flatMap((some) => Object.keys(some ?? {})).filter(isSeen),
    status: change.status,
    progress: change.progress,
    createdAt: change.created_at,
    createdBy: { id: change.created_by, name: change.creator },
    finishedAt: change.finished_at,
    total,
    changed,
    unchanged,
    refused,
    undoes: change.undoes,
    undoneBy: change.undo_id,
    undoUntil: undoUntil(change, context.now),
  }
}
