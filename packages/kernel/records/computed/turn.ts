/** Takes turns where changes of records would otherwise wait for one another in a circle. */
import { type RawBuilder, sql } from '../../database/index.ts'
import { type ComputedGraph, computedGraph } from '../../expressions/index.ts'
import type { CompiledObject } from '../../metadata/index.ts'
import type { RecordContext } from '../context.ts'

/**
 * What goes ahead of the locks on records of an object. Where orders add up their lines, and lines show something of
 * their order, a writer of a line holds the line and needs the order, and a writer of the order holds that and needs the
 * line; so one of them waits before it holds any. Objects of which one is made of the other, but not the other way
 * round, do without.
 */
export function holdTurn({ model }: RecordContext, object: CompiledObject): RawBuilder<unknown>[] {
  const turn = turnsOf(computedGraph(model)).get(object.id)
  if (turn === undefined) return []
  return [sql`select pg_advisory_xact_lock(hashtextextended(${`${model.tenantId} ${turn}`}, 1))`]
}

const known = new WeakMap<ComputedGraph, Map<string, string>>()

/** The turn that objects share which are made of one another at any remove, by object; named after one of them. */
function turnsOf(graph: ComputedGraph): Map<string, string> {
  const remembered = known.get(graph)
  if (remembered) return remembered
  const felt = new Map([...feltBy(graph)].map(([id, direct]) => [id, reached(graph, direct)]))
  const turns = new Map<string, string>()
  for (const [id, others] of felt) {
    const together = [...others].filter((other) => felt.get(other)?.has(id)).sort()
    if (together.length > 0) turns.set(id, together[0]!)
  }
  known.set(graph, turns)
  return turns
}

const orders = new WeakMap<ComputedGraph, string[]>()

/** The objects in the order in which their records are locked together: those that others are made of come first. */
export function lockOrder(model: RecordContext['model']): string[] {
  const graph = computedGraph(model)
  const remembered = orders.get(graph)
  if (remembered) return remembered
  const felt = feltBy(graph)
  const reach = (id: string): number => {
    const direct = felt.get(id)
    return direct ? reached(graph, direct).size : 0
  }
  const order = [...felt.keys(), ...graph.byObject.keys()]
  const sorted = [...new Set(order)].sort((a, b) => reach(b) - reach(a) || (a < b ? -1 : 1))
  orders.set(graph, sorted)
  return sorted
}

/** The objects of which other records feel a change of one of an object's. */
function feltBy({ fields }: ComputedGraph): Map<string, Set<string>> {
  const felt = new Map<string, Set<string>>()
  for (const { object, triggers, plan } of fields) {
    // What is worked out later holds nothing.
    if (plan.kind === 'activities') continue
    for (const { objectId, back } of triggers) {
      if (back.length > 0) felt.set(objectId, (felt.get(objectId) ?? new Set()).add(object.id))
    }
  }
  return felt
}

function reached(graph: ComputedGraph, direct: Set<string>): Set<string> {
  const felt = feltBy(graph)
  const all = new Set(direct)
  // What is added while walking is walked too.
  for (const id of all) for (const further of felt.get(id) ?? []) all.add(further)
  return all
}
