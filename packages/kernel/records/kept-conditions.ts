/**
 * Which of the conditions on records can be asked of sums of these. Whatever a condition looks at is kept beside the sums,
 * so that those are of records which are all alike to it; the very same SQL is then asked of the sums, which go by the
 * alias `r` with the names that records have. A period of creation needs nothing beside: sums are kept by stretches of it.
 */
import { isWhole, type Reach, requireAction, rowCondition } from '../access/index.ts'
import { type RawBuilder, sql } from '../database/index.ts'
import { type Condition, type Filter, meaningOf, stageSince } from '../expressions/index.ts'
import { type CompiledObject, storedKey } from '../metadata/index.ts'
import type { RecordContext } from './context.ts'
import { filterCondition, filterSettings, readFilter } from './filtering.ts'
import { type ListQuery, recordsOf } from './list.ts'
import { atLocation } from './location.ts'

/** Something of a record that conditions look at. */
export interface Look {
  /** Of the column. */
  name: string
  type: string
  /** Its value on records `r`. */
  of: RawBuilder<unknown>
}

/** Milliseconds since 1970; absent bounds are open. */
export interface CreatedWithin {
  from?: number
  below?: number
}

export interface KeptSelection {
  /** The records that sums are kept of: all that live. */
  records: RawBuilder<unknown>[]
  looks: Look[]
  /** On sums that go by the alias `r`, and have the looks. */
  conditions: RawBuilder<unknown>[]
  period: CreatedWithin
}

/** Undefined where the query rests on more than the values of the records themselves. */
export function keptSelection(
  context: RecordContext,
  object: CompiledObject,
  { filter, search }: Pick<ListQuery, 'filter' | 'search'>,
): KeptSelection | undefined {
  if (search) return undefined
  const reach = requireAction(context.policy, object, 'read')
  const parsed = readFilter(context, object, filter)
  const parts = parsed === undefined ? [] : 'and' in parsed ? parsed.and : [parsed]
  const asked = parts.filter((part) => !periodOf(context, object, part))
  const looks = looksAt(context, [...asked, ...filtersOf(reach)], namesOf(context, reach))
  if (!looks) return undefined
  const limits = [rowCondition(context.policy, reach, 'r'), atLocation(context, object, 'r')]
  return {
    records: recordsOf(context, object),
    looks,
    conditions: [
      ...limits.filter((condition) => condition !== undefined),
      ...asked.map((part) => filterCondition(context, object, part)),
    ],
    period: withinAll(parts.flatMap((part) => periodOf(context, object, part) ?? [])),
  }
}

/** When the records were created, where that is all that the filter says. */
function periodOf(context: RecordContext, object: CompiledObject, filter: Filter): CreatedWithin | undefined {
  if (!('target' in filter) || filter.path.length > 0 || columnOf(filter) !== 'created_at') return undefined
  const { negated, test } = meaningOf(filter, filterSettings(context, object))
  if (negated || test.kind !== 'within' || test.spans.length !== 1) return undefined
  const { over, from, upTo, below } = test.spans[0]!
  const at = (moment: unknown) => Date.parse(moment as string)
  return {
    ...(from === undefined ? {} : { from: at(from) }),
    ...(over === undefined ? {} : { from: at(over) + 1 }),
    ...(below === undefined ? {} : { below: at(below) }),
    ...(upTo === undefined ? {} : { below: at(upTo) + 1 }),
  }
}

function withinAll(periods: CreatedWithin[]): CreatedWithin {
  const from = Math.max(...periods.map((period) => period.from ?? Number.NEGATIVE_INFINITY))
  const below = Math.min(...periods.map((period) => period.below ?? Number.POSITIVE_INFINITY))
  return {
    ...(from > Number.NEGATIVE_INFINITY ? { from } : {}),
    ...(below < Number.POSITIVE_INFINITY ? { below } : {}),
  }
}

const limitsOf = (reach: Reach) => (isWhole(reach) ? [] : [...reach.granted, ...reach.denied])

const filtersOf = (reach: Reach): Filter[] => limitsOf(reach).flatMap(({ condition }) => condition ?? [])

/** Columns of identities that a reach and the chosen location look at. */
function namesOf({ locationId }: RecordContext, reach: Reach): string[] {
  const limits = limitsOf(reach)
  const isPlace = limits.some(({ scope, locations }) => scope === 'location' || locations !== null)
  return [
    ...(limits.some(({ scope }) => scope !== 'all') ? ['owner_id'] : []),
    ...(isPlace || locationId ? ['location_id'] : []),
  ]
}

/** What the conditions look at, in the order of its names. */
function looksAt(context: RecordContext, filters: Filter[], names: string[]): Look[] | undefined {
  const columns = new Map(names.map((name) => [name, column(name, 'uuid')]))
  const keys = new Set<string>()
  for (const condition of filters.flatMap(conditionsIn)) {
    if (condition.path.length > 0 || condition.target.kind !== 'value') return undefined
    const { key, field, source } = condition.target
    const look = columnLook(context, condition)
    if (look === 'unfit') return undefined
    if (look) columns.set(look.name, look)
    if (source.form !== 'column' && source.form !== 'moment') keys.add(storedKey({ key, storedAs: field.storedAs }))
  }
  const looks = [...columns.values(), ...(keys.size > 0 ? [valuesAt([...keys].toSorted())] : [])]
  return looks.toSorted((a, b) => (a.name < b.name ? -1 : 1))
}

function conditionsIn(filter: Filter): Condition[] {
  if ('and' in filter) return filter.and.flatMap(conditionsIn)
  if ('or' in filter) return filter.or.flatMap(conditionsIn)
  if ('not' in filter) return conditionsIn(filter.not)
  return [filter]
}

function columnOf({ target }: Condition): string | undefined {
  return target.kind === 'value' && target.source.form !== 'data' ? target.source.column : undefined
}

const column = (name: string, type: string): Look => ({ name, type, of: sql`r.${sql.ref(name)}` })

const composite = new Set(['address', 'file', 'checklist', 'json'])

/**
 * Undefined where only the JSON is looked at. Moments are kept by the day, which is all that days and relative periods
 * tell of them; whoever asks for hours adds up the records.
 */
function columnLook({ model }: RecordContext, { target, operands }: Condition): Look | 'unfit' | undefined {
  if (target.kind !== 'value') return 'unfit'
  const { source, field } = target
  // Of composite values something might be lost on the way.
  if (composite.has(field.type)) return 'unfit'
  if (source.form === 'data') return undefined
  if (source.form === 'key') return column(source.column, 'text collate "C"')
  if (source.form === 'minor') return column(source.column, 'bigint')
  if (source.form === 'column') return column(source.column, source.type)
  if (source.stay || source.column === stageSince) return 'unfit'
  if (field.type === 'date') return column(source.column, 'timestamptz')
  if (!operands.every((operand) => 'day' in operand || 'relative' in operand)) return 'unfit'
  const zone = model.timeZone
  const of = sql`date_trunc('day', r.${sql.ref(source.column)} at time zone ${zone}) at time zone ${zone}`
  return { name: source.column, type: 'timestamptz', of }
}

/** What stands in the JSON under these keys, in a JSON of its own. */
function valuesAt(keys: string[]): Look {
  const pairs = keys.flatMap((key) => [sql.lit(key), sql`r.data -> ${sql.lit(key)}`])
  return { name: 'data', type: 'jsonb', of: sql`jsonb_strip_nulls(jsonb_build_object(${sql.join(pairs)}))` }
}
