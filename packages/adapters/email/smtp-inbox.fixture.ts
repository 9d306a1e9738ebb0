/** A real SMTP server that keeps what it receives, and can be told to misbehave. */
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { SMTPServer } from 'smtp-server'

export interface ReceivedMail {
  messageId: string
  from: string
  to: string[]
  subject: string
  headers: Map<string, string>
  text: string
  /** All of it, as it came. */
  raw: string
}

/** What the server does with the next message: answers with this code, or takes it and drops the connection. */
export type Misbehaviour = { at: 'receiver' | 'content'; code: number } | 'accepts and dies'

export class SmtpInbox {
  readonly mails: ReceivedMail[] = []
  /** Used up one by one; without any, mail is taken. */
  readonly misbehaviours: Misbehaviour[] = []
  private readonly server: SMTPServer

  static async start(port = 0): Promise<SmtpInbox> {
    const inbox = new SmtpInbox()
    inbox.server.listen(port, '127.0.0.1')
    await once(inbox.server.server, 'listening')
    return inbox
  }

  private constructor() {
    this.server = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS', 'AUTH'],
      onRcptTo: (_address, _session, done) => done(this.refusal('receiver')),
      onData: (stream, session, done) => {
        text(stream).then((content) => {
          const refusal = this.refusal('content')
          if (refusal) return done(refusal)
          this.mails.push(
            parse(
              content,
              session.envelope.rcptTo.map(({ address }) => address),
            ),
          )
          if (this.misbehaviours[0] !== 'accepts and dies') return done()
          this.misbehaviours.shift()
          this.server.connections.forEach((connection) => void connection.close())
        }, done)
      },
    })
    this.server.on('error', () => {})
  }

  get url(): string {
    return `smtp://127.0.0.1:${(this.server.server.address() as AddressInfo).port}`
  }

  /** The last mail to the address. */
  latest(to: string): ReceivedMail | undefined {
    return this.mails.findLast((mail) => mail.to.includes(to))
  }

  async stop(): Promise<void> {
    await new Promise<void>((resolve) => this.server.close(resolve))
  }

  private refusal(at: 'receiver' | 'content'): Error | undefined {
    const next = this.misbehaviours[0]
    if (typeof next !== 'object' || next.at !== at) return undefined
    this.misbehaviours.shift()
    return Object.assign(new Error('Not now, not you'), { responseCode: next.code })
  }
}

function parse(content: string, to: string[]): ReceivedMail {
  const [head = '', ...body] = content.split('\r\n\r\n')
  const lines = head.replaceAll(/\r\n[ \t]+/g, ' ').split('\r\n')
  const headers = new Map(
    lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 2)]),
  )
  const header = (name: string) => headers.get(name) ?? ''
  return {
    messageId: header('message-id'),
    from: header('from'),
    to,
    subject: decodeWords(header('subject')),
    headers,
    raw: content,
    text: decodeBody(body.join('\r\n\r\n'), header('content-transfer-encoding')),
  }
}

function decodeBody(body: string, encoding: string): string {
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString()
  return encoding === 'quoted-printable' ? decodeQuoted(body.replaceAll('=\r\n', '')) : body
}

/** RFC 2047: a header beyond ASCII comes as `=?UTF-8?Q?…?=` or `=?UTF-8?B?…?=`. */
const decodeWords = (value: string): string =>
  value
    .replaceAll(/\?=\s+=\?/g, '?==?')
    .replaceAll(/=\?UTF-8\?([QB])\?(.*?)\?=/gi, (_, kind: string, word: string) =>
      kind.toUpperCase() === 'B' ? Buffer.from(word, 'base64').toString() : decodeQuoted(word.replaceAll('_', ' ')),
    )

const decodeQuoted = (value: string): string =>
  Buffer.from(
    value.replaceAll(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  ).toString()
