import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { claimDirectory } from './claim.ts'

let directory: string

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'oneforge-claim-'))
})

afterEach(() => rmSync(directory, { recursive: true, force: true }))

it('is held by one, and free again when released', async () => {
  const claim = await claimDirectory(directory)
  await expect(claimDirectory(directory)).rejects.toThrow(
    `Another OneForge server (process ${process.pid}, since ${new Date().getUTCFullYear()}`,
  )
  claim.release()
  expect(readdirSync(directory)).toEqual([])
  const next = await claimDirectory(directory)
  next.release()
})

it('does not outlive its process, though another has its pid by now', async () => {
  await writeClaimOf({ startedAt: 'an earlier start' })
  const claim = await claimDirectory(directory)
  expect(readdirSync(directory)).toHaveLength(1)
  claim.release()
})

it('of another machine or container counts while its file is touched, and ends when it falls silent', async () => {
  const file = await writeClaimOf({ host: 'elsewhere pid:[1]' })
  const touching = setInterval(() => utimesSync(file, new Date(), new Date()), 1_000)
  await expect(claimDirectory(directory)).rejects.toThrow('on elsewhere')
  clearInterval(touching)
  const longAgo = new Date(Date.now() - 5 * 60_000)
  utimesSync(file, longAgo, longAgo)
  const claim = await claimDirectory(directory)
  claim.release()
})

it('that a power cut has torn counts for nothing', async () => {
  writeFileSync(join(directory, `server-${randomUUID()}.claim`), '')
  const claim = await claimDirectory(directory)
  expect(readdirSync(directory)).toHaveLength(1)
  claim.release()
})

it('goes to one at most of several servers that start together', async () => {
  const starters = Array.from({ length: 6 }, () => startClaimant())
  const outcomes = await Promise.all(starters.map(async ({ stdout }) => String((await once(stdout, 'data'))[0])))
  expect(outcomes.filter((outcome) => outcome === 'claimed').length).toBeLessThanOrEqual(1)
  expect(outcomes.filter((outcome) => outcome.includes('Another OneForge server')).length).toBeGreaterThanOrEqual(5)
  for (const starter of starters) starter.kill('SIGKILL')
})

function startClaimant() {
  const program = `
    import { claimDirectory } from ${JSON.stringify(new URL('./claim.ts', import.meta.url).href)}
    process.stdout.write(await claimDirectory(process.argv[1]).then(() => 'claimed', (error) => error.message))
    setInterval(() => {}, 60_000)`
  return spawn(process.execPath, ['--input-type=module', '--eval', program, directory])
}

/** A claim like one of this process, but for these differences. */
async function writeClaimOf(differences: { host?: string; startedAt?: string }): Promise<string> {
  const claim = await claimDirectory(directory)
  const own = JSON.parse(readFileSync(join(directory, readdirSync(directory)[0]!), 'utf8'))
  claim.release()
  const file = join(directory, `server-${randomUUID()}.claim`)
  writeFileSync(file, JSON.stringify({ ...own, ...differences }))
  return file
}
