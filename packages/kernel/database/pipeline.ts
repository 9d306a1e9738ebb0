/**
 * Several statements in one flush behind a single Sync of the extended protocol.
 *
 * What stands between two Syncs is one implicit transaction, so `bind the tenant; query` costs one round trip instead
 * of the four of BEGIN, set_config, query, COMMIT. node-postgres lets a foreign object drive a connection (its
 * Submittable interface: `submit` writes messages, `handle…` receives the answers); this is such an object.
 *
 * Statements that come again are prepared once per connection and then only bound and executed (see prepared.ts); the
 * description of their columns is kept as well, so a repeated statement costs three messages.
 */
import { createRequire } from 'node:module'
import type pg from 'pg'
import { type Column, PreparedStatements, statementName } from './prepared.ts'
import type { Statement } from './statement.ts'

const require = createRequire(import.meta.url)
const { prepareValue } = require('pg/lib/utils.js') as { prepareValue(value: unknown): unknown }

export type Row = Record<string, unknown>
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
  close(message: { type: 'S'; name: string }): void
  sync(): void
  on(event: 'parseComplete', listener: () => void): void
}

const preparedOn = new WeakMap<Connection, PreparedStatements>()

function preparedStatements(connection: Connection): PreparedStatements {
  let prepared = preparedOn.get(connection)
  if (!prepared) {
    const created = new PreparedStatements()
    connection.on('parseComplete', () => created.parsed())
    preparedOn.set(connection, created)
    prepared = created
  }
  return prepared
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
  /** Of statements that are not described again. */
  private readonly knownColumns: (Column[] | undefined)[] = []
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
      for (const name of prepared.takeEvicted()) connection.close({ type: 'S', name })
      for (const statement of this.statements) this.send(connection, prepared, statement)
    } catch (error) {
      // A value that cannot be serialised: what was sent before it must not take effect.
      this.failure = error as Error
      connection.parse({ text: 'select oneforge_abort_pipeline', name: '' })
      prepared.sent('')
    } finally {
      connection.sync()
      connection.stream.uncork()
    }
    return null
  }

  private send(connection: Connection, prepared: PreparedStatements, statement: Statement): void {
    const name = statementName(statement.text)
    this.names.push(name)
    if (!prepared.use(name)) {
      connection.parse({ text: statement.text, name })
      prepared.sent(name)
    }
    connection.bind({ portal: '', statement: name, values: statement.values as unknown[], valueMapper: prepareValue })
    const known = prepared.columnsOf(name)
    this.knownColumns.push(known)
    if (!known) connection.describe({ type: 'P', name: '' })
    connection.execute({ portal: '', rows: 0 })
  }

  handleRowDescription(message: { fields: FieldDescription[] }): void {
    this.columns = message.fields.map((field) => ({ name: field.name, parse: this.types(field.dataTypeID) }))
    this.prepared?.describe(this.names[this.current] ?? '', this.columns)
  }

  handleDataRow(message: { fields: (string | null)[] }): void {
    if (this.failure) return
    const columns = this.columns ?? this.knownColumns[this.current] ?? []
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
    this.prepared?.failed()
    this.reject(this.failure ?? error)
  }

  handleReadyForQuery(): void {
    if (this.failure) this.reject(this.failure)
    else this.resolve(this.results)
  }
}
