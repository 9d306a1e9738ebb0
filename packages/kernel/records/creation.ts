/** Whether new records lie within what their maker may create: asked of the database once they stand in it. */
import { forRecord, recordsDiffer, rowCondition, scopeOf, voicesColumn } from '../access/index.ts'
import { allOf, type RawBuilder, type Row, type SqlBool, sql } from '../database/index.ts'
import { type AppError, forbidden, validationError } from '../errors/index.ts'
import type { CompiledObject } from '../metadata/index.ts'
import type { RecordContext } from './context.ts'
import { accessOfField } from './relations.ts'

/** How records come in: an import takes the right to import each of them as well. */
export type Entrance = 'create' | 'import'

/** A new record as its maker's rights see it. */
export interface NewStanding extends Row {
  id: string
  within: boolean
  /** See `voicesColumn`. */
  voices: string | null
}

/** Asks how new records stand, in the order of their ids; undefined where the caller may create any with any values. */
export function newStanding(
  { model, policy }: Pick<RecordContext, 'model' | 'policy'>,
  object: CompiledObject,
  entrance: Entrance,
  ids: string[],
): RawBuilder<NewStanding> | undefined {
  const limits = creationLimits(policy, object, entrance)
  if (limits.length === 0 && !recordsDiffer(policy, object)) return undefined
  return sql<NewStanding>`select r.id, coalesce(${allOf(limits)}, false) as within, ${voicesColumn(policy, object, 'r')} as voices
    from records r where r.tenant_id = ${model.tenantId} and r.id = any(${ids}::uuid[])`
}

/** What new records have to fulfil; empty where the caller may create any. */
function creationLimits(
  policy: RecordContext['policy'],
  object: CompiledObject,
  entrance: Entrance,
): RawBuilder<SqlBool>[] {
  const actions = entrance === 'import' ? (['create', 'import'] as const) : (['create'] as const)
  return actions.flatMap((action) => {
    const reach = scopeOf(policy, object, action)
    return (reach && rowCondition(policy, reach, 'r')) ?? []
  })
}

/**
 * Why the record may not be made; undefined where it may. The values that its maker gave must be theirs to write on
 * this very record, as far as any of their roles shows it to them.
 */
export function creationRefusal(
  { model, policy }: Pick<RecordContext, 'model' | 'policy'>,
  object: CompiledObject,
  { within, voices }: NewStanding,
  input: Record<string, unknown>,
): AppError | undefined {
  if (!within) return mayNotCreate(object)
  if (!voices?.includes('1')) return undefined
  const viewer = { model, policy: forRecord(policy, object, voices) }
  const given = Object.keys(input).map((key) => (key === 'stage' ? (object.roles.stage ?? key) : key))
  const closed = object.fields.filter(
    (field) => given.includes(field.key) && accessOfField(viewer, object, field) !== 'write',
  )
  if (closed.length === 0) return undefined
  return validationError(
    closed.map(({ key }) => ({ field: key, message: 'may not be set by your role on this record' })),
  )
}

const mayNotCreate = (object: CompiledObject): AppError =>
  forbidden(
    `Your role allows you to create only some ${object.labelPlural.en.toLowerCase()}: this one would belong to somebody or somewhere that is not yours, or does not have the values it needs.`,
  )
