/** The location a record belongs to: which one a new record gets, which ones are listed. */
import { locationCondition } from '../access/index.ts'
import type { RawBuilder } from '../database/index.ts'
import type { FieldProblem } from '../errors/index.ts'
import type { CompiledObject, TenantModel } from '../metadata/index.ts'
import type { RecordContext } from './context.ts'

/** What is listed where the caller has switched to a location; undefined where they have not. */
export function atLocation(
  { locationId }: Pick<RecordContext, 'locationId'>,
  object: CompiledObject,
  alias: string,
): RawBuilder<unknown> | undefined {
  return locationId ? locationCondition([locationId], object.located ?? false, alias) : undefined
}

/** The location of a new record that names none: the one switched to, else the only one that its maker works at. */
export function defaultLocation(
  { model, policy, locationId }: Pick<RecordContext, 'model' | 'policy' | 'locationId'>,
  object: CompiledObject,
): string | null {
  if (!object.located) return null
  const meant = locationId ?? (policy.locations.length === 1 ? policy.locations[0]! : null)
  return meant !== null && model.locations.get(meant)?.active ? meant : null
}

/** What is wrong with the location that a write names. */
export function locationProblems(model: TenantModel, locationId: string | null | undefined): FieldProblem[] {
  if (locationId === null || locationId === undefined) return []
  const location = model.locations.get(locationId)
  if (!location) return [{ field: 'locationId', message: 'is not a location of this workspace' }]
  return location.active ? [] : [{ field: 'locationId', message: `names ${location.name}, which is no longer in use` }]
}
