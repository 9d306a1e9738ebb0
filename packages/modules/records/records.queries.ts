/** Lists, counts and sums as the API answers them. */
import { atBest, fieldAccess } from '@oneforge/kernel/access'
import { type FieldProblem, validationError } from '@oneforge/kernel/errors'
import type { CompiledObject } from '@oneforge/kernel/metadata'
import { type OperationContext, PagedList } from '@oneforge/kernel/operations'
import {
  type AggregateQuery,
  aggregate,
  countStatement,
  fillColumns,
  includeRelated,
  isNotFound,
  isRelatedColumn,
  isSystemAttribute,
  type ListQuery,
  listRecords,
  measureName,
  type PresentedRecord,
  planColumns,
  presentRecord,
  type RecordRow,
  type RelatedColumns,
  readSurvivor,
  selectFromAfar,
  valuesBeside,
} from '@oneforge/kernel/records'

export interface ListInput extends ListQuery {
  fields?: string[]
  include?: string[]
}

export async function listOf(context: OperationContext, object: CompiledObject, input: ListInput): Promise<PagedList> {
  const paged = input.cursor === undefined
  const columns = input.fields && columnsOf(context, object, input.fields, 'list')
  const beside = columns?.related?.beside
  const result = await listRecords(context, object, {
    ...input,
    page: paged ? (input.page ?? 1) : undefined,
    // What is included needs the fields that lead there.
    only: input.include ? undefined : columns?.own,
    beside,
    last: !input.include && !columns?.related,
  })
  const records = result.rows.map((row) => presentRecord(context.model, context.policy, object, row, columns?.own))
  if (beside) {
    const values = valuesBeside(
      context,
      beside,
      result.rows.map((row) => row.beside ?? []),
    )
    for (const [index, record] of records.entries()) Object.assign(record, values[index])
  }
  await addRelated(context, object, records, input.include, columns)
  const { limit } = input
  if (!paged) return new PagedList(records, { limit, nextCursor: result.nextCursor, hasNext: result.hasNext })
  const total = result.total ?? 0
  const page = input.page ?? 1
  const totalPages = Math.ceil(total / limit)
  return new PagedList(records, { page, limit, total, totalPages, hasNext: page < totalPages, hasPrev: page > 1 })
}

/** The record that took the one asked for over, where it was merged away; else it is not there, as the error says. */
export async function survivorInstead(
  context: OperationContext,
  object: CompiledObject,
  id: string,
  error: unknown,
): Promise<RecordRow> {
  if (!isNotFound(error)) throw error
  const { tenantId, version } = context.model
  // The transaction of the call may have ended with the first look.
  const row = await context.database.transaction({ tenantId, version, readsOnly: true }, (tx) =>
    readSurvivor({ ...context, tx }, object, id),
  )
  if (!row) throw error
  return row
}

/** What `fields` asks for: attributes of the records, and columns that lead to other records. */
export interface Columns {
  own: Set<string>
  related?: RelatedColumns
}

/** The columns asked for, refused where the caller may not know of one. */
export function columnsOf(
  context: OperationContext,
  object: CompiledObject,
  names: string[],
  shownIn: 'list' | 'record',
): Columns {
  const related = names.filter((name) => isRelatedColumn(context, object, name))
  // A field asked for by a name that it had is shown under the one it has.
  const own = names.filter((name) => !related.includes(name)).map((name) => object.field.get(name)?.key ?? name)
  requireKnown(context, object, own)
  return {
    own: new Set(own),
    ...(related.length > 0 ? { related: planColumns(context, object, related, shownIn) } : {}),
  }
}

/** What of other records is shown with these. */
export async function addRelated(
  context: OperationContext,
  object: CompiledObject,
  records: PresentedRecord[],
  include: string[] | undefined,
  columns: Columns | undefined,
): Promise<void> {
  if (include) await includeRelated(context, object, records, include)
  if (columns?.related) await fillColumns(context, object, records, columns.related)
}

function requireKnown(context: OperationContext, object: CompiledObject, keys: string[]): void {
  const policy = atBest(context.policy)
  const problems: FieldProblem[] = keys
    .filter(
      (key) => !isSystemAttribute(key) && !(object.field.has(key) && fieldAccess(policy, object, key) !== 'hidden'),
    )
    .map((key) => ({ field: 'fields', message: `“${key}” is not a field of ${object.slug}` }))
  if (problems.length > 0) throw validationError(problems)
}

export async function countOf(
  context: OperationContext,
  object: CompiledObject,
  query: Pick<ListQuery, 'filter' | 'search' | 'deleted'>,
): Promise<{ count: number }> {
  const selection = await selectFromAfar(context, object, query)
  const [row] = await context.tx.final<{ count: number }>(countStatement(context, object, selection))
  return { count: row?.count ?? 0 }
}

/** Each group with its values: `{status: "New", count: 12, "sum(amount)": {…}}`; `meta.truncated` says that there are more. */
export async function sumUp(
  context: OperationContext,
  object: CompiledObject,
  query: AggregateQuery,
): Promise<object[]> {
  const { groups, isTruncated } = await aggregate(context, object, query)
  if (isTruncated) context.response.meta = { truncated: true }
  const names = query.measures.map(measureName)
  return groups.map(({ group, values }) => ({
    ...group,
    ...Object.fromEntries(names.map((name, index) => [name, values[index]])),
  }))
}

/** The records of one object that hold the words, the latest changed first. */
export const searchObject = (
  context: OperationContext,
  object: CompiledObject,
  { q, limit, cursor }: { q: string; limit: number; cursor: string },
): Promise<PagedList> => listOf(context, object, { search: q, limit, sort: ['-updatedAt'], cursor })
