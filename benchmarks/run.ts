/** `npm run bench`: our server beside the floor, as ratios from one run. See README.md. */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { attachPrivatePostgres } from '@oneforge/adapters/postgres'
import type { TenantModel } from '@oneforge/kernel/metadata'
import pg from 'pg'
import { derive } from '../apps/server/src/master-key.ts'
import { fillOthers, fillTenant, modelOf, sizes, withoutIndexes } from './dataset.ts'
import type { RelatedSetup } from './floor-related.ts'
import { type Measured, measure, type Target } from './load.ts'
import { password, startServer } from './own-server.ts'
import { defineRelated, defineTotal, fillRelated } from './related.ts'
import { relatedScenarios, type Scenario, scenarios } from './scenarios.ts'

const { values: options } = parseArgs({
  options: {
    seconds: { type: 'string', default: '4' },
    only: { type: 'string', default: '' },
    fresh: { type: 'boolean', default: false },
  },
})
const root = resolve(import.meta.dirname, '..')
const dataDir = process.env.BENCH_DIR ?? join(root, '.cache/bench')
const ports = { ours: 14_801, floor: 14_802 }
const connections = 16
const seconds = Number(options.seconds)

interface Tenant {
  tenantId: string
  email: string
}
interface Loaded {
  big: Tenant
  small: Tenant
}

if (options.fresh) rmSync(dataDir, { recursive: true, force: true })
mkdirSync(dataDir, { recursive: true })
async function main(): Promise<void> {
  const firstStart = await startOurs()
  const owner = (await attachPrivatePostgres({ dataDir }))!
  const ownerUrl = await owner.url()
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  const loaded = await loadData(client, ownerUrl)
  await loadRelated(client, ownerUrl, loaded.big)
  await client.end()
  await stop(firstStart.process)

  const ours = await startOurs()
  const url = await (await attachPrivatePostgres({ dataDir }))!.url()
  console.log(`\nsecond start ${Math.round(ours.milliseconds)} ms, at rest ${memoryOf(ours.process)} MB`)
  const floor = await startFloor(url, loaded.big)
  try {
    await compare(url, loaded)
    console.log(`after the run ${memoryOf(ours.process)} MB`)
  } finally {
    floor.kill()
    await stop(ours.process)
  }
  if ('workflows'.includes(options.only)) await measureWorkflows()
}

/** Runs of workflows beside bare jobs of the queue, on a server of their own. */
async function measureWorkflows(): Promise<void> {
  console.log('\nworkflows of three steps, and what the queue does that does nothing')
  const child = fork(join(import.meta.dirname, 'workflows.ts'), ['1000', '1000'])
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new Error('The benchmark of workflows has failed.')
}

async function startOurs(): Promise<{ process: ChildProcess; milliseconds: number }> {
  const started = performance.now()
  const process = await startServer({ port: ports.ours, dataDir })
  return { process, milliseconds: performance.now() - started }
}

const stop = (child: ChildProcess) =>
  new Promise((stopped) => {
    child.once('exit', stopped)
    child.kill('SIGTERM')
  })

/** Resident memory of the server process, without PostgreSQL's. */
function memoryOf(child: ChildProcess): number {
  const status = readFileSync(`/proc/${child.pid}/status`, 'utf8')
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024)
}

async function loadData(client: pg.Client, ownerUrl: string): Promise<Loaded> {
  const note = join(dataDir, 'loaded.json')
  if (existsSync(note)) return JSON.parse(readFileSync(note, 'utf8')) as Loaded
  console.log(
    `loading ${sizes.bigContacts.toLocaleString('en')} contacts and ${sizes.bigDeals.toLocaleString('en')} deals …`,
  )
  const started = performance.now()
  const loaded = { big: await newTenant('big'), small: await newTenant('small') }
  const appUrl = await asApp(ownerUrl)
  await withoutIndexes(client, async () => {
    await fillTenant(client, await modelOf(appUrl, loaded.big.tenantId), {
      contacts: sizes.bigContacts,
      deals: sizes.bigDeals,
    })
    await fillTenant(client, await modelOf(appUrl, loaded.small.tenantId), {
      contacts: sizes.smallContacts,
      deals: 1_000,
    })
    await fillOthers(client)
  })
  console.log(`loaded in ${Math.round((performance.now() - started) / 1_000)} s`)
  writeFileSync(note, JSON.stringify(loaded))
  return loaded
}

async function loadRelated(client: pg.Client, ownerUrl: string, big: Tenant): Promise<void> {
  const note = join(dataDir, 'related.json')
  if (existsSync(note)) return
  console.log('loading a million visits and a ledger of 100,000 entries …')
  const started = performance.now()
  const { headers } = await targetOf(big)
  const ask = (method: string, path: string, body?: object) => send(method, path, body, headers)
  await defineRelated(ask)
  await fillRelated(client, await modelOf(await asApp(ownerUrl), big.tenantId))
  await defineTotal(ask)
  console.log(`loaded in ${Math.round((performance.now() - started) / 1_000)} s`)
  writeFileSync(note, JSON.stringify({ done: true }))
}

async function asApp(ownerUrl: string): Promise<string> {
  const key = Buffer.from(readFileSync(join(dataDir, 'master.key'), 'utf8').trim(), 'hex')
  const url = new URL(ownerUrl)
  url.username = 'oneforge_app'
  url.password = derive(key, 'database role')
  return url.toString()
}

const post = (path: string, body: object, headers: Record<string, string> = {}) => send('POST', path, body, headers)

async function send(
  method: string,
  path: string,
  body: object | undefined,
  headers: Record<string, string>,
): Promise<Record<string, unknown>> {
  const answer = await fetch(`http://127.0.0.1:${ports.ours}/api/v1${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
  const text = await answer.text()
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text}`)
  return (JSON.parse(text) as { data: Record<string, unknown> }).data
}

async function newTenant(name: string): Promise<Tenant> {
  const email = `${name}@example.com`
  const registered = await post('/auth/register', { email, password, name, workspace: name })
  await post('/workspace/template', { template: 'corporate' }, { authorization: `Bearer ${registered.accessToken}` })
  return { tenantId: (registered.tenant as { id: string }).id, email }
}

async function targetOf(tenant: Tenant): Promise<Target> {
  const { accessToken } = await post('/auth/login', { email: tenant.email, password })
  return { port: ports.ours, headers: { authorization: `Bearer ${accessToken}` } }
}

async function startFloor(url: string, tenant: Tenant): Promise<ChildProcess> {
  const model = await modelOf(await asApp(url), tenant.tenantId)
  const [contacts, deals] = [model.object.get('contacts')!, model.object.get('deals')!]
  const outgoing = (relations: typeof contacts.relations) =>
    relations.filter((one) => one.direction === 'out').map((one) => one.relationId)
  const setup = {
    port: ports.floor,
    url,
    tenant: tenant.tenantId,
    contacts: contacts.id,
    deals: deals.id,
    accountRelation: outgoing(contacts.relations)[0],
    dealRelations: outgoing(deals.relations),
    related: relatedSetup(model),
  }
  const child = fork(join(import.meta.dirname, 'floor.ts'), [JSON.stringify(setup)])
  await new Promise((ready) => child.once('message', ready))
  return child
}

function relatedSetup(model: TenantModel): RelatedSetup {
  const idOf = (slug: string) => model.object.get(slug)!.id
  const holders = { room: 'visits', physician: 'visits', guest: 'visits', ledger: 'entries' }
  const onTheWay = { ward: 'rooms', building: 'wards', city: 'buildings', country: 'cities' }
  const relations = Object.entries({ ...holders, ...onTheWay }).map(
    ([key, slug]) => [key, model.object.get(slug)!.relation.get(key)!.relationId] as const,
  )
  return {
    tenant: model.tenantId,
    visits: idOf('visits'),
    countries: idOf('countries'),
    entries: idOf('entries'),
    relations: Object.fromEntries(relations),
  }
}

async function idsOf(url: string, tenantId: string, slug = 'contacts'): Promise<string[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query<{ id: string }>(
    `select r.id from records r join objects o on o.id = r.object_id and o.tenant_id = r.tenant_id
     where r.tenant_id = $1 and o.slug = $2 order by md5(r.id::text) limit 5000`,
    [tenantId, slug],
  )
  await client.end()
  return rows.map((row) => row.id)
}

async function compare(url: string, loaded: Loaded): Promise<void> {
  const [ledger = ''] = await idsOf(url, loaded.big.tenantId, 'ledgers')
  const big = await targetOf(loaded.big)
  const small = await targetOf(loaded.small)
  const floor: Target = { port: ports.floor, headers: {} }
  const smallScenarios = scenarios(sizes.smallContacts)
  console.log(
    '\nscenario                              ours/s   floor/s  ratio  least   p50   p95   p99 ms   p95 vs 10,000',
  )
  for (const [index, scenario] of [...scenarios(sizes.bigContacts), ...relatedScenarios(ledger)].entries()) {
    if (!scenario.name.includes(options.only)) continue
    const ids = await idsOf(url, loaded.big.tenantId, scenario.of)
    const [a, b] = await inTurns(
      () => run(floor, scenario.floor, ids),
      () => run(big, scenario.ours, ids),
    )
    const atSmall = scenario.scales ? await run(small, smallScenarios[index]!.ours, ids) : undefined
    report(scenario, b, a, atSmall)
  }
}

let counter = 0
const run = (target: Target, call: Scenario['ours'], ids: string[]): Promise<Measured> =>
  measure(target, () => call(counter++, ids), { connections, seconds })

/** One after the other, twice, the second time counted: neither has the warm caches for itself. */
async function inTurns(first: () => Promise<Measured>, second: () => Promise<Measured>): Promise<[Measured, Measured]> {
  await first()
  await second()
  return [await first(), await second()]
}

function report(scenario: Scenario, ours: Measured, floor: Measured, atSmall: Measured | undefined): void {
  const ratio = ours.perSecond / floor.perSecond
  const scale = atSmall ? `${(ours.p95 / atSmall.p95).toFixed(2)} (${atSmall.p95.toFixed(1)} ms)` : ''
  const cells = [
    scenario.name.padEnd(36),
    ours.perSecond.toFixed(0).padStart(8),
    floor.perSecond.toFixed(0).padStart(9),
    ratio.toFixed(2).padStart(6),
    (scenario.least?.toFixed(2) ?? '').padStart(6),
    ours.p50.toFixed(1).padStart(6),
    ours.p95.toFixed(1).padStart(6),
    ours.p99.toFixed(1).padStart(6),
    `      ${scale}`,
  ]
  console.log(cells.join(' '))
}

await main()
