import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { chownSync, lchownSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { PrivatePostgresError } from './private-postgres-error.ts'

/** The unprivileged account that PostgreSQL runs as when we are root, for it refuses to run as root. */
export interface Account {
  name: string
  uid: number
  gid: number
}

const CANDIDATES = ['postgres', 'nobody']

/**
 * The account to run PostgreSQL under: undefined (ourselves) unless we are root. A cluster that exists keeps the
 * account that owns it.
 */
export function chooseAccount(clusterData: string): Account | undefined {
  if (process.getuid?.() !== 0) return undefined
  const owner = statSync(clusterData, { throwIfNoEntry: false })
  if (owner && owner.uid !== 0) return { name: `uid ${owner.uid}`, uid: owner.uid, gid: owner.gid }
  for (const name of CANDIDATES) {
    const account = lookUp(name)
    if (account) return account
  }
  throw new PrivatePostgresError(
    `PostgreSQL refuses to run as root, and this system has neither of the accounts ${CANDIDATES.join(', ')} to run it under. ` +
      'Start OneForge as an ordinary user, or set DATABASE_URL to a PostgreSQL server.',
  )
}

function lookUp(name: string): Account | undefined {
  const id = (flag: '-u' | '-g') =>
    Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }))
  try {
    return { name, uid: id('-u'), gid: id('-g') }
  } catch {
    return undefined
  }
}

/** Whether the account may read the file or enter the directory, asked of the system itself (modes, ACLs, mounts). */
export function canReach(account: Account, path: string): boolean {
  const flag = statSync(path).isDirectory() ? '-x' : '-r'
  const probe = spawnSync('test', [flag, path], { ...identity(account), cwd: '/', stdio: 'ignore' })
  if (probe.error) throw cannotBecome(account, probe.error)
  return probe.status === 0
}

/** Gives one file or directory to the account; nothing to do when PostgreSQL runs as ourselves. */
export function giveTo(account: Account | undefined, path: string): void {
  if (account) chownSync(path, account.uid, account.gid)
}

/** Gives a directory and all that is in it to the account, as after a restore made by root. */
export function giveTreeTo(account: Account, directory: string): void {
  for (const entry of readdirSync(directory, { recursive: true, encoding: 'utf8' })) {
    lchownSync(join(directory, entry), account.uid, account.gid)
  }
  chownSync(directory, account.uid, account.gid)
}

/** How a program ended: its exit code (null when a signal ended it or it never ran) and what it printed. */
export interface Outcome {
  code: number | null
  output: string
}

/**
 * Runs a program to its end under the account, free of PG* variables that would redirect it.
 * Its output is returned, or written to the file descriptor `output`.
 */
export function runAs(
  account: Account | undefined,
  program: string,
  args: string[],
  options: { cwd: string; output?: number },
): Promise<Outcome> {
  const sink = options.output ?? 'pipe'
  const child = spawn(program, args, {
    ...identity(account),
    cwd: options.cwd,
    // A fixed locale keeps messages in English and spares macOS its thread-starting locale lookup.
    env: { ...withoutPostgresVariables(process.env), LC_ALL: 'C' },
    stdio: ['ignore', sink, sink],
    windowsHide: true,
  })
  let output = ''
  child.stdout?.on('data', (chunk) => (output += chunk))
  child.stderr?.on('data', (chunk) => (output += chunk))
  return new Promise((resolve) => {
    child.on('error', (error) => resolve({ code: null, output: error.message }))
    child.on('close', (code) => resolve({ code, output }))
  })
}

function withoutPostgresVariables(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('PG')))
}

function identity(account: Account | undefined): { uid?: number; gid?: number } {
  // spawn takes signed ids (macOS prints nobody's -2 as 4294967294).
  return account ? { uid: account.uid | 0, gid: account.gid | 0 } : {}
}

function cannotBecome(account: Account, cause: Error): PrivatePostgresError {
  return new PrivatePostgresError(
    `PostgreSQL refuses to run as root, and running it as ${account.name} failed (${cause.message}). ` +
      'Start OneForge as an ordinary user, or set DATABASE_URL to a PostgreSQL server.',
    { cause },
  )
}
