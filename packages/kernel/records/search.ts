/** The search box: words that must all be found in a record, as far as the caller may see where they stand. */
import { type AccessPolicy, atBest, fieldAccess, rowCondition, scopeOf, seenCondition } from '../access/index.ts'
import { allOf, plannedForValues, type RawBuilder, type Row, sql } from '../database/index.ts'
import { filterToSql, parseFilter } from '../expressions/index.ts'
import type { CompiledField, CompiledObject } from '../metadata/index.ts'
import { foldText, searchText } from '../metadata/values/index.ts'
import type { RecordContext } from './context.ts'
import { atLocation } from './location.ts'
import { isProtected } from './reading.ts'

const maxSearchWords = 8

const wordsOf = (search: string | undefined): string[] =>
  foldText(search ?? '')
    .split(' ')
    .filter(Boolean)
    .slice(0, maxSearchWords)

const containing = (word: string): string => `%${word.replace(/[\\%_]/g, '\\$&')}%`

/**
 * Every word must be found somewhere in the record's searchable text; a number such as PAT-000001 counts as well. Where
 * that text holds fields that are hidden from the caller, the word must also stand in one that is not.
 */
export function searchConditions(
  context: RecordContext,
  object: CompiledObject,
  search: string | undefined,
): RawBuilder<unknown>[] {
  const searched = object.fields.filter((field) => field.searchable || field.key === object.roles.title)
  const isSeen = (policy: AccessPolicy) => (field: CompiledField) => fieldAccess(policy, object, field.key) !== 'hidden'
  const everywhere = searched.every(isSeen(context.policy))
  const seen = searched.filter(isSeen(atBest(context.policy)))
  return wordsOf(search).flatMap((word) => {
    const anywhere = sql`r.search like ${containing(word)}`
    return everywhere ? [anywhere] : [anywhere, inVisible(context, object, seen, word)]
  })
}

/** Whether the word stands in the record's number or in one of these fields. */
function inVisible(
  context: RecordContext,
  object: CompiledObject,
  fields: CompiledField[],
  word: string,
): RawBuilder<unknown> {
  const { model, policy, now } = context
  const conditions = fields.flatMap((field) => {
    const parsed = parseFilter(holding(field, word), object, model)
    if ('problems' in parsed) return []
    const seen = (key: string) => seenCondition(policy, object, key, 'r')
    const seer = { alias: 'r', seen, me: policy.userId ?? '', now, timeZone: model.timeZone }
    return [filterToSql(parsed.filter, seer)]
  })
  return sql`(${sql.join([sql`lower(r.record_number) like ${containing(word)}`, ...conditions], sql` or `)})`
}

/** What the filter language asks a field for a word; options are searched by their labels. */
function holding(field: CompiledField, word: string): unknown {
  if (field.type !== 'select' && field.type !== 'multiselect') return { field: field.key, op: 'contains', value: word }
  const isMeant = (value: string) => searchText(field, field.type === 'select' ? value : [value]).includes(word)
  return { field: field.key, op: 'in', value: [...field.optionByValue.keys()].filter(isMeant) }
}

export interface FoundRecord extends Row {
  id: string
  object_id: string
  title: string
  record_number: string
  email: string | null
  phone: string | null
}

/** Records of all objects that the caller may read, the most recently changed first. */
export async function searchEverything(context: RecordContext, text: string, limit: number): Promise<FoundRecord[]> {
  const words = wordsOf(text)
  if (words.length === 0) return []
  const perObject = context.model.objects.flatMap((object) => {
    const reach = scopeOf(context.policy, object, 'read')
    if (!reach) return []
    const limits = [rowCondition(context.policy, reach, 'r'), atLocation(context, object, 'r')]
    const conditions = [sql`r.object_id = ${object.id}`, ...limits.filter((limit) => limit !== undefined)]
    return [sql`(${allOf([...conditions, ...searchConditions(context, object, text)])})`]
  })
  if (perObject.length === 0) return []
  const statement = plannedForValues(sql`select r.id, r.object_id, r.title, r.record_number, r.email, r.phone
    from records r where r.tenant_id = ${context.model.tenantId} and r.deleted_at is null and ${allOf(words.map((word) => sql`r.search like ${containing(word)}`))}
      and (${sql.join(perObject, sql` or `)})
    order by r.updated_at desc limit ${limit}`)
  const { model, policy, trail } = context
  const searched = model.objects.filter((object) => scopeOf(policy, object, 'read'))
  trail?.concerns(
    null,
    searched.some((object) => isProtected(model, object)),
  )
  return context.tx.final<FoundRecord>(trail?.carry(statement) ?? statement)
}
