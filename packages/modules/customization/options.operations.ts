/** Options, stages and tags that go while records hold them. */
import { type AnyOperation, defineOperation } from '@oneforge/kernel/operations'
import { z } from 'zod'
import { requireUnchanged } from './concurrent-changes.ts'
import { retireOption } from './options.service.ts'

export const optionOperations: AnyOperation[] = [
  defineOperation({
    name: 'options.retire',
    kind: 'command',
    tag: 'Objects and fields',
    summary: 'Take an option, a stage or a tag away, with something else in its place',
    description:
      'From now on nobody can choose it. What records hold is replaced, of many records by a job; undoing the version brings both back.',
    access: { admin: 'objects' },
    input: z.strictObject({
      object: z.string(),
      key: z.string(),
      value: z.string(),
      version: z.int().optional().describe('The version the change was made on: If-Match'),
      replacement: z
        .string()
        .trim()
        .min(1, 'cannot be empty')
        .max(100)
        .nullish()
        .describe('What records get instead; null: nothing. Without it 409 where records hold it'),
    }),
    output: z.object({
      records: z.int().describe('How many held it, the trash included'),
      jobId: z.uuid().nullable().describe('Of many records: the job that replaces it'),
    }),
    cost: 10,
    http: { method: 'POST', path: '/objects/{object}/fields/{key}/options/{value}/retire', ifMatch: true },
    async handler(context, input) {
      await requireUnchanged(context, input.object, input.version)
      return retireOption(context, input)
    },
  }),
]
