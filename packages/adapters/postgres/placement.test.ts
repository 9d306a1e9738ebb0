import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findNpmBinaries, type PostgresBinaries, startPrivatePostgres } from './index.ts'
import { locateCluster } from './placement.ts'
import { select, startServerProcess } from './private-postgres.fixture.ts'

const NOBODY = { uid: 65534, gid: 65534 }

/** Open to its owner alone, as a home directory may be. */
let closed: string
let dataDir: string

beforeEach(() => {
  closed = mkdtempSync(join(tmpdir(), 'oneforge-closed-'))
  dataDir = join(closed, 'data')
})

afterEach(() => rmSync(closed, { recursive: true, force: true }))

it('is the data directory when PostgreSQL reaches it', async () => {
  chmodSync(closed, 0o755)
  const postgres = await startPrivatePostgres({ dataDir, durability: 'test' })
  expect(locateCluster(dataDir).home).toBe(dataDir)
  await postgres.stop()
})

it('says so when the place it points to is gone', async () => {
  mkdirSync(dataDir)
  writeFileSync(join(dataDir, 'postgres.location'), '/var/lib/oneforge/gone\n')
  await expect(startPrivatePostgres({ dataDir })).rejects.toThrow(
    'the database lies in /var/lib/oneforge/gone, but that directory does not exist',
  )
})

it('says so when the data directory cannot be used', async () => {
  writeFileSync(dataDir, 'a file')
  await expect(startPrivatePostgres({ dataDir: join(dataDir, 'below') })).rejects.toThrow(
    /cannot be used: .*OF_DATA_DIR/,
  )
})

// An ordinary user's PostgreSQL runs as that user, and reaches what the user reaches.
describe.runIf(process.getuid?.() === 0)('as root, below a directory closed to others', () => {
  it('keeps programs and data where its account reaches them, says where, and finds them again', async () => {
    const binaries = await copyBinaries(closed)
    const lines: string[] = []
    const log = (line: string) => lines.push(line)

    const first = await startPrivatePostgres({ dataDir, binaries, log, durability: 'test' })
    const { home } = locateCluster(dataDir)
    expect(dirname(home)).toBe('/var/lib/oneforge')
    expect(lines).toEqual([
      expect.stringMatching(`may not enter ${dataDir}: the database is kept in ${home}`),
      expect.stringMatching(`cannot be run in ${binaries.npmPackage?.root}: a copy is kept in ${home}`),
    ])
    expect(readFileSync(join(home, 'belongs-to'), 'utf8').trim()).toBe(dataDir)
    await select(await first.url(), 'CREATE TABLE kept AS SELECT 42 AS answer')
    await first.stop()

    const second = await startPrivatePostgres({ dataDir, binaries, log, durability: 'test' })
    expect(await select(await second.url(), 'SELECT answer FROM kept')).toBe(42)
    expect(lines).toHaveLength(2)

    // A copy of the data directory points to the same cluster, which has its server.
    const copy = join(closed, 'copy')
    cpSync(dataDir, copy, { recursive: true })
    await expect(startPrivatePostgres({ dataDir: copy, binaries })).rejects.toThrow('Another OneForge server')
    await second.stop()
    rmSync(home, { recursive: true })
  })

  it('does not move a database that is there already', async () => {
    mkdirSync(join(dataDir, 'postgres'), { recursive: true })
    await expect(startPrivatePostgres({ dataDir })).rejects.toThrow(`may not enter ${dataDir}. Allow others to pass`)
    expect(existsSync(join(dataDir, 'postgres.location'))).toBe(false)
  })
})

describe.runIf(process.getuid?.() === 0)('as an ordinary user', () => {
  it('runs as that user, who cannot take what root has made', async () => {
    chmodSync(closed, 0o777)
    const own = await startServerProcess(join(closed, 'own'), NOBODY)
    expect(await select(own.url, 'SELECT 1 AS answer')).toBe(1)
    await own.stop()

    const rooted = await startPrivatePostgres({ dataDir: dataDir, durability: 'test' })
    await rooted.stop()
    chmodSync(dataDir, 0o777)
    const refused = startServerProcess(dataDir, NOBODY)
    await expect(refused).rejects.toThrow(/belongs to another account .*sudo chown -R 65534/)
  })
})

/** The npm package, below the directory that is closed. */
async function copyBinaries(to: string): Promise<PostgresBinaries> {
  const { npmPackage, majorVersion } = await findNpmBinaries()
  const root = join(to, 'package')
  cpSync(npmPackage!.root, root, { recursive: true })
  return { bin: join(root, 'native', 'bin'), majorVersion, npmPackage: { ...npmPackage!, root } }
}
