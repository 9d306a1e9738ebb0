/**
 * The pool, and transactions bound to a tenant. Everything the application reads or writes goes through here as the
 * role that owns nothing; row-level security sees only the tenant that the transaction was bound to.
 */
import pg from 'pg'
import { AppError } from '../errors/index.ts'
import { requireCaller, whileAwaited } from './caller-gone.ts'
import { type Row, runPipeline, type TypeParsers } from './pipeline.ts'
import { compile, type Query, type Statement, sql } from './statement.ts'

export interface DatabaseOptions {
  url: string
  /** Connections at the most. */
  max?: number
  statementTimeoutMs?: number
  /** How long a request may wait for a connection before it is told to come back. */
  acquireTimeoutMs?: number
}

/** What a transaction is bound to. With a version, a change of the tenant's metadata since then raises `StaleModel`. */
export interface Binding {
  tenantId?: string
  version?: number
  userId?: string
  /**
   * Takes a turn with all others of the tenant that say so too: for work that others have been in the way of. Runs that
   * were stopped by a deadlock then meet only those that run for the first time.
   */
  inTurn?: boolean
  /** Who and what stands behind changes of metadata; see `bumpVersion`. */
  author?: Author
  /**
   * Each flush stands alone: for work that only reads, to which a transaction around several statements would give no
   * common snapshot anyway, only the round trip of its end.
   */
  readsOnly?: boolean
  /** Aborted when the caller has gone away, which ends work that only reads with `CallerGone`. */
  caller?: AbortSignal | undefined
}

/** Whose call a transaction belongs to. */
export interface Author {
  userId: string | null
  operation: string
  source: string
  requestId: string
}

/** The tenant's metadata moved on since the caller compiled it: load it anew and run again. */
export class StaleModel extends Error {
  constructor() {
    super('The workspace changed while the request was being prepared.')
    this.name = 'StaleModel'
  }
}

export interface PoolMetrics {
  total: number
  idle: number
  waiting: number
}

const isoTimestamp = (text: string): string => {
  // The session's time zone is UTC: 2026-11-21 09:30:00.123456+00. Kept as text: a Date would lose nothing but time.
  if (!text.endsWith('+00')) return text
  const fraction = text.indexOf('.')
  const seconds = fraction < 0 ? text.slice(0, -3) : text.slice(0, fraction)
  const milliseconds =
    fraction < 0
      ? '000'
      : text
          .slice(fraction + 1, -3)
          .slice(0, 3)
          .padEnd(3, '0')
  return `${seconds.slice(0, 10)}T${seconds.slice(11)}.${milliseconds}Z`
}

const ownParsers: Record<number, (text: string) => unknown> = {
  20: Number, // int8: money in minor units and counters stay below 2^53
  1082: String, // date
  1114: String, // timestamp
  1184: isoTimestamp, // timestamptz
}
const typeParsers: TypeParsers = (oid) =>
  ownParsers[oid] ?? (pg.types.getTypeParser(oid, 'text') as (text: string) => unknown)

const staleModelState = 'OF001'

function asAppError(error: unknown): unknown {
  const state = (error as { code?: string }).code
  if (state === staleModelState) return new StaleModel()
  if (state === '22021' || state === '22P05' || isHalfCharacter(error)) {
    return new AppError(
      'VALIDATION_ERROR',
      'The request holds a character that cannot be stored, such as NUL or half of one (a lone surrogate). Remove it.',
      { cause: error },
    )
  }
  if (isDisconnection(error)) {
    return new AppError('UNAVAILABLE', 'The connection to the database was lost. Try again in a moment.', {
      cause: error,
      retryAfter: 1,
    })
  }
  if (state === '57014') {
    return new AppError('UNAVAILABLE', 'The request took too long and was stopped. Narrow the filter and try again.', {
      cause: error,
      retryAfter: 1,
    })
  }
  return error
}

/** JSON text may name half a surrogate pair, which is no character; PostgreSQL says so in the detail only. */
function isHalfCharacter(error: unknown): boolean {
  const { code, detail } = error as { code?: string; detail?: string }
  return code === '22P02' && (detail?.includes('surrogate') ?? false)
}

/** The server went away or is going: class 57P and 08, and what the socket says. */
export function isDisconnection(error: unknown): boolean {
  const { code, message } = error as { code?: string; message?: string }
  if (code && /^(57P0[123]|08\w{3}|ECONNRESET|ECONNREFUSED|EPIPE)$/.test(code)) return true
  return /^Connection terminated|is not queryable$/.test(message ?? '')
}

export class Database {
  private readonly pool: pg.Pool
  /** What is given up is cancelled over a connection apart: where all others are busy, that is when it matters. */
  private readonly cancels: pg.Pool

  constructor(options: DatabaseOptions) {
    this.cancels = new pg.Pool({ connectionString: options.url, max: 1, application_name: 'oneforge cancels' })
    this.cancels.on('error', () => {})
    this.pool = new pg.Pool({
      connectionString: options.url,
      max: options.max ?? 16,
      connectionTimeoutMillis: options.acquireTimeoutMs ?? 5_000,
      statement_timeout: options.statementTimeoutMs ?? 30_000,
      idle_in_transaction_session_timeout: 60_000,
      // Whoever fills the list of what is still to be sorted into an inverted index sorts it all in: with the 4 MB that
      // PostgreSQL waits for, a small write takes most of a second once in a while, and what stands behind it as well.
      options: '-c TimeZone=UTC -c plan_cache_mode=force_generic_plan -c gin_pending_list_limit=512kB',
      application_name: 'oneforge',
    })
    // A connection may break while idle (the pool then replaces it) and between two statements of a transaction (the next
    // one then fails); without a listener either would stop the process.
    this.pool.on('error', () => {})
    this.pool.on('connect', (client) => client.on('error', () => {}))
  }

  /**
   * Runs `work` in one transaction bound as told, committed when it returns and rolled back when it throws. Nothing is
   * sent before the first statement, which travels with BEGIN and the binding; see `Transaction.final` for the last.
   */
  async transaction<T>(binding: Binding, work: (tx: Transaction) => Promise<T>): Promise<T> {
    const tx = new Transaction(() => this.acquire(), binding, this.cancels)
    try {
      const result = await work(tx)
      await tx.commit()
      return result
    } catch (error) {
      const cause = await confirmed(tx, error)
      await tx.rollback()
      throw asAppError(cause)
    }
  }

  /** One statement that is its own transaction: one round trip, binding included. */
  async run<R extends object = Row>(binding: Binding, query: Query): Promise<R[]> {
    return this.transaction(binding, (tx) => tx.final(query))
  }

  metrics(): PoolMetrics {
    return { total: this.pool.totalCount, idle: this.pool.idleCount, waiting: this.pool.waitingCount }
  }

  async close(): Promise<void> {
    await Promise.all([this.pool.end(), this.cancels.end()])
  }

  private async acquire(): Promise<pg.PoolClient> {
    try {
      return await this.pool.connect()
    } catch (error) {
      throw new AppError('UNAVAILABLE', 'The database is busy or cannot be reached. Try again in a moment.', {
        cause: error,
        retryAfter: 1,
      })
    }
  }
}

/** The error itself, or the staleness that explains it. */
async function confirmed(tx: Transaction, error: unknown): Promise<unknown> {
  try {
    await tx.confirmVersion()
    return error
  } catch (stale) {
    return stale
  }
}

const begin: Statement = { text: 'begin', values: [] }
const commit: Statement = { text: 'commit', values: [] }
/** Until the end of the transaction; connections begin with `force_generic_plan`. */
const planForValues: Statement = {
  text: `select set_config('plan_cache_mode', 'force_custom_plan', true)`,
  values: [],
}
/** Until the end of the transaction. */
const walkAlong: Statement = { text: `select set_config('enable_sort', 'off', true)`, values: [] }

function bindStatements(binding: Binding): Statement[] {
  const statements: Statement[] = []
  if (binding.userId) statements.push({ text: 'select bind_user($1)', values: [binding.userId] })
  if (binding.tenantId) {
    if (binding.inTurn) {
      statements.push({ text: 'select pg_advisory_xact_lock(hashtextextended($1, 2))', values: [binding.tenantId] })
    }
    statements.push({ text: 'select bind_tenant($1, $2)', values: [binding.tenantId, binding.version ?? null] })
  }
  return statements
}

/**
 * A transaction that opens itself with its first statement. Statements run in the order they are given; `final` says
 * that no other follows, which saves the round trip of COMMIT, and for a transaction of one statement that of BEGIN.
 */
export class Transaction {
  private readonly acquire: () => Promise<pg.PoolClient>
  private readonly binding: Binding
  private readonly cancels: pg.Pool
  private client: pg.PoolClient | undefined
  private state: 'idle' | 'open' | 'done' = 'idle'
  private keptOpen = false
  /** Whether the binding has been accepted at least once. */
  private confirmed = false
  private readonly afterCommit: (() => void)[] = []
  private readonly unfinished: (() => Promise<unknown>)[] = []
  private closing: () => Query[] = () => []
  private ahead: Query[] = []

  constructor(acquire: () => Promise<pg.PoolClient>, binding: Binding, cancels: pg.Pool) {
    this.acquire = acquire
    this.binding = binding
    this.cancels = cancels
  }

  private get isDone(): boolean {
    return this.state === 'done'
  }

  /** The tenant that the transaction is bound to. */
  get tenantId(): string | undefined {
    return this.binding.tenantId
  }

  /** Each flush stands alone; see `Binding`. */
  get readsOnly(): boolean {
    return this.binding.readsOnly ?? false
  }

  /** Whether it has one of the pool's connections already, which it keeps until its end. */
  get holdsConnection(): boolean {
    return this.client !== undefined
  }

  /** Whose call it belongs to; undefined for the system's own work. */
  get author(): Author | undefined {
    return this.binding.author
  }

  async query<R extends object = Row>(query: Query): Promise<R[]> {
    return (await this.batch<R>([query]))[0]!
  }

  /** Several statements in one round trip; the rows of each. None may depend on another's answer. */
  async batch<R extends object = Row>(queries: Query[]): Promise<R[][]> {
    if (this.state === 'done') throw new Error('The transaction has already ended.')
    if (this.binding.readsOnly) return this.send<R>(bindStatements(this.binding), queries, [])
    const opening = this.state === 'idle' ? [begin, ...bindStatements(this.binding)] : []
    return this.send<R>(opening, queries, [])
  }

  /** The last statement of the transaction: it commits with it. */
  async final<R extends object = Row>(query: Query): Promise<R[]> {
    return (await this.finalBatch<R>([query]))[0]!
  }

  /** The last statements of the transaction, in one round trip with its end. */
  async finalBatch<R extends object = Row>(queries: Query[]): Promise<R[][]> {
    if (this.state === 'done') throw new Error('The transaction has already ended.')
    if (this.keptOpen || this.unfinished.length > 0) return this.batch(queries)
    const rows = await this.sendLast<R>(queries)
    this.end()
    return rows.slice(0, queries.length)
  }

  /** Goes with the next statements, before them: what has to be said first costs no round trip of its own. */
  goAhead(query: Query): void {
    this.ahead.push(query)
  }

  /** What is asked for when the transaction is about to commit, however it does, and goes with its last statements. */
  closeWith(closing: () => Query[]): void {
    this.closing = closing
  }

  /**
   * Work that belongs to what the transaction has done so far, such as what follows from its changes: it is done before
   * the end, which `final` therefore leaves to whoever opened the transaction.
   *
   * @returns takes the work back, because it has been done.
   */
  beforeEnd(work: () => Promise<unknown>): () => void {
    this.unfinished.push(work)
    return () => {
      const at = this.unfinished.indexOf(work)
      if (at >= 0) this.unfinished.splice(at, 1)
    }
  }

  /** From now on `final` leaves the transaction open: the caller has something to add after the work. */
  keepOpen(): void {
    this.keptOpen = true
  }

  /**
   * For work that failed before it sent anything: raises `StaleModel` if what it was decided on was out of date, so that
   * a refusal never rests on metadata that has changed.
   */
  async confirmVersion(): Promise<void> {
    if (this.state === 'idle' && !this.confirmed && this.binding.version !== undefined)
      await this.query(sql`select 1 as one`)
  }

  /** Called once the transaction has been committed; must not throw. */
  onCommit(listener: () => void): void {
    this.afterCommit.push(listener)
  }

  async commit(): Promise<void> {
    if (this.state === 'done') return
    for (let work = this.unfinished.shift(); work; work = this.unfinished.shift()) await work()
    // The last of that work may have ended it.
    if (this.isDone) return
    await this.sendLast([])
    this.end()
  }

  async rollback(): Promise<void> {
    const client = this.client
    const open = this.state === 'open'
    this.client = undefined
    this.state = 'done'
    if (!client) return
    try {
      if (open) await client.query('rollback')
      client.release()
    } catch {
      client.release(true)
    }
  }

  /** Ends the transaction on the server; one that has sent nothing yet does without BEGIN and COMMIT. */
  private async sendLast<R extends object>(queries: Query[]): Promise<R[][]> {
    const last = [...queries, ...this.closing()]
    if (this.state === 'open') return this.send<R>([], last, [commit])
    return last.length > 0 ? this.send<R>(bindStatements(this.binding), last, []) : []
  }

  private async send<R extends object>(opening: Statement[], queries: Query[], closing: Statement[]): Promise<R[][]> {
    const work = queries.map(compile)
    const before = [...opening, ...this.ahead.splice(0).map(compile)]
    if (work.some((statement) => statement.planned)) before.push(planForValues)
    if (work.some((statement) => statement.walking)) before.push(walkAlong)
    const { caller } = this.binding
    requireCaller(caller)
    const client = await this.connection()
    requireCaller(caller)
    if (opening[0] === begin) this.state = 'open'
    const flush = () => runPipeline(client, [...before, ...work, ...closing], typeParsers)
    const rows = await whileAwaited(this.cancels, client, caller, flush)
    this.confirmed = true
    return rows.slice(before.length, before.length + queries.length) as R[][]
  }

  private async connection(): Promise<pg.PoolClient> {
    this.client ??= await this.acquire()
    return this.client
  }

  private end(): void {
    this.client?.release()
    this.client = undefined
    this.state = 'done'
    for (const listener of this.afterCommit) listener()
  }
}
