/** Who may do what: rights of members, compiled to policies that the record store applies to every read and write. */

export { compilePolicy } from './compile.ts'
export { hiddenSource } from './computed.ts'
export { atBest, forRecord, recordsDiffer, seenCondition, voicesColumn } from './differing.ts'
export { type ExplainedField, explainField, type FieldVoice, fieldVoices } from './fields.ts'
export { filterAccess } from './filter-access.ts'
export { type Member, MemberCache, memberRights } from './member.store.ts'
export {
  type AccessPolicy,
  adminOf,
  fieldAccess,
  mayExpression,
  type ObjectAccess,
  requireAction,
  requireAdmin,
  rowCondition,
  scopeOf,
  seesAll,
  systemPolicy,
  widestScope,
} from './policy.ts'
export {
  coversGrant,
  decidedBy,
  explainReach,
  grantCondition,
  isWhole,
  locationCondition,
  placesOf,
  type Reach,
  type RowGrant,
} from './reach.ts'
export { explainRelation, type RelationAccess } from './relations.ts'
export {
  type ExceptionRule,
  type GivenRole,
  givenRoles,
  locationsOf,
  type MemberException,
  type MemberRights,
  type RightSource,
  type RoleHeld,
} from './rights.ts'
export { type Arrival, followWay } from './ways.ts'
