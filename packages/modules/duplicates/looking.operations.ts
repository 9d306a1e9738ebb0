/** Rules, looking before a record is made, and the queue of what was found. */
import { requireAction } from '@oneforge/kernel/access'
import { type AnyOperation, defineOperation } from '@oneforge/kernel/operations'
import { comparedValues, findDuplicates } from '@oneforge/kernel/records'
import { acceptedJobSchema, type LongJobs } from '@oneforge/modules/jobs'
import { objectOf } from '@oneforge/modules/records'
import { z } from 'zod'
import * as schema from './duplicates.schemas.ts'
import { decide, listQueue } from './queue.service.ts'
import { scanType } from './scan.ts'
import { changeSettings, presentSettings, previewSettings, shapedObject } from './settings.service.ts'

const tag = 'Duplicates'
const objectPath = z.strictObject({ object: z.string().describe('Slug of the object') })
const pairPath = z.strictObject({ id: z.string().describe('Id of the pair') })

export function lookingOperations(longJobs: LongJobs): AnyOperation[] {
  return [
    defineOperation({
      name: 'duplicates.settings',
      kind: 'query',
      tag,
      summary: 'By which rules records of an object may be the same',
      access: { admin: 'objects' },
      input: objectPath,
      output: schema.settingsAnswer,
      http: { method: 'GET', path: '/objects/{object}/duplicates' },
      handler: async (context, input) => presentSettings(context, shapedObject(context, input.object)),
    }),
    defineOperation({
      name: 'duplicates.change',
      kind: 'command',
      tag,
      summary: 'Change the rules; what they find is looked for by a job',
      access: { admin: 'objects' },
      input: objectPath.extend(schema.settings),
      output: schema.settingsAnswer,
      http: { method: 'PUT', path: '/objects/{object}/duplicates' },
      handler: (context, { object, ...change }) => changeSettings(context, longJobs, object, change),
    }),
    defineOperation({
      name: 'duplicates.preview',
      kind: 'query',
      tag,
      summary: 'What rules would find among the newest records',
      access: { admin: 'objects' },
      phi: true,
      cost: 10,
      input: objectPath.extend({ threshold: schema.settings.threshold.unwrap(), rules: z.array(schema.rule).max(20) }),
      output: schema.preview,
      http: { method: 'POST', path: '/objects/{object}/duplicates/preview' },
      handler: (context, { object, ...draft }) => previewSettings(context, object, draft),
    }),
    defineOperation({
      name: 'duplicates.check',
      // A command, so that each look leaves an entry in the log: it tells of records that the caller cannot see.
      kind: 'command',
      tag,
      summary: 'Whether there is such a record already',
      access: 'member',
      phi: true,
      cost: 10,
      input: objectPath.extend({
        data: z.record(z.string(), z.unknown(), { error: 'must be an object with fields of the record' }),
        except: z.uuid().optional().describe('The record that is being edited'),
      }),
      output: schema.found,
      http: { method: 'POST', path: '/{object}/duplicates/check' },
      async handler(context, input) {
        const object = objectOf(context, input.object)
        requireAction(context.policy, object, input.except ? 'update' : 'create')
        return findDuplicates(context, object, comparedValues(context, object, input.data), input.except)
      },
    }),
    defineOperation({
      name: 'duplicates.scan',
      kind: 'command',
      tag,
      summary: 'Compare all records of an object',
      access: { admin: 'objects' },
      cost: 20,
      input: objectPath,
      output: acceptedJobSchema,
      http: { method: 'POST', path: '/{object}/duplicates/scan', status: 202 },
      handler: (context, input) =>
        longJobs.start(context, { type: scanType, objectId: shapedObject(context, input.object).id, input: {} }),
    }),
    defineOperation({
      name: 'duplicates.list',
      kind: 'query',
      tag,
      summary: 'Pairs of records that may be the same, the surest first',
      access: 'member',
      phi: true,
      cost: 2,
      input: z.strictObject({
        object: z.string({ error: 'is required: the slug of an object' }),
        state: z.enum(['open', 'dismissed', 'merged']).default('open'),
        limit: z.coerce.number().pipe(z.int().min(1).max(100)).default(20),
        cursor: z.string().max(200).default(''),
      }),
      output: z.array(schema.pair),
      http: { method: 'GET', path: '/duplicates' },
      handler: (context, input) => listQueue(context, { ...input, object: objectOf(context, input.object) }),
    }),
    ...(['dismissed', 'open'] as const).map((state) =>
      defineOperation({
        name: state === 'open' ? 'duplicates.reopen' : 'duplicates.dismiss',
        kind: 'command',
        tag,
        summary: state === 'open' ? 'Offer a pair again' : 'Say that two records are not the same',
        access: 'member',
        phi: true,
        input: pairPath,
        output: schema.pair,
        http: { method: 'POST', path: `/duplicates/{id}/${state === 'open' ? 'reopen' : 'dismiss'}` },
        handler: (context, input) => decide(context, input.id, state),
      }),
    ),
  ]
}
