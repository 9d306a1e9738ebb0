/** The operations that prove an e-mail address. */
import { type AnyOperation, defineOperation } from '@oneforge/kernel/operations'
import { z } from 'zod'
import { bodyOnly, email, linkToken, password } from '../identity.schemas.ts'
import { personOf } from '../person.ts'
import type { Recovery } from './recovery.service.ts'

const tag = 'Identity'

export function recoveryOperations(recovery: Recovery): AnyOperation[] {
  return [
    defineOperation({
      name: 'auth.verifyEmail',
      kind: 'command',
      summary: 'Confirm an e-mail address with the link that was sent to it',
      tag,
      access: 'public',
      input: z.strictObject({ token: linkToken }),
      output: z.object({ email: z.string() }),
      http: { method: 'POST', path: '/auth/verify', input: bodyOnly },
      handler: async (context, { token }) => ({ email: await recovery.verify(token, context) }),
    }),
    defineOperation({
      name: 'auth.resendVerification',
      kind: 'command',
      summary: 'Send the link that confirms your e-mail address again',
      tag,
      access: 'user',
      input: z.strictObject({}),
      output: z.void(),
      http: { method: 'POST', path: '/auth/verify/resend', status: 204, input: bodyOnly },
      handler: (context) => recovery.resendVerification(personOf(context), context),
    }),
    defineOperation({
      name: 'auth.forgotPassword',
      kind: 'command',
      summary: 'Send a link to choose a new password',
      description: 'Answers the same whether there is such an account or not.',
      tag,
      access: 'public',
      input: z.strictObject({ email }),
      output: z.void(),
      http: { method: 'POST', path: '/auth/password/forgot', status: 204, input: bodyOnly },
      handler: (context, input) => recovery.forgot(input.email, context),
    }),
    defineOperation({
      name: 'auth.resetPassword',
      kind: 'command',
      summary: 'Choose a new password with the link that was sent',
      description: 'The link is good for an hour and for one use. All sessions end, and a lock is lifted.',
      tag,
      access: 'public',
      input: z.strictObject({ token: linkToken, newPassword: password }),
      output: z.void(),
      http: { method: 'POST', path: '/auth/password/reset', status: 204, input: bodyOnly },
      handler: (context, input) => recovery.reset(input, context),
    }),
  ]
}
