import { createHash } from 'node:crypto'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { Client } from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { APP_PASSWORD, cloneDatabase, type TestDatabase } from '../../../tests/postgres.ts'
import { migrate } from './index.ts'

const shipped = resolve(import.meta.dirname, '../../../migrations')

describe('migrating', () => {
  let test: TestDatabase
  let owner: Client
  let directory: string

  beforeEach(async () => {
    test = await cloneDatabase({ template: 'template1' })
    owner = new Client({ connectionString: test.ownerUrl })
    await owner.connect()
    directory = await mkdtemp(join(tmpdir(), 'oneforge-migrations-'))
  })

  afterEach(async () => {
    await owner.end()
    await test.drop()
    await rm(directory, { recursive: true })
  })

  const run = (from = directory) => migrate({ ownerUrl: test.ownerUrl, directory: from, appPassword: APP_PASSWORD })

  async function write(files: Record<string, string>): Promise<void> {
    const manifest: Record<string, string> = {}
    for (const [name, text] of Object.entries(files)) {
      await writeFile(join(directory, name), text)
      manifest[name] = createHash('sha256').update(text).digest('hex')
    }
    await writeFile(join(directory, 'manifest.json'), JSON.stringify(manifest))
  }

  const applied = async () =>
    (await owner.query('select name from schema_migrations order by name')).rows.map(
      (row: { name: string }) => row.name,
    )

  it('applies everything once, in order, and nothing the second time', async () => {
    const names = Object.keys(JSON.parse(await readFile(join(shipped, 'manifest.json'), 'utf8'))).sort()
    expect(await run(shipped)).toEqual({ applied: names })
    expect(await run(shipped)).toEqual({ applied: [] })
    expect(await applied()).toEqual(names)
  })

  it('is safe when several servers start together', async () => {
    const results = await Promise.all([run(shipped), run(shipped), run(shipped)])
    const working = results.filter((result) => result.applied.length > 0)
    expect(working).toHaveLength(1)
    expect(await applied()).toEqual(working[0]!.applied)
  })

  it('applies what is new later on', async () => {
    await write({ '0001_one.sql': 'create table one (id int)' })
    expect(await run()).toEqual({ applied: ['0001_one.sql'] })
    await write({ '0001_one.sql': 'create table one (id int)', '0002_two.sql': 'create table two (id int)' })
    expect(await run()).toEqual({ applied: ['0002_two.sql'] })
  })

  it('refuses a file that differs from the manifest, before it touches the database', async () => {
    await cp(shipped, directory, { recursive: true })
    const file = join(directory, '0004_facts.sql')
    await writeFile(file, `${await readFile(file, 'utf8')}\n-- a tampered line`)
    await expect(run()).rejects.toThrow(/0004_facts\.sql does not match .*add a new one/)
    expect((await owner.query(`select to_regclass('schema_migrations') as made`)).rows[0].made).toBeNull()
  })

  it('refuses a migration that was applied in another version, even if the manifest agrees with the file', async () => {
    await write({ '0001_one.sql': 'create table one (id int)' })
    await run()
    await write({ '0001_one.sql': 'create table one (id bigint)' })
    await expect(run()).rejects.toThrow('0001_one.sql was applied in another version')
  })

  it('refuses a database of a newer release', async () => {
    await write({ '0001_one.sql': 'create table one (id int)', '0002_two.sql': 'create table two (id int)' })
    await run()
    await write({ '0001_one.sql': 'create table one (id int)' })
    await expect(run()).rejects.toThrow('has the migration 0002_two.sql, which this release does not know')
  })

  it('undoes a migration that fails, keeps those before it, and names the culprit', async () => {
    await write({
      '0001_one.sql': 'create table one (id int)',
      '0002_two.sql': 'create table two (id int); insert into missing values (1)',
    })
    await expect(run()).rejects.toThrow('Migration 0002_two.sql failed: relation "missing" does not exist')
    expect(await applied()).toEqual(['0001_one.sql'])
    expect((await owner.query(`select to_regclass('two') as made`)).rows[0].made).toBeNull()
  })
})
