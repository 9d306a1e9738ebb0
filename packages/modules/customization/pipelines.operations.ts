/** Pipelines: the part of the metadata API that says how records move. */
import { type AnyOperation, defineOperation } from '@oneforge/kernel/operations'
import { z } from 'zod'
import { objectShape } from '../workspace/index.ts'
import { changedObject } from './changed.ts'
import * as schema from './pipelines.schemas.ts'
import * as service from './pipelines.service.ts'

const base = { tag: 'Objects and fields', kind: 'command', access: { admin: 'objects' } } as const
const objectPath = z.object({ object: z.string() })
const pipelinePath = objectPath.extend({ key: z.string() })

export const pipelineOperations: AnyOperation[] = [
  defineOperation({
    ...base,
    name: 'pipelines.create',
    summary: 'Add a pipeline over a select field',
    description: 'The field may be a new one. The first pipeline of an object fills the role of its stage.',
    input: objectPath.extend({ settings: schema.newPipeline }),
    output: objectShape,
    http: { method: 'POST', path: '/objects/{object}/pipelines', status: 201, bodyAs: 'settings' },
    async handler(context, input) {
      await service.createPipeline(context, input.object, input.settings)
      return changedObject(context, input.object)
    },
  }),
  defineOperation({
    ...base,
    name: 'pipelines.order',
    summary: 'Put the pipelines of an object in order',
    input: objectPath.extend({ keys: z.array(z.string()).max(50) }),
    output: z.void(),
    http: { method: 'PUT', path: '/objects/{object}/pipelines/order', status: 204 },
    handler: (context, input) => service.orderPipelines(context, input.object, input.keys),
  }),
  defineOperation({
    ...base,
    name: 'pipelines.update',
    summary: 'Change the label and the stages of a pipeline',
    description: 'A stage that records stand in goes only when `replace` says where they go; many are moved by a job.',
    input: pipelinePath.extend({ settings: schema.pipelineChange }),
    output: objectShape,
    http: { method: 'PATCH', path: '/objects/{object}/pipelines/{key}', bodyAs: 'settings' },
    async handler(context, input) {
      await service.updatePipeline(context, input.object, input.key, input.settings)
      return changedObject(context, input.object)
    },
  }),
  defineOperation({
    ...base,
    name: 'pipelines.delete',
    summary: 'Take a pipeline away; its field stays',
    input: pipelinePath,
    output: z.void(),
    http: { method: 'DELETE', path: '/objects/{object}/pipelines/{key}', status: 204 },
    handler: (context, input) => service.deletePipeline(context, input.object, input.key),
  }),
]
