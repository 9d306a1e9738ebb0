/** Numbers of new records: which counter each takes, and how it is written. */
import { type RawBuilder, sql } from '../../database/index.ts'
import type { FieldProblem } from '../../errors/index.ts'
import {
  type CompiledNumbering,
  type CompiledObject,
  type NumberForm,
  numberForm,
  type TenantModel,
} from '../../metadata/index.ts'
import { type RecordContext, valueContext } from '../context.ts'

/** A new record, as far as its numbers depend on it. */
interface NumberedRecord {
  id: string
  locationId: string | null
}

/** The numbers of an object: that of the record (sequence '') and those of its autonumber fields (their ids). */
export interface NumberSequence {
  sequence: string
  /** Key of the autonumber field; absent for the record's own number. */
  field?: string
  searchable: boolean
  numbering: CompiledNumbering
}

export const numberSequences = (object: CompiledObject): NumberSequence[] => [
  { sequence: '', searchable: true, numbering: object.numbering },
  ...object.fields.flatMap(({ id, key, searchable = false, compiledNumbering }) =>
    compiledNumbering ? [{ sequence: id, field: key, searchable, numbering: compiledNumbering }] : [],
  ),
]

/** Whether the numbers of the object go on for ever and read alike wherever and whenever their record is made. */
export const hasPlainNumbers = (object: CompiledObject): boolean =>
  object.numbering.parts.every((part) => !('take' in part)) && object.fields.every((field) => !field.compiledNumbering)

/** How the number of a record made that day at that location is written. */
function formOf(
  { locations }: TenantModel,
  numbering: CompiledNumbering,
  today: string,
  locationId: string | null,
): NumberForm {
  return numberForm(numbering, { today, location: locationId === null ? undefined : locations.get(locationId)?.code })
}

/** A number that names its location cannot be made without one. */
export function numberProblems(object: CompiledObject, locationId: string | null): FieldProblem[] {
  const needsLocation = locationId === null && numberSequences(object).some(({ numbering }) => numbering.namesLocation)
  return needsLocation
    ? [{ field: 'locationId', message: 'is required: the number of the record names its location' }]
    : []
}

/** The parts of the statement that inserts records which give them their numbers. */
export interface NumberedInput {
  /** CTEs after `counter` and `input`, the last one `numbered`: the input with `record_number`. */
  parts: RawBuilder<unknown>
  /** The data of a row of `numbered`, and what the search finds of its numbers. */
  data: RawBuilder<unknown>
  search: RawBuilder<unknown>
  /** The values of autonumber fields by key. */
  numbers: RawBuilder<unknown>
}

/** What `counter` gives: the number before the first of these records; a problem where the object is gone. */
const base = sql`coalesce((select before from counter), raise_problem('gone', '{}'))`

/** One counter and the same words for every number: the way of most objects, at no cost beyond the counter. */
function plainNumbers(object: CompiledObject): NumberedInput {
  const { before, digits, after } = numberForm(object.numbering, { today: '', location: undefined })
  return {
    parts: sql`, numbered as (
      select i.*, ${before} || lpad(c.number, greatest(${digits}::int, length(c.number)), '0') || ${after} as record_number
      from input i, lateral (select (${base} + i.n)::text as number) c
    )`,
    data: sql`i.data`,
    search: sql`lower(i.record_number) || ' ' || i.search`,
    numbers: sql`'{}'::jsonb`,
  }
}

/**
 * Numbers that are counted by period, by location or for a field of their own. Their counters are touched only when the
 * object's own is held, so that the writers of an object wait for one another at one place.
 */
function scopedNumbers(context: RecordContext, object: CompiledObject, records: NumberedRecord[]): NumberedInput {
  const sequences = numberSequences(object)
  const { today } = valueContext(context)
  const wanted = records.flatMap((record, index) =>
    sequences.map(({ sequence, field, searchable, numbering }) => ({
      ...formOf(context.model, numbering, today, record.locationId),
      ...{ record_id: record.id, n: index + 1, sequence, field, searchable },
    })),
  )
  const { tenantId } = context.model
  return {
    parts: sql`, wanted_numbers as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb)
        as t(record_id uuid, n int, sequence text, scope text, before text, digits int, after text, field text, searchable boolean)
    ), counters as (
      insert into number_counters (tenant_id, object_id, sequence, scope, last_number)
      select ${tenantId}, ${object.id}, sequence, scope, count(*) from wanted_numbers
      where (sequence <> '' or scope <> '') and (select count(*) from counter) > 0
      group by sequence, scope order by sequence, scope
      on conflict (tenant_id, object_id, sequence, scope)
        do update set last_number = number_counters.last_number + excluded.last_number
      returning sequence, scope, last_number
    ), drawn as (
      select w.*, (row_number() over (partition by w.sequence, w.scope order by w.n)
        + case when c.last_number is null then ${base} else c.last_number - count(*) over (partition by w.sequence, w.scope) end
        )::text as number
      from wanted_numbers w left join counters c using (sequence, scope)
    ), written as (
      select record_id, field, searchable,
        before || lpad(number, greatest(digits, length(number)), '0') || after as number from drawn
    ), numbered as (
      select i.*, w.record_number, w.numbers, w.found from input i join (
        select record_id, max(number) filter (where field is null) as record_number,
          coalesce(jsonb_object_agg(field, number) filter (where field is not null), '{}'::jsonb) as numbers,
          string_agg(lower(number), ' ' order by field nulls first) filter (where searchable) as found
        from written group by record_id) w on w.record_id = i.id
    )`,
    data: sql`i.data || i.numbers`,
    search: sql`i.found || ' ' || i.search`,
    numbers: sql`(select w.numbers from numbered w where w.id = inserted.id)`,
  }
}

export const numberedInput = (
  context: RecordContext,
  object: CompiledObject,
  records: NumberedRecord[],
): NumberedInput => (hasPlainNumbers(object) ? plainNumbers(object) : scopedNumbers(context, object, records))
