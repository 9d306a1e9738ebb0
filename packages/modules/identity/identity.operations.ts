/** The operations of signing in and of one's own account. */
import { type AnyOperation, defineOperation, type HttpInput, type PublicContext } from '@oneforge/kernel/operations'
import { z } from 'zod'
import { isFromPage, type SessionCookies } from './cookies.ts'
import type { IdentityService, SignedIn } from './identity.service.ts'
import { listMembers } from './identity.store.ts'

const tag = 'Identity'
const longestName = 200
const longestEmail = 254
/** Beyond any password that can be set, with room for characters of several code units. */
const longestPasswordInput = 1_000

const email = z
  .string()
  .trim()
  .toLowerCase()
  .max(longestEmail, { abort: true })
  .check(z.email('Give an e-mail address such as ann@example.com.'))
  .meta({ examples: ['ann@example.com'] })

const name = z
  .string()
  .normalize('NFC')
  .trim()
  .min(1, 'Give a name.')
  .refine((text) => [...text].length <= longestName, `Use at most ${longestName} characters.`)
  .refine((text) => text.isWellFormed() && !/\p{Cc}/u.test(text), 'Leave out control characters.')
  .meta({ maxLength: longestName })

const password = z.string().min(1, 'Give a password.').max(longestPasswordInput)

const timeZone = z
  .string()
  .max(100)
  .refine(isTimeZone, 'Give a time zone of the IANA database such as Europe/Madrid.')
  .meta({ examples: ['Europe/Madrid'] })

const user = z.object({
  id: z.uuid(),
  email: z.string(),
  name: z.string(),
  locale: z.string(),
  timeZone: z.string(),
  emailVerified: z.boolean(),
})
const tenant = z.object({ id: z.uuid(), name: z.string(), slug: z.string() })
const me = z.object({ user, tenant, roles: z.array(z.string()) })
const signedIn = z.object({
  accessToken: z.string().optional().describe('Left out for the web page, which gets cookies.'),
  refreshToken: z.string().optional().describe('Left out for the web page, which gets cookies.'),
  expiresIn: z.number().int().describe('Seconds that the access token lasts.'),
  user,
  tenant,
})
const member = z.object({
  id: z.uuid().describe('The user’s id: what user fields and owners hold.'),
  name: z.string(),
  email: z.string(),
  roles: z.array(z.string()),
  status: z.enum(['active', 'deactivated']),
})

/** Addresses end up in logs and histories: passwords and tokens are taken from the body alone. */
const bodyOnly = ({ body }: HttpInput): unknown => body ?? {}

export function identityOperations(service: IdentityService, cookies: SessionCookies): AnyOperation[] {
  return [
    ...sessionOperations(service, cookies),
    ...accountOperations(service),
    defineOperation({
      name: 'members.list',
      kind: 'query',
      summary: 'List the members of the workspace',
      tag,
      access: 'member',
      input: z.strictObject({}),
      output: z.array(member),
      http: { method: 'GET', path: '/members' },
      handler: (context) => listMembers(context.tx, context.model.tenantId),
    }),
  ]
}

function sessionOperations(service: IdentityService, cookies: SessionCookies): AnyOperation[] {
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
      description: 'After five wrong passwords the account is locked for 15 minutes (423).',
      tag,
      access: 'public',
      input: z.strictObject({
        email,
        password,
        tenant: z.string().max(100).optional().describe('Slug or id of the workspace; the one used last without it.'),
        otp: z.string().max(20).optional().describe('Only for accounts with a second factor.'),
      }),
      output: signedIn,
      http: { method: 'POST', path: '/auth/login', input: bodyOnly },
      handler: async (context, input) => handOver(context, cookies, await service.login(input, context)),
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
        return handOver(context, cookies, await service.refresh(refreshToken))
      },
    }),
    defineOperation({
      name: 'auth.logout',
      kind: 'command',
      summary: 'End the session',
      tag,
      access: 'user',
      input: z.object({}),
      output: z.void(),
      http: { method: 'POST', path: '/auth/logout', status: 204, input: bodyOnly },
      handler: async (context) => {
        await service.logout(context.actor.userId, context.sessionId)
        cookies.clear(context.response.headers)
      },
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
      input: z.strictObject({}),
      output: me,
      http: { method: 'GET', path: '/auth/me' },
      handler: async ({ tx, actor, model, policy }) => ({
        user: await service.profile(tx, actor.userId!, model),
        tenant: { id: model.tenantId, name: model.name, slug: model.slug },
        roles: policy.roles.map(({ key }) => key),
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
        locale: z.enum(['en', 'es']).optional(),
        timeZone: timeZone.optional(),
      }),
      output: me,
      http: { method: 'PATCH', path: '/auth/me' },
      handler: async ({ tx, actor, model, policy }, input) => ({
        user: await service.updateProfile(tx, actor.userId!, input, model),
        tenant: { id: model.tenantId, name: model.name, slug: model.slug },
        roles: policy.roles.map(({ key }) => key),
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
      handler: (context, input) => service.changePassword(context.actor.userId, context.sessionId, input),
    }),
  ]
}

/** Programs get the tokens in the body, the page in cookies that no script can read. */
function handOver(context: PublicContext, cookies: SessionCookies, signedIn: SignedIn): Partial<SignedIn> {
  if (!isFromPage(context.request?.headers)) return signedIn
  cookies.set(context.response.headers, signedIn)
  const { accessToken: _, refreshToken: __, ...body } = signedIn
  return body
}

/** The page's refresh token, which counts only together with the header that other sites cannot send. */
function refreshCookie(context: PublicContext, cookies: SessionCookies): string | undefined {
  const headers = context.request?.headers
  return headers && isFromPage(headers) ? cookies.refreshToken(headers) : undefined
}

/** A name of the IANA database; offsets such as +02:00 know no summer time. */
function isTimeZone(value: string): boolean {
  if (!/^[A-Za-z]/.test(value)) return false
  try {
    new Intl.DateTimeFormat('en', { timeZone: value })
    return true
  } catch {
    return false
  }
}
