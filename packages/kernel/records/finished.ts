/**
 * What follows when a record comes to a won end of its way, in the transaction in which it does, whatever road the change
 * came by: a form, a list, a board, an import.
 */
import type { ActivityKind, CompiledObject } from '../metadata/index.ts'
import type { RecordContext } from './context.ts'
import { type StageChange, stageOf } from './stages/moves.ts'

/** The records are written by then; nobody else changes them until the transaction ends. */
type Follower = (context: RecordContext, object: CompiledObject, ids: string[]) => Promise<void>

const followers = new Map<ActivityKind, Follower>()

/** Says what follows when activities of a kind are done; the store of records knows of none itself. */
export function whenDone(kind: ActivityKind, follower: Follower): void {
  followers.set(kind, follower)
}

/** Takes note of those among the records that are changed to be done. */
export function noteDone(
  context: RecordContext,
  object: CompiledObject,
  records: { id: string; stageChanges: StageChange[] }[],
): void {
  const follower = object.activity && followers.get(object.activity)
  if (!follower || context.unjudged) return
  const ids = records.filter(({ stageChanges }) => stageChanges.some(isDone)).map(({ id }) => id)
  if (ids.length > 0) context.tx.beforeEnd(() => follower(context, object, ids))
}

const isDone = ({ pipeline, before, after }: StageChange): boolean =>
  before !== null && stageOf(pipeline, after)?.kind === 'won' && stageOf(pipeline, before)?.kind !== 'won'
