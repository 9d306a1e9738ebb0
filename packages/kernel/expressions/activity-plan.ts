/** Which activities tell when a record was last contacted, and what is next. */
import type { ActivityKind, activityDates, CompiledObject, CompiledRelation, TenantModel } from '../metadata/index.ts'

/** Activities of one object that are about a record, and when they are. */
export interface ActivityPart {
  relation: CompiledRelation
  column: 'starts_at' | 'due_at'
  /** Key of the field that the column is filled from, and of the one that stages stand in. */
  keys: string[]
  /** Those that do not count in any of these stages. */
  without: string[]
}

export interface ActivityPlan {
  kind: 'activities'
  pick: 'min' | 'max'
  parts: ActivityPart[]
}

interface Counting {
  pick: 'min' | 'max'
  /** Which kinds of activities count, with the kinds of stages in which they do not. */
  without: Partial<Record<ActivityKind, string[]>>
}

const countingFor: Record<(typeof activityDates)[number], Counting> = {
  // A meeting that nobody has ticked off may not have taken place.
  last: { pick: 'max', without: { call: ['lost'], email: ['lost'], meeting: ['open', 'lost'] } },
  next: { pick: 'min', without: { task: ['won', 'lost'], meeting: ['won', 'lost'] } },
}

/** What «last contacted» or «next activity» of the object is made of: whatever activities are about it. */
export function planActivities(
  model: TenantModel,
  object: CompiledObject,
  which: (typeof activityDates)[number],
): ActivityPlan {
  const { pick, without } = countingFor[which]
  const parts = object.relations.flatMap((relation): ActivityPart[] => {
    const other = model.objectById.get(relation.objectId)
    const left = relation.direction === 'in' && other?.activity ? without[other.activity] : undefined
    if (!other || !left) return []
    const { dueAt, startsAt, stage } = other.roles
    const date = other.activity === 'task' ? dueAt : startsAt
    if (!date) return []
    const stages = other.stages.filter(({ kind = 'open' }) => left.includes(kind)).map(({ value }) => value)
    const column = other.activity === 'task' ? 'due_at' : 'starts_at'
    return [{ relation, column, keys: stage ? [date, stage] : [date], without: stages }]
  })
  return { kind: 'activities', pick, parts }
}
