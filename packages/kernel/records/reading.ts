/** Reads of records, with word of them in the trail of the operation. */
import type { Query } from '../database/index.ts'
import { isProtectedField, isTitleProtected } from '../expressions/index.ts'
import type { CompiledObject, TenantModel } from '../metadata/index.ts'
import type { RecordContext } from './context.ts'

const known = new WeakMap<CompiledObject, boolean>()

/** Whether records of the object show protected health information, their own or in the titles they link to. */
export function isProtected(model: TenantModel, object: CompiledObject): boolean {
  const remembered = known.get(object)
  if (remembered !== undefined) return remembered
  const hasProtectedTitle = ({ id }: { id: string }) => isTitleProtected(model, model.objectById.get(id)!)
  const found =
    object.fields.some((field) => isProtectedField(model, field)) ||
    object.relations.some(({ direction, objects }) => direction === 'out' && objects.some(hasProtectedTitle))
  known.set(object, found)
  return found
}

/** Says that records of the object are read or written: which ones, where that is known. */
export function leaveTrail(
  { trail, model }: Pick<RecordContext, 'trail' | 'model'>,
  object: CompiledObject,
  ids: string[] = [],
): void {
  trail?.concerns(object.slug, isProtected(model, object))
  trail?.touched(ids)
}

/**
 * Runs statements of which the first answers with records of the object.
 *
 * @param options.last nothing follows in the transaction: it ends with them.
 * @param options.one there has to be a record.
 * @param options.most how many of the records the caller is shown; all of them unless said.
 */
export async function readRecords<R extends object & { id: string }>(
  context: RecordContext,
  object: CompiledObject,
  [first, ...others]: [Query, ...Query[]],
  options: { last?: boolean; one?: boolean; most?: number } = {},
): Promise<R[][]> {
  leaveTrail(context, object)
  if (options.last) return context.tx.finalBatch<R>([context.trail?.carry(first, options) ?? first, ...others])
  const rows = await context.tx.batch<R>([first, ...others])
  context.trail?.touched(rows[0]!.slice(0, options.most).map(({ id }) => id))
  return rows
}
