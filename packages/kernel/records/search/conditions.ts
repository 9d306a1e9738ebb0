/** Terms as conditions on records: all must be found, as far as the caller may see where they stand. */
import { type AccessPolicy, atBest, fieldAccess, seenCondition } from '../../access/index.ts'
import { allOf, type RawBuilder, sql } from '../../database/index.ts'
import { filterToSql, parseFilter } from '../../expressions/index.ts'
import type { CompiledField, CompiledObject } from '../../metadata/index.ts'
import { searchText } from '../../metadata/values/index.ts'
import type { RecordContext } from '../context.ts'
import { dayReaderOf } from './days.ts'
import { shortestWithin, type Term, termsOf } from './terms.ts'

export const escaped = (text: string): string => text.replace(/[\\%_]/g, '\\$&')

export const containing = (word: string): string => `%${escaped(word)}%`

/** Any of the term's forms, where a part of it is found as `holds` says. */
export function anyForm({ forms }: Term, holds: (part: string) => RawBuilder<unknown>): RawBuilder<unknown> {
  const conditions = forms.map((parts) => allOf(parts.map(holds)))
  return conditions.length === 1
    ? conditions[0]!
    : sql`(${sql.join(
        conditions.map((one) => sql`(${one})`),
        sql` or `,
      )})`
}

/** Whether the record's searchable text holds the term: anywhere, but a very short one at the start of a word. */
export const foundAnywhere = (term: Term, text: RawBuilder<unknown> = sql`r.search`): RawBuilder<unknown> =>
  anyForm(term, (part) => (part.length < shortestWithin ? begun(part, text) : sql`${text} like ${containing(part)}`))

/** Whether words of the record's searchable text begin with the term. */
export const foundBegun = (term: Term): RawBuilder<unknown> => anyForm(term, (part) => begun(part, sql`r.search`))

/** Whether words of the record's searchable text are the term. */
export const foundWhole = (term: Term): RawBuilder<unknown> =>
  anyForm(term, (part) => sql`(' ' || r.search || ' ') like ${containing(` ${part} `)}`)

const begun = (part: string, text: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`(' ' || ${text}) like ${containing(` ${part}`)}`

/**
 * What narrows a list to the records that hold the text; a number such as PAT-000001 counts as well. Where that text
 * holds fields that are hidden from the caller, it must also stand in one that is not.
 */
export function searchConditions(
  context: RecordContext,
  object: CompiledObject,
  search: string | undefined,
): RawBuilder<unknown>[] {
  const terms = termsOf(search ?? '', dayReaderOf(context))
  const anywhere = terms.map((term) => anyForm(term, (part) => sql`r.search like ${containing(part)}`))
  return [...anywhere, ...whereVisible(context, object, terms)]
}

/** Keeps out what is found only in fields that are hidden from the caller; nothing where none is. */
export function whereVisible(context: RecordContext, object: CompiledObject, terms: Term[]): RawBuilder<unknown>[] {
  if (seesAllText(context.policy, object)) return []
  const seen = searchedFields(object).filter(isSeen(atBest(context.policy), object))
  return terms.map((term) => anyForm(term, (part) => inVisible(context, object, seen, part)))
}

/** The fields whose values a search finds. */
export const searchedFields = (object: CompiledObject): CompiledField[] =>
  object.fields.filter((field) => field.searchable || field.key === object.roles.title)

/** Whether nothing that a search finds in records of the object is hidden from the caller. */
export const seesAllText = (policy: AccessPolicy, object: CompiledObject): boolean =>
  searchedFields(object).every(isSeen(policy, object))

const isSeen = (policy: AccessPolicy, object: CompiledObject) => (field: CompiledField) =>
  fieldAccess(policy, object, field.key) !== 'hidden'

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

/**
 * What the filter language asks a field for a word; options are searched by their labels, phone numbers as they are kept:
 * without the 0 that is dialled first at home.
 */
function holding(field: CompiledField, word: string): unknown {
  if (field.type === 'phone') return { field: field.key, op: 'contains', value: word.replace(/^0(?=\d{4})/, '') }
  if (field.type !== 'select' && field.type !== 'multiselect') return { field: field.key, op: 'contains', value: word }
  const isMeant = (value: string) => searchText(field, field.type === 'select' ? value : [value]).includes(word)
  return { field: field.key, op: 'in', value: [...field.optionByValue.keys()].filter(isMeant) }
}
