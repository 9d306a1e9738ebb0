/**
 * Whether changed records still lie within the reach of who changed them: what somebody may no longer read, or would put
 * at a location that is not theirs, is not theirs to write. Asked right behind the change, in the same round trip, of
 * rows that the transaction has locked.
 */
import { decidedBy, placesOf, type Reach, recordsDiffer, rowCondition, scopeOf, voicesColumn } from '../access/index.ts'
import { allOf, type RawBuilder, type Row, sql } from '../database/index.ts'
import { AppError } from '../errors/index.ts'
import type { CompiledObject, ObjectAction } from '../metadata/index.ts'
import type { RecordContext } from './context.ts'

/** A record that is changed: its owner before, where that may be another now, and the names of what changes. */
export interface Changed {
  id: string
  ownerBefore?: string | null
  keys: string[]
}

/** A changed record as its writer's rights see it. */
export interface Standing extends Row {
  id: string
  /** See `voicesColumn`. */
  voices: string | null
}

type Rights = Pick<RecordContext, 'model' | 'policy'>

/** What the changed records must lie within: all that their writer reads, and the owners and locations they may change. */
function reachesOf({ policy }: Rights, object: CompiledObject, actions: ObjectAction[]): Reach[] {
  const reaches = actions.map((action) => scopeOf(policy, object, action)!)
  return [scopeOf(policy, object, 'read')!, ...reaches.map(placesOf)]
}

/** Attributes that every change changes. */
const alwaysChanged = ['updatedAt', 'updatedBy', 'version']

/** Attributes that a change of these fields changes, where they show stages. */
const stageMoments = ({ pipelines, roles }: CompiledObject, keys: string[]): string[] =>
  pipelines
    .filter(({ field }) => keys.includes(field))
    .map(({ key, field }) => (field === roles.stage ? 'stageSince' : `stageSince.${key}`))

/**
 * The statement that follows a change; undefined where the change cannot have taken a record out of reach and all records
 * show the same fields. It raises a problem that `outsideOf` knows. The owner is looked at as it was: handing a record on
 * is what the right to assign it is for, and that was asked before.
 */
export function standingStatement(
  context: Rights,
  object: CompiledObject,
  changed: Changed[],
  actions: ObjectAction[],
): RawBuilder<Standing> | undefined {
  const { model, policy } = context
  const reaches = reachesOf(context, object, actions)
  const deciding = new Set(reaches.flatMap((reach) => [...decidedBy(reach)]))
  const keys = changed.flatMap((one) => one.keys)
  const isAtStake = [...alwaysChanged, ...stageMoments(object, keys), ...keys].some((key) => deciding.has(key))
  if (!isAtStake && !recordsDiffer(policy, object)) return undefined
  const limits = isAtStake ? reaches.flatMap((reach) => rowCondition(policy, reach, 'held') ?? []) : []
  const before = JSON.stringify(changed.map(({ id, ownerBefore }) => ({ id, before: { owner_id: ownerBefore } })))
  return sql<Standing>`with standing as materialized (
      select r.id, ${voicesColumn(policy, object, 'r')} as voices, coalesce(${allOf(limits)}, false) as within
      from jsonb_to_recordset(${before}::jsonb) as was(id uuid, before jsonb)
        join records r on r.tenant_id = ${model.tenantId} and r.id = was.id,
        lateral jsonb_populate_record(r, was.before) as held
    ) select id, voices, (select raise_problem('outside', jsonb_agg(id)) from standing where not within
      having count(*) > 0) as outside from standing`
}

/** Refuses links that take records of the object, whose relation it is, out of reach. */
export async function requireStaying(
  context: Rights & Pick<RecordContext, 'tx'>,
  object: CompiledObject,
  ids: string[],
  relation: string,
): Promise<void> {
  const keys = [relation]
  const changed = ids.map((id) => ({ id, keys }))
  const statement = standingStatement(context, object, changed, ['update'])
  if (!statement) return
  try {
    await context.tx.query(statement)
  } catch (error) {
    throw outsideOf(error).size > 0 ? movedOutside(context, object, { keys }, ['update']) : error
  }
}

/** The records that a statement found to be out of reach; none for every other error. */
export function outsideOf(error: unknown): Set<string> {
  const { code, message } = error as { code?: string; message?: string }
  return new Set(code === 'OF005' && message ? (JSON.parse(message) as string[]) : [])
}

/** Names what took the record out of reach. */
export function movedOutside(
  context: Rights,
  object: CompiledObject,
  { keys }: Pick<Changed, 'keys'>,
  actions: ObjectAction[],
): AppError {
  const deciding = new Set(reachesOf(context, object, actions).flatMap((reach) => [...decidedBy(reach)]))
  const details = keys
    .filter((key) => deciding.has(key))
    .map((field) => ({ field, message: 'would take the record out of what your role reaches' }))
  const names = details.map(({ field }) => `“${field}”`).join(', ')
  return new AppError(
    'FORBIDDEN',
    `With this ${names || 'change'} the record would no longer be among the ${object.labelPlural.en.toLowerCase()} that your role reaches. Choose another value, or ask somebody who reaches both.`,
    { details },
  )
}
