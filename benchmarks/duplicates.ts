/**
 * How long it takes to compare all records of an object, at 100,000 and 1,000,000 people of whom a tenth stands there twice;
 * and to ask for duplicates of one. Run it with `node benchmarks/duplicates.ts [people]`.
 */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { attachPrivatePostgres } from '@oneforge/adapters/postgres'
import pg from 'pg'
import { crowdOf } from '../packages/modules/duplicates/similar-people.fixture.ts'

const port = 14_871
const batch = 20_000
const size = Number(process.argv[2] ?? 100_000)
const dataDir = mkdtempSync(join(tmpdir(), 'oneforge-duplicates-'))
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

const field = (key: string, type: string) => ({ key, label: key, type })
const people = {
  slug: 'people',
  label: 'Person',
  labelPlural: 'People',
  roles: { title: 'name', email: 'email', phone: 'phone' },
  fields: [field('name', 'text'), field('email', 'email'), field('phone', 'phone'), field('date_of_birth', 'date')],
}

/** Past the record store, so that the scan has the keys to make as well. */
async function load(database: pg.Client, tenantId: string, objectId: string): Promise<number> {
  const crowd = crowdOf(size)
  for (let from = 0; from < crowd.people.length; from += batch) {
    const rows = crowd.people
      .slice(from, from + batch)
      .map(({ name, email, phone, born }) => ({ name, email, phone, date_of_birth: born }))
    await database.query(
      `insert into records (tenant_id, object_id, id, record_number, title, title_key, data)
       select $1, $2, gen_random_uuid(), 'PEO-' || ($4 + n), v ->> 'name', lower(v ->> 'name'), jsonb_strip_nulls(v)
       from jsonb_array_elements($3::jsonb) with ordinality as t(v, n)`,
      [tenantId, objectId, JSON.stringify(rows), from],
    )
  }
  await database.query('update record_counters set live = $2, last_number = $2 where object_id = $1', [
    objectId,
    crowd.people.length,
  ])
  await database.query('vacuum analyze records')
  return crowd.twins.length
}

async function scan(): Promise<void> {
  const began = performance.now()
  const { jobId } = await ask<{ jobId: string }>('POST', '/people/duplicates/scan')
  let keyed: number | undefined
  for (;;) {
    const job = await ask<{ status: string; progress: number; result: object | null; errors: unknown[] }>(
      'GET',
      `/jobs/${jobId}`,
    )
    const seconds = (performance.now() - began) / 1_000
    if (job.progress === 75) keyed ??= seconds
    if (job.status === 'completed') {
      console.log(`scan ${seconds.toFixed(1)} s (keys ${keyed?.toFixed(1)} s): ${JSON.stringify(job.result)}`)
      return
    }
    if (job.status === 'failed') throw new Error(JSON.stringify(job.errors))
    await setTimeout(200)
  }
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
  const person = { email: 'bench@example.com', password: 'a benchmark needs no secret', name: 'B', workspace: 'B' }
  const session = await ask<{ accessToken: string; tenant: { id: string } }>('POST', '/auth/register', person)
  token = session.accessToken
  const { id } = await ask('POST', '/objects', people)
  const twins = await load(database, session.tenant.id, id)
  console.log(`${size} people, ${twins} of them twice`)
  await scan()
  await database.query('analyze duplicate_keys, duplicate_pairs')
  const times: number[] = []
  for (const { name, phone, born } of crowdOf(200, 11).people) {
    const began = performance.now()
    await ask('POST', '/people/duplicates/check', { data: { name, phone, date_of_birth: born } })
    times.push(performance.now() - began)
  }
  times.sort((a, b) => a - b)
  console.log(`check p50 ${times[100]!.toFixed(1)} ms, p95 ${times[190]!.toFixed(1)} ms`)
  const { rows } = await database.query<{ size: string }>(
    `select pg_size_pretty(pg_total_relation_size('duplicate_keys')) as size`,
  )
  console.log(`keys take ${rows[0]!.size}`)
  await database.end()
  server.kill('SIGTERM')
  await new Promise((ended) => server.on('exit', ended))
  rmSync(dataDir, { recursive: true, force: true })
}

await main()
