/** Which records can be written together though several have asked for them. */
import { computedGraph } from '../expressions/index.ts'
import type { CompiledObject } from '../metadata/index.ts'
import type { RecordContext } from './context.ts'
import { mayBreakLate } from './rules/each-for-itself.ts'

/**
 * Whether all that follows from writing records of the object can be told to be the doing of whoever asked for each. Where
 * values of other records follow, or rules are asked in the end, that is done for all of them at once: then each is to be
 * written by itself. So it is with activities, of which the next ones may follow, and with links that other records hold.
 *
 * @param inputs what is to be written.
 */
export function isTraceable(
  context: Pick<RecordContext, 'model'>,
  object: CompiledObject,
  inputs: Record<string, unknown>[],
  { isNew }: { isNew: boolean },
): boolean {
  if (isFollowed(context, object) || mayBreakLate(context, object)) return false
  if (object.activity && !isNew) return false
  return !object.relations.some(({ direction, key }) => direction === 'in' && inputs.some((input) => key in input))
}

/** What is worked out of activities is no part of this: a job does it later, in nobody's name. */
const isFollowed = ({ model }: Pick<RecordContext, 'model'>, { id }: CompiledObject): boolean =>
  computedGraph(model).fields.some(
    ({ plan, rank, triggers, anchors }) =>
      plan.kind !== 'activities' && rank > 0 && [...triggers, ...anchors].some(({ objectId }) => objectId === id),
  )
