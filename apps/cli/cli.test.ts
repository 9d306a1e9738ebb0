import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type PrivatePostgres, startPrivatePostgres } from '@oneforge/adapters/postgres'
import type { QueueDepth } from '@oneforge/kernel/jobs'
import { Command } from 'commander'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { startTestServer, type TestServer } from '../server/src/server.fixture.ts'
import { addOptions } from './input-options.ts'

const program = join(import.meta.dirname, 'oneforge.mjs')
const password = 'a lantern in the orchard'
let dataDir: string

// Each call is a process of its own that loads the whole system.
vi.setConfig({ testTimeout: 120_000 })

beforeAll(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'oneforge-cli-'))
})
afterAll(() => rmSync(dataDir, { recursive: true, force: true }))

interface Result {
  code: number | null
  stdout: string
  stderr: string
}

/** Runs the real program; `input` goes to its standard input. */
function oneforge(args: string[], options: { input?: string; dataDir?: string } = {}): Promise<Result> {
  return new Promise((resolve) => {
    const env = { ...process.env, OF_DATA_DIR: options.dataDir ?? dataDir, LANG: 'C' }
    const child = spawn(process.execPath, [program, ...args], { env })
    const result: Result = { code: null, stdout: '', stderr: '' }
    child.stdout.on('data', (chunk) => (result.stdout += chunk))
    child.stderr.on('data', (chunk) => (result.stderr += chunk))
    child.on('close', (code) => resolve({ ...result, code }))
    child.stdin.end(options.input ?? '')
  })
}

describe('templates', () => {
  it('are listed without any database', async () => {
    const { code, stdout } = await oneforge(['template', 'list'])
    expect(code).toBe(0)
    expect(stdout).toMatch(/^hospital +\d+\.\d+\.\d+ +Hospital/m)
  })

  it('that are right pass the check', async () => {
    const folder = join(import.meta.dirname, '../../packages/templates/hospital')
    expect(await oneforge(['template', 'check', folder])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('in order'),
    })
  })

  it('that are wrong fail it, each problem with its place', async () => {
    const file = join(dataDir, 'broken.json')
    writeFileSync(file, '{"slug": "broken", "objects": []}')
    const { code, stderr } = await oneforge(['template', 'check', file])
    expect(code).toBe(1)
    expect(stderr).toContain('version: is missing')
    expect(stderr).toMatch(/has \d+ problems/)
    expect((await oneforge(['template', 'check', join(dataDir, 'nowhere.json')])).stderr).toContain('does not exist')
  })
})

describe('on a database of its own', () => {
  const member = ['--tenant', 'acme', '--as', 'ann@example.com']

  it('accounts are made, their password read from the standard input', async () => {
    const made = await oneforge(
      ['users', 'create', '--email', 'ann@example.com', '--name', 'Ann', '--workspace', 'Acme', '--password-stdin'],
      { input: `${password}\n` },
    )
    expect(made).toMatchObject({ code: 0, stdout: 'ann@example.com owns the workspace acme.\n' })
    const weak = await oneforge(['users', 'reset-password', 'ann@example.com', '--password-stdin'], { input: 'short' })
    expect(weak).toMatchObject({ code: 1, stderr: expect.stringContaining('Use at least 12') })
  })

  describe('whose PostgreSQL runs', () => {
    let postgres: PrivatePostgres
    // Otherwise each call would start it and stop it.
    beforeAll(async () => {
      postgres = await startPrivatePostgres({ dataDir })
    })
    afterAll(() => postgres.stop())

    it('an operation takes JSON', async () => {
      const template = { template: 'hospital', sampleData: true }
      const applied = await oneforge(['call', 'templates.apply', '--json', '-', ...member], {
        input: JSON.stringify(template),
      })
      expect(applied.code, applied.stderr).toBe(0)
      expect(JSON.parse(applied.stdout)).toMatchObject({ slug: 'acme', template: { slug: 'hospital' } })
      expect((await oneforge(['tenants', 'list'])).stdout).toMatch(/^acme +Acme +enterprise +hospital +1 +\d{2,}$/m)
    })

    it('a workspace’s shape is written as a template file that is in order', async () => {
      const file = join(dataDir, 'acme.json')
      const written = await oneforge(['template', 'export', file, '--name', 'Acme clinic', ...member])
      expect(written, written.stderr).toMatchObject({ code: 0, stdout: expect.stringContaining('“acme-clinic”') })
      expect(await oneforge(['template', 'check', file])).toMatchObject({ code: 0 })
      const added = await oneforge(['template', 'apply', 'real-estate', '--dry-run', ...member])
      expect(added.code, added.stderr).toBe(0)
      expect(JSON.parse(added.stdout)).toMatchObject({ origin: 'real-estate', version: null, problems: [] })
    })

    it('a workspace gets another plan, on trial or for good', async () => {
      const plan = (...args: string[]) => oneforge(['tenants', 'plan', ...args])
      expect(await plan('acme', 'business', '--trial-ends', '2099-01-31')).toMatchObject({
        code: 0,
        stdout: 'acme has the plan business on trial until 2099-02-01T00:00:00.000Z.\n',
      })
      expect((await oneforge(['tenants', 'list'])).stdout).toMatch(/^acme +Acme +business +2099-02-01T00:00:00.000Z/m)
      expect((await plan('acme', 'enterprise')).stdout).toBe('acme has the plan enterprise.\n')
      const wrong: [string[], string][] = [
        [['acme', 'golden'], 'There is no plan “golden”. Choose one of starter'],
        [['nowhere', 'starter'], 'There is no workspace “nowhere”'],
        [['acme', 'starter', '--trial-ends', 'soon'], '“soon” is no date'],
      ]
      const answers = await Promise.all(wrong.map(([args]) => plan(...args)))
      expect(answers).toMatchObject(wrong.map(([, message]) => ({ code: 1, stderr: expect.stringContaining(message) })))
    })

    it('accounts are listed, and signing keys change', async () => {
      const users = await oneforge(['users', 'list', '--search', 'ANN@'])
      expect(users.stdout).toMatch(/^email +name +workspaces +secondFactor +lastSeen$/m)
      expect(users.stdout).toMatch(/^ann@example\.com +Ann +acme +no/m)
      expect((await oneforge(['users', 'list', '--search', 'nobody'])).stdout).toBe('None.\n')
      const none = await oneforge(['users', 'remove-second-factor', 'ann@example.com'])
      expect(none).toMatchObject({ code: 1, stderr: 'ann@example.com has no second factor.\n' })
      const before = (await oneforge(['signing-keys', 'list'])).stdout.trim().split('\n').length
      const rotated = await oneforge(['signing-keys', 'rotate'])
      expect(rotated.stdout).toContain('The new key signs in a minute.')
      const after = (await oneforge(['signing-keys', 'list'])).stdout.trim().split('\n')
      expect(after).toHaveLength(before + 1)
      const oldest = after.at(-1)!.split(/ +/)[0]!
      const retired = await oneforge(['signing-keys', 'retire', oldest])
      expect(retired.stdout + retired.stderr).toMatch(/kid|sign/)
    })

    it('or options', async () => {
      const options = ['--object', 'patients', '--limit', '2', '--sort', '-full_name', '--fields', 'full_name']
      const filter = ['--filter', '{"field": "full_name", "op": "notEmpty"}']
      const { code, stdout, stderr } = await oneforge(['run', 'records.list', ...options, ...filter, ...member])
      expect(code, stderr).toBe(0)
      const { data, pagination } = JSON.parse(stdout)
      expect(data).toHaveLength(2)
      expect(data[0].full_name.localeCompare(data[1].full_name)).toBeGreaterThan(0)
      expect(pagination).toMatchObject({ page: 1, limit: 2 })
    })

    it('is refused in words', async () => {
      const list = ['run', 'records.list', '--object', 'patients']
      const wrong: [string[], string][] = [
        [[...list, '--limit', 'many', ...member], 'limit: must be a whole number'],
        [[...list, '--filter', '{', ...member], '--filter takes JSON'],
        [['run', 'records.list', ...member], "required option '--object <text>' not specified"],
        [list, 'needs --tenant <slug> and --as <email>'],
        [[...list, '--tenant', 'acme', '--as', 'eve@example.com'], 'is no active member'],
        [['call', 'records.fly'], 'There is no operation records.fly'],
        [['call', 'records.list', '--json', '{'], 'not valid JSON'],
      ]
      await Promise.all(
        wrong.map(async ([args, message]) => {
          const { code, stderr } = await oneforge(args)
          expect(stderr).toContain(message)
          expect(code, args.join(' ')).toBe(1)
        }),
      )
    })

    it('explains the options of an operation', async () => {
      const { code, stdout } = await oneforge(['run', 'records.aggregate', '--help'])
      expect(code).toBe(0)
      expect(stdout).toContain('--group-by <json>')
    })
  })
})

describe('beside a running server', () => {
  let server: TestServer

  beforeAll(async () => {
    server = await startTestServer()
  })
  afterAll(() => server.stop())

  it('uses its PostgreSQL, and keeps to the member’s rights', async () => {
    const post = (path: string, body: object) =>
      fetch(`${server.url}/api/v1${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      })
    const account = { email: 'bob@example.com', password, name: 'Bob', workspace: 'Bobs' }
    expect((await post('/auth/register', account)).status).toBe(201)
    const caller = ['--tenant', 'bobs', '--as', 'bob@example.com']
    const { stdout } = await oneforge(['run', 'workspace.get', ...caller], { dataDir: server.dataDir })
    expect(JSON.parse(stdout)).toMatchObject({ slug: 'bobs', user: { name: 'Bob' } })
  })

  it('shows and retries jobs that gave up', async () => {
    const { dataDir } = server
    expect(await oneforge(['jobs', 'dead'], { dataDir })).toMatchObject({ code: 0, stdout: 'None.\n' })
    const [{ kind }] = (await server.system.jobs.depths()) as [QueueDepth]
    expect((await oneforge(['jobs', 'retry', kind], { dataDir })).stdout).toBe('0 jobs are tried again.\n')
    const wrong = await oneforge(['jobs', 'retry', 'fly'], { dataDir })
    expect(wrong).toMatchObject({ code: 1, stderr: expect.stringContaining('There is no kind of job fly') })
  })

  it('lifts a lock and resets a password', async () => {
    const login = (tried: string) =>
      fetch(`${server.url}/api/v1/auth/login`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ email: 'bob@example.com', password: tried }),
      }).then((answer) => answer.status)
    for (let i = 0; i < 5; i++) expect(await login('wrong password')).toBe(401)
    expect(await login(password)).toBe(423)
    expect((await oneforge(['users', 'unlock', 'Bob@example.com'], { dataDir: server.dataDir })).code).toBe(0)
    expect(await login(password)).toBe(200)
    const { stdout } = await oneforge(['users', 'reset-password', 'bob@example.com'], { dataDir: server.dataDir })
    const [, made] = /^Password: (\S+)$/m.exec(stdout)!
    expect(await login(password)).toBe(401)
    expect(await login(made!)).toBe(200)
  })

  it('has options for every operation', () => {
    for (const operation of server.system.registry.operations) {
      expect(() => addOptions(new Command(), operation), operation.name).not.toThrow()
    }
  })
})
