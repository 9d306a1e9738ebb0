/** Servers that tenants name: looked up once, and reached at an address that was looked at. */
import { lookup } from 'node:dns/promises'
import { isOutside } from '@oneforge/kernel/tenancy'
import { MailServerRefused } from '@oneforge/modules/messaging'

/**
 * An address of the host to connect to. All that it has must be outside: of a name with an address inside, another look
 * might find that one first. Connect to what is answered, never to the name again.
 *
 * @throws MailServerRefused where one is inside: loopback, private, link-local, reserved.
 */
export async function outsideAddress(host: string): Promise<string> {
  const found = await lookup(host, { all: true, verbatim: true })
  const inside = found.find(({ address }) => !isOutside(address))
  if (inside || !found[0]) {
    throw new MailServerRefused(
      `${host} leads into the installation’s own network. Name a server that is reached from outside; whoever runs the installation can allow others with OF_MAIL_SERVERS_INSIDE.`,
    )
  }
  return found[0].address
}
