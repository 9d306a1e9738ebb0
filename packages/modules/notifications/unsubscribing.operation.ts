/** Ends the mails by the link that stands in each of them: by whoever holds it, without signing in. */
import { AppError } from '@oneforge/kernel/errors'
import { type AnyOperation, defineOperation } from '@oneforge/kernel/operations'
import { z } from 'zod'
import { notificationKinds } from './kinds.ts'
import type { MailLinks } from './mail-links.ts'
import { endMails } from './preferences.store.ts'

const never = Object.fromEntries(notificationKinds.map((kind) => [kind, { mail: 'never' as const }]))

export const unsubscribing = (links: MailLinks): AnyOperation =>
  defineOperation({
    name: 'notifications.unsubscribe',
    kind: 'command',
    summary: 'Get no more mails of notifications',
    description:
      'The token stands in the mail, and is good once. Mail programs post to this address themselves (RFC 8058).',
    tag: 'Notifications',
    access: 'public',
    input: z.strictObject({ token: z.string({ error: 'is required' }).max(300) }),
    output: z.void(),
    http: {
      method: 'POST',
      path: '/notifications/unsubscribe',
      status: 204,
      // A mail program sends a form: what counts is in the address.
      body: 'none',
      input: ({ query }) => Object.fromEntries(query),
    },
    async handler({ database }, { token }) {
      const link = links.read(token)
      const ended =
        link && (await database.transaction({ tenantId: link.tenantId }, (tx) => endMails(tx, link, link.round, never)))
      if (!ended)
        throw new AppError(
          'NOT_FOUND',
          'This link is no longer good: it was used already. Sign in to see which messages you get.',
        )
    },
  })
