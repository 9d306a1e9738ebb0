/**
 * Plain SQL migrations, run as the owner. `manifest.json` lists them with their SHA-256: a file that was changed after
 * it had been applied, or that the manifest does not know, stops the start with a message instead of guessing.
 */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'

export interface MigrateOptions {
  ownerUrl: string
  /** Folder of the .sql files and their manifest. */
  directory: string
  /** Password that the application's role signs in with. */
  appPassword: string
  log?: (line: string) => void
}

interface Migration {
  name: string
  sha256: string
  text: string
}

/** Database and release do not fit together: the message says what to do, and nothing was changed. */
export class MigrationError extends Error {}

/** One key for the whole database: two servers that start together take turns. */
const advisoryLock = 7_302_026

/** The role the application works as: it owns nothing and cannot bypass row-level security. */
export const appRole = 'oneforge_app'

/** Reads the migrations of a folder, checked against its manifest. */
export async function readMigrations(directory: string): Promise<Migration[]> {
  const manifest = JSON.parse(await readFile(join(directory, 'manifest.json'), 'utf8')) as Record<string, string>
  const migrations: Migration[] = []
  for (const name of Object.keys(manifest).sort()) {
    const text = await readFile(join(directory, name), 'utf8')
    const sha256 = createHash('sha256').update(text).digest('hex')
    if (sha256 !== manifest[name]) {
      throw new MigrationError(
        `Migration ${name} does not match migrations/manifest.json. Never change a migration that has been released: add a new one.`,
      )
    }
    migrations.push({ name, sha256, text })
  }
  return migrations
}

/** Brings the database up to date; returns the names of what was applied now. Safe to call from several servers. */
export async function migrate(options: MigrateOptions): Promise<{ applied: string[] }> {
  const migrations = await readMigrations(options.directory)
  const client = new pg.Client({ connectionString: options.ownerUrl, application_name: 'oneforge migrate' })
  await client.connect()
  try {
    await requireVersion(client)
    await client.query('select pg_advisory_lock($1)', [advisoryLock])
    await ensureAppRole(client, options.appPassword)
    const applied = await applyPending(client, migrations, options.log)
    return { applied }
  } finally {
    await client.end()
  }
}

async function requireVersion(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ version: number }>(
    `select current_setting('server_version_num')::int as version`,
  )
  if (rows[0]!.version < 150_000) {
    throw new MigrationError(
      'PostgreSQL 15 or newer is needed: point DATABASE_URL at such a server, or leave it out to use the private one.',
    )
  }
}

async function ensureAppRole(client: pg.Client, password: string): Promise<void> {
  // Several databases of one server may be migrated at the same time: the role is shared, so a duplicate is no error.
  await client.query(`do $$ begin create role ${appRole} login noinherit nosuperuser nocreatedb nocreaterole nobypassrls;
    exception when duplicate_object or unique_violation then null; end $$`)
  await client.query(`do $$ begin create role oneforge_dispatcher nologin nobypassrls;
    exception when duplicate_object or unique_violation then null; end $$`)
  const { rows } = await client.query<{ safe: boolean }>(
    `select not (rolsuper or rolbypassrls) as safe from pg_roles where rolname = $1`,
    [appRole],
  )
  if (!rows[0]?.safe)
    throw new MigrationError(`The role ${appRole} may bypass row-level security. Take SUPERUSER and BYPASSRLS from it.`)
  await setPassword(client, password)
}

async function setPassword(client: pg.Client, password: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await client.query(`alter role ${appRole} password ${pg.escapeLiteral(password)}`)
      return
    } catch (error) {
      // XX000 "tuple concurrently updated": another database of the same server is doing the same.
      if ((error as { code?: string }).code !== 'XX000' || attempt === 5) throw error
    }
  }
}

async function applyPending(
  client: pg.Client,
  migrations: Migration[],
  log?: (line: string) => void,
): Promise<string[]> {
  await client.query(`create table if not exists schema_migrations (
    name text primary key, sha256 text not null, applied_at timestamptz not null default now())`)
  const { rows } = await client.query<{ name: string; sha256: string }>('select name, sha256 from schema_migrations')
  const done = new Map(rows.map((row) => [row.name, row.sha256]))
  const applied: string[] = []
  for (const migration of migrations) {
    const before = done.get(migration.name)
    if (before === migration.sha256) continue
    if (before)
      throw new MigrationError(
        `Migration ${migration.name} was applied in another version than the one here. Use the release that the database was made with, or a newer one.`,
      )
    await applyOne(client, migration)
    log?.(`migrated ${migration.name}`)
    applied.push(migration.name)
  }
  for (const name of done.keys()) {
    if (!migrations.some((migration) => migration.name === name)) {
      throw new MigrationError(
        `The database has the migration ${name}, which this release does not know. Start a newer release.`,
      )
    }
  }
  return applied
}

async function applyOne(client: pg.Client, migration: Migration): Promise<void> {
  await client.query('begin')
  try {
    await client.query(migration.text)
    await client.query('insert into schema_migrations (name, sha256) values ($1, $2)', [
      migration.name,
      migration.sha256,
    ])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw new MigrationError(`Migration ${migration.name} failed: ${(error as Error).message}`, { cause: error })
  }
}
