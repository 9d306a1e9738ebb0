/** Roles, what members hold, teams, and why somebody may do what they may. */
import { compilePolicy, memberRights, requireAdmin } from '@oneforge/kernel/access'
import { isId } from '@oneforge/kernel/database'
import { notFound } from '@oneforge/kernel/errors'
import { adminPermissions, fieldAccesses, maxDepth, objectActions, scopes } from '@oneforge/kernel/metadata'
import {
  type AnyOperation,
  defineOperation,
  type OperationContext,
  requireMayView,
  viewAsHeader,
} from '@oneforge/kernel/operations'
import { visibleObject } from '@oneforge/kernel/records'
import { z } from 'zod'
import * as schema from './access.schemas.ts'
import { auditViewing } from './access.store.ts'
import { effectiveAccess, explainRecord } from './explanation.ts'
import { requireAccessAdmin } from './guards.ts'
import * as members from './members.service.ts'
import { previewMember, previewRole } from './preview.ts'
import * as roles from './roles.service.ts'
import { permissionLabel } from './vocabulary.ts'

const tag = 'Access'
const roleAdmin = { tag, access: { admin: 'roles' } } as const
const userAdmin = { tag, access: { admin: 'users' } } as const
const version = z.int().optional().describe('The version the change was made on: If-Match')
const rolePath = z.object({ key: z.string() })
const memberPath = z.object({ userId: z.string().describe('Id of the member’s user') })

/** Of what is looked at by those who administer users or roles; the handler checks which. */
const accessQuery = { tag, access: 'member', kind: 'query' } as const

async function asAdministrator<T>(context: OperationContext, answer: () => Promise<T>): Promise<T> {
  requireAccessAdmin(context.policy)
  return answer()
}

const roleOperations: AnyOperation[] = [
  defineOperation({
    ...accessQuery,
    name: 'access.vocabulary',
    summary: 'The words that roles are written in',
    input: z.object({}),
    output: schema.vocabulary,
    http: { method: 'GET', path: '/access/vocabulary' },
    handler: async ({ locale }) => ({
      actions: [...objectActions],
      scopes: [...scopes],
      fieldAccess: [...fieldAccesses],
      admin: adminPermissions.map((key) => ({ key, label: permissionLabel(key, locale) })),
      maxDepth,
    }),
  }),
  defineOperation({
    ...accessQuery,
    name: 'roles.list',
    summary: 'All roles with what they allow',
    input: z.object({}),
    output: z.array(schema.role),
    http: { method: 'GET', path: '/access/roles' },
    handler: (context) => asAdministrator(context, () => roles.presentRoles(context)),
  }),
  defineOperation({
    ...accessQuery,
    name: 'roles.get',
    summary: 'One role',
    input: rolePath,
    output: schema.role,
    http: { method: 'GET', path: '/access/roles/{key}' },
    handler: (context, input) => asAdministrator(context, () => roles.presentRole(context, input.key)),
  }),
  defineOperation({
    ...roleAdmin,
    name: 'roles.create',
    kind: 'command',
    summary: 'Add a role',
    stepUp: true,
    input: z.object({ role: schema.newRole }),
    output: schema.role,
    http: {
      method: 'POST',
      path: '/access/roles',
      status: 201,
      bodyAs: 'role',
      location: (output) => `/api/v1/access/roles/${(output as { key: string }).key}`,
    },
    handler: (context, input) => roles.createRole(context, input.role),
  }),
  defineOperation({
    ...roleAdmin,
    name: 'roles.update',
    kind: 'command',
    summary: 'Change a role; each part that is given is replaced as a whole',
    stepUp: true,
    input: rolePath.extend({ version, change: schema.roleChange }),
    output: schema.role,
    http: { method: 'PATCH', path: '/access/roles/{key}', ifMatch: true, bodyAs: 'change' },
    handler: (context, input) => roles.changeRole(context, input.key, input.change, input.version),
  }),
  defineOperation({
    ...roleAdmin,
    name: 'roles.delete',
    kind: 'command',
    summary: 'Remove a role that nobody holds',
    stepUp: true,
    input: rolePath.extend({ version }),
    output: z.void(),
    http: { method: 'DELETE', path: '/access/roles/{key}', ifMatch: true, status: 204 },
    handler: (context, input) => roles.removeRole(context, input.key, input.version),
  }),
  defineOperation({
    ...accessQuery,
    name: 'roles.preview',
    summary: 'What a change of a role would give and take, member by member',
    input: rolePath.extend({ change: schema.rolePreviewInput }),
    output: schema.preview,
    cost: 20,
    http: { method: 'POST', path: '/access/roles/{key}/preview', bodyAs: 'change' },
    handler: (context, input) => asAdministrator(context, () => previewRole(context, input.key, input.change)),
  }),
]

const memberOperations: AnyOperation[] = [
  defineOperation({
    ...accessQuery,
    name: 'access.administrators',
    summary: 'Whom to ask for a right: those who can give it',
    input: schema.administratorQuery,
    output: z.array(schema.administrator),
    http: { method: 'GET', path: '/access/administrators' },
    handler: (context, input) => members.presentAdministrators(context, input.permission),
  }),
  defineOperation({
    ...accessQuery,
    name: 'access.members',
    summary: 'All members with their roles and teams',
    input: z.object({}),
    output: z.array(schema.memberSummary),
    http: { method: 'GET', path: '/access/members' },
    handler: (context) => asAdministrator(context, () => members.presentMembers(context)),
  }),
  defineOperation({
    ...accessQuery,
    name: 'access.member',
    summary: 'What one member holds',
    input: memberPath,
    output: schema.memberDetail,
    http: { method: 'GET', path: '/access/members/{userId}' },
    handler: (context, input) => asAdministrator(context, () => members.presentMember(context, input.userId)),
  }),
  defineOperation({
    ...userAdmin,
    name: 'access.setRoles',
    kind: 'command',
    summary: 'Give a member these roles and no others',
    stepUp: true,
    input: memberPath.extend({ roles: schema.heldRoles }),
    output: schema.memberDetail,
    http: { method: 'PUT', path: '/access/members/{userId}/roles' },
    handler: (context, input) => members.changeMemberRoles(context, input.userId, input.roles),
  }),
  defineOperation({
    ...userAdmin,
    name: 'access.addException',
    kind: 'command',
    summary: 'Grant or deny one person a single thing',
    stepUp: true,
    input: memberPath.extend({ exception: schema.newException }),
    output: schema.exception,
    http: { method: 'POST', path: '/access/members/{userId}/exceptions', status: 201, bodyAs: 'exception' },
    handler: (context, input) => members.addException(context, input.userId, input.exception),
  }),
  defineOperation({
    ...userAdmin,
    name: 'access.removeException',
    kind: 'command',
    summary: 'Take a single grant or denial back',
    stepUp: true,
    input: memberPath.extend({ exceptionId: z.string() }),
    output: z.void(),
    http: { method: 'DELETE', path: '/access/members/{userId}/exceptions/{exceptionId}', status: 204 },
    handler: (context, input) => members.removeException(context, input.userId, input.exceptionId),
  }),
  defineOperation({
    ...accessQuery,
    name: 'access.previewMember',
    summary: 'What other roles would give a member and take from them',
    input: memberPath.extend({ roles: schema.heldRoles }),
    output: schema.preview,
    cost: 5,
    http: { method: 'POST', path: '/access/members/{userId}/preview' },
    handler: (context, input) => asAdministrator(context, () => previewMember(context, input.userId, input.roles)),
  }),
]

const explanations: AnyOperation[] = [
  defineOperation({
    ...accessQuery,
    name: 'access.effective',
    summary: 'Everything that a member may do, and which role or exception says so',
    input: memberPath,
    output: schema.effectiveAccess,
    cost: 2,
    http: { method: 'GET', path: '/access/members/{userId}/effective' },
    handler: (context, input) => effectiveAccess(context, input.userId),
  }),
  defineOperation({
    ...accessQuery,
    name: 'access.explain',
    phi: true,
    summary: 'Why a member may or may not see and change a record',
    input: z.object({
      object: z.string(),
      id: z.string(),
      user: z.string().optional().describe('Id of the member; oneself without it'),
    }),
    output: schema.recordAccess,
    http: { method: 'GET', path: '/{object}/{id}/access' },
    handler(context, input) {
      const object = visibleObject(context, input.object)
      if (!object) throw notFound(`The object “${input.object}”`)
      if (!isId(input.id)) throw notFound(`The record ${input.id} of ${object.slug}`)
      return explainRecord(context, object, input.id, input.user)
    },
  }),
]

const viewing: AnyOperation[] = [
  defineOperation({
    ...userAdmin,
    name: 'access.viewAs',
    kind: 'command',
    summary: 'Begin to look at the workspace as a member sees it',
    description: `Every further query says so with the header ${viewAsHeader}: it is answered as for that member, and audited. Commands are refused meanwhile.`,
    input: z.strictObject({ userId: z.string() }),
    output: z.object({
      userId: z.uuid(),
      name: z.string(),
      email: z.string(),
      roles: z.array(z.object({ key: z.string(), label: z.string() })),
    }),
    http: { method: 'POST', path: '/access/view-as' },
    async handler(context, { userId }) {
      const { tx, model, policy, locale } = context
      const [member] = isId(userId) ? await memberRights(tx, model.tenantId, [userId]) : []
      if (!member) throw notFound(`The member ${userId}`)
      requireMayView({ policy }, { name: member.name, policy: compilePolicy(model, member.rights) })
      await auditViewing(context, 'view_as.started', { user: userId })
      const keys = [...new Set(member.rights.roles.map((role) => role.key))]
      const { name, email } = member
      return { userId, name, email, roles: keys.map((key) => ({ key, label: members.labelOf(model, key, locale) })) }
    },
  }),
  defineOperation({
    tag,
    access: 'member',
    name: 'access.endViewAs',
    kind: 'command',
    summary: 'Stop looking at the workspace as somebody else',
    input: z.object({}),
    output: z.void(),
    http: { method: 'DELETE', path: '/access/view-as', status: 204 },
    async handler(context) {
      requireAdmin(context.policy, 'users')
      await auditViewing(context, 'view_as.ended', {})
    },
  }),
]

export const rightsOperations: AnyOperation[] = [...roleOperations, ...memberOperations, ...explanations, ...viewing]
