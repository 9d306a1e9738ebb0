/** Workflows from what happens to what they do, on a real server. */
import { newId } from '@oneforge/kernel/database'
import type { Log } from '@oneforge/kernel/events'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ApiClient, Json } from '../../../../tests/client.ts'
import { startSystem } from '../../../../tests/server.ts'
import { Transactions } from '../../jobs/index.ts'
import type { Value } from '../definition.ts'
import type { ActionKind } from './action.ts'
import type { Send } from './batch.ts'
import { EngineWorld } from './engine-world.fixture.ts'
import { Sender } from './sending.ts'

let world: EngineWorld

beforeAll(async () => {
  world = await EngineWorld.start()
})
afterAll(() => world.system.stop())

const mark = (id: string, name: string) => ({
  id,
  type: 'create_record' as const,
  object: 'marks',
  values: { name, thing: '{{ record.id }}' },
})
const marks = async () => {
  const rows = await world.client.get('/marks?limit=100&sort=createdAt')
  return rows.map(({ name }: { name: string }) => name)
}

describe('a run', () => {
  it('does its steps in order, by values of its record and of earlier steps', async () => {
    await world.define({
      key: 'flat',
      condition: { field: 'name', op: 'startsWith', value: 'flat' },
      steps: [
        { id: 'remember', type: 'set_variable', variable: 'greeting', value: 'Hello {{ record.name }}' },
        { id: 'write', type: 'update_field', field: 'trail', value: '{{ vars.greeting }}' },
        mark('mark', 'mark of {{ record.trail }}'),
      ],
    })
    const other = await world.client.post('/things', { name: 'another' })
    const thing = await world.client.post('/things', { name: 'flat one' })
    const run = await world.run('flat', 'done')
    expect(run.record_id).toBe(thing.id)
    expect(await world.client.get(`/things/${thing.id}`)).toMatchObject({ trail: 'Hello flat one' })
    expect(await marks()).toEqual(['mark of Hello flat one'])
    expect((await world.runs('flat')).map(({ record_id }) => record_id)).not.toContain(other.id)
    expect((await world.steps(run.id)).map(({ path, state }) => `${path} ${state}`)).toEqual([
      'remember done',
      'write done',
      'mark done',
    ])
  })

  it('makes each decision once, and goes over records as they were when it began', async () => {
    await world.define({
      key: 'tree',
      condition: { field: 'name', op: 'eq', value: 'tree' },
      steps: [
        {
          id: 'each',
          type: 'loop',
          over: { object: 'marks', filter: { field: 'name', op: 'startsWith', value: 'leaf' }, sort: 'name' },
          steps: [
            {
              id: 'second',
              type: 'switch',
              value: '{{ item.name }}',
              cases: [
                {
                  is: ['leaf 2'],
                  steps: [
                    { id: 'rename', type: 'update_field', field: 'name', value: 'fallen', target: { loop: 'each' } },
                  ],
                },
              ],
              otherwise: [
                {
                  id: 'keep',
                  type: 'update_field',
                  field: 'name',
                  value: '{{ item.name }} kept',
                  target: { loop: 'each' },
                },
              ],
            },
          ],
        },
        {
          id: 'both',
          type: 'parallel',
          branches: [
            { steps: [{ id: 'pause', type: 'wait', for: 'PT1H' }, mark('late', 'late')] },
            { steps: [mark('early', 'early')] },
          ],
        },
        mark('last', 'last'),
      ],
    })
    for (const name of ['leaf 1', 'leaf 2', 'leaf 3']) await world.client.post('/marks', { name })
    await world.client.post('/things', { name: 'tree' })
    const run = await world.run('tree', 'waiting')
    expect((await marks()).slice(1)).toEqual(['leaf 1 kept', 'fallen', 'leaf 3 kept', 'early'])
    await world.passTime()
    await world.run('tree', 'done')
    expect((await marks()).slice(-3)).toEqual(['early', 'late', 'last'])
    const paths = (await world.steps(run.id)).map(({ path }) => path)
    expect(paths).toContain('each[1]/rename')
    expect(paths).toContain('each[2]/keep')
  })

  it('goes on when what it waits for happens, or when the time is over', async () => {
    await world.define({
      key: 'event',
      condition: { field: 'name', op: 'startsWith', value: 'event' },
      steps: [
        { id: 'own', type: 'update_field', field: 'count', value: 1 },
        {
          id: 'until',
          type: 'wait_event',
          event: 'field_changed',
          field: 'count',
          to: 7,
          timeout: 'P3D',
          onTimeout: [{ id: 'over', type: 'update_field', field: 'trail', value: 'nobody came' }],
        },
        mark('after', 'after {{ record.name }}'),
      ],
    })
    const met = await world.client.post('/things', { name: 'event met' })
    await world.run('event', 'waiting')
    await world.client.patch(`/things/${met.id}`, { count: 3 })
    await world.client.patch(`/things/${met.id}`, { count: 7 })
    await world.run('event', 'done')
    const missed = await world.client.post('/things', { name: 'event missed' })
    await world.run('event', 'waiting')
    await world.passTime()
    await world.run('event', 'done')
    expect(await world.client.get(`/things/${missed.id}`)).toMatchObject({ trail: 'nobody came' })
    expect((await marks()).slice(-2)).toEqual(['after event met', 'after event missed'])
    expect(await world.system.sql('select 1 from workflow_waits')).toEqual([])
  })

  it('is told each change of a transaction by itself', async () => {
    await world.define({
      key: 'heard',
      trigger: { type: 'field_changed', field: 'count' },
      steps: [mark('told', 'from {{ trigger.from }} to {{ trigger.to }}')],
    })
    await world.define({
      key: 'twice',
      condition: { field: 'name', op: 'eq', value: 'twice' },
      steps: [
        { id: 'one', type: 'update_field', field: 'count', value: 1 },
        { id: 'two', type: 'update_field', field: 'count', value: 2 },
      ],
    })
    await world.client.post('/things', { name: 'twice', count: 0 })
    await expect.poll(async () => (await marks()).slice(-2)).toEqual(['from 0 to 1', 'from 1 to 2'])
    await world.system.sql("update workflows set enabled = false where key = 'heard'")
  })

  it('asks people, passes what they leave to others, and does what they decide', async () => {
    await world.define({
      key: 'asking',
      condition: { field: 'name', op: 'startsWith', value: 'asking' },
      steps: [
        {
          id: 'ask',
          type: 'approval',
          from: { role: 'owner' },
          message: 'May {{ record.name }} go on?',
          escalateAfter: 'P1D',
          escalateTo: { role: 'admin' },
          approved: [mark('yes', 'approved')],
          rejected: [mark('no', 'rejected')],
        },
      ],
    })
    // Of nobody: the role is meant, not whose record it is; and what a record holds is no text to fill.
    await world.client.post('/things', { name: 'asking {{ tenant.name }}', ownerId: null })
    await world.run('asking', 'waiting')
    const told = await world.system.sql<{ messages: object }>(
      `select payload -> 'messages' as messages from events where tenant_id = $1 and type = 'workflow.told'`,
      [world.client.tenantId],
    )
    expect(told).toEqual([{ messages: { [world.client.userId]: 'May asking {{ tenant.name }} go on?' } }])
    await world.passTime()
    const open = () =>
      world.system.sql<{ id: string; asked: object[]; message: string }>(
        `select id, asked, message from workflow_approvals where state = 'open'`,
      )
    await expect.poll(async () => (await open())[0]?.asked).toEqual([{ role: 'owner' }, { role: 'admin' }])
    const [approval] = await world.client.get('/workflow-approvals')
    expect(approval).toMatchObject({ message: 'May asking {{ tenant.name }} go on?' })
    await world.client.post(`/workflow-approvals/${approval.id}`, { approved: false })
    await world.run('asking', 'done')
    expect((await marks()).at(-1)).toBe('rejected')
  })

  it('calls others and waits for them', async () => {
    await world.define({
      key: 'called',
      trigger: { type: 'called' },
      steps: [{ id: 'nap', type: 'wait', for: 'PT1H' }, mark('inner', 'inner')],
    })
    await world.define({
      key: 'calling',
      condition: { field: 'name', op: 'eq', value: 'calling' },
      steps: [{ id: 'call', type: 'run_workflow', workflow: 'called', wait: true }, mark('outer', 'outer')],
    })
    await world.client.post('/things', { name: 'calling' })
    await world.run('called', 'waiting')
    await world.passTime()
    const run = await world.run('calling', 'done')
    expect((await marks()).slice(-2)).toEqual(['inner', 'outer'])
    expect((await world.steps(run.id))[0]).toMatchObject({ path: 'call', output: { state: 'done' } })
  })

  it('waits for none that goes round in circles, or is deleted', async () => {
    const called = { key: 'callee', trigger: { type: 'called' } } as const
    const id = await world.define({ ...called, steps: [{ id: 'nap', type: 'wait', for: 'P1D' }] })
    const wait = { type: 'run_workflow', wait: true } as const
    await world.define({
      key: 'caller',
      trigger: { type: 'record_created' },
      condition: { field: 'name', op: 'eq', value: 'caller' },
      steps: [
        { id: 'self', workflow: 'caller', ...wait },
        { id: 'other', workflow: 'callee', ...wait },
      ],
    })
    await world.client.post('/things', { name: 'caller' })
    await world.run('callee', 'waiting')
    expect((await world.runs('caller')).map(({ state }) => state)).toEqual(['waiting', 'stopped'])
    await world.client.delete(`/workflows/${id}`)
    const [first] = await world.runs('caller')
    await expect.poll(async () => (await world.runs('caller'))[0]!.state).toBe('done')
    expect(await world.steps(first!.id)).toMatchObject([
      { path: 'self', output: { state: 'stopped' } },
      { path: 'other', output: { state: 'stopped' } },
    ])
  })

  it('is over before the next of its record begins, however long it is', async () => {
    const workflowId = await world.define({
      key: 'queue',
      trigger: { type: 'called' },
      steps: Array.from({ length: 101 }, (_, n) => ({ id: `s${n}`, type: 'set_variable', variable: 'x', value: n })),
    })
    const thing = await world.client.post('/things', { name: 'queue' })
    await world.system.sql(
      `insert into workflow_runs (tenant_id, id, workflow_id, version, cause_key, object_id, record_id)
       select $1, gen_random_uuid(), $2, 1, cause, r.object_id, r.id from records r, unnest('{1,2,3}'::text[]) as cause
       where r.tenant_id = $1 and r.id = $3`,
      [world.client.tenantId, workflowId, thing.id],
    )
    world.wake()
    const states = async () => (await world.runs('queue')).map(({ state }) => state)
    await expect.poll(states, { timeout: 10_000 }).toEqual(['done', 'done', 'done'])
    const rows = await world.system.sql<{ run: number }>(
      `select dense_rank() over (order by r.number)::int as run from workflow_steps s
         join workflow_runs r on r.tenant_id = s.tenant_id and r.id = s.run_id
         join workflows w on w.tenant_id = r.tenant_id and w.id = r.workflow_id
       where s.tenant_id = $1 and w.key = 'queue' order by s.number`,
      [world.client.tenantId],
    )
    expect(rows.map(({ run }) => run)).toEqual(rows.map((_, index) => Math.floor(index / 101) + 1))
  })

  it('does not go round in circles', async () => {
    await world.define({
      key: 'circle',
      trigger: { type: 'record_updated' },
      condition: { field: 'name', op: 'eq', value: 'circle' },
      steps: [{ id: 'again', type: 'update_field', field: 'count', value: { formula: 'record.count + 1' } }],
    })
    const thing = await world.client.post('/things', { name: 'circle', count: 0 })
    await world.client.patch(`/things/${thing.id}`, { trail: 'begin' })
    await expect.poll(async () => (await world.runs('circle')).map(({ state }) => state)).toEqual(['done', 'stopped'])
    expect((await world.runs('circle'))[1]!.error!.message).toContain('circle → circle')
    expect(await world.client.get(`/things/${thing.id}`)).toMatchObject({ count: 1 })
  })
})

describe('a run that cannot go on', () => {
  it('fails at once where its author has to mend something, leaves nothing, and keeps nobody', async () => {
    await world.define({
      key: 'broken',
      condition: { field: 'name', op: 'startsWith', value: 'broken' },
      steps: [
        mark('first', 'must not stay {{ record.name }}'),
        { id: 'bad', type: 'update_field', field: 'nowhere', value: 1 },
      ],
    })
    await world.define({
      key: 'beside',
      condition: { field: 'name', op: 'startsWith', value: 'broken' },
      steps: [mark('fine', 'fine')],
    })
    await world.client.post('/things', { name: 'broken' })
    const run = await world.run('broken', 'failed')
    expect(run.error).toMatchObject({ path: 'bad' })
    await world.run('beside', 'done')
    expect((await marks()).filter((name: string) => name.startsWith('must not'))).toEqual([])
    expect((await world.steps(run.id)).map(({ path, state }) => `${path} ${state}`)).toEqual(['bad failed'])
  })

  it('fails where it would fill the memory', async () => {
    const doubled = { formula: 'vars.x + vars.x' }
    const set = (id: string, variable: string, value: Value) => ({ id, type: 'set_variable', variable, value }) as const
    const text = 'x'.repeat(100_000)
    await world.define({
      key: 'doubling',
      condition: { field: 'name', op: 'eq', value: 'memory' },
      steps: [set('first', 'x', text), set('second', 'x', doubled), set('third', 'x', doubled)],
    })
    await world.define({
      key: 'hoarding',
      condition: { field: 'name', op: 'eq', value: 'memory' },
      steps: Array.from({ length: 11 }, (_, n) => set(`s${n}`, `v${n}`, text)),
    })
    await world.client.post('/things', { name: 'memory' })
    const doubling = await world.run('doubling', 'failed')
    expect(doubling.error).toMatchObject({ path: 'third', message: expect.stringContaining('256 KB') })
    const hoarding = await world.run('hoarding', 'failed')
    expect(hoarding.error).toMatchObject({ path: 's10', message: expect.stringContaining('1024 KB together') })
  })

  it('keeps nobody where what it did cannot be stored', async () => {
    const condition = { field: 'name', op: 'startsWith', value: 'unstorable' } as const
    const variable = (id: string, value: Value) => ({
      id,
      type: 'set_variable' as const,
      variable: 'x',
      value,
    })
    await world.define({ key: 'nul', condition, steps: [variable('nul', { formula: '"a\\u0000b"' })] })
    await world.define({ key: 'ages', condition, steps: [{ id: 'wait', type: 'wait', for: 'P9000Y' }] })
    await world.define({ key: 'refused', condition, steps: [variable('refused', 'by the database')] })
    await world.define({ key: 'neighbour', condition, steps: [mark('fine', 'kept by nobody')] })
    await world.system.sql(`alter table workflow_steps add constraint refused check (path <> 'refused')`)
    try {
      await world.client.post('/things', { name: 'unstorable' })
      expect((await world.run('nul', 'failed')).error).toMatchObject({
        path: 'nul',
        message: expect.stringContaining('NUL'),
      })
      expect((await world.run('ages', 'failed')).error!.message).toContain('“P9000Y” is too long')
      await world.run('neighbour', 'done')
      await expect
        .poll(async () => (await world.runs('refused'))[0])
        .toMatchObject({ attempt: 1, error: { path: null } })
    } finally {
      await world.system.sql('alter table workflow_steps drop constraint refused')
    }
  })

  it('ends by the definition it began with, and is done again by the latest when asked to', async () => {
    const condition = { field: 'name', op: 'eq', value: 'versions' }
    const pause = { id: 'pause', type: 'wait' as const, for: 'P1D' }
    await world.define({
      key: 'versions',
      condition,
      steps: [mark('before', 'v1 before'), pause, mark('after', 'v1 after')],
    })
    await world.client.post('/things', { name: 'versions' })
    const { id } = await world.run('versions', 'waiting')
    await world.define({
      key: 'versions',
      condition,
      steps: [mark('before', 'v2 before'), pause, mark('after', 'v2 after')],
    })
    await world.passTime()
    await world.run('versions', 'done')
    expect((await marks()).slice(-2)).toEqual(['v1 before', 'v1 after'])
    await world.client.post(`/workflow-runs/${id}/replay`, { fromPath: 'after', version: 'latest' })
    await world.run('versions', 'done')
    expect((await marks()).slice(-2)).toEqual(['v1 after', 'v2 after'])
    expect((await world.steps(id)).map(({ path }) => path)).toEqual(['before', 'pause', 'after~1', 'after'])
  })

  it('is stopped when its record goes, and when somebody stops it', async () => {
    await world.define({
      key: 'long',
      condition: { field: 'name', op: 'startsWith', value: 'long' },
      steps: [{ id: 'pause', type: 'wait', for: 'P1D' }, mark('after', 'must not be')],
    })
    const gone = await world.client.post('/things', { name: 'long gone' })
    await world.run('long', 'waiting')
    await world.client.delete(`/things/${gone.id}`)
    await world.passTime()
    expect((await world.run('long', 'stopped')).error!.message).toBe('Its record was deleted.')
    await world.client.post('/things', { name: 'long stopped' })
    const run = await world.run('long', 'waiting')
    await world.client.post(`/workflow-runs/${run.id}/stop`, { reason: 'No more.' })
    expect((await world.run('long', 'stopped')).error!.message).toBe('No more.')
    await world.passTime()
    expect((await marks()).filter((name: string) => name === 'must not be')).toEqual([])
  })
})

describe('what happens around a run', () => {
  it('keeps it waiting while the workspace is suspended, and loses nothing', async () => {
    const suspend = (reason: string | null) =>
      world.system.sql(
        `update tenants set suspended_at = case when $2::text is null then null else now() end, suspended_reason = $2,
           version = version + 1 where id = $1`,
        [world.client.tenantId, reason],
      )
    const pause = { id: 'pause', type: 'wait' as const, for: 'P1D' }
    const condition = { field: 'name', op: 'eq', value: 'suspended' }
    await world.define({ key: 'suspended', condition, steps: [pause, mark('after', 'after the suspension')] })
    await world.client.post('/things', { name: 'suspended' })
    await world.run('suspended', 'waiting')
    await suspend('The bill is open.')
    await world.passTime()
    expect(await world.system.sql('select * from workflow_turns(now())')).toEqual([])
    await suspend(null)
    world.wake()
    await world.run('suspended', 'done')
    expect((await marks()).at(-1)).toBe('after the suspension')
  })

  it('goes by the objects as they are when it goes on', async () => {
    const condition = { field: 'name', op: 'startsWith', value: 'model' }
    const steps = [
      { id: 'pause', type: 'wait' as const, for: 'P1D' },
      { id: 'write', type: 'update_field' as const, field: 'note', value: 'written' },
    ]
    await world.client.post('/objects/things/fields', { key: 'note', label: 'Note', type: 'text' })
    await world.define({ key: 'model', condition, steps })
    const thing = await world.client.post('/things', { name: 'model' })
    await world.run('model', 'waiting')
    await world.client.post('/objects/things/fields', { key: 'other', label: 'Other', type: 'text' })
    await world.passTime()
    await world.run('model', 'done')
    expect(await world.client.get(`/things/${thing.id}`)).toMatchObject({ note: 'written' })
    await world.client.post('/things', { name: 'model without' })
    await world.run('model', 'waiting')
    await world.system.sql('delete from fields where tenant_id = $1 and key = $2', [world.client.tenantId, 'note'])
    await world.system.sql('update tenants set version = version + 1 where id = $1', [world.client.tenantId])
    await world.passTime()
    expect((await world.run('model', 'failed')).error).toMatchObject({ path: 'write' })
  })

  it('is done once, and in the order of its record, by two servers as by one', async () => {
    const second = await startSystem({ sharing: world.system })
    try {
      await world.define({
        key: 'shared',
        trigger: { type: 'field_changed', field: 'count' },
        condition: { field: 'name', op: 'startsWith', value: 'shared' },
        steps: [mark('mark', '{{ record.name }} {{ trigger.to }}')],
      })
      const records = Array.from({ length: 20 }, (_, n) => ({ name: `shared ${n}`, count: 0 }))
      const made = await world.client.post('/things/bulk', { records })
      const ids = made.results.map(({ id }: Json) => id)
      for (const count of [1, 2, 3]) await world.client.patch('/things/bulk', { ids, updates: { count } })
      const done = async () => (await world.runs('shared')).filter(({ state }) => state === 'done').length
      await expect.poll(done, { timeout: 10_000 }).toBe(60)
      const rows = await world.system.sql<{ title: string }>(
        `select title from records where tenant_id = $1 and title like 'shared % _' and record_number like 'MAR%' order by record_number`,
        [world.client.tenantId],
      )
      const orders = Map.groupBy(rows, ({ title }) => title.slice(0, -2))
      expect(orders.size).toBe(20)
      for (const list of orders.values()) expect(list.map(({ title }) => title.at(-1))).toEqual(['1', '2', '3'])
    } finally {
      await second.stop()
    }
  })

  it('waits for the next hour once the plan allows no more, and somebody is told once', async () => {
    const client = await EngineWorld.workspace(world.system)
    const other = new EngineWorld(world.system, client)
    await world.system.sql(`update tenants set plan = 'starter', version = version + 1 where id = $1`, [
      client.tenantId,
    ])
    await world.system.sql(
      `insert into workflow_usage (tenant_id, hour, steps) values ($1, date_trunc('hour', now()), 100000)`,
      [client.tenantId],
    )
    await other.define({ key: 'spent', steps: [mark('mark', 'later')] })
    await client.post('/things', { name: 'one' })
    await client.post('/things', { name: 'two' })
    const waiting = async () =>
      (await other.runs()).filter(({ wake_at }) => wake_at && new Date(wake_at).getTime() > Date.now()).length
    await expect.poll(waiting, { timeout: 10_000 }).toBe(2)
    const told = () => client.get('/notifications')
    await expect.poll(async () => (await told()).length).toBe(1)
  })
})

describe('calls to the outside', () => {
  /** Steps that have been sent and wait for their calls, as the engine queues them. */
  async function sent(client: ApiClient, count: number): Promise<Send[]> {
    const workflowId = await new EngineWorld(world.system, client).define({ key: 'sends', steps: [] })
    const wakeAt = new Date(Date.now() + 60_000).toISOString()
    const ids = Array.from({ length: count }, () => newId())
    await world.system.sql(
      `with runs as (insert into workflow_runs (tenant_id, id, workflow_id, version, cause_key, state, wake_at)
         select $1, id, $2, 1, id::text, 'waiting', null from unnest($3::uuid[]) as id)
       insert into workflow_steps (tenant_id, run_id, path, state, wake_at) select $1, id, 's', 'sent', $4 from unnest($3::uuid[]) as id`,
      [client.tenantId, workflowId, ids, wakeAt],
    )
    const { tenantId } = client
    return ids.map((runId) => ({
      tenantId,
      runId,
      path: 's',
      type: 'webhook',
      key: runId,
      input: {},
      attempt: 1,
      wakeAt,
    }))
  }

  /** Answers nothing before it is told to. */
  function slowSender() {
    const calls: { tenantId: string; key: string }[] = []
    const { promise, resolve: answer } = Promise.withResolvers<unknown>()
    const kind: ActionKind = {
      type: 'webhook',
      prepare: async () => ({}),
      send: ({ tenantId, key }) => {
        calls.push({ tenantId, key })
        return promise
      },
    }
    const { database } = world.system.system
    const transactions = new Transactions(database, async () => '')
    const log = { warn: () => {}, error: () => {} } as unknown as Log
    const sender = new Sender({ transactions, kinds: new Map([['webhook', kind]]), log, onAnswer: () => {} })
    return { calls, answer, sender }
  }

  it('are made once, however often they are queued, and not for runs that were stopped or have been asked by others', async () => {
    const { calls, answer, sender } = slowSender()
    const sends = await sent(world.client, 20)
    sender.add(sends)
    await expect.poll(() => calls.length).toBe(16)
    const [stopped, elsewhere, overdue] = sends.slice(17)
    const set = (what: string, send: Send) => world.system.sql(what, [send.runId])
    await set(`update workflow_runs set state = 'stopped' where id = $1`, stopped!)
    await set(`update workflow_steps set wake_at = now() + interval '90 seconds' where run_id = $1`, elsewhere!)
    const later = new Date(Date.now() + 70_000).toISOString()
    await set(`update workflow_steps set wake_at = '${later}' where run_id = $1`, overdue!)
    sender.add([...sends.slice(0, 17), { ...overdue!, wakeAt: later }])
    answer(null)
    await expect.poll(() => calls.length).toBe(18)
    await sender.stop()
    const asked = calls.map(({ key }) => key)
    expect(new Set(asked).size).toBe(18)
    expect(asked).not.toContain(stopped!.key)
    expect(asked).not.toContain(elsewhere!.key)
  })

  it('are not made again where their answer cannot be kept', async () => {
    const { calls, answer, sender } = slowSender()
    sender.add(await sent(world.client, 1))
    answer('a\0b')
    const run = await world.run('sends', 'failed')
    expect(run.error).toMatchObject({ path: 's', message: expect.stringContaining('NUL') })
    await sender.stop()
    expect(calls).toHaveLength(1)
  })

  it('leave places for other tenants', async () => {
    const { calls, answer, sender } = slowSender()
    const other = await EngineWorld.workspace(world.system)
    sender.add(await sent(world.client, 40))
    sender.add(await sent(other, 3))
    await expect.poll(() => calls.filter(({ tenantId }) => tenantId === other.tenantId).length).toBe(3)
    expect(calls.filter(({ tenantId }) => tenantId === world.client.tenantId).length).toBeLessThanOrEqual(16)
    answer(null)
    await sender.stop()
  })
})
