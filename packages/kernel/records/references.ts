/** Checks that the records and people a write points at exist and that the caller may see them. */
import { mayExpression } from '../access/index.ts'
import { type RawBuilder, type Row, sql } from '../database/index.ts'
import type { FieldProblem } from '../errors/index.ts'
import type { CompiledObject, CompiledRelation } from '../metadata/index.ts'
import type { RecordContext } from './context.ts'
import type { ParsedInput } from './input.ts'
import { locationProblems } from './location.ts'

export interface Target extends Row {
  id: string
  object_id: string
  title: string
}

export interface References {
  /** Records pointed at, by id, as far as the caller may see them. */
  targets: Map<string, Target>
  members: Set<string>
}

const nothing: References = { targets: new Map(), members: new Set() }

/** Reads all that the inputs point at, in one round trip; nothing at all where they point nowhere new. */
export async function loadReferences(
  context: RecordContext,
  object: CompiledObject,
  inputs: ParsedInput[],
): Promise<References> {
  const targetIds = new Set(inputs.flatMap((input) => [...input.links.values()].flat()))
  const userIds = new Set(inputs.flatMap((input) => userReferences(object, input)))
  if (context.actor.userId) userIds.delete(context.actor.userId)
  if (targetIds.size === 0 && userIds.size === 0) return withCaller(context, nothing)
  const [targets, members] = (await context.tx.batch([
    sql`select r.id, r.object_id, r.title from records r
        where r.tenant_id = ${context.model.tenantId} and r.id = any(${[...targetIds]}::uuid[]) and r.deleted_at is null
          and ${readable(context, inputs)}`,
    sql`select user_id from memberships where tenant_id = ${context.model.tenantId} and user_id = any(${[...userIds]}::uuid[])`,
  ])) as [Target[], { user_id: string }[]]
  return withCaller(context, {
    targets: new Map(targets.map((target) => [target.id, target])),
    members: new Set(members.map((member) => member.user_id)),
  })
}

function withCaller(context: RecordContext, references: References): References {
  if (!context.actor.userId) return references
  return { ...references, members: new Set([...references.members, context.actor.userId]) }
}

/** Of the objects that the inputs point at, the records that the caller may read. */
function readable({ model, policy }: RecordContext, inputs: ParsedInput[]): RawBuilder<unknown> {
  const objectIds = new Set(inputs.flatMap((input) => [...input.links.keys()].map((relation) => relation.objectId)))
  const perObject = [...objectIds].map((id) => {
    const object = model.objectById.get(id)!
    return sql`(r.object_id = ${id} and ${mayExpression(policy, object, 'read', 'r')})`
  })
  return perObject.length === 0 ? sql`false` : sql`(${sql.join(perObject, sql` or `)})`
}

function userReferences(object: CompiledObject, input: ParsedInput): string[] {
  const ids = object.fields.filter((field) => field.type === 'user').map((field) => input.values.get(field.key))
  return [...ids, input.ownerId].filter((id): id is string => typeof id === 'string')
}

/** Problems of one input, given what was read. */
export function checkReferences(
  { model }: Pick<RecordContext, 'model'>,
  object: CompiledObject,
  input: ParsedInput,
  references: References,
): FieldProblem[] {
  const problems = locationProblems(model, input.locationId)
  for (const [relation, ids] of input.links) {
    const missing = ids.find((id) => references.targets.get(id)?.object_id !== relation.objectId)
    if (missing)
      problems.push({ field: relation.key, message: `points to ${missing}, which is not one of ${relation.object}` })
    else if (!relation.many && ids.length > 1)
      problems.push({ field: relation.key, message: 'takes one record, not several' })
  }
  for (const field of object.fields) {
    const value = field.type === 'user' ? input.values.get(field.key) : undefined
    if (typeof value === 'string' && !references.members.has(value)) {
      problems.push({ field: field.key, message: 'is not a member of this workspace' })
    }
  }
  if (typeof input.ownerId === 'string' && !references.members.has(input.ownerId)) {
    problems.push({ field: 'ownerId', message: 'is not a member of this workspace' })
  }
  return problems
}

/** Whether each record at the other side of the relation may be linked once only. */
export function isSingleAtOtherSide(context: Pick<RecordContext, 'model'>, relation: CompiledRelation): boolean {
  return context.model.objectById.get(relation.objectId)?.relation.get(relation.inverse)?.many === false
}
