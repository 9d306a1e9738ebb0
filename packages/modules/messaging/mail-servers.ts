/** The mail server that a workspace may have of its own, in place of the installation's. */
import type { Database, Transaction } from '@oneforge/kernel/database'
import { AppError, conflict, notFound } from '@oneforge/kernel/errors'
import type { OperationContext } from '@oneforge/kernel/operations'
import type { MailTransport } from './mail.port.ts'
import type { MailServer, MailServerConnector, Sealing } from './mail-servers.port.ts'
import {
  findServer,
  type MailServerRow,
  noteReached,
  putServer,
  readServer,
  removeServer,
} from './mail-servers.store.ts'
import type { Pace } from './pace.store.ts'

export interface MailServerSettings extends Omit<MailServer, 'password'>, Pace {
  /** Undefined: the one before stays. */
  password?: string | null
}

export interface ShownMailServer extends Omit<MailServer, 'password'>, Pace {
  /** The password itself is never told. */
  hasPassword: boolean
  checkedAt: string | null
}

/** A server to send by, and how fast. */
export interface MailRoute extends Pace {
  transport: MailTransport
}

export class MailServers {
  private readonly database: Database
  private readonly connector: MailServerConnector
  private readonly sealing: Sealing
  private readonly wakeSending: (tx: Transaction) => Promise<void>

  /** @param options.wakeSending lets the workspace's messages that wait be sent by the server of now. */
  constructor(options: {
    database: Database
    connector: MailServerConnector
    sealing: Sealing
    wakeSending: (tx: Transaction) => Promise<void>
  }) {
    this.database = options.database
    this.connector = options.connector
    this.sealing = options.sealing
    this.wakeSending = options.wakeSending
  }

  async get({ tx, model }: OperationContext): Promise<ShownMailServer | null> {
    const row = await findServer(tx, model.tenantId)
    return row ? shown(row) : null
  }

  async set({ tx, model }: OperationContext, settings: MailServerSettings): Promise<ShownMailServer> {
    const { tenantId } = model
    const { password, ...rest } = settings
    const before = await findServer(tx, tenantId)
    const row = { ...rest, sealedPassword: await this.sealedPassword(tenantId, settings, before) }
    await putServer(tx, tenantId, row)
    await this.wakeSending(tx)
    return shown({ ...row, checkedAt: null })
  }

  async remove({ tx, model }: OperationContext): Promise<void> {
    await removeServer(tx, model.tenantId)
    await this.wakeSending(tx)
  }

  /**
   * Reaches the server as it is set, and signs in there. No connection to the database is held meanwhile. What waits because it
   * could not be reached goes out at once.
   *
   * @throws AppError 404 where there is none, 409 with what the server said.
   */
  async check({ database, model }: OperationContext): Promise<ShownMailServer> {
    const row = await readServer(database, model.tenantId)
    if (!row) throw notFound('A mail server of this workspace')
    const transport = this.connector.connect(this.serverOf(model.tenantId, row))
    try {
      await transport.check()
    } catch (error) {
      throw conflict(`${row.host} could not be used: ${(error as Error).message}`)
    } finally {
      transport.close()
    }
    await database.transaction({ tenantId: model.tenantId }, async (tx) => {
      if (await noteReached(tx, model.tenantId)) await this.wakeSending(tx)
    })
    return shown({ ...row, checkedAt: new Date().toISOString() })
  }

  /** Whether the workspace has one. */
  async has(tx: Transaction, tenantId: string): Promise<boolean> {
    return (await findServer(tx, tenantId)) !== undefined
  }

  /** The way by the workspace's own server; undefined where it has none. */
  async routeOf(tenantId: string): Promise<MailRoute | undefined> {
    const row = await readServer(this.database, tenantId)
    if (!row) return undefined
    const { perMinute, perDay } = row
    return { transport: this.connector.connect(this.serverOf(tenantId, row)), perMinute, perDay }
  }

  /** A password that was given for one server is never sent to another, nor in the open where it was meant sealed. */
  private async sealedPassword(
    tenantId: string,
    { password, host, port, username, security }: MailServerSettings,
    before: MailServerRow | undefined,
  ): Promise<string | null> {
    if (password) return this.sealing.seal(labelOf(tenantId), password)
    if (password === null || username === null || !before?.sealedPassword) return null
    const same = before.host === host && before.port === port && before.username === username
    if (same && before.security === security) return before.sealedPassword
    throw new AppError('VALIDATION_ERROR', 'Enter the password again: it was given for another server.', {
      details: [{ field: 'password', message: 'must be entered again: it was given for another server' }],
    })
  }

  private serverOf(tenantId: string, { sealedPassword, ...row }: MailServerRow): MailServer {
    return { ...row, password: sealedPassword === null ? null : this.sealing.unseal(labelOf(tenantId), sealedPassword) }
  }
}

/** Nobody reads the password of one workspace as that of another. */
const labelOf = (tenantId: string): string => `mail server ${tenantId}`

const shown = ({ sealedPassword, ...row }: MailServerRow): ShownMailServer => ({
  ...row,
  hasPassword: sealedPassword !== null,
})
