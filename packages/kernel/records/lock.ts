/**
 * Reads records for a change: locked in the order of their ids, so that two bulk changes cannot wait for each other. Who
 * links something to them needs not wait: their key stays as it is.
 */
import { mayExpression, requireAction, scopeOf } from '../access/index.ts'
import { isId, type RawBuilder, sql } from '../database/index.ts'
import { type AppError, because, conflict, forbidden, notFound } from '../errors/index.ts'
import { type CompiledObject, holdModel, type ObjectAction } from '../metadata/index.ts'
import { type BroughtRow, broughtByLocked } from './computed/brought.ts'
import { holdTurn, lockOrder } from './computed/turn.ts'
import type { RecordContext } from './context.ts'
import { andReached } from './read.ts'
import { leaveTrail } from './reading.ts'
import { presentRecord, type RecordRow, recordColumns } from './row.ts'
import type { ExistingRecord } from './rules/state.ts'
import { ticksColumn } from './stages/ticks.ts'

export interface LockedRecord extends ExistingRecord {
  row: RecordRow
  /** Which of these the caller may do to the record. */
  may: Record<LockedAction, boolean>
}

const lockedActions = ['update', 'delete', 'assign', 'import'] as const
export type LockedAction = (typeof lockedActions)[number]

type LockedRow = RecordRow & { all_links: [string, string][] | null; ticks?: Record<string, string[]> | null } & Record<
    `may_${LockedAction}`,
    boolean
  >

interface LockOptions {
  /** Those in the trash are meant. */
  deleted?: boolean
  /** They are about to go: whoever is linking something to them is waited for, and waits. */
  deleting?: boolean
}

/** The records with these ids that the caller may read; what is not there or not theirs to see is left out. */
export async function lockRecords(
  context: RecordContext,
  object: CompiledObject,
  ids: string[],
  options: LockOptions = {},
): Promise<Map<string, LockedRecord>> {
  const { tenantId } = context.model
  const reach = scopeOf(context.policy, object, 'read')
  if (!reach) return new Map()
  const statement = sql`select ${recordColumns(context.model, context.policy, object)},
      ${allLinks(tenantId, object)} as all_links, ${ticksColumn(tenantId, object)}${mayColumns(context, object)}
    from records r where r.tenant_id = ${tenantId} and r.object_id = ${object.id} and r.id = any(${ids.filter(isId)}::uuid[])
      and r.deleted_at is ${options.deleted ? sql`not null` : sql`null`} ${andReached(context, reach, 'r')}
    order by r.id ${options.deleting ? sql`for update of r` : sql`for no key update of r`}`
  const ahead = [...holdModel(context.model), ...holdTurn(context, object)]
  const brought = broughtByLocked(context, object, ids.filter(isId))
  const answers = (await context.tx.batch([...ahead, statement, ...brought.statements])).slice(ahead.length)
  const [rows, totals] = answers as [LockedRow[], BroughtRow[]?]
  brought.remember(totals)
  leaveTrail(
    context,
    object,
    rows.map((row) => row.id),
  )
  return new Map(rows.map((row) => [row.id, existing(row)]))
}

/**
 * Goes ahead of a change whose inputs name relations that other records hold: locks all that it is about to write in one
 * go. What others are made of comes first, as it does when computed values follow, and otherwise the order is that of
 * the ids: so two people who link the same records from opposite sides do not wait for each other in a circle.
 *
 * @param ids of the records that are changed; none where they are new.
 */
export async function lockTogether(
  context: RecordContext,
  object: CompiledObject,
  ids: string[],
  inputs: Record<string, unknown>[],
): Promise<void> {
  const isNamed = (key: string): boolean => inputs.some((input) => key in input)
  const relations = object.relations.filter(({ direction, key }) => direction === 'in' && isNamed(key))
  if (relations.length === 0) return
  const { model, tx } = context
  const named = inputs.flatMap((input) => relations.flatMap(({ key }) => [input[key]].flat())).filter(isId)
  const relationIds = relations.map(({ relationId }) => relationId)
  const known = ids.filter(isId)
  await tx.batch([
    ...holdModel(model),
    ...holdTurn(context, object),
    sql`select r.id from records r where r.tenant_id = ${model.tenantId} and r.id in (
        select unnest(${[...known, ...named]}::uuid[]) union
        select l.from_id from links l where l.tenant_id = ${model.tenantId}
          and l.to_id = any(${known}::uuid[]) and l.relation_id = any(${relationIds}::uuid[]))
      order by array_position(${lockOrder(model)}::uuid[], r.object_id), r.id for no key update of r`,
  ])
}

function allLinks(tenantId: string, object: CompiledObject): RawBuilder<unknown> {
  const hasRelations = object.relations.some((relation) => relation.direction === 'out')
  if (!hasRelations) return sql`null::jsonb`
  return sql`(select jsonb_agg(jsonb_build_array(l.relation_id, l.to_id) order by l.position, l.created_at) from links l
    where l.tenant_id = ${tenantId} and l.from_id = r.id)`
}

function mayColumns({ policy }: RecordContext, object: CompiledObject): RawBuilder<unknown> {
  return sql.join(
    lockedActions.map((action) => sql`${mayExpression(policy, object, action, 'r')} as ${sql.ref(`may_${action}`)}`),
  )
}

function existing(row: LockedRow): LockedRecord {
  const links = new Map<string, string[]>()
  for (const [relationId, otherId] of row.all_links ?? [])
    links.set(relationId, [...(links.get(relationId) ?? []), otherId])
  const may = { update: row.may_update, delete: row.may_delete, assign: row.may_assign, import: row.may_import }
  return {
    id: row.id,
    owner_id: row.owner_id,
    location_id: row.location_id,
    data: row.data,
    links,
    ticks: row.ticks ?? {},
    row,
    may,
  }
}

/** One record for a change: 404 if the caller may not see it, 403 if not change it, 409 if it has moved on. */
export async function lockRecord(
  context: RecordContext,
  object: CompiledObject,
  id: string,
  action: LockedAction,
  { version, ...options }: LockOptions & { version?: number } = {},
): Promise<LockedRecord> {
  const [locked] = await lockEach(context, object, [{ id, ...(version !== undefined && { version }) }], action, options)
  return locked!
}

/** Several as `lockRecord` does one, in the order named. */
export async function lockEach(
  context: RecordContext,
  object: CompiledObject,
  wanted: { id: string; version?: number }[],
  action: LockedAction,
  options: LockOptions = {},
): Promise<LockedRecord[]> {
  requireAction(context.policy, object, 'read')
  requireAction(context.policy, object, action)
  const ids = wanted.map(({ id }) => id)
  const found = await lockRecords(context, object, ids, options)
  return wanted.map(({ id, version }) => {
    const locked = found.get(id)
    if (!locked) throw notFound(`The record ${id} of ${object.slug}`)
    if (!locked.may[action]) throw outOfScope(object, action)
    requireVersion(context, object, locked.row, version)
    return locked
  })
}

export const outOfScope = (object: CompiledObject, action: ObjectAction): AppError =>
  forbidden(
    `Your role allows you to ${action} only some ${object.labelPlural.en.toLowerCase()}, and not this record.`,
    because('NOT_THIS_RECORD', action),
  )

export function requireVersion(context: RecordContext, object: CompiledObject, row: RecordRow, version?: number): void {
  const stale = staleness(context, object, row, version)
  if (stale) throw stale
}

/** A stale edit gets the current record, so that the caller can show both. */
export function staleness(
  context: RecordContext,
  object: CompiledObject,
  row: RecordRow,
  version: number | undefined,
): AppError | undefined {
  if (version === undefined || version === row.version) return undefined
  return conflict(
    `The record was changed since version ${version}; it is at version ${row.version} now. Look at it and try again.`,
    {
      data: presentRecord(context.model, context.policy, object, row),
    },
  )
}
