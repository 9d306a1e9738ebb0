/**
 * Proof that row-level security is what keeps tenants apart, table by table: a probe finds no leak in the database as it
 * is, and finds one as soon as any of its protections is taken away.
 */
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cloneDatabase, type TestDatabase, testServers } from '../../../tests/postgres.ts'
import { newId } from './index.ts'

interface Column {
  name: string
  type: string
}

interface Privileges {
  insert: boolean
  update: boolean
  delete: boolean
}

/** Tables that are told apart by another column than tenant_id. */
const ownerColumns: Record<string, string> = {
  tenants: 'id',
  users: 'id',
  sessions: 'user_id',
  refresh_tokens: 'user_id',
  account_links: 'user_id',
  second_factors: 'user_id',
  backup_codes: 'user_id',
}

/** Of the whole installation: everybody reads them, the super admin alone writes them. */
const installationTables = ['published_templates']

class Prober {
  readonly mine = { tenant: newId(), user: newId() }
  readonly theirs = { tenant: newId(), user: newId() }
  private readonly client: Client

  constructor(client: Client) {
    this.client = client
  }

  /** One row of each side in every table. */
  async plant(tables: string[]): Promise<void> {
    for (const table of tables) {
      await this.insert(table, this.mine)
      await this.insert(table, this.theirs)
    }
  }

  /** Probes the table in a transaction that is rolled back, after the change if there is one. */
  async leaks(table: string, change?: string): Promise<string[]> {
    await this.client.query('begin')
    try {
      if (change) await this.client.query(change)
      const privileges = await this.privileges(table)
      await this.client.query('set local role oneforge_app')
      await this.client.query('select bind_user($1)', [this.mine.user])
      await this.client.query('select bind_tenant($1, null)', [this.mine.tenant])
      return await this.probe(table, privileges)
    } finally {
      await this.client.query('rollback')
    }
  }

  /** What the application can do to rows of the other side, and cannot do to its own. */
  private async probe(table: string, privileges: Privileges): Promise<string[]> {
    const column = this.ownerColumn(table)
    const [mine, theirs] = [this.key(table, this.mine), this.key(table, this.theirs)]
    const found: string[] = []
    if ((await this.count(`select from ${table} where ${column} = $1`, mine)) === 0) found.push('own rows are hidden')
    if ((await this.count(`select from ${table} where ${column} <> $1`, mine)) > 0) found.push('reads')
    if (privileges.update) {
      // Writes what is there: PostgreSQL locks and rewrites the row all the same.
      const touch = `update ${table} set ${column} = ${column} where ${column} = $1`
      if ((await this.count(touch, mine)) === 0) found.push('own rows cannot be changed')
      if ((await this.count(touch, theirs)) > 0) found.push('updates')
      const give = `update ${table} set ${column} = '${theirs}' where ${column} = $1`
      if (await this.allowed(() => this.client.query(give, [mine]))) found.push('gives away')
    }
    if (privileges.delete) {
      if ((await this.count(`delete from ${table} where ${column} = $1`, theirs)) > 0) found.push('deletes')
      if ((await this.count(`delete from ${table} where ${column} = $1`, mine)) === 0) found.push('own rows stay')
    }
    if (privileges.insert) {
      if (await this.allowed(() => this.insert(table, this.theirs))) found.push('inserts')
      if (!(await this.allowed(() => this.insert(table, this.mine)))) found.push('own rows are refused')
    }
    return found
  }

  private async count(statement: string, value: string): Promise<number> {
    return (await this.client.query(statement, [value])).rowCount ?? 0
  }

  /** False when row-level security refused it. A key that is taken comes after that check. */
  private async allowed(work: () => Promise<unknown>): Promise<boolean> {
    await this.client.query('savepoint attempt')
    try {
      await work()
      return true
    } catch (error) {
      const { code, message } = error as { code: string; message: string }
      if (code === '23505') return true
      if (code === '42501' && message.includes('row-level security')) return false
      throw error
    } finally {
      await this.client.query('rollback to savepoint attempt')
    }
  }

  private ownerColumn = (table: string): string => ownerColumns[table] ?? 'tenant_id'

  private key(table: string, side: { tenant: string; user: string }): string {
    return table === 'users' || this.ownerColumn(table) === 'user_id' ? side.user : side.tenant
  }

  private async privileges(table: string): Promise<Privileges> {
    const { rows } = await this.client.query<Privileges>(
      `select has_table_privilege('oneforge_app', $1, 'insert') as insert,
         has_table_privilege('oneforge_app', $1, 'update') as update,
         has_table_privilege('oneforge_app', $1, 'delete') as delete`,
      [table],
    )
    return rows[0]!
  }

  private async insert(table: string, side: { tenant: string; user: string }): Promise<void> {
    const { rows: required } = await this.client.query<Column>(
      `select attname as name, format_type(atttypid, null) as type from pg_attribute
       where attrelid = $1::regclass and attnum > 0 and not attisdropped and attnotnull and not atthasdef
         and attidentity = ''`,
      [table],
    )
    const values = required.map((column) => {
      if (column.name === this.ownerColumn(table)) return this.key(table, side)
      if (column.name === 'user_id') return side.user
      return madeUp(column)
    })
    const columns = required.map((column) => column.name).join(', ')
    await this.client.query(`insert into ${table} (${columns}) values (${values.map((_, i) => `$${i + 1}`)})`, values)
  }
}

function madeUp({ name, type }: Column): unknown {
  if (type.endsWith('[]')) return []
  if (type === 'uuid') return newId()
  if (type === 'text') return `canary-${newId()}`
  if (type === 'jsonb') return '{}'
  if (type === 'bytea') return Buffer.from(`canary-${newId()}`)
  if (type === 'date') return '2026-01-01'
  if (type === 'cidr') return '192.0.2.0/24'
  if (type === 'boolean') return false
  if (type.startsWith('timestamp')) return new Date()
  if (/int|numeric/.test(type)) return 1
  throw new Error(`No value is known for the column ${name} of type ${type}.`)
}

describe.each(testServers())('isolation on PostgreSQL $majorVersion', (server) => {
  let test: TestDatabase
  let client: Client
  let prober: Prober
  let tables: string[]

  beforeAll(async () => {
    test = await cloneDatabase({ server })
    client = new Client({ connectionString: test.ownerUrl })
    await client.connect()
    // Partitions are left out: the application has no right to them, only to their parent.
    const { rows } = await client.query<{ name: string }>(
      `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
         and relrowsecurity and not relispartition order by relname`,
    )
    tables = rows.map((row) => row.name).filter((name) => !installationTables.includes(name))
    // The canaries are single rows with made-up values: neither foreign keys nor checks are what is probed.
    await client.query('set session_replication_role = replica')
    await client.query(`do $$ declare c record; begin
      for c in select conrelid::regclass as table_name, conname from pg_constraint
               where contype = 'c' and connamespace = 'public'::regnamespace and coninhcount = 0 loop
        execute format('alter table %s drop constraint %I', c.table_name, c.conname);
      end loop; end $$`)
    prober = new Prober(client)
    await prober.plant(tables)
  })

  afterAll(async () => {
    await client.end()
    await test.drop()
  })

  it('holds in every table, for reading, changing, deleting and adding', async () => {
    const leaks: Record<string, string[]> = {}
    for (const table of tables) leaks[table] = await prober.leaks(table)
    expect(leaks).toEqual(Object.fromEntries(tables.map((table) => [table, []])))
    expect(tables.length).toBeGreaterThan(20)
  })

  it('is broken in every table when its row-level security is off', async () => {
    for (const table of tables) {
      const leaks = await prober.leaks(table, `alter table ${table} disable row level security`)
      expect(leaks, table).toContain('reads')
    }
  })

  it('is broken in every table by a policy that lets everything be read', async () => {
    for (const table of tables) {
      const leaks = await prober.leaks(table, `create policy open on ${table} for select using (true)`)
      expect(leaks, table).toContain('reads')
    }
  })

  it('is broken in every table by a policy that lets everything be added', async () => {
    for (const table of tables) {
      const { rows } = await client.query(`select has_table_privilege('oneforge_app', $1, 'insert') as inserts`, [
        table,
      ])
      if (!rows[0].inserts) continue
      const leaks = await prober.leaks(table, `create policy open on ${table} for insert with check (true)`)
      expect(leaks, table).toContain('inserts')
    }
  })

  it('rests on every single policy: without any one of them the probe finds something', async () => {
    const { rows } = await client.query<{ name: string; table: string }>(
      `select p.polname as name, c.relname as table from pg_policy p join pg_class c on c.oid = p.polrelid
       where not c.relispartition and (p.polroles = '{0}' or 'oneforge_app'::regrole = any (p.polroles))
         and c.relname <> all ($1) order by 2, 1`,
      [installationTables],
    )
    for (const { name, table } of rows) {
      expect(await prober.leaks(table, `drop policy ${name} on ${table}`), `${name} on ${table}`).not.toEqual([])
    }
    expect(rows.length).toBeGreaterThanOrEqual(tables.length)
  })

  it('keeps what belongs to the installation from everybody but the super admin', async () => {
    const [anybody, superAdmin] = [newId(), newId()]
    await client.query(
      `insert into users (id, email, name, super_admin) values ($1, 'anybody@example.org', 'Anybody', false),
         ($2, 'super@example.org', 'Super', true)`,
      [anybody, superAdmin],
    )
    const changed = async (statement: string, user: string, change?: string): Promise<number> => {
      await client.query('begin')
      try {
        if (change) await client.query(change)
        await client.query('set local role oneforge_app')
        await client.query('select bind_user($1)', [user])
        return (await client.query(statement)).rowCount ?? 0
      } catch (error) {
        expect((error as Error).message).toContain('row-level security')
        return 0
      } finally {
        await client.query('rollback')
      }
    }
    const insert = `insert into published_templates (slug, version, template) values ('canary', '1.0.0', '{}')`
    const retire = `update published_templates set retired_at = now()`
    await client.query(insert.replace('canary', 'planted'))
    for (const statement of [insert, retire]) {
      expect(await changed(statement, anybody), statement).toBe(0)
      expect(await changed(statement, superAdmin), statement).toBe(1)
      const off = 'alter table published_templates disable row level security'
      expect(await changed(statement, anybody, off), statement).toBe(1)
    }
  })
})
