/** Values of fields that only some records show the caller: on the others they count as absent. */
import { type AccessPolicy, seenCondition } from '../access/index.ts'
import { type RawBuilder, sql } from '../database/index.ts'
import type { CompiledObject } from '../metadata/index.ts'

/** An expression over the field's value, null on those rows `r` of `records` that do not show it. */
export function whereSeen<T>(
  policy: AccessPolicy,
  object: CompiledObject,
  key: string,
  expression: RawBuilder<T>,
): RawBuilder<T | null> {
  const seen = seenCondition(policy, object, key, 'r')
  return seen ? sql<T | null>`case when ${seen} then ${expression} end` : expression
}
