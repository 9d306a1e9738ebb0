import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { newId, sql } from '@oneforge/kernel/database'
import { bumpVersion } from '@oneforge/kernel/metadata'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { type DirtyFile, dirtyPeople } from '../../../tests/fixtures/dirty-people.ts'
import { TestWorkspace } from './imports.fixture.ts'

// Thousands of rows on a machine that does other things as well.
vi.setConfig({ testTimeout: 120_000 })

const file = dirtyPeople(3_000)
let workspace: TestWorkspace
let jobId: string
beforeAll(async () => {
  workspace = await TestWorkspace.open({ work: false })
})
afterAll(() => workspace.close())
beforeEach(async () => {
  await workspace.clear()
  jobId = await begun(file)
})

async function begun({ content }: DirtyFile): Promise<string> {
  return (await workspace.send<{ jobId: string }>('imports.start', 'patients', content)).jobId
}

/** Every good row once, no other. */
async function expectWhole(id = jobId): Promise<void> {
  expect(await workspace.job(id)).toMatchObject({
    status: 'completed',
    progress: 100,
    result: { total: file.rows, created: file.good, duplicates: file.duplicates, refused: file.refused },
  })
  const { count } = await workspace.call<{ count: number }>('records.count', { object: 'patients' })
  expect(count).toBe(file.good)
}

async function progressOf(id: string, atLeast: number): Promise<void> {
  while ((await workspace.job(id)).progress < atLeast) await sleep(5)
}

/** Resolves once one transaction waits for another to end. */
async function somebodyWaits(): Promise<void> {
  const { tenantId, database } = workspace
  const waits = sql`select 1 as one from pg_locks l join pg_stat_activity a using (pid)
    where a.datname = current_database() and l.locktype = 'transactionid' and not l.granted`
  while ((await database.run({ tenantId }, waits)).length === 0) await sleep(5)
}

describe('a run that ends in the middle', () => {
  it('goes on where it stood after the server stopped', async () => {
    const stopping = new AbortController()
    const running = workspace.work(jobId, stopping.signal)
    await progressOf(jobId, 30)
    stopping.abort()
    await expect(running).rejects.toThrow()
    expect(await workspace.job(jobId)).toMatchObject({ status: 'processing' })
    await workspace.work(jobId)
    await expectWhole()
  })

  it('goes on where it stood after kill -9, again and again', async () => {
    const script = join(import.meta.dirname, 'import-process.fixture.ts')
    const { cloned, directory, tenantId } = workspace
    const run = (): [ChildProcess, Promise<[number | null]>] => {
      const child = spawn(process.execPath, [script, cloned.appUrl, directory, tenantId, jobId], { stdio: 'inherit' })
      return [child, once(child, 'exit') as Promise<[number | null]>]
    }
    for (const progress of [20, 50, 80]) {
      const [child, ended] = run()
      await Promise.race([progressOf(jobId, progress), ended.then(([code]) => expect(code).toBe(0))])
      expect(await workspace.job(jobId)).toMatchObject({ status: 'processing' })
      child.kill('SIGKILL')
      await ended
    }
    const [code] = await run()[1]
    expect(code).toBe(0)
    await expectWhole()
  })

  it('does nothing twice when a run thought dead is not', async () => {
    await Promise.all([
      workspace.work(jobId),
      sleep(100).then(() => workspace.work(jobId)),
      sleep(200).then(() => workspace.work(jobId)),
    ])
    await expectWhole()
  })

  it('stops without a word where another has taken the job over, whatever it stumbles over', async () => {
    const { tenantId, database } = workspace
    // The other run has dealt with the same lines; this one learns of it when it is about to write them.
    const { lost } = await database.transaction({ tenantId }, async (tx) => {
      await tx.query(sql`insert into import_refused (tenant_id, import_id, line, values, reason)
        select i.tenant_id, i.id, line, '[]', '' from imports i, generate_series(1, 600) as line
        where i.tenant_id = ${tenantId} and i.job_id = ${jobId}`)
      const lost = workspace.work(jobId)
      await somebodyWaits()
      await tx.query(sql`update jobs set runner = ${newId()} where tenant_id = ${tenantId} and id = ${jobId}`)
      return { lost }
    })
    await lost
    expect(await workspace.job(jobId)).toMatchObject({ status: 'processing', errors: [] })
    expect(await workspace.records()).toEqual([])
  })
})

describe('a job', () => {
  it('stops between batches when cancelled, keeps what it did, and can be resumed', async () => {
    const running = workspace.work(jobId)
    await progressOf(jobId, 20)
    const cancelled = await workspace.call<{ status: string }>('jobs.cancel', { id: jobId })
    expect(cancelled.status).toBe('cancelled')
    await running
    const { result } = await workspace.job(jobId)
    const { count } = await workspace.call<{ count: number }>('records.count', { object: 'patients' })
    expect(count).toBe(result.created)
    expect(count).toBeLessThan(file.good)
    await workspace.work(jobId)
    expect(await workspace.job(jobId)).toMatchObject({ status: 'cancelled' })
    await workspace.call('jobs.resume', { id: jobId })
    await workspace.work(jobId)
    await expectWhole()
    await expect(workspace.call('jobs.resume', { id: jobId })).rejects.toMatchObject({ status: 409 })
    await expect(workspace.call('jobs.cancel', { id: jobId })).rejects.toMatchObject({ status: 409 })
  })

  it('goes on when the workspace is changed meanwhile', async () => {
    const { tenantId } = workspace
    const running = workspace.work(jobId)
    for (let i = 0; i < 5; i++) {
      await progressOf(jobId, 15 * i)
      await workspace.database.transaction({ tenantId }, (tx) => bumpVersion(tx, tenantId))
    }
    await running
    await expectWhole()
  })

  it('fails with a reason where the right to import was taken away', async () => {
    const id = (
      await workspace.send<{ jobId: string }>('imports.start', 'patients', 'Name\nAna\n', {}, workspace.agent)
    ).jobId
    await workspace.setRole(workspace.agent, 'reader')
    await workspace.work(id)
    expect(await workspace.job(id)).toMatchObject({
      status: 'failed',
      errors: expect.arrayContaining([
        expect.objectContaining({ message: expect.stringContaining('does not allow you to import') }),
      ]),
    })
    await workspace.setRole(workspace.agent, 'agent')
    await workspace.call('jobs.resume', { id })
    await workspace.work(id)
    expect(await workspace.job(id)).toMatchObject({ status: 'completed', result: { created: 1 } })
  })

  it('cannot be undone while it runs, but can once it was cancelled', async () => {
    const running = workspace.work(jobId)
    await progressOf(jobId, 20)
    const { importId } = (await workspace.job(jobId)).result
    await expect(workspace.call('imports.undo', { id: importId })).rejects.toMatchObject({ status: 409 })
    await workspace.call('jobs.cancel', { id: jobId })
    await running
    const undo = await workspace.call<{ jobId: string }>('imports.undo', { id: importId })
    await workspace.work(undo.jobId)
    expect(await workspace.job(undo.jobId)).toMatchObject({ status: 'completed', result: { kept: 0 } })
    expect(await workspace.records()).toEqual([])
  })

  it('undoes in the middle and goes on after an interruption', async () => {
    await workspace.work(jobId)
    const { importId } = (await workspace.job(jobId)).result
    const undo = await workspace.call<{ jobId: string }>('imports.undo', { id: importId })
    const stopping = new AbortController()
    const running = workspace.work(undo.jobId, stopping.signal)
    await progressOf(undo.jobId, 20)
    stopping.abort()
    await expect(running).rejects.toThrow()
    await workspace.work(undo.jobId)
    expect((await workspace.job(undo.jobId)).result).toMatchObject({ total: file.good, deleted: file.good, kept: 0 })
    expect(await workspace.records()).toEqual([])
  })
})
