/** The operations on members. */
import { type AnyOperation, defineOperation } from '@oneforge/kernel/operations'
import { z } from 'zod'
import type { SessionCookies } from '../cookies.ts'
import { bodyOnly } from '../identity.schemas.ts'
import type { Members } from './members.service.ts'
import { listMembers, type MemberRow } from './members.store.ts'

const tag = 'Members'
const idPath = z.strictObject({ id: z.string() })

const status = z.enum(['active', 'deactivated', 'left'])
const kind = z.enum(['person', 'service'])

const member = z
  .object({
    id: z.uuid().describe('The user’s id: what user fields and owners hold.'),
    name: z.string(),
    email: z.string(),
    kind: kind.describe('A service account is what API keys act as.'),
    roles: z.array(z.string()),
    roleLocations: z
      .array(z.object({ role: z.string(), locations: z.array(z.object({ id: z.uuid(), name: z.string() })) }))
      .describe('Each role once; without locations it is held everywhere.'),
    status,
    joinedAt: z.string(),
    lastSeenAt: z.string().nullable().describe('To the minute. Null for callers who do not administer users.'),
    secondFactor: z.boolean().nullable().describe('Null for callers who do not administer users.'),
  })
  .meta({ id: 'Member' })

export function memberOperations(members: Members, cookies: SessionCookies): AnyOperation[] {
  return [
    defineOperation({
      name: 'members.list',
      kind: 'query',
      summary: 'List who is or was a member of the workspace',
      tag,
      access: 'member',
      description:
        'Pickers of people ask for status=active&kind=person; without parameters all are listed, so that old records can show names.',
      input: z.strictObject({ status: status.optional(), kind: kind.optional() }),
      output: z.array(member),
      http: { method: 'GET', path: '/members' },
      handler: async ({ tx, policy }, filter) => {
        const rows = await listMembers(tx, filter)
        return policy.admin.has('users') ? rows : rows.map(withoutTraces)
      },
    }),
    defineOperation({
      name: 'members.deactivate',
      kind: 'command',
      summary: 'Shut a member out',
      description: 'Their next request is refused, and their sessions in this workspace end.',
      tag,
      access: { admin: 'users' },
      input: idPath,
      output: member,
      http: { method: 'POST', path: '/members/{id}/deactivate' },
      handler: (context, { id }) => members.deactivate(context, id),
    }),
    defineOperation({
      name: 'members.reactivate',
      kind: 'command',
      summary: 'Let a deactivated member in again',
      tag,
      access: { admin: 'users' },
      input: idPath,
      output: member,
      http: { method: 'POST', path: '/members/{id}/reactivate' },
      handler: (context, { id }) => members.reactivate(context, id),
    }),
    defineOperation({
      name: 'auth.leave',
      kind: 'command',
      summary: 'Leave the workspace',
      description: 'Your sessions in it end. The last owner cannot leave (409).',
      tag: 'Identity',
      access: 'member',
      beforeEnrolment: true,
      input: z.strictObject({}),
      output: z.void(),
      http: { method: 'POST', path: '/auth/leave', status: 204, input: bodyOnly },
      handler: async (context) => {
        await members.leave(context)
        cookies.clear(context.response.headers)
      },
    }),
  ]
}

/** When colleagues were here, and how they are protected, is known to administrators only. */
const withoutTraces = (row: MemberRow) => ({ ...row, lastSeenAt: null, secondFactor: null })
