/** The operations on invitations: those of administrators, and those of whoever holds the link. */
import { type AnyOperation, defineOperation } from '@oneforge/kernel/operations'
import { z } from 'zod'
import type { SessionCookies } from '../cookies.ts'
import { handOver } from '../hand-over.ts'
import { bodyOnly, email, linkToken, name, otp, password, roleKeys, signedIn } from '../identity.schemas.ts'
import { personOf } from '../person.ts'
import type { Invitations } from './invitations.service.ts'
import type { InvitationRow } from './invitations.store.ts'

const tag = 'Members'
const idPath = z.strictObject({ id: z.string() })

const invitation = z
  .object({
    id: z.uuid(),
    email: z.string(),
    roles: z.array(z.string()),
    locations: z.array(z.uuid()),
    status: z.enum(['pending', 'expired', 'accepted', 'declined', 'revoked']),
    invitedBy: z.object({ id: z.uuid(), name: z.string() }).nullable(),
    createdAt: z.string(),
    expiresAt: z.string(),
  })
  .meta({ id: 'Invitation' })

export function invitationOperations(invitations: Invitations, cookies: SessionCookies): AnyOperation[] {
  return [...administration(invitations), ...linkOperations(invitations, cookies)]
}

function administration(invitations: Invitations): AnyOperation[] {
  return [
    defineOperation({
      name: 'invitations.list',
      kind: 'query',
      summary: 'List invitations, the latest first',
      tag,
      access: { admin: 'users' },
      input: z.strictObject({}),
      output: z.array(invitation),
      http: { method: 'GET', path: '/members/invitations' },
      handler: async (context) => (await invitations.list(context)).map(present),
    }),
    defineOperation({
      name: 'invitations.create',
      kind: 'command',
      summary: 'Invite somebody by e-mail',
      description: 'The link is good for seven days.',
      tag,
      access: { admin: 'users' },
      input: z.strictObject({ email, roles: roleKeys, locations: z.array(z.uuid()).max(200).default([]) }),
      output: invitation,
      http: { method: 'POST', path: '/members/invitations', status: 201 },
      handler: async (context, input) =>
        present(await invitations.invite(context, { ...input, roles: [...new Set(input.roles)] })),
    }),
    defineOperation({
      name: 'invitations.resend',
      kind: 'command',
      summary: 'Send an invitation again, with a new link',
      tag,
      access: { admin: 'users' },
      input: idPath,
      output: invitation,
      http: { method: 'POST', path: '/members/invitations/{id}/resend' },
      handler: async (context, { id }) => present(await invitations.resend(context, id)),
    }),
    defineOperation({
      name: 'invitations.revoke',
      kind: 'command',
      summary: 'Withdraw an invitation',
      tag,
      access: { admin: 'users' },
      input: idPath,
      output: z.void(),
      http: { method: 'DELETE', path: '/members/invitations/{id}', status: 204 },
      handler: (context, { id }) => invitations.revoke(context, id),
    }),
  ]
}

function linkOperations(invitations: Invitations, cookies: SessionCookies): AnyOperation[] {
  return [
    defineOperation({
      name: 'invitations.view',
      kind: 'query',
      summary: 'Look at the invitation that a link is for',
      tag,
      access: 'public',
      input: z.strictObject({ token: linkToken }),
      output: z.object({
        workspace: z.object({ name: z.string() }),
        email: z.string(),
        roles: z.array(z.string()).describe('What the roles are called.'),
        invitedBy: z.string().nullable(),
        account: z.enum(['new', 'existing']).describe('Whether the address has an account already.'),
        expiresAt: z.string(),
      }),
      http: { method: 'POST', path: '/auth/invitations/view', input: bodyOnly },
      handler: (_, { token }) => invitations.view(token),
    }),
    defineOperation({
      name: 'invitations.accept',
      kind: 'command',
      summary: 'Accept an invitation, with a new account or with the password of yours',
      tag,
      access: 'public',
      input: z.strictObject({ token: linkToken, name: name.optional(), password, otp: otp.optional() }),
      output: signedIn,
      http: { method: 'POST', path: '/auth/invitations/accept', input: bodyOnly },
      handler: async (context, input) => handOver(context, cookies, await invitations.accept(input, context)),
    }),
    defineOperation({
      name: 'invitations.join',
      kind: 'command',
      summary: 'Accept an invitation as who is signed in',
      tag,
      access: 'user',
      beforeEnrolment: true,
      input: z.strictObject({ token: linkToken }),
      output: signedIn,
      http: { method: 'POST', path: '/auth/invitations/join', input: bodyOnly },
      handler: async (context, { token }) =>
        handOver(context, cookies, await invitations.joinAs(personOf(context), token, context)),
    }),
    defineOperation({
      name: 'invitations.decline',
      kind: 'command',
      summary: 'Decline an invitation',
      tag,
      access: 'public',
      input: z.strictObject({ token: linkToken }),
      output: z.void(),
      http: { method: 'POST', path: '/auth/invitations/decline', status: 204, input: bodyOnly },
      handler: (context, { token }) => invitations.decline(token, context),
    }),
  ]
}

/** A row that is locked for its link holds more than may be told. */
const present = (row: InvitationRow) => ({
  id: row.id,
  email: row.email,
  roles: row.roles,
  locations: row.locations,
  status: row.status,
  invitedBy: row.invitedBy,
  createdAt: row.createdAt,
  expiresAt: row.expiresAt,
})
