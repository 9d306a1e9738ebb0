/**
 * What workflows cost: runs of three steps a second, beside as many bare jobs of the queue; and what a database holds and
 * finds of runs that wait. Run it with `node benchmarks/workflows.ts [runs] [waiting]`; with 0 waiting, only runs are measured.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { attachPrivatePostgres } from '@oneforge/adapters/postgres'
import { newId } from '@oneforge/kernel/database'
import pg from 'pg'
import { PgBoss } from 'pg-boss'
import { readConfig } from '../apps/server/src/config.ts'
import { startServer } from '../apps/server/src/server.ts'
import { queueSchema } from '../packages/kernel/jobs/prepare.ts'
import { countRoundTrips, type Effort, effortBetween, effortSoFar } from './effort.ts'

const runs = Number(process.argv[2] ?? 5_000)
const waiting = Number(process.argv[3] ?? 1_000_000)
const port = 14_827
const dataDir = mkdtempSync(join(tmpdir(), 'oneforge-workflows-'))
const address = `http://127.0.0.1:${port}/api/v1`
let token: string | undefined

async function ask<T = { id: string }>(method: string, path: string, body?: unknown): Promise<T> {
  const response = await fetch(address + path, {
    method,
    headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
    body: body === undefined ? undefined : JSON.stringify(body),
  })
  const answer = await response.json()
  if (!response.ok) throw new Error(`${method} ${path}: ${JSON.stringify(answer)}`)
  return answer.data
}

const decide = (first: object, second: object) => ({
  id: 'decide',
  type: 'if',
  condition: { field: 'count', op: 'gte', value: 0 },
  // biome-ignore lint/suspicious/noThenProperty: the branch of a step is called so
  then: [first, second],
  else: [],
})
const remember = (id: string) => ({ id, type: 'set_variable', variable: id, value: 'Hello {{ record.name }}' })
const write = (id: string) => ({ id, type: 'update_field', field: 'count', value: { formula: 'record.count + 1' } })
const mark = (id: string) => ({ id, type: 'create_record', object: 'marks', values: { name: '{{ record.name }}' } })

/** Workflows of three steps each. */
const kinds: Record<string, object[]> = {
  'three values': [remember('one'), remember('two'), remember('three')],
  'condition, value, one change': [decide(remember('one'), write('two'))],
  'three new records': [mark('one'), mark('two'), mark('three')],
}

interface World {
  database: pg.Client
  tenantId: string
  objectId: string
  things: string[]
}

async function prepare(database: pg.Client): Promise<World> {
  const registered = await ask<{ accessToken: string; tenant: { id: string } }>('POST', '/auth/register', {
    email: 'bench@example.com',
    password: 'a benchmark needs no secret',
    name: 'Bench',
    workspace: 'Bench',
  })
  token = registered.accessToken
  await ask('POST', '/workspace/template', { template: 'blank' })
  const fields = [
    { key: 'name', label: 'Name', type: 'text' },
    { key: 'count', label: 'Count', type: 'integer' },
  ]
  const object = await ask('POST', '/objects', { slug: 'things', label: 'Thing', labelPlural: 'Things', fields })
  await ask('POST', '/objects', { slug: 'marks', label: 'Mark', labelPlural: 'Marks', fields })
  const tenantId = registered.tenant.id
  const { rows } = await database.query<{ id: string }>(
    `insert into records (tenant_id, object_id, id, record_number, title, title_key, data)
     select $1, $2, gen_random_uuid(), 'THI-' || n, 'Thing ' || n, 'thing ' || n, jsonb_build_object('name', 'Thing ' || n, 'count', 0)
     from generate_series(1, $3::int) n returning id`,
    [tenantId, object.id, runs],
  )
  await database.query('analyze records')
  return { database, tenantId, objectId: object.id, things: rows.map(({ id }) => id) }
}

async function define(key: string, steps: object[], trigger: object = { type: 'called' }): Promise<string> {
  const definition = { key, label: { en: key }, object: 'things', trigger, steps }
  return (await ask('POST', '/workflows', { definition })).id
}

/** Runs of the workflow on as many records, there at once. */
async function addRuns({ database, tenantId, objectId, things }: World, workflowId: string): Promise<void> {
  await database.query(
    `insert into workflow_runs (tenant_id, id, workflow_id, version, object_id, record_id, cause_key)
     select $1, gen_random_uuid(), $2, 1, $3, r.id, 'bench ' || r.id from unnest($4::uuid[]) r (id)`,
    [tenantId, workflowId, objectId, things],
  )
}

async function untilNone(database: pg.Client, what: string): Promise<void> {
  for (;;) {
    const { rows } = await database.query(what)
    if (rows.length === 0) return
    await new Promise((wake) => setTimeout(wake, 50))
  }
}

async function measureRuns(world: World): Promise<void> {
  for (const [name, steps] of Object.entries(kinds)) {
    const id = await define(name.replaceAll(/\W+/g, '_'), steps)
    const began = performance.now()
    const before = effortSoFar(backend)
    await addRuns(world, id)
    await untilNone(world.database, `select from workflow_runs where state in ('ready', 'waiting') limit 1`)
    report(`runs: ${name}`, runs, performance.now() - began)
    tell(effortBetween(before, effortSoFar(backend)), runs)
    const { rows } = await world.database.query('select state, error from workflow_runs where state <> $1 limit 1', [
      'done',
    ])
    if (rows.length > 0) throw new Error(`A run is ${rows[0].state}: ${JSON.stringify(rows[0].error)}`)
  }
}

/** From records that are made to runs that are done, events and consumer included. */
async function measureFromEvents(world: World): Promise<void> {
  await define('made', kinds['condition, value, one change']!, { type: 'record_created' })
  const began = performance.now()
  const before = effortSoFar(backend)
  const count = 1_000
  const lanes = Array.from({ length: 8 }, async (_, lane) => {
    for (let n = lane; n < count; n += 8) await ask('POST', '/things', { name: `New ${n}`, count: 0 })
  })
  await Promise.all(lanes)
  const made = performance.now()
  await untilNone(
    world.database,
    `select from (select count(*) from workflow_runs r join workflows w on w.id = r.workflow_id
      where w.key = 'made' and r.state = 'done') d where d.count < ${count}`,
  )
  report('records made by 8 callers', count, made - began)
  report('records made, and their runs done', count, performance.now() - began)
  tell(effortBetween(before, effortSoFar(backend)), count)
}

/** The queue by itself: jobs that do nothing, fetched and completed 50 at a time, as runs are. */
async function measureJobs(url: string): Promise<void> {
  const boss = new PgBoss({
    connectionString: url,
    schema: queueSchema,
    migrate: false,
    supervise: false,
    schedule: false,
  })
  const queue = 'bench.nothing'
  await boss.start()
  await boss.createQueue(queue)
  await boss.insert(
    queue,
    Array.from({ length: runs }, (_, n) => ({ data: { n } })),
  )
  const began = performance.now()
  for (;;) {
    const jobs = await boss.fetch(queue, { batchSize: 50 })
    if (jobs.length === 0) break
    await boss.complete(
      queue,
      jobs.map(({ id }) => id),
    )
  }
  report('bare jobs of the queue, which do nothing', runs, performance.now() - began)
  await boss.stop()
}

/** Runs that wait for days, as their ledgers hold them. */
async function addWaiting({ database, tenantId, objectId, things }: World): Promise<void> {
  const id = await define('waiting', [{ id: 'pause', type: 'wait', for: 'P30D' }, remember('after')])
  const began = performance.now()
  await database.query(
    `with run as (
       insert into workflow_runs (tenant_id, id, workflow_id, version, object_id, record_id, cause_key, state, wake_at, started_at)
       select $1, gen_random_uuid(), $2, 1, $3, ($4::uuid[])[1 + n % $6::int], 'wait ' || n, 'waiting',
         now() + interval '1 day' + n * interval '1 second', now()
       from generate_series(1, $5::int) n returning id, wake_at)
     insert into workflow_steps (tenant_id, run_id, path, state, wake_at, output)
     select $1, id, 'pause', 'waiting', wake_at, jsonb_build_object('until', wake_at) from run`,
    [tenantId, id, objectId, things, waiting, things.length],
  )
  await database.query('vacuum analyze workflow_runs, workflow_steps')
  report('runs that wait, written', waiting, performance.now() - began)
  const { rows } = await database.query<{ size: string }>(
    `select pg_size_pretty(pg_total_relation_size('workflow_runs') + pg_total_relation_size('workflow_steps')) as size`,
  )
  console.log(`  they take ${rows[0]!.size}`)
}

async function measureWaking({ database, tenantId }: World): Promise<void> {
  const plans = [
    'select * from workflow_turns(now())',
    `select id from workflow_runs where tenant_id = '${tenantId}' and wake_at <= now() order by wake_at, number limit 50`,
  ]
  for (const plan of plans) {
    const { rows } = await database.query<{ 'QUERY PLAN': string }>(`explain (analyze, buffers) ${plan}`)
    console.log(`\n${plan}\n${rows.map((row) => `  ${row['QUERY PLAN']}`).join('\n')}`)
  }
  const times: number[] = []
  for (let n = 0; n < 20; n++) {
    const { rows } = await database.query<{ id: string }>(
      `with one as (select id from workflow_runs where tenant_id = $1 and state = 'waiting' order by wake_at limit 1),
         step as (update workflow_steps s set wake_at = now() from one where s.tenant_id = $1 and s.run_id = one.id)
       update workflow_runs r set wake_at = now() from one where r.tenant_id = $1 and r.id = one.id returning r.id`,
      [tenantId],
    )
    const began = performance.now()
    server.system.workflows.wake()
    await untilNone(database, `select from workflow_runs where id = '${rows[0]!.id}' and state = 'waiting'`)
    times.push(performance.now() - began)
  }
  const sorted = times.sort((a, b) => a - b)
  console.log(`\none of ${waiting.toLocaleString('en')} waiting runs woken: median ${sorted[10]!.toFixed(0)} ms`)
}

function report(name: string, count: number, milliseconds: number): void {
  const perSecond = Math.round(count / (milliseconds / 1_000))
  console.log(`${name.padEnd(48)} ${perSecond.toLocaleString('en').padStart(9)} / s`)
}

function tell({ server, database: inDatabase, statements, roundTrips }: Effort, count: number): void {
  const each = (total: number) => (total / count).toFixed(2)
  const seconds = (total: number) => ((total / count) * 1_000).toFixed(2)
  console.log(
    `  each: ${each(statements)} statements in ${each(roundTrips)} round trips; for 1,000: ${seconds(server)} s of the server, ${seconds(inDatabase)} s of the database`,
  )
}

countRoundTrips()
const config = readConfig({
  PORT: String(port),
  OF_DATA_DIR: dataDir,
  OF_DEFAULT_PLAN: 'unlimited',
  OF_LOG_LEVEL: 'error',
  OF_MASTER_KEY: newId().replaceAll('-', '').repeat(2),
})
const server = await startServer(config)
const ownerUrl = await (await attachPrivatePostgres({ dataDir }))!.url()
const database = new pg.Client({ connectionString: ownerUrl })
await database.connect()
const [{ pid: backend }] = (await database.query<{ pid: number }>('select pg_backend_pid() as pid')).rows as [
  { pid: number },
]
try {
  const world = await prepare(database)
  await measureRuns(world)
  await measureFromEvents(world)
  await measureJobs(ownerUrl)
  if (waiting > 0) {
    await addWaiting(world)
    await measureWaking(world)
  }
} finally {
  await database.end()
  await server.stop()
  rmSync(dataDir, { recursive: true, force: true })
}
