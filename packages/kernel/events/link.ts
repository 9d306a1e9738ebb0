/**
 * The one connection of a server that stays open: over it servers tell each other that there are events, and it holds
 * the locks that leave each consumer to one server at a time.
 *
 * Why not NOTIFY in the transaction that writes the event: PostgreSQL takes a lock for the whole server at the commit of
 * each transaction that notifies, so writers would queue up. Here a server sends at most one every 20 ms.
 *
 * Why a session's advisory lock and not a row lock on the cursor: a row lock lives as long as its transaction, which
 * would stay open while handlers run and hold back vacuum in the whole database. The session's lock needs none and is gone
 * the moment the server dies. Should a server lose it without noticing, the comparison in `saveProgress` keeps it from
 * moving the cursor.
 */
import pg from 'pg'
import type { Log } from './event.ts'

const channel = 'oneforge_events'
const lockClass = 7_302_027
const notifyEveryMs = 20
const firstReconnectMs = 100
const maxReconnectMs = 5_000

export interface LinkOptions {
  url: string
  log: Log
  /** Another server has written events, or the link is up again and may have missed one saying so. */
  onWake: () => void
}

export class ServerLink {
  private readonly options: LinkOptions
  private client: pg.Client | undefined
  private readonly held = new Set<string>()
  private stopped = false
  private reconnectTimer: NodeJS.Timeout | undefined
  private reconnectMs = firstReconnectMs
  private notifyTimer: NodeJS.Timeout | undefined
  private notifiedAt = 0
  private turn: Promise<unknown> = Promise.resolve()

  constructor(options: LinkOptions) {
    this.options = options
  }

  async start(): Promise<void> {
    try {
      await this.connect()
    } catch (error) {
      await this.stop()
      throw error
    }
  }

  async stop(): Promise<void> {
    this.stopped = true
    clearTimeout(this.reconnectTimer)
    clearTimeout(this.notifyTimer)
    this.held.clear()
    const client = this.client
    this.client = undefined
    await client?.end().catch(() => {})
  }

  /** Tells the other servers, soon and together with whatever else is to be told by then. */
  announce(): void {
    if (this.notifyTimer || this.stopped) return
    const wait = Math.max(0, this.notifiedAt + notifyEveryMs - Date.now())
    this.notifyTimer = setTimeout(() => {
      this.notifyTimer = undefined
      this.notifiedAt = Date.now()
      void this.query(`notify ${channel}`, [])
    }, wait)
  }

  /** Whether this server is the one that serves the consumer; tries to become it. */
  async hold(consumer: string): Promise<boolean> {
    if (this.held.has(consumer)) return true
    const client = this.client
    const rows = await this.query<{ held: boolean }>('select pg_try_advisory_lock($1, hashtext($2)) as held', [
      lockClass,
      consumer,
    ])
    if (!rows?.[0]?.held || client !== this.client) return false
    this.held.add(consumer)
    return true
  }

  /** Gives up the connection and with it all locks: they turned out to be held no more. */
  reset(): void {
    if (this.client) this.lose(this.client, new Error('A lock of this server was taken over by another.'))
  }

  private async connect(): Promise<void> {
    const client = new pg.Client({
      connectionString: this.options.url,
      application_name: 'oneforge events',
      keepAlive: true,
      query_timeout: 10_000,
    })
    client.on('error', (error) => this.lose(client, error))
    client.on('end', () => this.lose(client, new Error('The connection was closed.')))
    client.on('notification', (message) => {
      // What this server tells the others comes back to it as well.
      if (message.processId !== (client as unknown as { processID: number }).processID) this.options.onWake()
    })
    this.client = client
    await client.connect()
    await client.query(`listen ${channel}`)
    this.reconnectMs = firstReconnectMs
    this.options.onWake()
  }

  /** Once what was asked before has been answered. Undefined when the link is down; it is then being restored. */
  private query<R extends pg.QueryResultRow>(text: string, values: unknown[]): Promise<R[] | undefined> {
    const answer = this.turn.then(() => this.ask<R>(text, values))
    this.turn = answer
    return answer
  }

  private async ask<R extends pg.QueryResultRow>(text: string, values: unknown[]): Promise<R[] | undefined> {
    const client = this.client
    if (!client) return undefined
    try {
      return (await client.query<R>(text, values)).rows
    } catch (error) {
      this.lose(client, error as Error)
      return undefined
    }
  }

  private lose(client: pg.Client, error: Error): void {
    if (this.client !== client || this.stopped) return
    this.client = undefined
    this.held.clear()
    client.end().catch(() => {})
    this.options.log.warn({ error: error.message }, 'The link between servers was lost; connecting again')
    this.reconnectLater()
  }

  private reconnectLater(): void {
    this.reconnectTimer = setTimeout(() => {
      this.connect().catch((error: Error) => {
        if (this.client) this.lose(this.client, error)
      })
    }, this.reconnectMs)
    this.reconnectMs = Math.min(maxReconnectMs, this.reconnectMs * 2)
  }
}
