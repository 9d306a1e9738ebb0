/** Lists, counts and sums as the API answers them. */
import { atBest, fieldAccess } from '@oneforge/kernel/access'
import { type FieldProblem, validationError } from '@oneforge/kernel/errors'
import { type CompiledObject, inLocale } from '@oneforge/kernel/metadata'
import { type OperationContext, PagedList } from '@oneforge/kernel/operations'
import {
  type AggregateQuery,
  aggregate,
  countStatement,
  includeRelated,
  isSystemAttribute,
  type ListQuery,
  listRecords,
  presentRecord,
  searchEverything,
  select,
} from '@oneforge/kernel/records'

export interface ListInput extends ListQuery {
  fields?: string[]
  include?: string[]
}

export async function listOf(context: OperationContext, object: CompiledObject, input: ListInput): Promise<PagedList> {
  const paged = input.cursor === undefined
  const only = input.fields && knownAttributes(context, object, input.fields)
  const result = await listRecords(context, object, {
    ...input,
    page: paged ? (input.page ?? 1) : undefined,
    last: !input.include,
  })
  const records = result.rows.map((row) => presentRecord(context.model, context.policy, object, row, only))
  if (input.include) await includeRelated(context, object, records, input.include)
  const { limit } = input
  if (!paged) return new PagedList(records, { limit, nextCursor: result.nextCursor, hasNext: result.hasNext })
  const total = result.total ?? 0
  const page = input.page ?? 1
  const totalPages = Math.ceil(total / limit)
  return new PagedList(records, { page, limit, total, totalPages, hasNext: page < totalPages, hasPrev: page > 1 })
}

/** The attributes asked for, refused where the caller may not know of one. */
export function knownAttributes(context: OperationContext, object: CompiledObject, keys: string[]): Set<string> {
  const policy = atBest(context.policy)
  const problems: FieldProblem[] = keys
    .filter(
      (key) => !isSystemAttribute(key) && !(object.field.has(key) && fieldAccess(policy, object, key) !== 'hidden'),
    )
    .map((key) => ({ field: 'fields', message: `“${key}” is not a field of ${object.slug}` }))
  if (problems.length > 0) throw validationError(problems)
  return new Set(keys)
}

export async function countOf(
  context: OperationContext,
  object: CompiledObject,
  query: Pick<ListQuery, 'filter' | 'search' | 'deleted'>,
): Promise<{ count: number }> {
  const [row] = await context.tx.final<{ count: number }>(
    countStatement(context, object, select(context, object, query)),
  )
  return { count: row?.count ?? 0 }
}

/** Each group with its values: `{status: "New", count: 12, "sum(amount)": {…}}`. */
export async function sumUp(
  context: OperationContext,
  object: CompiledObject,
  query: AggregateQuery,
): Promise<object[]> {
  const groups = await aggregate(context, object, query)
  const names = query.measures.map((measure) => (measure.field ? `${measure.op}(${measure.field})` : measure.op))
  return groups.map(({ group, values }) => ({
    ...group,
    ...Object.fromEntries(names.map((name, index) => [name, values[index]])),
  }))
}

export async function searchAll(context: OperationContext, text: string, limit: number): Promise<object[]> {
  const found = await searchEverything(context, text, limit)
  return found.flatMap((record) => {
    const object = context.model.objectById.get(record.object_id)
    if (!object) return []
    return [
      {
        id: record.id,
        object: object.slug,
        title: fieldAccess(context.policy, object, object.roles.title) === 'hidden' ? '' : record.title,
        recordNumber: record.record_number,
        subtitle: subtitle(context, object, record),
      },
    ]
  })
}

/** What tells two people of one name apart: the object's name, e-mail and phone, as far as the caller may see them. */
function subtitle(
  context: OperationContext,
  object: CompiledObject,
  record: { email: string | null; phone: string | null },
): string {
  const seen = (key: string | undefined) => key !== undefined && fieldAccess(context.policy, object, key) !== 'hidden'
  const parts = [
    inLocale(object.label, context.locale),
    seen(object.roles.email) ? record.email : null,
    seen(object.roles.phone) ? record.phone : null,
  ]
  return parts.filter(Boolean).join(' · ')
}
