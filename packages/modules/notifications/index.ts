/** The door of the notifications module: what people are told of. */
import type { EventConsumer } from '@oneforge/kernel/events'
import type { JobKind } from '@oneforge/kernel/jobs'
import type { AnyOperation } from '@oneforge/kernel/operations'
import { type MailParts, mailKind, mailPlanner } from './mail.ts'
import { MailLinks } from './mail-links.ts'
import { teller } from './notifications.listener.ts'
import { notificationOperations } from './notifications.operations.ts'
import { unsubscribing } from './unsubscribing.operation.ts'

export { checkedMentions, mentionedIn } from './mentions.ts'
export { readersOf } from './readers.ts'
export { pruneNotifications } from './retention.store.ts'

/** @param options.linkKey what links in mails are signed with: the same on every server. */
export function createNotifications({ linkKey, ...rest }: Omit<MailParts, 'links'> & { linkKey: string }): {
  operations: AnyOperation[]
  consumer: EventConsumer
  mailKind: JobKind
} {
  const parts: MailParts = { ...rest, links: new MailLinks(linkKey) }
  return {
    operations: [...notificationOperations(parts.mailer.delivers), unsubscribing(parts.links)],
    consumer: teller({ transactions: parts.transactions, planMail: mailPlanner(parts) }),
    mailKind: mailKind(parts) as JobKind,
  }
}
