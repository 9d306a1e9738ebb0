/**
 * What pipelines cost: figures over a million records with two stays each, lists of rotting records, and what moving a
 * record costs beside changing it. Run it with `node benchmarks/pipelines.ts [records]`.
 */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { attachPrivatePostgres } from '@oneforge/adapters/postgres'
import pg from 'pg'
import { type Call, measure } from './load.ts'

const port = 14_823
const count = Number(process.argv[2] ?? 1_000_000)
const dataDir = mkdtempSync(join(tmpdir(), 'oneforge-pipelines-'))
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

const field = (key: string, type: string, more: object = {}) => ({ key, label: key, type, ...more })

/** Records in four stages, most of which came from the first one; loaded past the record store. */
async function load(database: pg.Client, tenantId: string, objectId: string, userId: string): Promise<void> {
  // Foreign keys are looked up row by row, which takes longer than all else.
  await database.query(`set session_replication_role = 'replica'`)
  await database.query(
    `insert into records (tenant_id, object_id, id, record_number, title, title_key, stage, amount_minor, currency, owner_id, data, created_at, stage_since)
     select $1, $2, gen_random_uuid(), 'DEA-' || lpad(n::text, 7, '0'), 'Deal ' || n, 'deal ' || n, s.stage, n % 1000, 'USD', $4,
       jsonb_build_object('name', 'Deal ' || n, 'stage', s.stage), now() - (n % 300) * interval '1 day' - interval '40 days', now() - (n % 40) * interval '1 day'
     from generate_series(1, $3::int) n, lateral (select (array['new', 'offer', 'won', 'lost'])[1 + n % 4] as stage) s`,
    [tenantId, objectId, count, userId],
  )
  await database.query('update record_counters set live = $2, last_number = $2 where object_id = $1', [objectId, count])
  const stays = `insert into stage_stays (tenant_id, object_id, record_id, field_id, stage, entered_at, left_at, left_to, owner_id, amount_minor, currency)
    select r.tenant_id, r.object_id, r.id, f.id`
  const from = 'from records r join fields f on f.object_id = r.object_id and f.key = $2 where r.object_id = $1'
  const first = `${stays}, 'new', r.created_at, r.stage_since, r.stage, r.owner_id, r.amount_minor, r.currency ${from} and r.stage <> 'new'`
  const now = `${stays}, r.stage, case when r.stage = 'new' then r.created_at else r.stage_since end, null, null, r.owner_id, r.amount_minor, r.currency ${from}`
  for (const statement of [first, now]) await database.query(`${statement} on conflict do nothing`, [objectId, 'stage'])
  await database.query(`set session_replication_role = 'origin'`)
  await database.query('vacuum analyze records, stage_stays')
}

/** Days are added up by a job, which looks each minute; what was loaded past the store is marked by hand. */
async function summed(database: pg.Client): Promise<void> {
  await database.query(
    'insert into stage_day_changes select tenant_id, field_id, max(entered_at) from stage_stays group by 1, 2',
  )
  for (;;) {
    const { rows } = await database.query('select from stage_day_changes limit 1')
    if (rows.length === 0) return
    await new Promise((wake) => setTimeout(wake, 1_000))
  }
}

async function timed(name: string, path: string): Promise<void> {
  const times: number[] = []
  for (let n = 0; n < 5; n++) {
    const began = performance.now()
    await ask('GET', path)
    times.push(performance.now() - began)
  }
  const [best, , median] = times.sort((a, b) => a - b)
  console.log(`${name.padEnd(52)} median ${median!.toFixed(0)} ms, best ${best!.toFixed(0)} ms`)
}

async function main(): Promise<void> {
  const env = { ...process.env, PORT: String(port), OF_DATA_DIR: dataDir, OF_DEFAULT_PLAN: 'unlimited' }
  const entry = resolve(import.meta.dirname, '../apps/server/src/main.ts')
  const server = spawn(process.execPath, [entry], { env: { ...env, OF_LOG_LEVEL: 'error' }, stdio: 'pipe' })
  server.stderr.pipe(process.stderr)
  await new Promise<void>((ready, failed) => {
    server.stdout.on('data', (chunk) => String(chunk).includes('is ready at') && ready())
    server.on('exit', (code) => failed(new Error(`The server ended with ${code}`)))
  })
  const database = new pg.Client({ connectionString: await (await attachPrivatePostgres({ dataDir }))!.url() })
  await database.connect()
  const person = {
    email: 'bench@example.com',
    password: 'a benchmark needs no secret',
    name: 'Bench',
    workspace: 'Bench',
  }
  const session = await ask<{ accessToken: string; tenant: { id: string }; user: { id: string } }>(
    'POST',
    '/auth/register',
    person,
  )
  token = session.accessToken
  const stages = [
    { value: 'new', probability: 10, rottingDays: 330 },
    { value: 'offer', probability: 50, rottingDays: 38 },
    { value: 'won', kind: 'won' },
    { value: 'lost', kind: 'lost' },
  ]
  const make = (slug: string, key: string, more: object) =>
    ask('POST', '/objects', {
      slug,
      label: slug,
      labelPlural: slug,
      fields: [
        field('name', 'text'),
        field('amount', 'money'),
        field(key, 'select', { options: ['new', 'offer', 'won', 'lost'] }),
      ],
      ...more,
    })
  await make('plain', 'phase', {})
  const deals = await make('deals', 'stage', { roles: { stage: 'stage', amount: 'amount' } })
  await ask('PATCH', '/objects/deals/pipelines/main', { stages })
  const headers = { authorization: `Bearer ${token}` }
  const ids = new Map<string, string>()
  for (const slug of ['plain', 'deals']) ids.set(slug, (await ask('POST', `/${slug}`, { name: 'One' })).id)
  let turn = 0
  const patch = (slug: string, body: () => object) => (): Call => ({
    method: 'PATCH',
    path: `/api/v1/${slug}/${ids.get(slug)}`,
    body: body(),
  })
  const moving = (key: string) => () => ({ [key]: turn++ % 2 === 0 ? 'offer' : 'new' })
  for (const [name, next] of [
    ['change a select field, object without pipelines', patch('plain', moving('phase'))],
    ['change a name, object with a pipeline', patch('deals', () => ({ name: `Deal ${turn++}` }))],
    ['move to another stage', patch('deals', moving('stage'))],
  ] as const) {
    const { perSecond, p50, p95 } = await measure({ port, headers }, next, { connections: 1, seconds: 4 })
    console.log(`${name.padEnd(52)} ${perSecond.toFixed(0)}/s   p50 ${p50.toFixed(1)} ms   p95 ${p95.toFixed(1)} ms`)
  }
  await load(database, session.tenant.id, deals.id, session.user.id)
  const figures = '/objects/deals/pipelines/main/figures'
  await timed(`figures from the stays, all ${count} records`, `${figures}?from=2000-01-01`)
  await summed(database)
  await timed(`figures, all ${count} records`, `${figures}?from=2000-01-01`)
  await timed('figures by owner', `${figures}?from=2000-01-01&groupBy=owner`)
  await timed(
    'figures of the last 30 days',
    `${figures}?from=${new Date(Date.now() - 30 * 86_400_000).toISOString().slice(0, 10)}`,
  )
  await timed('list of rotting records, by cursor', '/deals?rotting=true&limit=50&cursor=')
  await timed('list of records 39 days in their stage, by cursor', '/deals?stageAge[gte]=39&limit=50&cursor=')
  await database.end()
  server.kill('SIGTERM')
  await new Promise((ended) => server.on('exit', ended))
  rmSync(dataDir, { recursive: true, force: true })
}

await main()
