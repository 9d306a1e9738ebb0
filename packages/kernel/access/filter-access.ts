/** For filters over relations: which fields, ways and rows of other objects the caller may use. */
import type { FilterAccess } from '../expressions/index.ts'
import type { TenantModel } from '../metadata/index.ts'
import { type AccessPolicy, fieldAccess, rowCondition, scopeOf } from './policy.ts'
import { followWay } from './ways.ts'

export function filterAccess(policy: AccessPolicy, model: TenantModel): FilterAccess {
  return {
    field: (object, key) => fieldAccess(policy, object, key) !== 'hidden',
    way: (from, relations) => followWay(policy, model, from, relations)?.sees,
    rows: (object, alias) => {
      const reach = scopeOf(policy, object, 'read')
      return reach ? rowCondition(policy, reach, alias) : 'none'
    },
  }
}
