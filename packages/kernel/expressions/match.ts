/** The filter language in memory: on a record as the API gives it. */
import { isDeepStrictEqual } from 'node:util'
import {
  addressParts,
  compareKeys,
  foldLetters,
  type StoredValue,
  sortKey,
  type ValueField,
} from '../metadata/values/index.ts'
import type { Condition, Filter, FilterContext, Hop, Target } from './filter.ts'
import { meaningOf, type Span, type Test } from './meaning.ts'

/** Values by field key and system attribute; relations as `{id}` or a list of them. */
export type RecordValues = Record<string, unknown>

export interface MatchContext extends FilterContext {
  /**
   * The records at the other side of a relation that the caller may see, deleted ones not among them. Filters that
   * look over relations, or at one from its other side, need it.
   */
  follow?(record: RecordValues, hop: Hop): RecordValues[]
}

type Value<T extends Target['kind']> = Extract<Target, { kind: T }>

/** Whether a record passes a filter. */
export function matchesFilter(filter: Filter, record: RecordValues, context: MatchContext): boolean {
  if ('and' in filter) return filter.and.every((part) => matchesFilter(part, record, context))
  if ('or' in filter) return filter.or.some((part) => matchesFilter(part, record, context))
  if ('not' in filter) return !matchesFilter(filter.not, record, context)
  return matchesCondition(filter, record, context)
}

function matchesCondition(condition: Condition, record: RecordValues, context: MatchContext): boolean {
  const { negated, test } = meaningOf(condition, context)
  const reached = condition.path.reduce<RecordValues[]>(
    (records, hop) => records.flatMap((each) => follow(each, hop, context)),
    [record],
  )
  const { target } = condition
  const positive = reached.some((each) =>
    target.kind === 'value' ? passes(target, test, each[target.key]) : isLinked(target, test, each, context),
  )
  return positive !== negated
}

function follow(record: RecordValues, hop: Hop, context: MatchContext): RecordValues[] {
  if (!context.follow)
    throw new Error(`This filter looks over the relation ${hop.relation.key} and was given no way to follow it`)
  return context.follow(record, hop)
}

function isLinked({ hop }: Value<'relation'>, test: Test, record: RecordValues, context: MatchContext): boolean {
  const { key, direction } = hop.relation
  const held = direction === 'out' ? [record[key] ?? []].flat() : follow(record, hop, context)
  const links = hop.narrowed ? held.filter((link) => (link as { object: string }).object === hop.object.slug) : held
  const ids = links.map((link) => (typeof link === 'string' ? link : (link as { id: string }).id))
  return test.kind === 'oneOf' ? ids.some((id) => test.values.includes(id)) : ids.length > 0
}

const isAbsent = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)

function passes({ field }: Value<'value'>, test: Test, given: unknown): boolean {
  if (isAbsent(given)) return false
  const value = given as StoredValue
  if (test.kind === 'present') return true
  if (test.kind === 'oneOf')
    return [value].flat().some((item) => test.values.some((other) => isDeepStrictEqual(item, other)))
  if (test.kind === 'within') return test.spans.some((span) => isWithin(field, value, span))
  const text = foldLetters(searchedText(field, value))
  return test.where === 'start' ? text.startsWith(foldLetters(test.text)) : text.includes(foldLetters(test.text))
}

function isWithin(field: ValueField, value: StoredValue, { over, from, upTo, below }: Span): boolean {
  const compare = (bound: StoredValue): number => compareKeys(sortKey(field, value)!, sortKey(field, bound)!)
  return (
    (over === undefined || compare(over) > 0) &&
    (from === undefined || compare(from) >= 0) &&
    (upTo === undefined || compare(upTo) <= 0) &&
    (below === undefined || compare(below) < 0)
  )
}

/** The same words that SQL looks in, see `searchedText` there. */
function searchedText(field: ValueField, value: StoredValue): string {
  if (field.type === 'richtext') return (value as string).replace(/<[^>]*>/g, ' ')
  if (field.type !== 'address') return value as string
  return addressParts.flatMap((part) => (value as Record<string, string>)[part] ?? []).join(' ')
}
