/** Roles and rights, as the server sends them. */
import type { Filter, LocalizedText, ObjectAction, Scope, TextInput } from './types.ts'

export type FieldAccess = 'hidden' | 'read' | 'write'
export type ActionGrant = Scope | { scope: Scope; filter?: Filter | null }

export interface RelationRule {
  follow?: boolean
  /** How many relations further one may go from there. */
  depth?: number
  /** Keys of what is seen at the other side; all of it without them. */
  fields?: string[]
}

export type ObjectGrant = Partial<Record<ObjectAction, ActionGrant>> & {
  fields?: Record<string, FieldAccess>
  relations?: Record<string, RelationRule>
}

/** By object slug; `*` stands for every object that is not named. */
export type ObjectGrants = Record<string, ObjectGrant>

export interface RoleRules {
  objects: ObjectGrants
  admin: string[]
  depth: number | null
  /** Ways over relations that are closed: `patients.primary_doctor.department`. */
  forbiddenPaths: string[]
}

export interface Role extends RoleRules {
  key: string
  label: string
  labels: LocalizedText
  description: string | null
  descriptions: LocalizedText | null
  /** How many memberships hold it. */
  members: number
  position: number
  version: number
}

export type RoleInput = Partial<RoleRules> & { label?: TextInput; description?: TextInput | null }

export interface AccessVocabulary {
  actions: ObjectAction[]
  scopes: Scope[]
  fieldAccess: FieldAccess[]
  admin: { key: string; label: string }[]
  maxDepth: number
}

/** What a change of a role, or of somebody's roles, gives and takes; members whom it does not touch are left out. */
export interface AccessPreview {
  members: PreviewedMember[]
  totalMembers: number
  truncated: boolean
  cap: number
}

export interface PreviewedMember {
  userId: string
  name: string
  roles: string[]
  objects: PreviewedObject[]
  admin: { gained: string[]; lost: string[] }
}

export interface PreviewedObject {
  object: string
  label: string
  /** Records gained and lost, counted up to the cap; `right` when the action itself comes or goes. */
  actions: { action: ObjectAction; right: 'gained' | 'lost' | null; gained: number; lost: number; capped: boolean }[]
  fields: Record<'gained' | 'lost', { key: string; access: FieldAccess }[]>
  relations: { gained: string[]; lost: string[] }
}

export interface RoleHeld {
  key: string
  label: string
  /** Null: everywhere. */
  locationId: string | null
}

export interface TeamName {
  id: string
  name: string
}

export interface MemberAccess {
  userId: string
  name: string
  email: string
  status: string
  roles: RoleHeld[]
  /** How many. */
  exceptions: number
  teams: TeamName[]
}

export interface MemberAccessDetail extends Omit<MemberAccess, 'exceptions'> {
  exceptions: AccessException[]
  locations: string[]
}

export type ExceptionRule =
  | { kind: 'action'; object: string; action: ObjectAction; scope: Scope; filter?: Filter | null }
  | { kind: 'field'; object: string; field: string; access: FieldAccess }
  | { kind: 'relation'; object: string; relation: string }
  | { kind: 'admin'; permission: string }

export type ExceptionInput = ExceptionRule & { effect: 'grant' | 'deny'; reason?: string | null }
export type AccessException = ExceptionRule & {
  id: string
  effect: 'grant' | 'deny'
  reason: string | null
  createdAt: string
  createdBy: { id: string | null; name: string } | null
}

/** Where a right comes from. */
export type RightSource =
  | { kind: 'role'; key: string; label: string; locations: string[] | null }
  | { kind: 'exception'; id: string }
  | { kind: 'computed'; of: string }
  | { kind: 'system' }

export interface GivenScope {
  scope: Scope
  filter: Filter | null
  by: RightSource
  /** Whether the record asked about lies in it; with `explain` only. */
  matches?: boolean
}

export interface ActionRight {
  allowed: boolean
  granted: GivenScope[]
  denied: GivenScope[]
}

export interface FieldRight {
  key: string
  label: string
  access: FieldAccess
  /** Who gives exactly that access. */
  by: RightSource[]
  limitedBy: RightSource | null
  /** On every record, where that is less than on some; not told of a single record. */
  least?: FieldAccess
}

export interface RelationRight {
  key: string
  label: string
  object?: string
  follow: boolean
  depth: number
  fields: string[] | null
}

export interface ObjectRights {
  object: string
  label: string
  actions: Record<ObjectAction, ActionRight & { unlimited: boolean }>
  fields: FieldRight[]
  relations: RelationRight[]
}

export interface EffectiveAccess {
  userId: string
  name: string
  email: string
  roles: RoleHeld[]
  teams: TeamName[]
  /** How many people the teams hold. */
  colleagues: number
  locations: string[]
  admin: { permission: string; by: RightSource[] }[]
  objects: ObjectRights[]
  depth: number | null
  forbiddenPaths: string[]
}

/** Why somebody sees a record, or does not. */
export interface RecordAccess {
  user: { id: string; name: string }
  record: { id: string; object: string; title: string | null }
  actions: Partial<Record<ObjectAction, ActionRight>>
  fields: FieldRight[]
  relations: RelationRight[]
}

export interface Team {
  id: string
  name: string
  parentId: string | null
  members: { userId: string; name: string }[]
  memberCount: number
}

export interface ViewedPerson {
  userId: string
  name: string
  email: string
  roles: { key: string; label: string }[]
}
