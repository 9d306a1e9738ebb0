/**
 * Fields that some records of an object show and others do not, because each role speaks of the records that it grants.
 * A policy says what holds on every record; from it come the policy for what may be asked of at all, and the one for a
 * record at hand. Which roles grant the record is worked out by the database as it is read: one digit for each.
 */
import { type RawBuilder, type SqlBool, sql } from '../database/index.ts'
import type { CompiledObject } from '../metadata/index.ts'
import type { FieldVoice, LimitedFields } from './fields.ts'
import { type AccessPolicy, fieldAccess, type ObjectAccess } from './policy.ts'
import { grantCondition } from './reach.ts'

const knownBest = new WeakMap<AccessPolicy, AccessPolicy>()

/** What the caller may name: a field that they see on some records. Values take the record's own policy. */
export function atBest(policy: AccessPolicy): AccessPolicy {
  const known = knownBest.get(policy)
  if (known) return known
  const differing = [...policy.objects].filter(([, access]) => access.differing)
  const best =
    differing.length === 0
      ? policy
      : withFields(
          policy,
          differing.map(([slug, { differing }]) => [slug, differing!.best]),
        )
  knownBest.set(policy, best)
  return best
}

/** Whether not all records of the object show the caller the same fields. */
export const recordsDiffer = (policy: AccessPolicy, object: CompiledObject): boolean =>
  policy.objects.get(object.slug)?.differing !== undefined

const knownRecords = new WeakMap<ObjectAccess, Map<string, AccessPolicy>>()

/**
 * The policy as it is for one record of the object.
 *
 * @param voices what `voicesColumn` gave for it; null where all records are alike.
 */
export function forRecord(
  policy: AccessPolicy,
  object: CompiledObject,
  voices: string | null | undefined,
): AccessPolicy {
  const access = policy.objects.get(object.slug)
  if (!voices || !access?.differing) return policy
  const known = knownRecords.get(access) ?? new Map<string, AccessPolicy>()
  knownRecords.set(access, known)
  const found = known.get(voices)
  if (found) return found
  const { differing } = access
  const fields = differing.saidBy(differing.voices.filter((_, index) => voices[index] === '1'))
  const narrowed = withFields(policy, [[object.slug, fields]])
  known.set(voices, narrowed)
  return narrowed
}

function withFields(policy: AccessPolicy, changes: [slug: string, fields: LimitedFields][]): AccessPolicy {
  const objects = new Map(policy.objects)
  for (const [slug, fields] of changes) objects.set(slug, { ...objects.get(slug)!, fields, differing: undefined })
  return { ...policy, objects }
}

/** A column that says which voices speak of a row of `records` under this alias: `101`; null where all are alike. */
export function voicesColumn(policy: AccessPolicy, object: CompiledObject, alias: string): RawBuilder<string | null> {
  const differing = policy.objects.get(object.slug)?.differing
  if (!differing) return sql`null::text`
  const digits = differing.voices.map((voice) => sql`coalesce(${spokenOf(policy, object, voice, alias)}, false)::int`)
  return sql`concat(${sql.join(digits)})`
}

/** The rows on which the field is seen; undefined where that is all or none of them, as `fieldAccess` says. */
export function seenCondition(
  policy: AccessPolicy,
  object: CompiledObject,
  key: string,
  alias: string,
): RawBuilder<SqlBool> | undefined {
  const differing = policy.objects.get(object.slug)?.differing
  if (!differing || fieldAccess(policy, object, key) !== 'hidden' || differing.best.get(key) === 'hidden')
    return undefined
  const showing = differing.voices.filter((voice) => (voice.says(key) ?? 'hidden') !== 'hidden')
  const conditions = showing.map((voice) => spokenOf(policy, object, voice, alias))
  return sql<SqlBool>`coalesce(${sql.join(conditions, sql` or `)}, false)`
}

const spokenOf = (policy: AccessPolicy, object: CompiledObject, { grant }: FieldVoice, alias: string) =>
  grantCondition(policy, { located: object.located ?? false }, grant, alias)
