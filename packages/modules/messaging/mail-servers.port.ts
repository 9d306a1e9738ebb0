/** A workspace's own mail server, seen from whoever has mail for it. */
import { MailServerDown, type MailTransport } from './mail.port.ts'

export const securities = ['tls', 'starttls', 'none'] as const

export interface MailServer {
  host: string
  port: number
  /** `tls` from the first byte, `starttls` after the greeting and never without, `none` in the open. */
  security: (typeof securities)[number]
  username: string | null
  password: string | null
  fromName: string
  fromAddress: string
}

export interface CheckedTransport extends MailTransport {
  /** Reaches the server and signs in, without sending anything. Throws what stood in the way. */
  check(): Promise<void>
}

/** Connects to servers that tenants name: never to an address inside the installation's own network. */
export interface MailServerConnector {
  connect(server: MailServer): CheckedTransport
}

/** The server's name leads where nobody may send to from here: as good as down, until another is named. */
export class MailServerRefused extends MailServerDown {}

/** Seals what is kept secret; see the installation's master key. `label` says what it is of. */
export interface Sealing {
  seal(label: string, text: string): string
  unseal(label: string, sealed: string): string
}
