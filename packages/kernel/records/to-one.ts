/** Values at the end of ways over relations that take one record each: `company.industry`, to group by and to add up. */
import { followWay, rowCondition, scopeOf } from '../access/index.ts'
import { type RawBuilder, sql } from '../database/index.ts'
import { type CompiledObject, type CompiledRelation, namesObject, stepTo } from '../metadata/index.ts'
import type { RecordContext } from './context.ts'
import { isOf } from './include.ts'
import { linkEnds } from './link-order.ts'
import { visibleTargets } from './relations.ts'

/** Where a name leads: for a record's own values to its object, without a way. */
export interface Place {
  object: CompiledObject
  key: string
  /** Whether the caller, having come this way, sees the value. */
  isSeen: boolean
  /** The value as an expression over the record one starts from; both stand under the alias `r`. */
  along(value: RawBuilder<unknown>): RawBuilder<unknown>
}

/** Undefined for ways that there are not, or that the caller may not go; a problem where one goes over several records. */
export function placeOf(
  context: RecordContext,
  from: CompiledObject,
  name: string,
): Place | { problem: string } | undefined {
  const names = name.split('.')
  const key = names.pop()!
  const steps: string[] = []
  const hops: ((value: RawBuilder<unknown>) => RawBuilder<unknown>)[] = []
  let at = from
  while (names.length > 0) {
    const relation = at.relation.get(names.shift()!)
    const targets = relation ? visibleTargets(context, at, relation, { from, steps }) : []
    if (!relation || targets.length === 0) return undefined
    if (relation.many) return { problem: `goes over “${relation.key}”, which takes several records` }
    const named = namesObject(relation, names[0]) ? names.shift() : undefined
    if (!named && targets.length > 1) {
      const choice = targets.map(({ slug }) => `${relation.key}.${slug}`).join(' or ')
      return { problem: `goes over “${relation.key}”, which leads to several objects: name one of them, ${choice}` }
    }
    const target = named ? targets.find(({ slug }) => slug === named) : targets[0]
    if (!target) return undefined
    hops.push(hop(context, relation, target))
    steps.push(stepTo(relation, target.slug))
    at = target
  }
  const field = key === 'title' && steps.length > 0 && !at.field.has(key) ? at.roles.title : key
  const isSeen =
    steps.length === 0 || !at.field.has(field) || followWay(context.policy, context.model, from, steps)!.sees(field)
  return { object: at, key: field, isSeen, along: (value) => hops.reduceRight((inner, over) => over(inner), value) }
}

/** Inside, `r` is the record that the relation leads to: the innermost name holds. */
function hop({ model, policy }: RecordContext, relation: CompiledRelation, target: CompiledObject) {
  const { near, far } = linkEnds(relation)
  const visible = rowCondition(policy, scopeOf(policy, target, 'read')!, 'r')
  // A record in the trash may still hold a place that only one may have.
  const single = relation.direction === 'in' ? sql`and l.to_single` : sql``
  return (value: RawBuilder<unknown>): RawBuilder<unknown> => sql`(select (
      select ${value} from records r where r.tenant_id = ${model.tenantId} and r.id = l.${sql.ref(far)}
        and r.deleted_at is null ${isOf(relation, target)} ${visible ? sql`and ${visible}` : sql``})
    from links l where l.tenant_id = ${model.tenantId} and l.relation_id = ${relation.relationId}
      and l.${sql.ref(near)} = r.id ${single})`
}
