/** For filters: which fields, ways and rows of other objects the caller may use. */
import type { FilterAccess } from '../expressions/index.ts'
import type { TenantModel } from '../metadata/index.ts'
import { atBest } from './differing.ts'
import { type AccessPolicy, fieldAccess, rowCondition, scopeOf } from './policy.ts'
import { followWay } from './ways.ts'

/**
 * A relation may be used where every record shows it, any other field where some do: `seenCondition` then goes with the
 * comparison. What lies behind relations must be seen on every record there.
 */
export function filterAccess(policy: AccessPolicy, model: TenantModel): FilterAccess {
  return {
    field: (object, key) => fieldAccess(object.relation.has(key) ? policy : atBest(policy), object, key) !== 'hidden',
    way: (from, relations) => followWay(policy, model, from, relations)?.sees,
    rows: (object, alias) => {
      const reach = scopeOf(policy, object, 'read')
      return reach ? rowCondition(policy, reach, alias) : 'none'
    },
  }
}
