/** Stays of records in stages, what is ticked off there, and figures over them. */
import { type AnyOperation, defineOperation } from '@oneforge/kernel/operations'
import { z } from 'zod'
import { idOf, objectOf } from '../records/index.ts'
import { figuresOf } from './figures.service.ts'
import * as schema from './pipelines.schemas.ts'
import { check, staysOf } from './stays.service.ts'

const base = { tag: 'Pipelines', access: 'member' } as const

export const movingOperations: AnyOperation[] = [
  defineOperation({
    ...base,
    name: 'pipelines.figures',
    kind: 'query',
    summary: 'What came into each stage, moved on, was won or lost, and what is open now',
    description: 'Only over records that the caller sees. A funnel counts stays that began in the period.',
    input: schema.figuresQuery,
    output: schema.figuresSchema,
    cost: 5,
    http: { method: 'GET', path: '/objects/{object}/pipelines/{key}/figures' },
    handler: (context, input) => figuresOf(context, objectOf(context, input.object), input),
  }),
  defineOperation({
    ...base,
    name: 'records.stays',
    kind: 'query',
    summary: 'The stages that a record has been in, oldest first',
    phi: true,
    input: schema.recordPath,
    output: z.array(schema.staySchema),
    http: { method: 'GET', path: '/{object}/{id}/stages' },
    handler(context, input) {
      const object = objectOf(context, input.object)
      return staysOf(context, object, idOf(object, input.id))
    },
  }),
  defineOperation({
    ...base,
    name: 'records.check',
    kind: 'command',
    summary: 'Tick an item of the checklist of the stage where a record stands, or take the tick back',
    phi: true,
    input: schema.tickInput,
    output: schema.staySchema,
    http: { method: 'PUT', path: '/{object}/{id}/stages/{pipeline}/checklist/{item}' },
    handler(context, input) {
      const object = objectOf(context, input.object)
      return check(context, object, idOf(object, input.id), input)
    },
  }),
]
