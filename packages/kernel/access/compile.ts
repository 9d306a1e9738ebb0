import type { TenantModel } from '../metadata/index.ts'
import { hideComputedFields } from './computed.ts'
import { type AccessPolicy, compileRights } from './policy.ts'
import type { MemberRights } from './rights.ts'

/** The policy of a member in this tenant. */
export function compilePolicy(model: TenantModel, rights: MemberRights): AccessPolicy {
  const policy = compileRights(model, rights)
  hideComputedFields(policy, model)
  return policy
}
