/**
 * What has changed, without anything of what it says: for whoever shows records and follows what others do to them. As
 * nothing of a record is told, asking is no reading of it and leaves no entry in the log of operations.
 */
import { requireAction, rowCondition } from '../access/index.ts'
import { allOf, plannedForValues, type RawBuilder, type Row, sql } from '../database/index.ts'
import type { CompiledObject } from '../metadata/index.ts'
import type { RecordContext } from './context.ts'
import { atLocation } from './location.ts'

export interface RecordVersion {
  id: string
  version: number
  updatedAt: string
  /** In the trash, or merged into another record. */
  deleted: boolean
}

type VersionRow = Row & { id: string; version: number; updated_at: string; deleted: boolean }

/**
 * The versions of records that the caller may read, the latest changed first.
 *
 * There is no filter: whether a record meets one would tell of its values.
 *
 * @param asked.ids of these records only.
 * @param asked.since changed at this moment or later, in ISO 8601.
 */
export async function listVersions(
  context: RecordContext,
  object: CompiledObject,
  asked: { ids?: string[]; since?: string; limit: number },
): Promise<RecordVersion[]> {
  const conditions = [
    ...whatIsRead(context, object),
    asked.ids ? sql`r.id = any(${asked.ids}::uuid[])` : undefined,
    asked.since ? sql`r.updated_at >= ${asked.since}::timestamptz` : undefined,
  ].filter((condition) => condition !== undefined)
  const rows = await context.tx.final<VersionRow>(
    plannedForValues(sql`
      select r.id, r.version, r.updated_at, r.deleted_at is not null as deleted
      from records r where ${allOf(conditions)}
      order by r.updated_at desc, r.id desc limit ${asked.limit}`),
  )
  return rows.map(({ id, version, updated_at, deleted }) => ({ id, version, updatedAt: updated_at, deleted }))
}

/** A change that began earlier may have ended later than the latest one: so many are looked at. */
const looked = 20

/** Of each object a text that differs after each change of records that the caller may read. */
export async function latestChanges(context: RecordContext, objects: CompiledObject[]): Promise<string[]> {
  if (objects.length === 0) return []
  const answers = await context.tx.batch<Row & { id: string; version: number }>(
    objects.map((object) =>
      // A plan for any object would read all of it: the latest are met first along their index.
      plannedForValues(sql`select r.id, r.version from records r where ${allOf(whatIsRead(context, object))}
        order by r.updated_at desc, r.id desc limit ${looked}`),
    ),
  )
  return answers.map((rows) => rows.map(({ id, version }) => `${id} ${version}`).join(' '))
}

/** Living or not, what the caller may read of the object. */
function whatIsRead(context: RecordContext, object: CompiledObject): RawBuilder<unknown>[] {
  const reach = requireAction(context.policy, object, 'read')
  return [
    sql`r.tenant_id = ${context.model.tenantId}`,
    sql`r.object_id = ${object.id}`,
    rowCondition(context.policy, reach, 'r'),
    atLocation(context, object, 'r'),
  ].filter((condition) => condition !== undefined)
}
