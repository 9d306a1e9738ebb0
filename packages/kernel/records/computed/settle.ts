/**
 * Works out, in the transaction of a change, every computed value that the change calls for. Rank by rank the dependents
 * are found, locked, read with a snapshot of their own and written: two changes under one parent wait for each other at
 * the parent, and the second one sees what the first has written. So many statements a field, whatever the records.
 */
import { type RawBuilder, type Row, sql } from '../../database/index.ts'
import { type ComputedField, computedGraph } from '../../expressions/index.ts'
import { fromStored } from '../../metadata/index.ts'
import type { StoredValue } from '../../metadata/values/index.ts'
import type { RecordContext } from '../context.ts'
import { type ProjectedColumns, project, type RecordData } from '../project.ts'
import { sameValue } from '../rules/state.ts'
import { noteComputed } from '../rules/written.ts'
import { type BroughtRow, brought, isFollowing, movedChildren, rollupsOver } from './brought.ts'
import { type Changes, takeChanges } from './changes.ts'
import type { Route } from './deferred-work.ts'
import {
  anchorsHeld,
  dependentsAtHand,
  dependentsStatement,
  type LockedTarget,
  lockStatement,
  routesOf,
} from './dependents.ts'
import { isLate, noteLate } from './late-note.ts'
import { formulaValue, isOwn, put } from './own.ts'
import { broughtStatement, sourceStatement, valueOfSource } from './source-values.ts'
import { changedTotal, keepTotal, keptTotal, type Rollup, type Total } from './totals.ts'
import { type ComputedRecord, computedStatement } from './write-computed.ts'

/** Dependents that one change works out itself, per field; the rest is a job's. */
export const mostAtOnce = 2_000

export interface SettledRecord {
  data: RecordData
  columns: ProjectedColumns
}

export interface Demand {
  /** Fields to be worked out for these records, whatever has changed. */
  forced?: Map<ComputedField, string[]>
  /** Records whose columns are to be written anew, also where no value changes. */
  rewritten?: ReadonlySet<string>
}

interface Course {
  /** Nothing follows in the transaction, which then ends with what is written. */
  isLast?: boolean
  /**
   * The statements of the change itself, which have not been sent: they go with the first that settles. So what they lock
   * is held for a round trip less.
   */
  ahead?: Ahead[]
}

/** A statement that nobody waits for: it travels ahead of the next one that somebody does. */
export interface Ahead {
  statement: RawBuilder<unknown>
  answered?(rows: Row[]): void
}

/** Settles what the transaction has noted, and what is demanded beside it. Gives the records it has written, by id. */
export async function settle(
  context: RecordContext,
  demand: Demand = {},
  { isLast = false, ahead = [] }: Course = {},
): Promise<Map<string, SettledRecord>> {
  const changes = takeChanges(context)
  const settled = new Map<string, SettledRecord>()
  const pipe = new Pipe(context, ahead)
  if (changes.isEmpty && !demand.forced?.size && !demand.rewritten?.size) {
    await pipe.empty(isLast)
    return settled
  }
  const graph = computedGraph(context.model)
  const held = await anchorsHeld(context, graph, changes, (statement) => pipe.askOne(statement))
  for (const statement of held) pipe.add({ statement })
  const last = graph.fields.reduce((rank, one) => Math.max(rank, one.rank), 0)
  for (let rank = 0; rank <= last; rank++) {
    const fields = graph.fields.filter((one) => one.rank === rank)
    const wanted = await findWanted(context, pipe, fields, changes, demand.forced)
    // What is to be rewritten anyway is, in the first round.
    const rewritten = rank === 0 ? demand.rewritten : undefined
    const written = await workOut(context, pipe, wanted, { changes, forced: demand.forced, rewritten })
    for (const record of written) {
      changes.add(record.id, record.objectId, record.fields)
      settled.set(record.id, record)
    }
    if (written.length > 0) pipe.add({ statement: computedStatement(context, written) })
  }
  await pipe.empty(isLast)
  return settled
}

class Pipe {
  private readonly context: RecordContext
  private readonly ahead: Ahead[]

  constructor(context: RecordContext, ahead: Ahead[]) {
    this.context = context
    this.ahead = [...ahead]
  }

  add(statement: Ahead): void {
    this.ahead.push(statement)
  }

  /** The answers to these statements. */
  async ask<R extends object>(statements: RawBuilder<unknown>[]): Promise<R[][]> {
    const ahead = this.ahead.splice(0)
    const answers = await this.context.tx.batch<R>([...ahead.map(({ statement }) => statement), ...statements])
    return answered(ahead, answers)
  }

  async askOne<R extends object>(statement: RawBuilder<unknown>): Promise<R[]> {
    return (await this.ask<R>([statement]))[0]!
  }

  async empty(isLast: boolean): Promise<void> {
    const ahead = this.ahead.splice(0)
    if (ahead.length === 0) return
    const statements = ahead.map(({ statement }) => statement)
    const { tx } = this.context
    answered(ahead, isLast ? await tx.finalBatch(statements) : await tx.batch(statements))
  }
}

/** Hands out the answers to what went ahead; gives the others. */
function answered<R extends object>(ahead: Ahead[], answers: R[][]): R[][] {
  for (const [index, one] of ahead.entries()) one.answered?.(answers[index] as Row[])
  return answers.slice(ahead.length)
}

type Wanted = Map<ComputedField, string[]>

/** Which records each field has to be worked out for. */
async function findWanted(
  context: RecordContext,
  pipe: Pipe,
  fields: ComputedField[],
  changes: Changes,
  forced: Wanted | undefined,
): Promise<Wanted> {
  const wanted: Wanted = new Map()
  const asked: { computed: ComputedField; routes: Route[] }[] = []
  const late: Route[] = []
  for (const computed of fields) {
    const given = forced?.get(computed) ?? []
    const routes = computed.rank === 0 ? [] : routesOf(computed, changes)
    if (isLate(computed)) {
      late.push(...routes)
      wanted.set(computed, given)
      continue
    }
    const atHand = dependentsAtHand(routes)
    if (atHand) wanted.set(computed, [...new Set([...given, ...atHand])])
    else asked.push({ computed, routes: given.length > 0 ? [...routes, { back: [], ids: given }] : routes })
  }
  if (late.length > 0) pipe.add({ statement: noteLate(context, late) })
  if (asked.length > 0) {
    const limit = mostAtOnce + 1
    const statements = asked.map(({ routes }) => dependentsStatement(context, routes, { limit }))
    const found = await pipe.ask<{ id: string }>(statements)
    for (const [index, { computed, routes }] of asked.entries()) {
      const ids = found[index]!.map(({ id }) => id)
      wanted.set(computed, await withoutRemainder(context, computed, routes, ids))
    }
  }
  for (const [computed, ids] of wanted) if (ids.length === 0) wanted.delete(computed)
  return wanted
}

async function withoutRemainder(
  context: RecordContext,
  computed: ComputedField,
  routes: Route[],
  ids: string[],
): Promise<string[]> {
  if (ids.length <= mostAtOnce) return ids
  const now = ids.slice(0, mostAtOnce)
  if (!context.defer) throw new Error('A change concerns more records than one transaction works out.')
  const { field, object } = computed
  const after = now.at(-1)!
  const left = isFollowing(computed) ? await allAfter(context, routes, after) : routes
  await context.defer({ kind: 'recompute', fieldId: field.id, objectId: object.id, routes: left, after })
  return now
}

/** The records themselves: a total that follows its children is wrong until the job comes by, also where they have left. */
async function allAfter(context: RecordContext, routes: Route[], after: string): Promise<Route[]> {
  const limit = 1_000_000
  const rows = await context.tx.query<{ id: string }>(dependentsStatement(context, routes, { after, limit }))
  return [{ back: [], ids: rows.map(({ id }) => id) }]
}

interface Round extends Demand {
  changes: Changes
}

/** The records that have to be written, worked out. */
async function workOut(context: RecordContext, pipe: Pipe, wanted: Wanted, round: Round): Promise<ComputedRecord[]> {
  const rewritten = round.rewritten ?? new Set()
  const ids = [...new Set([...[...wanted.values()].flat(), ...rewritten])].sort()
  if (ids.length === 0) return []
  const { targets, given } = await readLocked(context, pipe, wanted, ids, round)
  return targets.flatMap((target) => {
    const record = recordOf(context, target, given)
    return record && (record.isChanged || rewritten.has(target.id)) ? [record] : []
  })
}

/** What was read for each field, by record. */
type Given = Map<ComputedField, Map<string, unknown>>

interface Reading {
  computed: ComputedField
  ids: string[]
}

/** A rollup of which some children have changed, where the rest of its total is as it was. */
interface Following extends Reading {
  plan: Rollup
  moved: string[]
}

/**
 * Locks the records and reads the sources of their fields, by statements that begin when the locks are there. Of a rollup
 * only what changed children bring is asked for; where it turns out that a record has no total which follows from that,
 * all its children are. What the records bring to rollups themselves is asked before they change.
 */
async function readLocked(
  context: RecordContext,
  pipe: Pipe,
  wanted: Wanted,
  ids: string[],
  { changes, forced }: Round,
): Promise<{ targets: LockedTarget[]; given: Given }> {
  const following: Following[] = []
  const asked: (Reading & { statement: RawBuilder<unknown> })[] = []
  for (const [computed, ids] of wanted) {
    const { plan } = computed
    const moved = forced?.has(computed) ? undefined : movedChildren(computed, changes)
    const statement = moved ? undefined : sourceStatement(context, computed, ids)
    if (statement) asked.push({ computed, ids, statement })
    if (moved && plan.kind === 'rollup') following.push({ computed, ids, plan, moved })
  }
  const arriving = following.filter(({ moved }) => moved.length > 0)
  const arrival = arriving.map(({ computed, plan, moved }) => ({ field: computed.field, plan, ids: moved }))
  const own = broughtByWanted(context, wanted, changes)
  const answers = await pipe.ask<Row>([
    lockStatement(context, ids),
    indexesUsed,
    ...asked.map(({ statement }) => statement),
    ...(arrival.length > 0 ? [broughtStatement(context, arrival)] : []),
    ...own.statements,
  ])
  const [targets, , ...rest] = answers as [LockedTarget[], Row[], ...Row[][]]
  const sources = rest.splice(0, asked.length) as { id: string; value: unknown }[][]
  const [arrived = [], standing] = (arrival.length > 0 ? rest : [[], ...rest]) as BroughtRow[][]
  own.remember(standing)
  const given: Given = new Map()
  for (const [index, { computed }] of asked.entries())
    given.set(computed, new Map(sources[index]!.map(({ id, value }) => [id, value])))
  const others = followUp(changes, following, targets, arrived, given)
  await readWhole(context, others, given)
  return { targets, given }
}

/** Gives the totals that follow from what children bring and brought; returns those that do not. */
function followUp(
  changes: Changes,
  following: Following[],
  targets: LockedTarget[],
  arrived: BroughtRow[],
  given: Given,
): Reading[] {
  const dataOf = new Map(targets.map(({ id, data }) => [id, data]))
  const placeOf = (fieldId: string, parent: string) => `${fieldId} ${parent}`
  const byPlace = Map.groupBy(arrived, (row) => placeOf(row.field_id, row.parent))
  return following.flatMap(({ computed, ids, plan, moved }): Reading[] => {
    const totals = new Map<string, unknown>()
    given.set(computed, totals)
    for (const id of ids) {
      const kept = keptTotal(dataOf.get(id) ?? {}, computed)
      const come = byPlace.get(placeOf(computed.field.id, id)) ?? []
      const gone = moved.flatMap((child) => {
        const total = changes.brought(computed.field.id, child)?.get(id)
        return total === undefined ? [] : [{ total }]
      })
      const [more, less] = [come, gone].map((some) => some.map(({ total }) => total)) as [Total[], Total[]]
      const total = kept === undefined ? undefined : changedTotal(plan, kept, more, less)
      if (total !== undefined) totals.set(id, total)
    }
    const left = ids.filter((id) => !totals.has(id))
    return left.length > 0 ? [{ computed, ids: left }] : []
  })
}

/** What the records that are about to be worked out bring to rollups. */
function broughtByWanted(context: RecordContext, wanted: Wanted, changes: Changes) {
  const byObject = Map.groupBy(wanted, ([{ object }]) => object.id)
  const asked = [...byObject].flatMap(([objectId, fields]) =>
    rollupsOver(context, objectId).flatMap((rollup) => {
      const counting = fields.filter(([{ field }]) => rollup.childKeys.has(field.key))
      return counting.length > 0 ? [{ rollup, ids: [...new Set(counting.flatMap(([, ids]) => ids))] }] : []
    }),
  )
  return brought(context, changes, asked)
}

const indexesUsed = sql`select set_config('plan_cache_mode', 'force_generic_plan', true)`

async function readWhole(context: RecordContext, readings: Reading[], given: Given): Promise<void> {
  const whole = [...Map.groupBy(readings, ({ computed }) => computed)].map(([computed, some]) => {
    const ids = some.flatMap((reading) => reading.ids)
    return { computed, statement: sourceStatement(context, computed, ids)! }
  })
  if (whole.length === 0) return
  const answers = await context.tx.batch<{ id: string; value: unknown }>(whole.map(({ statement }) => statement))
  for (const [index, { computed }] of whole.entries())
    for (const { id, value } of answers[index]!) given.get(computed)!.set(id, value)
}

/** The record as it is after its fields were worked out, in their order: the later ones are made of the earlier. */
function recordOf(
  context: RecordContext,
  target: LockedTarget,
  given: Given,
): (ComputedRecord & { isChanged: boolean }) | undefined {
  const object = context.model.objectById.get(target.object_id)
  if (!object) return undefined
  const data = { ...fromStored(object, target.data) }
  const fields: string[] = []
  let isChanged = false
  for (const computed of computedGraph(context.model).byObject.get(object.id) ?? []) {
    const total = given.get(computed)
    if (total?.has(target.id) && keepTotal(data, computed, total.get(target.id))) isChanged = true
    const value = newValue(context, computed, target.id, data, given)
    if (value === undefined || sameValue(data[computed.field.key], value ?? undefined)) continue
    put(data, computed, value)
    fields.push(computed.field.key)
  }
  const columns = project(object, data)
  noteComputed(context, object, { id: target.id, fields }, fromStored(object, target.data))
  isChanged ||= fields.length > 0
  return { id: target.id, objectId: object.id, slug: object.slug, data, columns, fields, isChanged }
}

/** Undefined where the field keeps the value it has. */
function newValue(
  context: RecordContext,
  computed: ComputedField,
  id: string,
  data: RecordData,
  given: Given,
): StoredValue | null | undefined {
  if (isOwn(computed)) return formulaValue(context, computed, data)
  const values = given.get(computed)
  return values?.has(id) ? valueOfSource(context, computed, values.get(id), data) : undefined
}
