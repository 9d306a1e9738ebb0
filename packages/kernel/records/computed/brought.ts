/**
 * What children bring to the rollups of their parents, read when they are locked and before the transaction changes
 * them: with it a total follows the change of a child by itself.
 *
 * That holds for children of one parent at most. A change of one with many may leave parents to a job, and until that
 * has come by their totals are not of what is stored.
 */
import type { RawBuilder, Row } from '../../database/index.ts'
import { type ComputedField, type ComputedGraph, computedGraph, conditionsOf } from '../../expressions/index.ts'
import type { CompiledObject } from '../../metadata/index.ts'
import type { RecordContext } from '../context.ts'
import { type Changes, pendingChanges } from './changes.ts'
import { broughtStatement } from './source-values.ts'
import type { Rollup, Total } from './totals.ts'

/** A rollup whose total follows its children one by one. */
export type FollowingRollup = ComputedField & {
  plan: Rollup
  /** Keys of a child that count for what it brings. */
  childKeys: Set<string>
}

const known = new WeakMap<ComputedGraph, Map<string, FollowingRollup[]>>()

/** Those that are made of the object's records. */
export function rollupsOver({ model }: Pick<RecordContext, 'model'>, objectId: string): FollowingRollup[] {
  const graph = computedGraph(model)
  const remembered = known.get(graph)
  const rollups = remembered ?? Map.groupBy(graph.fields.flatMap(following), ({ plan }) => plan.relation.objectId)
  known.set(graph, rollups)
  return rollups.get(objectId) ?? []
}

export const isFollowing = (computed: ComputedField): boolean => following(computed).length > 0

/** Nothing but the child itself may count: no record beyond it, and not the time. */
function following(computed: ComputedField): FollowingRollup[] {
  const { plan, moving, triggers } = computed
  if (plan.kind !== 'rollup' || moving || plan.relation.inverseMany) return []
  const conditions = plan.filter ? conditionsOf(plan.filter) : []
  const isOwn = conditions.every(({ path, target }) => path.length === 0 && target.kind === 'value' && !target.system)
  if (!isOwn) return []
  const ofChild = triggers.filter(({ objectId, back }) => back.length === 1 && objectId === plan.relation.objectId)
  const childKeys = new Set([plan.relation.inverse, ...ofChild.flatMap(({ keys }) => [...keys])])
  return [{ ...computed, plan, childKeys }]
}

export interface BroughtRow extends Row {
  field_id: string
  child: string
  parent: string
  total: Total
}

export interface BroughtReading {
  /** One, or none where nothing is to be asked; it goes right behind the lock. */
  statements: RawBuilder<unknown>[]
  remember(rows: BroughtRow[] | undefined): void
}

/**
 * Asks what these records bring to the rollups. What is known, and what the transaction has touched or made, is left out.
 *
 * @param changes in which it is remembered.
 */
export function brought(
  context: RecordContext,
  changes: Changes,
  wanted: { rollup: FollowingRollup; ids: string[] }[],
): BroughtReading {
  const asked = wanted.flatMap(({ rollup: { field, plan, childKeys }, ids }) => {
    const unknown = ids.filter((id) => !changes.brought(field.id, id) && changes.isUntouched(id, childKeys))
    return unknown.length > 0 ? [{ field, plan, ids: unknown }] : []
  })
  return {
    statements: asked.length > 0 ? [broughtStatement(context, asked)] : [],
    remember(rows = []) {
      for (const { field, ids } of asked) for (const id of ids) changes.bring(field.id, id)
      for (const row of rows) changes.bring(row.field_id, row.child).set(row.parent, row.total)
    },
  }
}

/** What records bring that are about to be locked for a change. */
export function broughtByLocked(context: RecordContext, object: CompiledObject, ids: string[]): BroughtReading {
  const rollups = rollupsOver(context, object.id)
  return brought(
    context,
    pendingChanges(context.tx),
    rollups.map((rollup) => ({ rollup, ids })),
  )
}

/**
 * The children that a rollup's total changes by: those that the transaction has made, and those of which it is known what
 * they brought. Undefined where something else has changed as well, so that all children have to be asked.
 */
export function movedChildren(
  { object, field, plan, triggers }: ComputedField,
  changes: Changes,
): string[] | undefined {
  if (plan.kind !== 'rollup') return undefined
  const { objectId, key, inverse } = plan.relation
  const moved = new Set(changes.having(objectId, new Set([inverse])))
  for (const trigger of triggers) {
    if (trigger.back.length === 0) continue
    const changed = changes.having(trigger.objectId, trigger.keys)
    if (changed.length > 0 && (trigger.back.length > 1 || trigger.objectId !== objectId)) return undefined
    for (const id of changed) moved.add(id)
  }
  if (moved.size === 0 && changes.having(object.id, new Set([key])).length > 0) return undefined
  return [...moved].every((id) => changes.isNew(id) || changes.brought(field.id, id)) ? [...moved] : undefined
}
