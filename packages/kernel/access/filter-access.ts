/** For filters: which fields, ways and rows of other objects the caller may use. */
import type { FilterAccess } from '../expressions/index.ts'
import type { TenantModel } from '../metadata/index.ts'
import { atBest } from './differing.ts'
import { type AccessPolicy, fieldAccess, rowCondition, scopeOf } from './policy.ts'
import { followWay } from './ways.ts'

/**
 * A field may be used where some records show it: `seenCondition` then goes with the comparison. A way over relations must
 * be open on every record, and what lies behind it be seen on every one there.
 */
export function filterAccess(policy: AccessPolicy, model: TenantModel): FilterAccess {
  return {
    field: (object, key) => fieldAccess(atBest(policy), object, key) !== 'hidden',
    way: (from, relations) => followWay(policy, model, from, relations)?.sees,
    rows: (object, alias) => {
      const reach = scopeOf(policy, object, 'read')
      return reach ? rowCondition(policy, reach, alias) : 'none'
    },
  }
}
