/** What surrounds runs: workspaces in which nothing is on, workflows that go, ledgers that grow, logs of what was called. */
import { LongJobs } from '@oneforge/modules/jobs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Json } from '../../../../tests/client.ts'
import type { Step } from '../definition.ts'
import { clockKind } from '../triggers/clocks.ts'
import { tenantsWithTimers } from '../triggers/timers.store.ts'
import { EngineWorld, type RunSeen } from './engine-world.fixture.ts'

let world: EngineWorld

beforeAll(async () => {
  world = await EngineWorld.start()
})
afterAll(() => world.system.stop())

describe('workspaces', () => {
  it('in which no workflow is on, and no run waits, are not looked at', async () => {
    const { database, workflows } = world.system.system
    const idle = await EngineWorld.workspace(world.system)
    const both = [idle.tenantId, world.client.tenantId]
    // Those of the template.
    await world.system.sql('update workflows set enabled = false where tenant_id = any($1)', [both])
    const meant = async () => [...(await workflows.consumer.tenantsMeant!(both))]
    const timed = async () => [...(await tenantsWithTimers(database, both))]
    expect([await meant(), await timed()]).toEqual([[], []])
    const id = await world.define({
      key: 'waits',
      steps: [{ id: 'w', type: 'wait_event', event: 'record_updated', timeout: 'P1D', onTimeout: [] }],
    })
    expect([await meant(), await timed()]).toEqual([[world.client.tenantId], []])
    const thing = await world.client.post('/things', { name: 'One' })
    await world.run('waits', 'waiting')
    await world.client.patch(`/workflows/${id}`, { enabled: false })
    expect(await meant()).toEqual([world.client.tenantId])
    await world.client.patch(`/things/${thing.id}`, { name: 'Two' })
    await world.run('waits', 'done')
    expect(await meant()).toEqual([])
    await world.define({ key: 'dated', trigger: { type: 'date_relative', field: 'due', offset: 'P1D' }, steps: [] })
    expect(await timed()).toEqual([world.client.tenantId])
  })
})

describe('operations that runs call', () => {
  it('leave an entry in the log that names the workflow and the run, as those of people do', async () => {
    const call = (id: string, operation: string, input: object) =>
      ({ id, type: 'call_operation', operation, input }) as Step
    const trigger = { type: 'record_created' } as const
    const note = { object: 'things', id: '{{ record.id }}', body: 'Noted' }
    await world.define({
      key: 'calls',
      trigger,
      steps: [
        call('make', 'records.create', { object: 'marks', data: { name: 'Made' } }),
        call('note', 'activities.addNote', note),
      ],
    })
    await world.define({
      key: 'refused',
      trigger,
      steps: [call('note', 'activities.addNote', note), call('name', 'workspace.update', { name: 'Other' })],
    })
    const thing = await world.client.post('/things', { name: 'Calling' })
    const [done, failed] = [await world.run('calls', 'done'), await world.run('refused', 'failed')]
    const ofRun = async ({ id }: RunSeen) => (await world.client.get<Json[]>(`/audit?requestId=run ${id}`)).reverse()
    const by = (key: string) => ({
      actorKind: 'workflow',
      actedBy: `Workflow «${key}»`,
      actor: null,
      source: 'workflow',
    })
    expect(await ofRun(done)).toMatchObject([
      { ...by('calls'), operation: 'records.create', outcome: 'done', object: { slug: 'marks' }, recordCount: 1 },
      { ...by('calls'), operation: 'activities.addNote', outcome: 'done', recordIds: [thing.id] },
    ])
    // What the transaction had done went with it, its entries too.
    expect(await ofRun(failed)).toMatchObject([
      { ...by('refused'), operation: 'workspace.update', outcome: 'failed', errorCode: 'FORBIDDEN' },
    ])
  })

  it('name the workflow in the histories of all that they change', async () => {
    const [kept, gone] = [
      await world.client.post('/things', { name: 'Kept' }),
      await world.client.post('/things', { name: 'Gone' }),
    ]
    const note = await world.client.post(`/things/${kept.id}/notes`, { body: 'Noted' })
    const call = (id: string, operation: string, input: object) =>
      ({ id, type: 'call_operation', operation, input: { object: 'things', ...input } }) as Step
    await world.define({
      key: 'traces',
      object: 'marks',
      condition: { field: 'name', op: 'eq', value: 'Begins it' },
      steps: [
        call('pin', 'activities.pinNote', { id: kept.id, noteId: note.id, pinned: true }),
        call('merge', 'records.merge', { keep: kept.id, from: gone.id }),
      ],
    })
    await world.client.post('/marks', { name: 'Begins it' })
    const run = await world.run('traces', 'done')
    const entries = await world.system.sql<{ action: string; acted_by: string }>(
      'select distinct action, acted_by from audit_entries where tenant_id = $1 and request_id = $2 order by action',
      [world.client.tenantId, `run ${run.id}`],
    )
    expect(entries.map(({ action }) => action)).toEqual(expect.arrayContaining(['merged', 'note_pinned']))
    expect(new Set(entries.map(({ acted_by }) => acted_by))).toEqual(new Set(['Workflow «traces»']))
  })
})

describe('a workflow that goes', () => {
  const called = { object: 'things', trigger: { type: 'called' }, steps: [{ id: 'nap', type: 'wait', for: 'P1D' }] }
  const versions = () => world.client.get<Json[]>('/workspace/versions')

  it.each(['undo', 'restore'])('by the %s of a version, answers those that wait for its runs', async (how) => {
    await world.define({
      key: how,
      trigger: { type: 'record_created' },
      condition: { field: 'name', op: 'eq', value: how },
      steps: [{ id: 'call', type: 'run_workflow', workflow: `callee_${how}`, wait: true }],
    })
    const [before] = await versions()
    await world.client.post('/workflows', { definition: { key: `callee_${how}`, label: how, ...called } })
    const [after] = await versions()
    await world.client.post('/things', { name: how })
    const callee = await world.run(`callee_${how}`, 'waiting')
    await world.run(how, 'waiting')
    if (how === 'undo') await world.client.post(`/workspace/versions/${after!.number}/undo`, {})
    else await world.client.post(`/workspace/versions/${before!.number}/restore`, {})
    const run = await world.run(how, 'done')
    expect(await world.runs(`callee_${how}`)).toEqual([])
    expect((await world.steps(run.id))[0]!.output).toEqual({
      run: callee.id,
      state: 'stopped',
      reason: 'Its workflow was deleted.',
    })
  })
})

describe('what a run notes', () => {
  const doubled = (word: string, steps: number): Step[] =>
    Array.from({ length: steps }, (_, n) => ({
      id: `${word}${n}`,
      type: 'set_variable',
      variable: 'y',
      value: { formula: 'vars.x + vars.x' },
    }))
  const large = (steps: number): Step[] => [
    { id: 'text', type: 'set_variable', variable: 'x', value: 'x'.repeat(100_000) },
    ...doubled('s', steps),
    { id: 'pause', type: 'wait', for: 'PT1H' },
    { id: 'last', type: 'set_variable', variable: 'z', value: { formula: 'steps.s19.value' } },
  ]
  const condition = { field: 'name', op: 'eq', value: 'large' }

  it('is shortened where it is much, as far as nobody asks for it, and is too much in the end', async () => {
    await world.define({ key: 'much', condition, steps: large(20) })
    await world.define({ key: 'too_much', condition, steps: large(60) })
    await world.define({ key: 'too_much_later', condition, steps: [...large(20), ...doubled('t', 20)] })
    await world.client.post('/things', { name: 'large' })
    await world.run('much', 'waiting')
    await world.run('too_much_later', 'waiting')
    const failed = await world.run('too_much', 'failed')
    const tooMuch = (path: string) => ({ path, message: expect.stringContaining('more than 8 MB together') })
    expect(failed.error).toMatchObject(tooMuch('s30'))
    await world.passTime()
    // What is read again counts as it did when it was noted.
    expect((await world.run('too_much_later', 'failed')).error).toMatchObject(tooMuch('t9'))
    const run = await world.run('much', 'done')
    const steps = new Map((await world.steps(run.id)).map((step) => [step.path, step]))
    const whole = 'x'.repeat(200_000)
    expect(steps.get('s0')!.input.value).toBe(whole)
    expect(steps.get('s19')!.input).toEqual({
      shortened: expect.stringMatching(/more than 4 MB: of the 2000\d\d bytes/),
      beginning: expect.stringContaining('xxx'),
    })
    expect([steps.get('s19')!.output.value, steps.get('last')!.output.value]).toEqual([whole, whole])
  })
})

describe('moments of records', () => {
  const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString()
  const thing = (name: string, minutes: number) => world.client.post('/things', { name, due: inMinutes(minutes) })
  const timers = async () =>
    (
      await world.system.sql<{ name: string }>(
        `select r.data ->> 'name' as name from workflow_timers t join workflows w on w.id = t.workflow_id
           join records r on r.tenant_id = t.tenant_id and r.id = t.record_id where w.key = 'moments' order by 1`,
      )
    ).map(({ name }) => name)

  async function tick(): Promise<void> {
    const { database, workflows, jobs } = world.system.system
    const { transactions } = new LongJobs({ database, enqueue: (tx, kind, payload) => jobs.enqueue(tx, kind, payload) })
    const kind = clockKind({ database, transactions, wake: () => workflows.wake() })
    const { signal } = new AbortController()
    await kind.handle({ tenantId: world.client.tenantId }, { id: 'tick', attempt: 1, signal })
  }

  it('that have passed when the workflow is turned on, or the record is written, are not made up for', async () => {
    await world.system.sql('update workflows set enabled = false where tenant_id = $1', [world.client.tenantId])
    const [past] = [await thing('past', -30), await thing('future', 30)]
    await world.define({
      key: 'moments',
      trigger: { type: 'date_relative', field: 'due', offset: 'PT0S' },
      steps: [{ id: 'a', type: 'set_variable', variable: 'x', value: 1 }],
    })
    await tick()
    expect(await timers()).toEqual(['future'])
    await world.client.patch(`/things/${past.id}`, { due: inMinutes(-20) })
    await thing('late', -10)
    await thing('soon', 10)
    await expect.poll(timers, { timeout: 15_000 }).toEqual(['future', 'soon'])
    await world.client.patch(`/things/${past.id}`, { due: inMinutes(20) })
    await expect.poll(timers, { timeout: 15_000 }).toEqual(['future', 'past', 'soon'])
    expect(await world.runs('moments')).toEqual([])
  })

  it('that nobody was there to see still count, whatever else of the record changes meanwhile', async () => {
    const due = inMinutes(-120)
    const [missed] = await world.system.sql<{ id: string }>(
      `with moved as (update records set data = jsonb_set(data, '{due}', to_jsonb($2::text))
         where tenant_id = $1 and data ->> 'name' = 'future' returning id)
       update workflow_timers t set fires_at = $2::timestamptz from moved where t.record_id = moved.id returning moved.id`,
      [world.client.tenantId, due],
    )
    await world.client.patch(`/things/${missed!.id}`, { count: 1 })
    await thing('behind it', 10)
    await expect.poll(timers, { timeout: 15_000 }).toContain('behind it')
    await tick()
    expect(await world.run('moments', 'done')).toMatchObject({ record_id: missed!.id })
    expect(await world.runs('moments')).toHaveLength(1)
  })

  it('that are still to come as the clocks of the workspace go otherwise are not lost, though they have passed by then', async () => {
    const zone = (timeZone: string) => world.client.patch('/workspace', { timeZone })
    await zone('Pacific/Honolulu')
    const today = new Date(Date.now() - 10 * 3_600_000).toISOString().slice(0, 10)
    await world.client.post('/objects/things/fields', { key: 'day', label: 'Day', type: 'date' })
    await world.define({
      key: 'days',
      trigger: { type: 'date_relative', field: 'day', offset: 'PT24H' },
      steps: [{ id: 'a', type: 'set_variable', variable: 'x', value: 1 }],
    })
    const dated = await world.client.post('/things', { name: 'dated', day: today })
    const noted = () => world.system.sql('select fires_at from workflow_timers where record_id = $1', [dated.id])
    await expect.poll(noted, { timeout: 15_000 }).toHaveLength(1)
    await tick()
    expect(await world.runs('days')).toEqual([])
    await zone('Pacific/Kiritimati')
    await tick()
    await tick()
    expect(await world.run('days', 'done')).toMatchObject({ record_id: dated.id })
    expect(await noted()).toEqual([])
  })
})
