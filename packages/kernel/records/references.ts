/** Checks that the records and people a write points at exist and that the caller may see them. */
import { mayExpression } from '../access/index.ts'
import { type RawBuilder, type Row, sql } from '../database/index.ts'
import type { FieldProblem } from '../errors/index.ts'
import type { CompiledObject, CompiledRelation } from '../metadata/index.ts'
import type { RecordContext } from './context.ts'
import { fileProblems, type NamedFile, namedFilesStatement } from './files.ts'
import { unsaidAttribute } from './inverse.ts'
import { locationProblems } from './location.ts'
import type { ParsedInput } from './parsed.ts'
import type { ExistingRecord } from './rules/state.ts'

export interface Target extends Row {
  id: string
  object_id: string
  title: string
}

export interface References {
  /** Records pointed at, by id, as far as the caller may see them. */
  targets: Map<string, Target>
  members: Set<string>
  /** Files that values name, by id. */
  files: Map<string, NamedFile>
}

const nothing: References = { targets: new Map(), members: new Set(), files: new Map() }

/**
 * Reads all that the inputs point at, in one round trip; nothing at all where they point nowhere new. What is pointed at
 * cannot be deleted until the links are there to be asked about: the foreign key of a link would hold it no less.
 */
export async function loadReferences(
  context: RecordContext,
  object: CompiledObject,
  inputs: ParsedInput[],
): Promise<References> {
  const targetIds = new Set(inputs.flatMap((input) => allLinks(input).flatMap(([, ids]) => ids)))
  const userIds = new Set(inputs.flatMap((input) => userReferences(object, input)))
  if (context.actor.userId) userIds.delete(context.actor.userId)
  const named = namedFilesStatement(context, object, inputs)
  if (targetIds.size === 0 && userIds.size === 0 && !named) return withCaller(context, nothing)
  const [targets, members, files = []] = (await context.tx.batch([
    sql`select r.id, r.object_id, r.title from records r
        where r.tenant_id = ${context.model.tenantId} and r.id = any(${[...targetIds]}::uuid[]) and r.deleted_at is null
          and ${readable(context, inputs)} order by r.id for key share of r`,
    sql`select user_id from memberships where tenant_id = ${context.model.tenantId} and status = 'active'
        and user_id = any(${[...userIds]}::uuid[])`,
    ...(named ? [named] : []),
  ])) as [Target[], { user_id: string }[], NamedFile[]?]
  return withCaller(context, {
    targets: new Map(targets.map((target) => [target.id, target])),
    members: new Set(members.map((member) => member.user_id)),
    files: new Map(files.map((file) => [file.id, file])),
  })
}

/** Relations of both directions that the input mentions. */
const allLinks = ({ links, inverse }: ParsedInput): [CompiledRelation, string[]][] => [...links, ...inverse]

function withCaller(context: RecordContext, references: References): References {
  if (!context.actor.userId) return references
  return { ...references, members: new Set([...references.members, context.actor.userId]) }
}

/** Of the objects that the inputs point at, the records that the caller may read. */
function readable({ model, policy }: RecordContext, inputs: ParsedInput[]): RawBuilder<unknown> {
  const relations = inputs.flatMap((input) => allLinks(input).map(([relation]) => relation))
  const objectIds = new Set(relations.flatMap(({ objects }) => objects.map(({ id }) => id)))
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

/** Problems of one input, given what was read and the record before the change. */
export function checkReferences(
  { model, actor }: Pick<RecordContext, 'model' | 'actor'>,
  object: CompiledObject,
  input: ParsedInput,
  references: References,
  before?: Pick<ExistingRecord, 'id' | 'data'>,
): FieldProblem[] {
  const problems = [
    ...locationProblems(model, input.locationId),
    ...unsaid(input),
    ...fileProblems({ actor }, object, input, references.files, before),
  ]
  for (const [relation, ids] of allLinks(input)) {
    const missing = ids.find((id) => !leadsTo(relation, references.targets.get(id)))
    const objects = relation.objects.map(({ slug }) => slug).join(' or ')
    if (missing) problems.push({ field: relation.key, message: `points to ${missing}, which is not one of ${objects}` })
    else if (!relation.many && ids.length > 1)
      problems.push({ field: relation.key, message: 'takes one record, not several' })
  }
  for (const field of object.fields) {
    const value = field.type === 'user' ? input.values.get(field.key) : undefined
    if (typeof value === 'string' && !references.members.has(value)) {
      problems.push({ field: field.key, message: 'is not an active member of this workspace' })
    }
  }
  if (typeof input.ownerId === 'string' && !references.members.has(input.ownerId)) {
    problems.push({ field: 'ownerId', message: 'is not an active member of this workspace' })
  }
  return problems
}

/** New links by ids alone, where each has to say something of itself. */
function unsaid(input: ParsedInput): FieldProblem[] {
  return [...input.links].flatMap(([relation, ids]) => (ids.length > 0 ? (unsaidAttribute(relation) ?? []) : []))
}

const leadsTo = ({ objects }: CompiledRelation, target: Target | undefined): boolean =>
  objects.some(({ id }) => id === target?.object_id)
