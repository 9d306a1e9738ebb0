/**
 * What computed fields cost: adding a child to a parent that adds up 100,000 of them, working 100,000 records through
 * after a definition, lists with three computed columns beside hand-written SQL, and writes to objects that have none.
 * Run it with `node benchmarks/computed.ts`.
 */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { attachPrivatePostgres } from '@oneforge/adapters/postgres'
import pg from 'pg'
import { type Call, measure } from './load.ts'

const port = 14_811
const children = 100_000
const seconds = 5
const dataDir = mkdtempSync(join(tmpdir(), 'oneforge-computed-'))
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
const object = (slug: string, fields: object[]) =>
  ask('POST', '/objects', { slug, label: slug, labelPlural: slug, fields })

/** A parent with its children, loaded past the record store: links and values are what it would have written. */
async function load(database: pg.Client, tenantId: string, lines: string, order: string): Promise<void> {
  await database.query(
    `insert into records (tenant_id, object_id, id, record_number, title, title_key, data, created_at)
     select $1, $2, gen_random_uuid(), 'LIN-' || lpad(n::text, 6, '0'), 'Line ' || n, 'line ' || n,
       jsonb_build_object('name', 'Line ' || n, 'quantity', n % 10, 'price', jsonb_build_object('amount', (n % 100) || '.50', 'currency', 'USD')),
       now() - n * interval '1 second'
     from generate_series(1, $3::int) n`,
    [tenantId, lines, children],
  )
  await database.query('update record_counters set live = $2, last_number = $2 where object_id = $1', [lines, children])
  await database.query(
    `insert into links (tenant_id, relation_id, from_id, to_id, from_single)
     select $1, (select r.id from relations r where r.tenant_id = $1 and r.from_object_id = $2), id, $3, true
     from records where object_id = $2`,
    [tenantId, lines, order],
  )
  await database.query('vacuum analyze records, links')
}

/** Milliseconds until the job of the object's new field is done. */
async function define(slug: string, definition: { key: string }): Promise<number> {
  const began = performance.now()
  await ask('POST', `/objects/${slug}/fields`, definition)
  for (;;) {
    const { fields } = await ask<{ fields: { key: string; computing: boolean }[] }>('GET', `/objects/${slug}`)
    if (!fields.find(({ key }) => key === definition.key)!.computing) return performance.now() - began
    await setTimeout(100)
  }
}

const told = (name: string, figures: { perSecond: number; p50: number; p95: number }) =>
  console.log(
    `${name.padEnd(44)} ${figures.perSecond.toFixed(0).padStart(6)}/s   p50 ${figures.p50.toFixed(1)} ms   p95 ${figures.p95.toFixed(1)} ms`,
  )

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
  const session = await ask<{ accessToken: string; tenant: { id: string } }>('POST', '/auth/register', person)
  token = session.accessToken
  const headers = { authorization: `Bearer ${token}` }
  const run = (next: () => Call, connections: number) => measure({ port, headers }, next, { connections, seconds })
  const post = (path: string, body: object): Call => ({
    method: 'POST',
    path: `/api/v1${path}`,
    body,
  })
  await object('plain', [field('name', 'text'), field('quantity', 'integer')])
  const plain = await ask('POST', '/plain', { name: 'One', quantity: 1 })
  let count = 0
  const creating = () => post('/plain', { name: `Plain ${count++}`, quantity: 1 })
  const changing = (): Call => ({ ...post(`/plain/${plain.id}`, { quantity: count++ }), method: 'PATCH' })
  await run(creating, 8)
  told('create, no computed field in the workspace', await run(creating, 8))
  told('update, no computed field in the workspace', await run(changing, 1))

  await object('orders', [field('name', 'text')])
  const order = { object: 'orders', inverse: { key: 'lines', label: 'Lines' } }
  const lines = await object('lines', [
    field('name', 'text'),
    field('quantity', 'integer'),
    field('price', 'money'),
    field('order', 'relation', { relation: order }),
  ])
  const parent = await ask('POST', '/orders', { name: 'Big' })
  await load(database, session.tenant.id, lines.id, parent.id)
  const formula = field('amount', 'formula', { computed: { expression: 'quantity * price' }, sortable: true })
  const rollup = field('total', 'rollup', { computed: { relation: 'lines', op: 'sum', field: 'amount' } })
  const best = field('best', 'rollup', { computed: { relation: 'lines', op: 'max', field: 'amount' } })
  const lookup = field('order_name', 'lookup', { computed: { relation: 'order', field: 'name' } })
  for (const [slug, definition] of [
    ['lines', formula],
    ['lines', lookup],
    ['orders', rollup],
    ['orders', best],
  ] as const) {
    const ms = await define(slug, definition)
    console.log(
      `${`define ${definition.key} over ${slug === 'lines' ? children : 1} records`.padEnd(44)} ${(ms / 1000).toFixed(1)} s`,
    )
  }
  await database.query('vacuum analyze records')
  const adding = () => post('/lines', { name: `New ${count++}`, quantity: 2, price: '3.00', order: parent.id })
  told('add a child to 100,000, 1 connection', await run(adding, 1))
  told('add a child to 100,000, 16 connections', await run(adding, 16))
  const { rows: some } = await database.query<{ id: string }>(
    'select id from records where object_id = $1 order by id limit 5000',
    [lines.id],
  )
  const line = () => `/lines/${some[count++ % some.length]!.id}`
  const updating = (): Call => ({ ...post(line(), { quantity: count % 10 }), method: 'PATCH' })
  told('change one of 100,000 children, 1 connection', await run(updating, 1))
  told('change one of 100,000 children, 16 connections', await run(updating, 16))
  const deleting = (): Call => ({ method: 'DELETE', path: `/api/v1/lines/${some.pop()!.id}` })
  told('delete one of 100,000 children, 16 connections', await run(deleting, 16))
  told('read the parent, 16 connections', await run(() => ({ method: 'GET', path: `/api/v1/orders/${parent.id}` }), 16))
  const sum = { measures: [{ op: 'sum', field: 'amount' }] }
  told('aggregate 100,000 computed amounts', await run(() => post('/lines/aggregate', sum), 4))
  told(
    'list 50 with three computed columns',
    await run(() => ({ method: 'GET', path: '/api/v1/lines?limit=50&cursor=&sort=-amount' }), 8),
  )
  const began = performance.now()
  const times = 300
  for (let n = 0; n < times; n++) {
    await database.query(
      `select r.id, r.data, (r.data ->> 'quantity')::numeric * (r.data -> 'price' ->> 'amount')::numeric as amount, o.title
       from records r left join links l on l.tenant_id = r.tenant_id and l.from_id = r.id
       left join records o on o.tenant_id = l.tenant_id and o.id = l.to_id
       where r.tenant_id = $1 and r.object_id = $2 and r.deleted_at is null order by r.s1 desc nulls last, r.id desc limit 50`,
      [session.tenant.id, lines.id],
    )
  }
  console.log(
    `${'the same list in hand-written SQL, alone'.padEnd(44)} ${((performance.now() - began) / times).toFixed(1)} ms`,
  )
  told('create, computed fields on other objects', await run(creating, 8))
  told('update, computed fields on other objects', await run(changing, 1))
  const { rows } = await database.query<{ right: boolean; total: string }>(
    `select (select sum((data -> 'amount' ->> 'amount')::numeric) from records where object_id = $1 and deleted_at is null)::text = data -> 'total' ->> 'amount' as right,
       data -> 'total' ->> 'amount' as total from records where id = $2`,
    [lines.id, parent.id],
  )
  console.log(`the total is ${rows[0]!.total}, which is ${rows[0]!.right ? 'right' : 'WRONG'}`)
  await database.end()
  server.kill('SIGTERM')
  await new Promise((ended) => server.on('exit', ended))
  rmSync(dataDir, { recursive: true, force: true })
}

await main()
