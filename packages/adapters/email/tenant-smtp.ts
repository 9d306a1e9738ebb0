/** Mail over the servers that workspaces name themselves. */
import { isIP } from 'node:net'
import {
  type CheckedTransport,
  type Mail,
  type MailServer,
  type MailServerConnector,
  MailServerDown,
  MailServerRefused,
} from '@oneforge/modules/messaging'
import { createTransport, type Transporter } from 'nodemailer'
import { outsideAddress } from './outside-host.ts'
import { closed, sendBy, timeouts } from './smtp-message.ts'

export class SmtpServers implements MailServerConnector {
  private readonly allowInside: boolean

  /** @param options.allowInside whether servers in the installation's own network may be named, too. */
  constructor(options: { allowInside: boolean }) {
    this.allowInside = options.allowInside
  }

  connect(server: MailServer): CheckedTransport {
    return new TenantSmtp(server, this.allowInside)
  }
}

class TenantSmtp implements CheckedTransport {
  private readonly server: MailServer
  private readonly allowInside: boolean
  private opened: Promise<Transporter> | undefined

  constructor(server: MailServer, allowInside: boolean) {
    this.server = server
    this.allowInside = allowInside
  }

  /** Such servers take no other sender than their own: what comes back goes to its mailbox. */
  async send({ bounceTo: _, ...mail }: Mail): Promise<void> {
    const { fromName: name, fromAddress: address } = this.server
    await sendBy(await this.open(), { name, address }, mail)
  }

  async check(): Promise<void> {
    await (await this.open()).verify()
  }

  close(): void {
    this.opened?.then((transporter) => transporter.close()).catch(() => {})
  }

  private open(): Promise<Transporter> {
    this.opened ??= this.connect()
    return this.opened
  }

  private async connect(): Promise<Transporter> {
    const { host, port, security, username, password } = this.server
    return createTransport({
      host: this.allowInside ? host : await this.addressOutside(),
      port,
      secure: security === 'tls',
      requireTLS: security === 'starttls',
      ignoreTLS: security === 'none',
      // The certificate is that of the name, whichever of its addresses is reached.
      ...(isIP(host) === 0 && { tls: { servername: host } }),
      ...(username !== null && { auth: { user: username, pass: password ?? '' } }),
      ...timeouts,
      ...closed,
    })
  }

  private async addressOutside(): Promise<string> {
    try {
      return await outsideAddress(this.server.host)
    } catch (error) {
      if (error instanceof MailServerRefused) throw error
      throw new MailServerDown(`${this.server.host} was not found: ${(error as Error).message}`, { cause: error })
    }
  }
}
