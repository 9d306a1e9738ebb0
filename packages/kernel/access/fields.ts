/** Which fields the roles of a member show and let them change. */
import type { CompiledField, CompiledObject, FieldAccess, ObjectGrant } from '../metadata/index.ts'
import { denialsOf, type GivenRole, type MemberRights, type RightSource } from './rights.ts'

const rank: Record<FieldAccess, number> = { hidden: 0, read: 1, write: 2 }
const higher = (a: FieldAccess, b: FieldAccess): FieldAccess => (rank[a] >= rank[b] ? a : b)
const lower = (a: FieldAccess, b: FieldAccess): FieldAccess => (rank[a] <= rank[b] ? a : b)

/** What one role or exception says of a field or relation. */
export interface Voice<T> {
  source: RightSource
  says: T
}

/**
 * Those who have a say in the fields and relations of an object: roles that read it, with what they do not name as
 * `unnamed`, and whoever names the thing itself. A person who reads it by a single grant only is told what that shows.
 */
export function voicesOf<T>(
  object: CompiledObject,
  roles: GivenRole[],
  named: (grant: ObjectGrant) => T | undefined,
  unnamed: T,
): Voice<T>[] {
  const grants = roles.flatMap(({ source, objects }) => {
    const grant = objects[object.slug] ?? objects['*']
    return grant ? [{ source, grant }] : []
  })
  const readByRole = grants.some(({ source, grant }) => grant.read && source.kind === 'role')
  return grants.flatMap(({ source, grant }) => {
    const explicit = named(grant)
    if (explicit !== undefined) return [{ source, says: explicit }]
    const speaks = grant.read && (source.kind === 'role' || !readByRole)
    return speaks ? [{ source, says: unnamed }] : []
  })
}

export interface ExplainedField {
  access: FieldAccess
  /** Who gives exactly this access, or would if no denial stood against it. */
  by: RightSource[]
  limitedBy: RightSource | null
}

/** A role that reads the object and does not name the field grants the field; several roles add up; denials win. */
export function explainField(
  object: CompiledObject,
  field: CompiledField,
  roles: GivenRole[],
  rights: MemberRights,
): ExplainedField {
  const voices = voicesOf<FieldAccess>(object, roles, (grant) => grant.fields?.[field.key], 'write')
  const best = voices.reduce<FieldAccess>((access, { says }) => higher(access, says), 'hidden')
  const by = voices.filter(({ says }) => says === best).map(({ source }) => source)
  const denials = denialsOf(rights, 'field', object.slug).filter(({ rule }) => rule.field === field.key)
  const denied = denials.toSorted((a, b) => rank[a.rule.access] - rank[b.rule.access])[0]
  const access = denied ? lower(best, denied.rule.access) : best
  return { access, by, limitedBy: denied && access !== best ? denied.source : null }
}

/** The fields that are not simply written and read. */
export function combineFields(
  object: CompiledObject,
  roles: GivenRole[],
  rights: MemberRights,
): Map<string, FieldAccess> {
  const limited = object.fields
    .map((field) => [field.key, explainField(object, field, roles, rights).access] as const)
    .filter(([, access]) => access !== 'write')
  return new Map(limited)
}
