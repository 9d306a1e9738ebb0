/** The README's quick start, to the letter: its shell block in bash, against a server of its own. */
import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type RunningSystem, startSystem } from '../server.ts'

const readme = readFileSync(resolve(import.meta.dirname, '../../README.md'), 'utf8')
let system: RunningSystem
let directory: string

beforeAll(async () => {
  system = await startSystem()
  directory = mkdtempSync(join(tmpdir(), 'oneforge-readme-'))
})
afterAll(async () => {
  rmSync(directory, { recursive: true, force: true })
  await system?.stop()
})

it('does over the API what the page does', async () => {
  const [, block] = /```sh\n(.*?)```/s.exec(readme)!
  const script = block!.replace('http://localhost:3000', system.url)
  // Bash takes the socket that Node gives it for a remote login, and would read the machine's own start files.
  const { stdout, stderr } = await promisify(execFile)('bash', ['--norc', '-eu', '-c', script], {
    cwd: directory,
    timeout: 25_000,
  })
  expect(stderr).toBe('')
  expect(stdout).not.toContain('"success":false')
  const answers = stdout.split(/(?<=\})(?=\{"success")/)
  expect(answers[0]).toContain('"template":{"slug":"hospital"')
  expect(answers[1]).toMatch(/"total":1\b/)
  expect(answers[1]).toContain('"full_name":"Zoë Ångström","phone":"+34600111222"')
  expect(answers[2]).toContain('"phone":"+34600999888"')
  expect(answers[3]).toContain('"name":"Ana García"')
  expect(answers[3]).toContain('"before":"+34600111222","after":"+34600999888"')
  expect(stdout).toContain('"status":"completed"')
  expect(stdout.slice(stdout.lastIndexOf('\n\uFEFF') + 1)).toMatch(/Bo Ek.*31\/02\/1990.*must be a date/s)
  expect(stdout.slice(stdout.lastIndexOf('"status":"completed"'))).not.toContain('Ann Lee')

  const ana = await system
    .anonymous()
    .post('/auth/login', { email: 'ana@example.com', password: 'a lantern in the orchard' })
  const patients = await system
    .anonymous()
    .call('GET', '/patients?sort=full_name&fields=full_name,date_of_birth', undefined, {
      headers: { authorization: `Bearer ${ana.accessToken}` },
    })
  expect(patients).toMatchObject([
    { full_name: 'Ann Lee', date_of_birth: '1980-04-30' },
    { full_name: 'Zoë Ångström', date_of_birth: '1984-05-03' },
  ])
}, 30_000)
