/** The door of the messaging module: what is sent to people. */
import type { AnyOperation } from '@oneforge/kernel/operations'
import { EndingLinks } from './ending-links.ts'
import { mailServerOperations } from './mail-servers.operations.ts'
import type { MailServerConnector, Sealing } from './mail-servers.port.ts'
import { MailServers } from './mail-servers.ts'
import { messagingOperations } from './messaging.operations.ts'
import { Outbox, type OutboxOptions, type Wake, wakeSending } from './outbox.ts'
import { suppressionOperations } from './suppressions.operations.ts'

export {
  type Mail,
  type MailAttachment,
  type Mailer,
  MailRefused,
  MailServerDown,
  type MailThread,
  type MailTransport,
  type NewMail,
} from './mail.port.ts'
export {
  type CheckedTransport,
  type MailServer,
  type MailServerConnector,
  MailServerRefused,
  type Sealing,
} from './mail-servers.port.ts'
export { MailServers } from './mail-servers.ts'
export { Outbox, refusalText } from './outbox.ts'
export { type SmsGateway, SmsRefused } from './sms.port.ts'
export { findSuppression, type Suppression, suppress } from './suppressions.store.ts'

/**
 * @param options.transport the installation's server; without it, messages of workspaces without one of their own are kept.
 * @param options.linkKey the same on every server: links by which receivers end marketing are signed with it.
 */
export function createMessaging(
  options: Pick<OutboxOptions, 'database' | 'transport' | 'enqueue'> & {
    connector: MailServerConnector
    sealing: Sealing
    linkKey: string
    baseUrl: string
    wake: Wake
  },
): { outbox: Outbox; operations: AnyOperation[] } {
  const { linkKey: key, baseUrl, wake, ...rest } = options
  const servers = new MailServers({ ...rest, wakeSending: wakeSending(wake) })
  const links = new EndingLinks({ key, baseUrl })
  const outbox = new Outbox({ ...rest, servers, endings: links })
  const operations = [...messagingOperations(outbox), ...mailServerOperations(servers), ...suppressionOperations(links)]
  return { outbox, operations }
}
