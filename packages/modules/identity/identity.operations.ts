/** The operations of signing in and of one's own account. */
import { languages } from '@oneforge/kernel/metadata'
import { type AnyOperation, defineOperation } from '@oneforge/kernel/operations'
import { z } from 'zod'
import type { SessionCookies } from './cookies.ts'
import { handOver, refreshCookie } from './hand-over.ts'
import { bodyOnly, email, name, otp, password, signedIn, tenant, timeZone, user } from './identity.schemas.ts'
import type { IdentityService } from './identity.service.ts'
import { personOf } from './person.ts'
import { readSecurity } from './security.store.ts'
import type { SignIn } from './sign-in.service.ts'
import type { WorkspaceAddresses } from './workspace-address.ts'

const tag = 'Identity'

const me = z.object({
  user,
  tenant,
  roles: z.array(z.string()),
  idleMinutes: z.int().nullable().describe('After so many minutes without a request the session ends.'),
})

interface Parts {
  service: IdentityService
  signIn: SignIn
  cookies: SessionCookies
  addresses: WorkspaceAddresses
}

export function identityOperations(parts: Parts): AnyOperation[] {
  return [...entryOperations(parts), ...workspaceOperations(parts), ...accountOperations(parts.service)]
}

function entryOperations({ service, signIn, cookies, addresses }: Parts): AnyOperation[] {
  return [
    defineOperation({
      name: 'auth.register',
      kind: 'command',
      summary: 'Register a user with a new workspace, and sign in',
      tag,
      access: 'public',
      input: z.strictObject({ email, password, name, workspace: name }),
      output: signedIn,
      http: { method: 'POST', path: '/auth/register', status: 201, input: bodyOnly },
      handler: async (context, input) => handOver(context, cookies, await service.register(input, context)),
    }),
    defineOperation({
      name: 'auth.login',
      kind: 'command',
      summary: 'Sign in with e-mail address and password',
      description:
        'After five wrong passwords or codes the account is locked for 15 minutes (423). An account with a second factor answers 401 with the detail MFA_REQUIRED as long as the code is missing.',
      tag,
      access: 'public',
      input: z.strictObject({
        email,
        password,
        tenant: z
          .string()
          .max(100)
          .optional()
          .describe('Slug or id of the workspace; that of the address, or the one used last, without it.'),
        otp: otp.optional(),
      }),
      output: signedIn,
      http: { method: 'POST', path: '/auth/login', input: bodyOnly },
      handler: async (context, input) => {
        const tenant = input.tenant ?? (await addresses.workspaceAt(context.request?.headers.get('host')))
        return handOver(context, cookies, await signIn.login({ ...input, tenant }, context))
      },
    }),
    defineOperation({
      name: 'auth.refresh',
      kind: 'command',
      summary: 'Exchange a refresh token for a new pair of tokens',
      description:
        'A refresh token is good for one use; a repeat within ten seconds gets the same answer, a later one ends the session. The web page sends no body: its token is in a cookie.',
      tag,
      access: 'public',
      input: z.strictObject({ refreshToken: z.string().max(500).optional() }),
      output: signedIn,
      http: { method: 'POST', path: '/auth/refresh', input: bodyOnly },
      handler: async (context, input) => {
        const refreshToken = input.refreshToken ?? refreshCookie(context, cookies)
        return handOver(context, cookies, await signIn.refresh(refreshToken))
      },
    }),
    defineOperation({
      name: 'auth.logout',
      kind: 'command',
      summary: 'End the session',
      tag,
      access: 'user',
      beforeEnrolment: true,
      input: z.object({}),
      output: z.void(),
      http: { method: 'POST', path: '/auth/logout', status: 204, input: bodyOnly },
      handler: async (context) => {
        await signIn.logout(personOf(context))
        cookies.clear(context.response.headers)
      },
    }),
    defineOperation({
      name: 'auth.stepUp',
      kind: 'command',
      summary: 'Confirm that it is still you',
      description:
        'For ten minutes this session may do what asks for more than being signed in. Give the password or a code.',
      tag,
      access: 'user',
      beforeEnrolment: true,
      input: z
        .strictObject({ password: password.optional(), otp: otp.optional() })
        .refine((given) => (given.password === undefined) !== (given.otp === undefined), {
          error: 'Give either the password or a code.',
          path: ['password'],
        }),
      output: z.void(),
      http: { method: 'POST', path: '/auth/step-up', status: 204, input: bodyOnly },
      handler: (context, input) => signIn.stepUp(personOf(context), input, context),
    }),
  ]
}

function workspaceOperations({ signIn, cookies }: Parts): AnyOperation[] {
  return [
    defineOperation({
      name: 'auth.workspaces',
      kind: 'query',
      summary: 'List the workspaces that you may go to, the one used last first',
      tag,
      access: 'user',
      beforeEnrolment: true,
      input: z.strictObject({}),
      output: z.array(tenant.extend({ current: z.boolean(), lastUsedAt: z.string().nullable() })),
      http: { method: 'GET', path: '/auth/workspaces' },
      handler: (context) => signIn.workspaces(personOf(context)),
    }),
    defineOperation({
      name: 'auth.switchWorkspace',
      kind: 'command',
      summary: 'Go to another workspace',
      description: 'Opens a session there and ends the one that the request came with.',
      tag,
      access: 'user',
      beforeEnrolment: true,
      input: z.strictObject({ tenant: z.string().max(100).describe('Slug or id of the workspace.') }),
      output: signedIn,
      http: { method: 'POST', path: '/auth/switch', input: bodyOnly },
      handler: async (context, input) =>
        handOver(context, cookies, await signIn.switchTo(personOf(context), input.tenant, context)),
    }),
  ]
}

function accountOperations(service: IdentityService): AnyOperation[] {
  return [
    defineOperation({
      name: 'auth.me',
      kind: 'query',
      summary: 'Tell who is signed in, and where',
      tag,
      access: 'member',
      bindUser: true,
      beforeEnrolment: true,
      input: z.strictObject({}),
      output: me,
      http: { method: 'GET', path: '/auth/me' },
      handler: async ({ tx, actor, model, policy }) => ({
        user: await service.profile(tx, actor.userId!, model),
        tenant: { id: model.tenantId, name: model.name, slug: model.slug },
        roles: policy.roles.map(({ key }) => key),
        idleMinutes: (await readSecurity(tx)).idleMinutes,
      }),
    }),
    defineOperation({
      name: 'auth.updateMe',
      kind: 'command',
      summary: 'Change your own name, language or time zone',
      tag,
      access: 'member',
      bindUser: true,
      input: z.strictObject({
        name: name.optional(),
        locale: z.enum(languages).optional(),
        timeZone: timeZone.optional(),
      }),
      output: me,
      http: { method: 'PATCH', path: '/auth/me' },
      handler: async ({ tx, actor, model, policy }, input) => ({
        user: await service.updateProfile(tx, actor.userId!, input, model),
        tenant: { id: model.tenantId, name: model.name, slug: model.slug },
        roles: policy.roles.map(({ key }) => key),
        idleMinutes: (await readSecurity(tx)).idleMinutes,
      }),
    }),
    defineOperation({
      name: 'auth.changePassword',
      kind: 'command',
      summary: 'Change your own password',
      description: 'Ends all your other sessions.',
      tag,
      access: 'user',
      input: z.strictObject({ currentPassword: password, newPassword: password }),
      output: z.void(),
      http: { method: 'POST', path: '/auth/password', status: 204, input: bodyOnly },
      handler: (context, input) => service.changePassword(personOf(context), input, context),
    }),
  ]
}
