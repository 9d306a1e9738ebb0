/**
 * The statements that write records. Each is one: the record, its unique values and links, the audit entry and the
 * event stand or fall together, and a create without relations costs a single round trip.
 */
import { newId, type RawBuilder, type Row, sql } from '../database/index.ts'
import { asStored, type CompiledObject } from '../metadata/index.ts'
import { admittedBy } from '../tenancy/index.ts'
import { noteBooked, noteBookings } from './bookings/refusal.ts'
import { noteExistence, noteNew, noteValues } from './computed/note.ts'
import type { RecordContext } from './context.ts'
import { changedKeys, firstKeys } from './duplicates/keys.ts'
import { entriesInsert } from './entries.ts'
import { filesFiled, type MovedFile } from './files.ts'
import { noteDone } from './finished.ts'
import { auditOfFacts, type OtherEnd, otherEndFacts } from './link-facts.ts'
import { mentionedAnew } from './mentions.ts'
import type { ProjectedColumns, RecordData } from './project.ts'
import { numberedInput } from './rules/numbers.ts'
import { noteWritten } from './rules/written.ts'
import type { StageChange } from './stages/moves.ts'
import { firstStays, movedStays, stageSince } from './stages/write.ts'
import type { Trace } from './trace.ts'
import { withTwins } from './twins.ts'
import { noteActivities } from './written-activities.ts'

export interface UniqueValue {
  field_id: string
  value: string
}

export interface NewLink {
  relation_id: string
  from_id: string
  to_id: string
  from_single: boolean
  to_single: boolean
  position: number
}

export interface WrittenRecord {
  id: string
  columns: ProjectedColumns
  data: RecordData
  ownerId: string | null
  locationId: string | null
  /** {key: [before, after]}; of a new record {key: value}. What is computed is not among them. */
  changes: Row
  /** Its ways through pipelines. */
  stageChanges: StageChange[]
  /** Keys of the record's formulas that have another value by these changes. */
  derived: string[]
  uniques: UniqueValue[]
  links: NewLink[]
  /** Links that come or go, for the histories of the records at their other ends. */
  otherEnds: OtherEnd[]
  /** Files that its fields hold from now on, or no more. */
  files: MovedFile[]
  /** Of one that is written along with those of others. */
  trace?: Trace | undefined
}

const columnList =
  sql.raw(`title, title_key, stage, amount_minor, currency, starts_at, ends_at, due_at, email, phone, search,
  s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, owner_id, location_id, data`)

const rowShape = sql.raw(`id uuid, n int, title text, title_key text, stage text, amount_minor bigint, currency text,
  starts_at timestamptz, ends_at timestamptz, due_at timestamptz, email text, phone text, search text,
  s1 text, s2 text, s3 text, s4 text, s5 text, s6 text, s7 text, s8 text, s9 text, s10 text,
  owner_id uuid, location_id uuid, data jsonb, changes jsonb, mentions jsonb, entry_id uuid, request_id text, cause jsonb`)

const rowsAsJson = (context: RecordContext, object: CompiledObject, records: WrittenRecord[]): string =>
  JSON.stringify(
    records.map((record, index) => ({
      ...record.columns,
      id: record.id,
      n: index + 1,
      owner_id: record.ownerId,
      location_id: record.locationId,
      data: asStored(object, withTwins(context, object, record.data, record.changes)),
      changes: record.changes,
      mentions: mentionedAnew(object, record.changes),
      entry_id: newId(),
      request_id: record.trace?.requestId,
      cause: record.trace?.cause,
    })),
  )

export interface InsertedRow extends Row {
  id: string
  record_number: string
  created_at: string
  /** What its autonumber fields got, by key. */
  numbers: Record<string, string>
}

/** Inserts the records of one object; gives each its number. Rows come back in the order given. */
export function insertStatement(
  context: RecordContext,
  object: CompiledObject,
  records: WrittenRecord[],
  options: { sample?: boolean } = {},
): RawBuilder<unknown> {
  const { tenantId } = context.model
  const count = records.length
  noteNew(
    context,
    object,
    records.map(({ id }) => id),
  )
  noteValues(context, object, records)
  noteWritten(context, object, records, { isNew: true })
  noteBooked(context, object, records, { isNew: true })
  noteActivities(context, object, records)
  const numbered = numberedInput(context, object, records)
  return sql`with input as materialized (
      select * from jsonb_to_recordset(${rowsAsJson(context, object, records)}::jsonb) as t(${rowShape})
    ), counter as (
      update record_counters set last_number = last_number + ${count}, live = live + ${count}
      where tenant_id = ${tenantId} and object_id = ${object.id}${admittedBy(context.model, count, context.now)}
      returning last_number - ${count} as before
    )${numbered.parts}, inserted as (
      insert into records (tenant_id, object_id, id, record_number, ${columnList}, created_by, updated_by, sample)
      select ${tenantId}, ${object.id}, i.id, i.record_number, i.title, i.title_key, i.stage, i.amount_minor, i.currency, i.starts_at, i.ends_at, i.due_at, i.email, i.phone,
        ${numbered.search},
        i.s1, i.s2, i.s3, i.s4, i.s5, i.s6, i.s7, i.s8, i.s9, i.s10, i.owner_id, i.location_id, ${numbered.data},
        ${context.actor.userId}, ${context.actor.userId}, ${options.sample ?? false}
      from numbered i order by i.n
      returning id, record_number, created_at
    )${facts(context, object, 'created', writtenFacts(context, records))}${firstStays(context, object, records)}${uniquesInserted(context, records)}${linksInserted(context, records)}${otherEndsTold(context, records)}${filesFiled(context, records)}${firstKeys(context, object, records)}
    select inserted.*, ${numbered.numbers} as numbers${duplicateCheck(records)}${linkCheck(context, records)}
    from inserted join input using (id) order by input.n`
}

/** What an update replaces, record by record: of many that change together each keeps what it does not mention. */
export interface Replaced {
  uniques: { record_id: string; field_id: string }[]
  relations: { record_id: string; relation_id: string }[]
}

/** Writes the new state of records that the transaction has locked; see `lockRecords`. */
export function updateStatement(
  context: RecordContext,
  object: CompiledObject,
  records: WrittenRecord[],
  replaced: Replaced,
): RawBuilder<unknown> {
  const { tenantId } = context.model
  noteValues(context, object, records)
  noteWritten(context, object, records, { isNew: false })
  noteBooked(context, object, records, { isNew: false })
  noteDone(context, object, records)
  noteActivities(context, object, records)
  return sql`with input as materialized (
      select * from jsonb_to_recordset(${rowsAsJson(context, object, records)}::jsonb) as t(${rowShape})
    )${movedStays(context, object, records)}, updated as (
      update records r set (${columnList}) = (select
          i.title, i.title_key, i.stage, i.amount_minor, i.currency, i.starts_at, i.ends_at, i.due_at, i.email, i.phone,
          lower(r.record_number) || ' ' || i.search,
          i.s1, i.s2, i.s3, i.s4, i.s5, i.s6, i.s7, i.s8, i.s9, i.s10, i.owner_id, i.location_id, i.data),
        version = r.version + 1, updated_at = now(), updated_by = ${context.actor.userId}${stageSince(object, records)}
      from input i where r.tenant_id = ${tenantId} and r.id = i.id
      returning r.id, r.version, r.updated_at, coalesce(r.stage_since, r.created_at) as stage_since, r.stages_since
    )${facts(context, object, 'updated', writtenFacts(context, records))}${uniquesDropped(tenantId, replaced)}${uniquesInserted(context, records, replaced.uniques.length > 0)}${linksDropped(tenantId, records, replaced)}${linksInserted(context, records, replaced.relations.length > 0)}${otherEndsTold(context, records)}${filesFiled(context, records)}${changedKeys(context, object, records)}
    select updated.*${duplicateCheck(records)}${linkCheck(context, records)} from updated join input using (id) order by input.n`
}

/** Replaces unique values alone, where something else than the record's own row has changed them. */
export function uniquesStatement(
  context: RecordContext,
  records: { id: string; uniques: UniqueValue[] }[],
  freed: Replaced['uniques'],
): RawBuilder<unknown> {
  const dropped = uniquesDropped(context.model.tenantId, { uniques: freed, relations: [] })
  return sql`with nothing as (select)${dropped}${uniquesInserted(context, records, freed.length > 0)}
    select true as done${duplicateCheck(records)}`
}

export interface TrashedRecord {
  id: string
  /** Those to take again. */
  uniques: UniqueValue[]
  /** The record whose deletion takes this one along. */
  takenBy?: string | undefined
}

/**
 * Moves records to the trash or out of it: unique values, and places at records that take one link only, are freed and
 * taken again.
 */
export function trashStatement(
  context: RecordContext,
  object: CompiledObject,
  records: TrashedRecord[],
  action: 'deleted' | 'restored',
): RawBuilder<unknown> {
  const { tenantId } = context.model
  const ids = records.map((record) => record.id)
  noteExistence(context, object, ids)
  const deleting = action === 'deleted'
  if (!deleting) noteBookings(context, object, ids)
  const input = records.map(({ id, takenBy }) => ({
    id,
    deleted_with: takenBy ?? null,
    changes: {},
    entry_id: newId(),
  }))
  return sql`with input as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(input)}::jsonb) as t(id uuid, deleted_with uuid, changes jsonb, entry_id uuid)
    ), updated as (
      update records r set version = r.version + 1,
        deleted_at = ${deleting ? sql`now()` : sql`null`}, deleted_by = ${deleting ? context.actor.userId : null},
        deleted_with = i.deleted_with,
        updated_at = now(), updated_by = ${context.actor.userId}
      from input i where r.tenant_id = ${tenantId} and r.id = i.id
      returning r.id, r.version, r.updated_at
    ), counter as (
      update record_counters set live = live + ${deleting ? -ids.length : ids.length}
      where tenant_id = ${tenantId} and object_id = ${object.id}${deleting ? sql`` : admittedBy(context.model, ids.length, context.now)}
    )${facts(context, object, action)}${singlePlaces(tenantId, object, ids, deleting)}${
      deleting
        ? sql`, dropped as (delete from unique_values where tenant_id = ${tenantId} and record_id = any(${ids}::uuid[]))`
        : uniquesInserted(context, records)
    }
    select updated.*${deleting ? sql`` : duplicateCheck(records)} from updated`
}

/** A record in the trash does not keep others from the record that it points at alone. */
function singlePlaces(tenantId: string, object: CompiledObject, ids: string[], deleting: boolean): RawBuilder<unknown> {
  const single = object.relations.filter(({ direction, inverseMany }) => direction === 'out' && !inverseMany)
  if (single.length === 0) return sql``
  return sql`, placed as (
      update links set to_single = ${!deleting} where tenant_id = ${tenantId} and from_id = any(${ids}::uuid[])
        and relation_id = any(${single.map(({ relationId }) => relationId)}::uuid[])
    )`
}

/**
 * PostgreSQL runs the parts of a statement in an order of its own; reading the one that deletes makes it come first, so
 * that what is inserted does not meet what it replaces.
 */
const whenDone = (part: 'freed' | 'unlinked'): RawBuilder<unknown> =>
  sql`where (select count(*) from ${sql.ref(part)}) >= 0`

/** What the entries and events of records say, unless all say the same. */
interface FactsBeside {
  /** Whom the texts of a row of `input` name anew, where they do: they are told by the event. */
  payload: RawBuilder<unknown>
  requestId: RawBuilder<unknown>
  /** A further column of the event, and its value; without it events have the cause that the transaction names. */
  causeColumn: RawBuilder<unknown>
  cause: RawBuilder<unknown>
}

const sameForAll = ({ requestId }: RecordContext): FactsBeside => ({
  payload: sql``,
  requestId: sql`${requestId}`,
  causeColumn: sql``,
  cause: sql``,
})

function writtenFacts(context: RecordContext, records: WrittenRecord[]): FactsBeside {
  const told = { ...sameForAll(context), payload: sql` || i.mentions` }
  const areTraced = records.some(({ trace }) => trace)
  return areTraced ? { ...told, requestId: sql`i.request_id`, causeColumn: sql`, cause`, cause: sql`, i.cause` } : told
}

/** The audit entry of each row of `input`, and the event that names it. */
function facts(
  context: RecordContext,
  object: CompiledObject,
  action: string,
  beside = sameForAll(context),
): RawBuilder<unknown> {
  const { tenantId } = context.model
  const entries = entriesInsert(context, {
    id: sql`i.entry_id`,
    action,
    objectId: object.id,
    recordId: sql`i.id`,
    changes: sql`i.changes`,
    requestId: beside.requestId,
    from: sql`from input i`,
  })
  return sql`, audited as (
      ${entries}
    ), told as (
      insert into events (tenant_id, type, object_id, record_id, actor_id, entry_id, payload${beside.causeColumn})
      select ${tenantId}, ${`record.${action}`}, ${object.id}, i.id, ${context.actor.userId}, i.entry_id,
        jsonb_build_object('object', ${object.slug}::text, 'fields',
          coalesce((select jsonb_agg(k) from jsonb_object_keys(i.changes) as k), '[]'::jsonb), 'source', ${context.source}::text)${beside.payload}${beside.cause}
      from input i
    )`
}

const uniqueRows = (records: { id: string; uniques: UniqueValue[] }[]): Row[] =>
  records.flatMap((record) => record.uniques.map((unique) => ({ ...unique, record_id: record.id })))

function uniquesInserted(
  context: RecordContext,
  records: { id: string; uniques: UniqueValue[] }[],
  afterFreed = false,
): RawBuilder<unknown> {
  const rows = uniqueRows(records)
  if (rows.length === 0) return sql``
  return sql`, wanted as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t(field_id uuid, value text, record_id uuid)
      ${afterFreed ? whenDone('freed') : sql``}
    ), taken as (
      insert into unique_values (tenant_id, field_id, value, record_id)
      select ${context.model.tenantId}, field_id, value, record_id from wanted order by field_id, value
      on conflict do nothing returning field_id, record_id
    )`
}

/** A column that raises `duplicate` with the losers, if a unique value was not to be had. */
function duplicateCheck(records: { id: string; uniques: UniqueValue[] }[]): RawBuilder<unknown> {
  if (uniqueRows(records).length === 0) return sql``
  return sql`, (select raise_problem('duplicate', jsonb_agg(jsonb_build_object('field_id', w.field_id, 'record_id', w.record_id)))
      from wanted w where not exists (select from taken t where t.field_id = w.field_id and t.record_id = w.record_id)
      having count(*) > 0) as duplicate`
}

/**
 * By their places, record by record: of values that have just been taken the planner knows nothing, and a join may look
 * through all values of a field for each of them.
 */
function uniquesDropped(tenantId: string, { uniques }: Replaced): RawBuilder<unknown> {
  if (uniques.length === 0) return sql``
  return sql`, freed as (
      delete from unique_values where tenant_id = ${tenantId} and ctid = any(array(
        select mine.place from jsonb_to_recordset(${JSON.stringify(uniques)}::jsonb) as old(record_id uuid, field_id uuid)
          cross join lateral (select ctid as place, field_id from unique_values
            where tenant_id = ${tenantId} and record_id = old.record_id offset 0) mine
        where mine.field_id = old.field_id))
      returning 1
    )`
}

function linksInserted(
  context: RecordContext,
  records: { links: NewLink[] }[],
  afterUnlinked = false,
): RawBuilder<unknown> {
  const rows = records.flatMap((record) => record.links)
  if (rows.length === 0) return sql``
  const { tenantId } = context.model
  return sql`, wanted_links as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as t(relation_id uuid, from_id uuid, to_id uuid, from_single boolean, to_single boolean, position int)
      ${afterUnlinked ? whenDone('unlinked') : sql``}
    ), moved as (
      update links l set position = w.position from wanted_links w where ${isThere(tenantId)} and l.position <> w.position
    ), linked as (
      insert into links (tenant_id, relation_id, from_id, to_id, from_single, to_single, position, created_by)
      select ${tenantId}, w.relation_id, w.from_id, w.to_id, w.from_single, w.to_single, w.position, ${context.actor.userId}
      from wanted_links w where not exists (select from links l where ${isThere(tenantId)})
      order by w.relation_id, w.to_id
      on conflict do nothing returning relation_id, from_id, to_id
    )`
}

/** A link that a record keeps: it was there before the statement. */
const isThere = (tenantId: string): RawBuilder<unknown> =>
  sql`l.tenant_id = ${tenantId} and l.relation_id = w.relation_id and l.from_id = w.from_id and l.to_id = w.to_id`

/** A column that raises `duplicate` with the losers, if a record that takes one link only was linked to another. */
function linkCheck({ model }: RecordContext, records: { links: NewLink[] }[]): RawBuilder<unknown> {
  if (records.every((record) => record.links.length === 0)) return sql``
  return sql`, (select raise_problem('duplicate', jsonb_agg(jsonb_build_object('field_id', w.relation_id, 'record_id', w.from_id)))
      from wanted_links w where not exists (select from linked t
          where t.relation_id = w.relation_id and t.from_id = w.from_id and t.to_id = w.to_id)
        and not exists (select from links l where ${isThere(model.tenantId)})
      having count(*) > 0) as linked_elsewhere`
}

function otherEndsTold(context: RecordContext, records: WrittenRecord[]): RawBuilder<unknown> {
  const byRequest = Map.groupBy(records, ({ trace }) => trace?.requestId ?? context.requestId)
  const facts = [...byRequest].flatMap(([requestId, some]) =>
    otherEndFacts(some.flatMap((record) => record.otherEnds)).map((fact) => ({ ...fact, requestId })),
  )
  return facts.length === 0 ? sql`` : sql`, told_others as (${auditOfFacts(context, facts)})`
}

/** Removes the links that the records no longer have; the ones that stay keep their attributes. */
function linksDropped(tenantId: string, records: WrittenRecord[], { relations }: Replaced): RawBuilder<unknown> {
  if (relations.length === 0) return sql``
  const kept = records.flatMap((record) => record.links)
  return sql`, unlinked as (
      delete from links l using jsonb_to_recordset(${JSON.stringify(relations)}::jsonb) as old(record_id uuid, relation_id uuid)
      where l.tenant_id = ${tenantId} and l.from_id = old.record_id and l.relation_id = old.relation_id
        and (l.relation_id, l.from_id, l.to_id) not in (
          select relation_id, from_id, to_id from jsonb_to_recordset(${JSON.stringify(kept)}::jsonb)
            as t(relation_id uuid, from_id uuid, to_id uuid))
      returning 1
    )`
}
