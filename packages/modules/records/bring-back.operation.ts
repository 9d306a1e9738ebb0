/** Earlier values of a record, told and brought back. */
import { defineOperation } from '@oneforge/kernel/operations'
import { bringBack } from '@oneforge/kernel/records'
import { z } from 'zod'
import { idOf, objectOf } from './records.requests.ts'
import { historyEntry, record, recordPath } from './records.schemas.ts'

const input = recordPath.extend({
  entry: z.uuid({ error: 'must be the id of an entry of the history' }).describe('Entry of the history of the record'),
  side: z
    .enum(['before', 'after'], { error: 'must be before or after' })
    .default('after')
    .describe('The values as the entry found them, or as it left them'),
  fields: z
    .array(z.string())
    .max(500)
    .optional()
    .describe('Keys of these fields alone; all that changed since unless said'),
  dryRun: z.boolean().default(false).describe('Only tell what would change'),
  version: z.int().optional().describe('The version the caller has seen: If-Match'),
})

const output = z
  .object({
    record,
    changes: historyEntry.shape.changes.describe('What each is now, and what it becomes'),
    kept: z
      .array(z.object({ field: z.string(), label: z.string(), message: z.string() }))
      .describe('What stays as it is, and why'),
  })
  .meta({ id: 'BroughtBack' })

export const bringBackOperation = defineOperation({
  name: 'records.bringBack',
  kind: 'command',
  tag: 'Records',
  access: 'member',
  phi: true,
  summary: 'Bring back earlier values of a record',
  description:
    'Gives the record the values it had before or after an entry of its history, all or some, as far as the caller may write them. It is a change like any other, and a new entry of the history, with the source `history`.',
  input,
  output,
  http: { method: 'POST', path: '/{object}/{id}/history/restore', ifMatch: true },
  handler(context, { object: slug, id, version, dryRun, ...state }) {
    const object = objectOf(context, slug)
    return bringBack(context, object, idOf(object, id), state, { version, dryRun })
  },
})
