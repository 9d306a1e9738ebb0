/** Many records in one transaction of which some may break rules that are asked at the end: these are left out. */
import { sql } from '../../database/index.ts'
import { AppError } from '../../errors/index.ts'
import { computedGraph } from '../../expressions/index.ts'
import type { CompiledObject } from '../../metadata/index.ts'
import { bookableOf } from '../bookings/bookable.ts'
import type { RecordContext } from '../context.ts'
import { judgeSettled } from './late.ts'
import { lateRules } from './read.ts'

/**
 * Does the work for all items, or, where the rules refuse what it comes to, for each half of them, down to the single
 * ones that are to blame.
 *
 * @param work gives one result for each item that it is given.
 * @param refused makes the result of an item that is left out.
 */
export async function eachForItself<I, R>(
  context: RecordContext,
  object: CompiledObject,
  items: I[],
  work: (items: I[]) => Promise<R[]>,
  refused: (error: AppError) => R,
): Promise<R[]> {
  if (!mayBreakLate(context, object)) return work(items)
  // What the transaction has done before must not be refused, nor forgotten, together with the items.
  await judgeSettled(context)
  return inHalves(context, items, work, refused)
}

async function inHalves<I, R>(
  context: RecordContext,
  items: I[],
  work: (items: I[]) => Promise<R[]>,
  refused: (error: AppError) => R,
): Promise<R[]> {
  await context.tx.query(sql`savepoint judged`)
  const results = await work(items)
  try {
    await judgeSettled(context)
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'VALIDATION_ERROR') throw error
    await context.tx.query(sql`rollback to savepoint judged`)
    if (items.length === 1) return [refused(error)]
    const middle = Math.ceil(items.length / 2)
    const first = await inHalves(context, items.slice(0, middle), work, refused)
    return [...first, ...(await inHalves(context, items.slice(middle), work, refused))]
  }
  await context.tx.query(sql`release savepoint judged`)
  return results
}

/** Whether a change of the object's records may break a rule that is asked at the end, or book something twice. */
export function mayBreakLate({ model }: Pick<RecordContext, 'model'>, object: CompiledObject): boolean {
  if (bookableOf(object)) return true
  const isMadeOf = computedGraph(model).watched.has(object.id)
  return model.objects.some((one) => (isMadeOf || one.id === object.id) && !lateRules(model, one).isEmpty)
}
