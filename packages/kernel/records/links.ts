/**
 * Single links, from either side: made, taken away, and what is said of them. A link is the value of the field that
 * holds the relation, so it takes the right to change the record that has the field, and moves that record's version on.
 */
import { mayExpression } from '../access/index.ts'
import { type Row, sql } from '../database/index.ts'
import { type FieldProblem, forbidden, notFound, validationError } from '../errors/index.ts'
import type { CompiledObject, CompiledRelation } from '../metadata/index.ts'
import { parseValue, type StoredValue } from '../metadata/values/index.ts'
import { type RecordContext, valueContext } from './context.ts'
import {
  auditOfFacts,
  eventsOfFacts,
  type LinkFact,
  type LinkSide,
  linkSide,
  type Pair,
  versionsMoved,
} from './link-facts.ts'
import { carryOutWishes, planLinks } from './link-plan.ts'
import { relationAccess } from './relations.ts'
import { requireStaying } from './staying.ts'

/** What a caller says of a link; what is not named stays as it is. */
export interface LinkChange {
  attributes?: Record<string, unknown>
  primary?: boolean
}

/**
 * Links two records, or changes what is said of their link. Where a side takes one link only, the new one replaces the
 * old. Linking twice changes nothing.
 */
export async function addLink(
  context: RecordContext,
  object: CompiledObject,
  id: string,
  relation: CompiledRelation,
  otherId: string,
  change: LinkChange = {},
): Promise<void> {
  requireChangeable(context, object, relation)
  const values = parseAttributes(context, relation, change)
  const { side, pair } = await endsOf(context, object, id, relation, otherId)
  const plan = await planLinks(context, side, [{ index: 0, add: [pair], remove: [] }])
  const [refusal] = plan.refused.values()
  if (refusal) throw refusal
  if (plan.added.length === 0) return changeLink(context, side, pair, values, change.primary)
  const data = withoutNulls(Object.fromEntries(values))
  requireAttributes(relation, data)
  if (change.primary) await passMarkOn(context, side, pair)
  await carryOutWishes(context, plan, undefined, { data, primary: change.primary ?? false })
}

export async function removeLink(
  context: RecordContext,
  object: CompiledObject,
  id: string,
  relation: CompiledRelation,
  otherId: string,
): Promise<void> {
  requireChangeable(context, object, relation)
  const { side, pair } = await endsOf(context, object, id, relation, otherId)
  const plan = await planLinks(context, side, [{ index: 0, add: [], remove: [pair] }])
  const [refusal] = plan.refused.values()
  if (refusal) throw refusal
  await carryOutWishes(context, plan)
}

export function requireChangeable(context: RecordContext, object: CompiledObject, relation: CompiledRelation): void {
  if (relationAccess(context, object, relation) !== 'write') {
    throw forbidden(`Your role may read “${relation.key}” but not change it.`)
  }
}

/** The two ends, of which the one that does not have the field must be there to be seen, and to stay; the other is locked later. */
async function endsOf(
  context: RecordContext,
  object: CompiledObject,
  id: string,
  relation: CompiledRelation,
  otherId: string,
): Promise<{ side: LinkSide; pair: Pair }> {
  const side = linkSide(context.model, object, relation)
  const [from_id, to_id] = relation.direction === 'out' ? [id, otherId] : [otherId, id]
  const pointedAt = relation.direction === 'out' ? relation.objects : [object]
  const { model, policy } = context
  const perObject = pointedAt.map((one) => {
    const may = mayExpression(policy, model.objectById.get(one.id)!, 'read', 'r')
    return sql`(r.object_id = ${one.id} and ${may})`
  })
  const seen = await context.tx.query(sql`select r.id from records r where r.tenant_id = ${model.tenantId}
    and r.id = ${to_id} and r.deleted_at is null and (${sql.join(perObject, sql` or `)}) for key share of r`)
  if (seen.length === 0) throw notFound(`The record ${to_id} of ${pointedAt.map(({ slug }) => slug).join(' or ')}`)
  return { side, pair: { from_id, to_id } }
}

/** The attributes as they are stored; null takes one away. */
function parseAttributes(
  context: RecordContext,
  relation: CompiledRelation,
  change: LinkChange,
): Map<string, StoredValue | null> {
  const settings = valueContext(context)
  const values = new Map<string, StoredValue | null>()
  const problems: FieldProblem[] = []
  for (const [key, input] of Object.entries(change.attributes ?? {})) {
    const attribute = relation.attributes.find((one) => one.key === key)
    const parsed = attribute
      ? parseValue(attribute, input, settings)
      : { ok: false as const, message: `is not an attribute of “${relation.key}”` }
    if (!parsed.ok) problems.push({ field: `attributes.${key}`, message: parsed.message })
    else if (parsed.value === null && attribute!.required) problems.push(isRequired(key))
    else values.set(key, parsed.value)
  }
  if (change.primary && !relation.primary) {
    problems.push({ field: 'primary', message: `does not apply to “${relation.key}”, none of whose links is primary` })
  }
  if (problems.length > 0) throw validationError(problems)
  return values
}

const isRequired = (key: string): FieldProblem => ({ field: `attributes.${key}`, message: 'is required' })

function requireAttributes({ attributes }: CompiledRelation, data: Record<string, StoredValue>): void {
  const missing = attributes.filter(({ key, required }) => required && data[key] === undefined)
  if (missing.length > 0) throw validationError(missing.map(({ key }) => isRequired(key)))
}

const withoutNulls = (values: Record<string, StoredValue | null>): Record<string, StoredValue> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null)) as Record<string, StoredValue>

interface StoredLink extends Row {
  data: Record<string, StoredValue> | null
  is_primary: boolean
}

const linkIs = ({ model }: RecordContext, { relation }: LinkSide, { from_id, to_id }: Pair) =>
  sql`tenant_id = ${model.tenantId} and relation_id = ${relation.relationId} and from_id = ${from_id} and to_id = ${to_id}`

/** Changes what is said of a link that is there; the record that has the field is locked. */
async function changeLink(
  context: RecordContext,
  side: LinkSide,
  pair: Pair,
  values: Map<string, StoredValue | null>,
  primary: boolean | undefined,
): Promise<void> {
  const [link] = await context.tx.query<StoredLink>(
    sql`select data, is_primary from links where ${linkIs(context, side, pair)}`,
  )
  const before = link!.data ?? {}
  const changed = [...values].filter(([key, value]) => JSON.stringify(before[key] ?? null) !== JSON.stringify(value))
  const marks = primary !== undefined && primary !== link!.is_primary
  if (changed.length === 0 && !marks) return
  if (marks && primary) await passMarkOn(context, side, pair)
  const data = withoutNulls({ ...before, ...Object.fromEntries(changed) })
  const was = { attributes: Object.fromEntries(changed.map(([key]) => [key, before[key] ?? null])) }
  const is = { attributes: Object.fromEntries(changed) }
  const facts = changeFacts(
    side,
    pair,
    marks ? { ...was, primary: link!.is_primary } : was,
    marks ? { ...is, primary } : is,
  )
  await context.tx.batch([
    sql`update links set data = ${JSON.stringify(data)}::jsonb, is_primary = ${primary ?? link!.is_primary}
        where ${linkIs(context, side, pair)}`,
    auditOfFacts(context, facts),
    eventsOfFacts(context, facts),
    versionsMoved(context, [pair.from_id]),
  ])
  await requireStaying(context, side.holder, [pair.from_id], side.key)
}

/** Takes the mark from the link of the record that has it, for another to get it. */
async function passMarkOn(context: RecordContext, side: LinkSide, { from_id, to_id }: Pair): Promise<void> {
  const marked = await context.tx.query<{ to_id: string }>(sql`update links set is_primary = false
    where tenant_id = ${context.model.tenantId} and relation_id = ${side.relation.relationId} and from_id = ${from_id}
      and to_id <> ${to_id} and is_primary returning to_id`)
  const facts = marked.flatMap((link) =>
    changeFacts(side, { from_id, to_id: link.to_id }, { primary: true }, { primary: false }),
  )
  if (facts.length > 0) await context.tx.batch([auditOfFacts(context, facts), eventsOfFacts(context, facts)])
}

/** Both ends tell of it. */
function changeFacts({ key, inverse }: LinkSide, { from_id, to_id }: Pair, before: object, after: object): LinkFact[] {
  const fact = (record_id: string, relation: string, other: string): LinkFact => ({
    record_id,
    action: 'link_changed',
    changes: {
      [relation]: [
        { other, ...before },
        { other, ...after },
      ],
    },
    payload: { relation, other },
  })
  return [fact(from_id, key, to_id), fact(to_id, inverse, from_id)]
}
