/** The address to which a member forwards mail that is to be kept with records. */
import { conflict } from '@oneforge/kernel/errors'
import { type AnyOperation, defineOperation, type OperationContext } from '@oneforge/kernel/operations'
import { z } from 'zod'
import { findName, removeName, renewName } from './addresses.store.ts'

const tag = 'Your account'
const own = { tag, access: 'member' } as const

const mailAddress = z
  .object({
    address: z.string().nullable().describe('Null until one is made, and where the installation receives no mail.'),
    receives: z.boolean().describe('Whether mail to this installation arrives: its OF_MAIL_IN_DOMAIN is set.'),
  })
  .meta({ id: 'MailAddress' })

const userOf = ({ actor }: OperationContext): string => actor.userId!

/** @param addressOf the whole address of a name; undefined where no mail arrives. */
export function correspondenceOperations(addressOf: ((name: string) => string) | undefined): AnyOperation[] {
  const present = (name: string | undefined) => ({
    address: name && addressOf ? addressOf(name) : null,
    receives: addressOf !== undefined,
  })
  return [
    defineOperation({
      ...own,
      name: 'mailAddress.get',
      kind: 'query',
      summary: 'Read the address to which you can forward mail',
      input: z.strictObject({}),
      output: mailAddress,
      http: { method: 'GET', path: '/mail-address' },
      handler: async (context) => present(await findName(context.tx, context.model.tenantId, userOf(context))),
    }),
    defineOperation({
      ...own,
      name: 'mailAddress.renew',
      kind: 'command',
      summary: 'Make an address to which you can forward mail; the one before ends',
      input: z.strictObject({}),
      output: mailAddress,
      http: { method: 'POST', path: '/mail-address' },
      handler: async (context) => {
        if (!addressOf) {
          throw conflict(
            'This installation receives no mail. Whoever runs it can set OF_MAIL_IN_PORT and OF_MAIL_IN_DOMAIN.',
          )
        }
        return present(await renewName(context.tx, context.model.tenantId, userOf(context)))
      },
    }),
    defineOperation({
      ...own,
      name: 'mailAddress.remove',
      kind: 'command',
      summary: 'Give up the address to which you can forward mail',
      input: z.strictObject({}),
      output: z.void(),
      http: { method: 'DELETE', path: '/mail-address', status: 204 },
      handler: (context) => removeName(context.tx, context.model.tenantId, userOf(context)),
    }),
  ]
}
