/** Listens for mail that is sent to this installation. */
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { type Mailbox, type MailHandler, MailNotTaken } from '@oneforge/modules/correspondence'
import { SMTPServer, type SMTPServerDataStream } from 'smtp-server'

export interface SmtpReceiverOptions {
  port: number
  /** Who takes on what comes. */
  handler: MailHandler
  /** Told of what went wrong on our side; the sender tries again. */
  onError: (error: unknown) => void
}

/** RFC 5321 lets a receiver bound both; at most this many messages of that size are held at once. */
const largestMessage = 25 * 1024 ** 2
const mostConnections = 20
/** Copies go to one address or a few; whoever names more is guessing. */
const mostReceivers = 20

/** An answer of SMTP with its code: 4xx to be tried again, 5xx for good. */
const answer = (responseCode: number, text: string): Error => Object.assign(new Error(text), { responseCode })

export class SmtpReceiver {
  private readonly server: SMTPServer
  private readonly options: SmtpReceiverOptions

  static async start(options: SmtpReceiverOptions): Promise<SmtpReceiver> {
    const receiver = new SmtpReceiver(options)
    receiver.server.listen(options.port)
    await once(receiver.server.server, 'listening')
    return receiver
  }

  private constructor(options: SmtpReceiverOptions) {
    this.options = options
    this.server = new SMTPServer({
      // Mail comes from other servers, which have no password here; nothing is passed on to anybody.
      authOptional: true,
      disabledCommands: ['AUTH', 'STARTTLS'],
      disableReverseLookup: true,
      size: largestMessage,
      maxClients: mostConnections,
      banner: 'OneForge',
      onRcptTo: ({ address }, { envelope }, done) => {
        if (envelope.rcptTo.length >= mostReceivers) return done(answer(452, 'Too many receivers for one message'))
        this.admit(address).then(() => done(), done)
      },
      onData: (stream, { envelope }, done) => {
        const sender = envelope.mailFrom ? envelope.mailFrom.address : ''
        const receivers = envelope.rcptTo.map(({ address }) => address)
        this.take(stream, sender, receivers).then(() => done(null), done)
      },
    })
    // Connections that break off are the sender's matter.
    this.server.on('error', () => {})
  }

  get port(): number {
    return (this.server.server.address() as AddressInfo).port
  }

  /** Takes no more, and ends once what is under way has its answer. */
  async stop(): Promise<void> {
    await new Promise<void>((stopped) => this.server.close(stopped))
  }

  private async admit(address: string): Promise<void> {
    await this.orLater(() => this.mailboxOf(address))
  }

  private async take(stream: SMTPServerDataStream, sender: string, receivers: string[]): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of stream) if (!stream.sizeExceeded) chunks.push(chunk as Buffer)
    if (stream.sizeExceeded) throw answer(552, `Messages of more than ${largestMessage / 1024 ** 2} MB are not taken`)
    const content = Buffer.concat(chunks)
    for (const receiver of receivers) {
      await this.orLater(async () => (await this.mailboxOf(receiver))(content, sender))
    }
  }

  private async mailboxOf(address: string): Promise<Mailbox> {
    const mailbox = await this.options.handler.mailboxOf(address)
    if (!mailbox) throw new MailNotTaken(`There is no mailbox ${address}`)
    return mailbox
  }

  private async orLater<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      if (error instanceof MailNotTaken) throw answer(550, error.message)
      this.options.onError(error)
      throw answer(451, 'That did not work for now. Try again later')
    }
  }
}
