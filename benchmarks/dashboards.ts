import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { attachPrivatePostgres } from '@oneforge/adapters/postgres'
import pg from 'pg'
import { type Call, measure, type Target } from './load.ts'
import { signedIn, startServer } from './own-server.ts'

const { values: options } = parseArgs({
  options: {
    seconds: { type: 'string', default: '6' },
    only: { type: 'string', default: '' },
    connections: { type: 'string', default: '1' },
  },
})
const root = resolve(import.meta.dirname, '..')
const dataDir = process.env.BENCH_DIR ?? join(root, '.cache/bench')
const port = Number(process.env.BENCH_PORT ?? 14_812)
const connections = Number(options.connections)
const position = { x: 0, y: 0, w: 6, h: 4 }

interface Kind {
  name: string
  widget: object
  range?: object
  /** What follows `select`, over `records r` of the object. */
  floor: [columns: string, ending: string]
}

const years = { from: '2020-01-01', to: '2030-12-31' }
const kinds: Kind[] = [
  { name: 'metric: a count of all', widget: { type: 'metric' }, floor: ['count(*)', ''] },
  {
    name: 'metric of a month beside the one before, with a line',
    widget: { type: 'metric', period: { field: 'createdAt' }, compare: 'previous', sparkline: 'day' },
    range: { preset: 'lastMonth' },
    floor: ['count(*)', `and r.created_at >= now() - interval '60 days'`],
  },
  {
    name: 'chart by a choice',
    widget: { type: 'chart', groupBy: { field: 'lead_status' }, chart: 'pie' },
    floor: [`r.data -> 'lead_status', count(*)`, 'group by 1'],
  },
  {
    name: 'chart by month',
    widget: { type: 'chart', groupBy: { field: 'createdAt', interval: 'month' } },
    range: years,
    floor: [`date_trunc('month', r.created_at at time zone 'UTC'), count(*)`, 'group by 1'],
  },
  {
    name: 'leaderboard by owner',
    widget: { type: 'leaderboard', groupBy: { field: 'ownerId' } },
    floor: ['r.owner_id, count(*)', 'group by 1'],
  },
  {
    name: 'table by owner',
    widget: { type: 'table', groupBy: { field: 'ownerId' }, measures: [{ op: 'count' }] },
    floor: ['r.owner_id, count(*)', 'group by 1'],
  },
  {
    name: 'heat map of weekdays and hours',
    widget: {
      type: 'heatmap',
      groupBy: { field: 'createdAt', interval: 'weekday' },
      thenBy: { field: 'createdAt', interval: 'hour' },
    },
    floor: [`extract(isodow from r.created_at), extract(hour from r.created_at), count(*)`, 'group by 1, 2'],
  },
  {
    name: 'pivot of a choice and quarters',
    widget: {
      type: 'pivot',
      groupBy: { field: 'lead_status' },
      thenBy: { field: 'createdAt', interval: 'quarter' },
    },
    floor: [`r.data -> 'lead_status', date_trunc('quarter', r.created_at), count(*)`, 'group by 1, 2'],
  },
  {
    name: 'goal of this year',
    widget: { type: 'goal', target: 2_000_000, period: { field: 'createdAt' } },
    range: years,
    floor: ['count(*)', ''],
  },
  {
    name: 'the latest ten',
    widget: { type: 'recent', fields: ['title', 'createdAt'] },
    floor: ['r.id, r.title', 'order by r.created_at desc, r.id desc limit 10'],
  },
]

async function main(): Promise<void> {
  if (!existsSync(join(dataDir, 'loaded.json'))) throw new Error('Run `npm run bench` first: it loads the data.')
  const { big } = JSON.parse(readFileSync(join(dataDir, 'loaded.json'), 'utf8')) as {
    big: { tenantId: string; email: string }
  }
  const server = await startServer({ port, dataDir })
  const database = new pg.Client({ connectionString: await (await attachPrivatePostgres({ dataDir }))!.url() })
  await database.connect()
  try {
    const target = await signedIn(port, big.email)
    const { rows } = await database.query(`select id from objects where tenant_id = $1 and slug = 'contacts'`, [
      big.tenantId,
    ])
    const of = `from records r where r.tenant_id = '${big.tenantId}' and r.object_id = '${rows[0].id}' and r.deleted_at is null`
    for (const kind of kinds.filter(({ name }) => name.includes(options.only)))
      await compare(kind, target, database, of)
  } finally {
    await database.end()
    server.kill('SIGTERM')
    await new Promise((ended) => server.once('exit', ended))
  }
}

async function compare(
  { name, widget, range, floor: [columns, ending] }: Kind,
  target: Target,
  database: pg.Client,
  of: string,
) {
  const body = {
    widgets: [{ key: 'one', title: 'One', object: 'contacts', position, ...widget }],
    ...(range ? { range } : {}),
  }
  const first = await requireFigures(target, body)
  const call = (): Call => ({ method: 'POST', path: '/api/v1/dashboards/preview', body })
  const ours = await measure(target, call, { connections, seconds: Number(options.seconds) })
  const { rows } = await database.query<{ id: string }>(`select r.id ${of} order by md5(r.id::text) limit ${turns}`)
  const changed = await median(async (turn) => {
    await request(target, 'PATCH', `/contacts/${rows[turn]!.id}`, { lead_score: Math.floor(Math.random() * 100) })
    return requireFigures(target, body)
  })
  const floor = await median(() => timed(() => database.query(`select ${columns} ${of} ${ending}`)))
  const figures = { first, p50: ours.p50, p95: ours.p95, 'after a change': changed, floor }
  const cells = Object.entries(figures).map(([what, ms]) => `${what} ${ms.toFixed(0).padStart(5)}`)
  console.log(`${name.padEnd(54)} ${cells.join('   ')} ms`)
}

const turns = 5

/** Of the milliseconds that each turn tells. */
async function median(turn: (n: number) => Promise<number>): Promise<number> {
  const times: number[] = []
  for (let n = 0; n < turns; n++) times.push(await turn(n))
  return times.toSorted((a, b) => a - b)[Math.floor(turns / 2)]!
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return performance.now() - began
}

/** Milliseconds of one answer. A widget with a problem is answered in no time, which is not what is to be measured. */
async function requireFigures(target: Target, body: object): Promise<number> {
  const began = performance.now()
  const data = await request<Figures>(target, 'POST', '/dashboards/preview', body)
  const problem = data.widgets[0]!.problem
  if (problem) throw new Error(problem.message)
  return performance.now() - began
}

interface Figures {
  widgets: { problem: { message: string } | null }[]
}

async function request<T>({ headers }: Target, method: string, path: string, body: object): Promise<T> {
  const answer = await fetch(`http://127.0.0.1:${port}/api/v1${path}`, {
    method,
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
  return ((await answer.json()) as { data: T }).data
}

await main()
