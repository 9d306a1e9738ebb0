/** The operations on one's own second factor. */
import { type AnyOperation, defineOperation } from '@oneforge/kernel/operations'
import { z } from 'zod'
import { bodyOnly, otp } from '../identity.schemas.ts'
import { personOf } from '../person.ts'
import type { SecondFactors } from './second-factor.service.ts'

const base = { tag: 'Second factor', access: 'user' } as const
const backupCodes = z.object({
  backupCodes: z.array(z.string()).describe('Each signs in once in place of a code. Shown this once.'),
})

export function secondFactorOperations(secondFactors: SecondFactors): AnyOperation[] {
  return [
    defineOperation({
      ...base,
      name: 'auth.secondFactor',
      kind: 'query',
      summary: 'Tell whether you have a second factor, and need one',
      beforeEnrolment: true,
      input: z.strictObject({}),
      output: z.object({
        enrolled: z.boolean(),
        required: z.boolean(),
        backupCodesLeft: z.int(),
        enrolledAt: z.string().nullable(),
      }),
      http: { method: 'GET', path: '/auth/mfa' },
      handler: (context) => secondFactors.state(personOf(context)),
    }),
    defineOperation({
      ...base,
      name: 'auth.enrolSecondFactor',
      kind: 'command',
      summary: 'Get a secret for an authenticator app',
      description: 'It counts once a first code of it was confirmed; until then it can be asked for again.',
      beforeEnrolment: true,
      stepUp: true,
      input: z.strictObject({}),
      output: z.object({ secret: z.string(), uri: z.string().describe('otpauth://…, to be drawn as a QR code.') }),
      http: { method: 'POST', path: '/auth/mfa/enrol', status: 201, input: bodyOnly },
      handler: (context) => secondFactors.enrol(personOf(context), context.now),
    }),
    defineOperation({
      ...base,
      name: 'auth.confirmSecondFactor',
      kind: 'command',
      summary: 'Confirm the second factor with a first code',
      description: 'From then on signing in asks for a code. Your other sessions end.',
      beforeEnrolment: true,
      input: z.strictObject({ otp }),
      output: backupCodes,
      http: { method: 'POST', path: '/auth/mfa/confirm', input: bodyOnly },
      handler: async (context, input) => ({
        backupCodes: await secondFactors.confirm(personOf(context), input.otp, context),
      }),
    }),
    defineOperation({
      ...base,
      name: 'auth.renewBackupCodes',
      kind: 'command',
      summary: 'Get ten new backup codes in place of the old ones',
      stepUp: true,
      input: z.strictObject({}),
      output: backupCodes,
      http: { method: 'POST', path: '/auth/mfa/backup-codes', input: bodyOnly },
      handler: async (context) => ({ backupCodes: await secondFactors.renewBackupCodes(personOf(context), context) }),
    }),
    defineOperation({
      ...base,
      name: 'auth.removeSecondFactor',
      kind: 'command',
      summary: 'Remove your second factor',
      stepUp: true,
      input: z.strictObject({}),
      output: z.void(),
      http: { method: 'POST', path: '/auth/mfa/disable', status: 204, input: bodyOnly },
      handler: (context) => secondFactors.remove(personOf(context), context),
    }),
  ]
}
