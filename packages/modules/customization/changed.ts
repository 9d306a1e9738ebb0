import { compilePolicy } from '@oneforge/kernel/access'
import { loadModel } from '@oneforge/kernel/metadata'
import type { OperationContext } from '@oneforge/kernel/operations'
import type { z } from 'zod'
import { objectCounts, type objectShape, presentObject } from '../workspace/index.ts'
import { objectIn } from './customization.service.ts'

/** The object as it is after a change, for the answer, whose ETag is its version. */
export async function changedObject(context: OperationContext, slug: string): Promise<z.output<typeof objectShape>> {
  const model = await loadModel(context.tx, context.model.tenantId)
  const policy = compilePolicy(model, context.policy.rights)
  const counts = await objectCounts(context.tx, model.tenantId)
  const viewer = { model, policy, locale: context.locale }
  const object = presentObject(viewer, objectIn(model, slug), counts) as z.output<typeof objectShape>
  context.response.headers.set('ETag', `"${object.version}"`)
  return object
}
