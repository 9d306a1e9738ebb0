/**
 * Several statements in one flush behind a single Sync of the extended protocol.
 *
 * What stands between two Syncs is one implicit transaction, so `bind the tenant; query` costs one round trip instead
 * of the four of BEGIN, set_config, query, COMMIT. node-postgres lets a foreign object drive a connection (its
 * Submittable interface: `submit` writes messages, `handle…` receives the answers); this is such an object.
 *
 * Statements that come again are prepared once per connection and then only bound and executed; the description of
 * their columns is kept as well, so a repeated statement costs three messages.
 */
import { createRequire } from 'node:module'
import type pg from 'pg'
import type { Statement } from './statement.ts'

const require = createRequire(import.meta.url)
const { prepareValue } = require('pg/lib/utils.js') as { prepareValue(value: unknown): unknown }

export type Row = Record<string, unknown>
interface Column {
  name: string
  parse: (text: string) => unknown
}
interface FieldDescription {
  name: string
  dataTypeID: number
}

/** The messages of node-postgres's connection that are used here; its own typings leave them out. */
interface Connection {
  stream: { cork(): void; uncork(): void }
  parse(message: { text: string; name: string }): void
  bind(message: {
    portal: string
    statement: string
    values: unknown[]
    valueMapper: (value: unknown) => unknown
  }): void
  describe(message: { type: 'P'; name: string }): void
  execute(message: { portal: string; rows: number }): void
  sync(): void
  on(event: 'parseComplete', listener: () => void): void
}

/** What one server connection has prepared so far. */
class PreparedStatements {
  /** Names in the order their Parse was sent and not answered yet; '' for unnamed ones. */
  pending: string[] = []
  private readonly known = new Set<string>()
  private readonly columns = new Map<string, Column[]>()

  constructor(connection: Connection) {
    connection.on('parseComplete', () => {
      const name = this.pending.shift()
      if (name) this.known.add(name)
    })
  }

  has(name: string): boolean {
    return this.known.has(name)
  }

  columnsOf(name: string): Column[] | undefined {
    return this.columns.get(name)
  }

  remember(name: string, columns: Column[]): void {
    if (name) this.columns.set(name, columns)
  }
}

const preparedOn = new WeakMap<Connection, PreparedStatements>()

function preparedStatements(connection: Connection): PreparedStatements {
  let prepared = preparedOn.get(connection)
  if (!prepared) {
    prepared = new PreparedStatements(connection)
    preparedOn.set(connection, prepared)
  }
  return prepared
}

/** How many different statements may stay prepared on a connection; each holds memory on the server. */
const maxPrepared = 400
const nameOfText = new Map<string, string>()
const seenOnce = new Set<string>()

/** A statement gets a name when it comes the second time: one-off texts would only fill the server's memory. */
function statementName(text: string): string {
  const name = nameOfText.get(text)
  if (name) return name
  if (nameOfText.size >= maxPrepared) return ''
  if (!seenOnce.has(text)) {
    if (seenOnce.size > 2000) seenOnce.clear()
    seenOnce.add(text)
    return ''
  }
  seenOnce.delete(text)
  const next = `of_${nameOfText.size}`
  nameOfText.set(text, next)
  return next
}

/** Runs the statements on the client in one flush; resolves to the rows of each, rejects with the first error. */
export function runPipeline(client: pg.PoolClient, statements: Statement[], types: TypeParsers): Promise<Row[][]> {
  return new Promise((resolve, reject) => {
    client.query(new Pipeline(statements, types, resolve, reject) as unknown as pg.Submittable)
  })
}

export type TypeParsers = (oid: number) => (text: string) => unknown

class Pipeline {
  private readonly statements: Statement[]
  private readonly types: TypeParsers
  private readonly resolve: (rows: Row[][]) => void
  private readonly reject: (error: Error) => void
  private readonly results: Row[][]
  private readonly names: string[] = []
  private current = 0
  private columns: Column[] | undefined
  private prepared: PreparedStatements | undefined
  private failure: Error | undefined

  constructor(
    statements: Statement[],
    types: TypeParsers,
    resolve: (rows: Row[][]) => void,
    reject: (error: Error) => void,
  ) {
    this.statements = statements
    this.types = types
    this.resolve = resolve
    this.reject = reject
    this.results = statements.map(() => [])
  }

  submit(connection: Connection): Error | null {
    const prepared = preparedStatements(connection)
    this.prepared = prepared
    connection.stream.cork()
    try {
      const sent = new Set<string>()
      for (const statement of this.statements) this.send(connection, prepared, statement, sent)
    } catch (error) {
      // A value that cannot be serialised: what was sent before it must not take effect.
      this.failure = error as Error
      connection.parse({ text: 'select oneforge_abort_pipeline', name: '' })
      prepared.pending.push('')
    } finally {
      connection.sync()
      connection.stream.uncork()
    }
    return null
  }

  private send(connection: Connection, prepared: PreparedStatements, statement: Statement, sent: Set<string>): void {
    const name = statementName(statement.text)
    this.names.push(name)
    if (!name || !(prepared.has(name) || sent.has(name))) {
      connection.parse({ text: statement.text, name })
      prepared.pending.push(name)
      if (name) sent.add(name)
    }
    connection.bind({ portal: '', statement: name, values: statement.values as unknown[], valueMapper: prepareValue })
    if (!(name && prepared.columnsOf(name))) connection.describe({ type: 'P', name: '' })
    connection.execute({ portal: '', rows: 0 })
  }

  handleRowDescription(message: { fields: FieldDescription[] }): void {
    this.columns = message.fields.map((field) => ({ name: field.name, parse: this.types(field.dataTypeID) }))
    this.prepared?.remember(this.names[this.current] ?? '', this.columns)
  }

  handleDataRow(message: { fields: (string | null)[] }): void {
    if (this.failure) return
    const columns = this.columns ?? this.prepared?.columnsOf(this.names[this.current] ?? '') ?? []
    const row: Row = {}
    try {
      for (let i = 0; i < columns.length; i++) {
        const column = columns[i]!
        const text = message.fields[i]
        row[column.name] = text == null ? null : column.parse(text)
      }
    } catch (error) {
      this.failure = error as Error
      return
    }
    this.results[this.current]!.push(row)
  }

  handleCommandComplete(): void {
    this.current += 1
    this.columns = undefined
  }

  handleEmptyQuery(): void {
    this.current += 1
  }

  handleError(error: Error): void {
    // After an error the server skips to the Sync: what was not parsed by now never will be.
    if (this.prepared) this.prepared.pending = []
    this.reject(this.failure ?? error)
  }

  handleReadyForQuery(): void {
    if (this.failure) this.reject(this.failure)
    else this.resolve(this.results)
  }
}
