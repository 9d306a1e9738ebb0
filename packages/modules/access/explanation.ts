/** Why somebody may do what they may: each right with the role or exception that gives it. */
import {
  type AccessPolicy,
  adminOf,
  compilePolicy,
  type ExplainedField,
  explainField,
  explainReach,
  explainRelation,
  type FieldVoice,
  fieldAccess,
  fieldVoices,
  type GivenRole,
  givenRoles,
  hiddenSource,
  isWhole,
  locationsOf,
  type MemberRights,
  memberRights,
  type Reach,
  type RightSource,
  type RowGrant,
  scopeOf,
} from '@oneforge/kernel/access'
import { isId } from '@oneforge/kernel/database'
import { notFound } from '@oneforge/kernel/errors'
import {
  adminPermissions,
  type CompiledField,
  type CompiledObject,
  inLocale,
  type ObjectAction,
  objectActions,
  type TenantModel,
} from '@oneforge/kernel/metadata'
import type { OperationContext } from '@oneforge/kernel/operations'
import { presentRecord, readRow } from '@oneforge/kernel/records'
import { listMembers } from './access.store.ts'
import { matchingGrants } from './explanation.store.ts'
import { requireAccessAdmin } from './guards.ts'
import { labelOf, presentHeld } from './members.service.ts'

/** The person whose rights are looked at, with everything compiled. */
interface Subject {
  userId: string
  name: string
  email: string
  rights: MemberRights
  roles: GivenRole[]
  policy: AccessPolicy
}

/** Oneself, or for administrators any active member. */
async function subjectOf(context: OperationContext, userId: string = context.actor.userId!): Promise<Subject> {
  const { tx, model, policy } = context
  if (userId !== context.actor.userId) requireAccessAdmin(policy)
  const [member] = isId(userId) ? await memberRights(tx, model.tenantId, [userId]) : []
  if (!member) throw notFound(`The member ${userId}`)
  const { rights } = member
  return { ...member, roles: givenRoles(model, rights), policy: compilePolicy(model, rights) }
}

type Viewer = Pick<OperationContext, 'model' | 'locale'>

function presentSource({ model, locale }: Viewer, source: RightSource): object {
  return source.kind === 'role' ? { ...source, label: labelOf(model, source.key, locale) } : source
}

const presentGrant = (viewer: Viewer, { scope, filter, source }: RowGrant): object => ({
  scope,
  filter: filter ?? null,
  by: presentSource(viewer, source),
})

export async function effectiveAccess(context: OperationContext, userId: string): Promise<object> {
  const subject = await subjectOf(context, userId)
  const { model, tx } = context
  const [row] = await listMembers(tx, model.tenantId, subject.userId)
  return {
    userId: subject.userId,
    name: subject.name,
    email: subject.email,
    roles: presentHeld(context, subject.rights.roles),
    teams: row!.teams,
    colleagues: subject.rights.colleagues.filter((id) => id !== subject.userId).length,
    locations: locationsOf(subject.rights),
    admin: adminRights(context, subject),
    objects: model.objects
      .filter((object) => subject.policy.objects.has(object.slug) || isTakenAway(context, subject, object))
      .map((object) => objectRights(context, subject, object)),
    depth: subject.policy.depth,
    forbiddenPaths: subject.policy.forbiddenPaths.map((path) => path.join('.')),
  }
}

/**
 * Whether roles grant the object and exceptions leave nothing of it. It is told to those who look after rights: for the
 * person it does not exist.
 */
function isTakenAway({ model, policy }: OperationContext, subject: Subject, object: CompiledObject): boolean {
  if (!policy.admin.has('users') && !policy.admin.has('roles')) return false
  return objectActions.some((action) => {
    const { granted, denied } = reachOfAction(model, subject, object, action)
    return granted.length > 0 && denied.length > 0
  })
}

function adminRights(viewer: Viewer, { roles, rights }: Subject): object[] {
  const held = adminOf(roles, rights)
  return adminPermissions
    .filter((permission) => held.has(permission))
    .map((permission) => ({
      permission,
      by: roles
        .filter(({ admin = [] }) => admin.includes('*') || admin.includes(permission))
        .map(({ source }) => presentSource(viewer, source)),
    }))
}

function objectRights(context: OperationContext, subject: Subject, object: CompiledObject): object {
  return {
    object: object.slug,
    label: inLocale(object.labelPlural, context.locale),
    actions: Object.fromEntries(objectActions.map((action) => [action, actionRight(context, subject, object, action)])),
    fields: fieldRights(context, subject, object, fieldVoices(context.model, object, subject.roles)).map((field) => ({
      ...field,
      least: fieldAccess(subject.policy, object, field.key),
    })),
    relations: relationRights(context, subject, object),
  }
}

function actionRight(context: OperationContext, subject: Subject, object: CompiledObject, action: ObjectAction) {
  const { granted, denied } = reachOfAction(context.model, subject, object, action)
  const reach = scopeOf(subject.policy, object, action)
  return {
    allowed: reach !== undefined,
    unlimited: reach !== undefined && isWhole(reach),
    granted: granted.map((grant) => presentGrant(context, grant)),
    denied: denied.map((grant) => presentGrant(context, grant)),
  }
}

const reachOfAction = (model: TenantModel, { roles, rights }: Subject, object: CompiledObject, action: ObjectAction) =>
  explainReach(model, object, action, roles, rights)

/** What these voices give together. */
function fieldRights(
  viewer: Viewer,
  { rights, policy }: Subject,
  object: CompiledObject,
  voices: FieldVoice[],
): { key: string }[] {
  return object.fields.map((field) => {
    const { access, by, limitedBy } = explainComputed(
      viewer,
      policy,
      field,
      explainField(object, field, voices, rights),
    )
    return {
      key: field.key,
      label: inLocale(field.label, viewer.locale),
      access,
      by: by.map((source) => presentSource(viewer, source)),
      limitedBy: limitedBy && presentSource(viewer, limitedBy),
    }
  })
}

/** A computed field is also limited by what it is made of. */
function explainComputed(
  { model }: Viewer,
  policy: AccessPolicy,
  field: CompiledField,
  explained: ExplainedField,
): ExplainedField {
  const of = hiddenSource(policy, model, field)
  return of === undefined ? explained : { ...explained, access: 'hidden', limitedBy: { kind: 'computed', of } }
}

function relationRights({ locale }: Viewer, { roles, rights }: Subject, object: CompiledObject): object[] {
  return object.relations.map((relation) => {
    const { follow, depth, fields } = explainRelation(object, relation.key, roles, rights)
    return {
      key: relation.key,
      label: inLocale(relation.label, locale),
      object: relation.object,
      follow,
      depth,
      fields: fields ? [...fields] : null,
    }
  })
}

/** Rights over a record that is there already. */
const recordActions = objectActions.filter((action) => action !== 'create')

/** Why a member may or may not see and change one record; the caller must see it themself. */
export async function explainRecord(
  context: OperationContext,
  object: CompiledObject,
  id: string,
  userId: string | undefined,
): Promise<object> {
  const { model, policy } = context
  const record = presentRecord(model, policy, object, await readRow(context, object, id, { deleted: true }))
  const subject = await subjectOf(context, userId)
  const reaches = recordActions.map((action) => reachOfAction(model, subject, object, action))
  const voices = fieldVoices(model, object, subject.roles)
  const spoken: Reach = { granted: voices.map(({ grant }) => grant), denied: [], located: object.located ?? false }
  const matches = await matchingGrants(context, subject.policy, id, [...reaches, spoken])
  const readable = mayDo(reaches[recordActions.indexOf('read')]!, matches)
  const actions = recordActions.map((action, index) => {
    const reach = reaches[index]!
    const allowed = readable && scopeOf(subject.policy, object, action) !== undefined && mayDo(reach, matches)
    const shown = (grants: RowGrant[]) =>
      grants.map((grant) => ({ ...presentGrant(context, grant), matches: matches.has(grant) }))
    return [action, { allowed, granted: shown(reach.granted), denied: shown(reach.denied) }]
  })
  return {
    user: { id: subject.userId, name: subject.name },
    record: { id, object: object.slug, title: record.title ?? null },
    actions: Object.fromEntries(actions),
    fields: fieldRights(
      context,
      subject,
      object,
      voices.filter(({ grant }) => matches.has(grant)),
    ),
    relations: relationRights(context, subject, object),
  }
}

const mayDo = ({ granted, denied }: Reach, matches: Set<RowGrant>): boolean =>
  granted.some((grant) => matches.has(grant)) && !denied.some((grant) => matches.has(grant))
