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
  object?: 'deals'
  /** Seen by somebody who may not see all records. */
  limited?: boolean
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
    name: 'half a year by weekday',
    widget: { type: 'chart', groupBy: { field: 'createdAt', interval: 'weekday' } },
    range: { from: '2024-03-10', to: '2024-09-20' },
    floor: [
      'extract(isodow from r.created_at), count(*)',
      `and r.created_at >= '2024-03-10' and r.created_at < '2024-09-21' group by 1`,
    ],
  },
  {
    name: 'two years of another date, by stage',
    object: 'deals',
    widget: { type: 'chart', groupBy: { field: 'stage' }, period: { field: 'expected_close_date' } },
    range: { from: '2025-01-01', to: '2026-12-31' },
    floor: [
      'r.stage, count(*)',
      `and r.data ->> 'expected_close_date' between '2025-01-01' and '2026-12-31' group by 1`,
    ],
  },
  {
    name: 'with a filter that most records meet',
    widget: {
      type: 'chart',
      groupBy: { field: 'lead_source' },
      filter: { field: 'lead_status', op: 'ne', value: 'New' },
    },
    floor: [`r.data -> 'lead_source', count(*)`, `and r.data ->> 'lead_status' is distinct from 'New' group by 1`],
  },
  {
    name: 'with another value of that filter',
    widget: {
      type: 'chart',
      groupBy: { field: 'lead_source' },
      filter: { field: 'lead_status', op: 'ne', value: 'Qualified' },
    },
    floor: [
      `r.data -> 'lead_source', count(*)`,
      `and r.data ->> 'lead_status' is distinct from 'Qualified' group by 1`,
    ],
  },
  {
    name: 'an average by a choice',
    widget: { type: 'table', groupBy: { field: 'lead_source' }, measures: [{ op: 'avg', field: 'lead_score' }] },
    floor: [`r.data -> 'lead_source', avg((r.data ->> 'lead_score')::float8)`, 'group by 1'],
  },
  {
    name: 'by a choice, for somebody who sees three quarters',
    limited: true,
    widget: { type: 'chart', groupBy: { field: 'lead_source' } },
    floor: [
      `r.data -> 'lead_source', count(*)`,
      `and r.data ->> 'lead_status' in ('New', 'Contacted', 'Qualified') group by 1`,
    ],
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
  const meant = kinds.filter(({ name }) => name.includes(options.only))
  const server = await startServer({ port, dataDir })
  const database = new pg.Client({ connectionString: await (await attachPrivatePostgres({ dataDir }))!.url() })
  await database.connect()
  try {
    await addLimited(database, big)
    await database.query('delete from kept_sums where tenant_id = $1', [big.tenantId])
    const targets = await targetsOf(big.email)
    for (const kind of meant) await compare(kind, targets, database, big.tenantId)
    await wall(targets.all)
  } finally {
    await database.end()
    await stopped(server)
  }
  await startedAgain(meant, big.email)
}

const limitedEmail = 'limited@example.com'
const rightToSome = {
  kind: 'action',
  object: 'contacts',
  action: 'read',
  scope: 'all',
  filter: { field: 'lead_status', op: 'in', value: ['New', 'Contacted', 'Qualified'] },
}

/** Somebody with the password of all accounts who sees some of the contacts. */
async function addLimited(database: pg.Client, big: { tenantId: string; email: string }): Promise<void> {
  await database.query(
    `with person as (
       insert into users (id, email, name, password_hash, email_verified_at)
       select gen_random_uuid(), $2, 'Limited', password_hash, now() from users where email = $3
       on conflict do nothing returning id
     ), member as (
       insert into memberships (tenant_id, user_id) select $1, id from person returning tenant_id, user_id
     )
     insert into member_exceptions (tenant_id, id, user_id, effect, definition)
     select tenant_id, gen_random_uuid(), user_id, 'grant', $4 from member`,
    [big.tenantId, limitedEmail, big.email, rightToSome],
  )
}

interface Targets {
  all: Target
  limited: Target
}

const targetsOf = async (email: string): Promise<Targets> => ({
  all: await signedIn(port, email),
  limited: await signedIn(port, limitedEmail),
})

const targetOf = ({ limited }: Kind, targets: Targets): Target => (limited ? targets.limited : targets.all)

async function stopped(server: Awaited<ReturnType<typeof startServer>>): Promise<void> {
  server.kill('SIGTERM')
  await new Promise((ended) => server.once('exit', ended))
}

const bodyOf = (widgets: Kind[], range?: object) => ({
  widgets: widgets.map(({ widget, object = 'contacts' }, index) => ({
    key: `w${index}`,
    title: 'One',
    object,
    position: { ...position, y: 4 * index },
    ...widget,
  })),
  ...(range ? { range } : {}),
})

async function compare(kind: Kind, targets: Targets, database: pg.Client, tenantId: string): Promise<void> {
  const { name, object = 'contacts', range, floor } = kind
  const [columns, ending] = floor
  const { rows: found } = await database.query(`select id from objects where tenant_id = $1 and slug = $2`, [
    tenantId,
    object,
  ])
  const of = `from records r where r.tenant_id = '${tenantId}' and r.object_id = '${found[0].id}' and r.deleted_at is null`
  const target = targetOf(kind, targets)
  const body = bodyOf([kind], range)
  const first = await requireFigures(target, body)
  const second = await requireFigures(target, body)
  const ours = await measure(target, () => preview(body), { connections, seconds: Number(options.seconds) })
  const { rows } = await database.query<{ id: string }>(`select r.id ${of} order by md5(r.id::text) limit ${turns}`)
  const changed = await median(async (turn) => {
    const value = Math.floor(Math.random() * 100)
    const change = object === 'deals' ? { probability: value } : { lead_score: value }
    await request(targets.all, 'PATCH', `/${object}/${rows[turn]!.id}`, change)
    return requireFigures(target, body)
  })
  const bare = await median(() => timed(() => database.query(`select ${columns} ${of} ${ending}`)))
  tell(name, { first, second, p50: ours.p50, p95: ours.p95, 'after a change': changed, floor: bare })
}

const preview = (body: object): Call => ({ method: 'POST', path: '/api/v1/dashboards/preview', body })

/** A board that sixteen people look at. */
async function wall(target: Target): Promise<void> {
  const names = [
    'metric: a count of all',
    'chart by a choice',
    'leaderboard by owner',
    'pivot of a choice and quarters',
  ]
  const body = bodyOf(kinds.filter(({ name }) => names.includes(name)))
  // Answered from the records first, from what is kept after that.
  await requireFigures(target, body)
  await requireFigures(target, body)
  const { p50, p95, perSecond } = await measure(target, () => preview(body), { connections: 16, seconds: 6 })
  tell('a board of four, 16 at once', { p50, p95, 'a second': perSecond })
}

/** Each for the first time in a new process. */
async function startedAgain(meant: Kind[], email: string): Promise<void> {
  const server = await startServer({ port, dataDir })
  try {
    const targets = await targetsOf(email)
    for (const kind of meant) {
      tell(kind.name, { 'after a start': await requireFigures(targetOf(kind, targets), bodyOf([kind], kind.range)) })
    }
  } finally {
    await stopped(server)
  }
}

function tell(name: string, figures: Record<string, number>): void {
  const cells = Object.entries(figures).map(([what, ms]) => `${what} ${ms.toFixed(0).padStart(5)}`)
  console.log(`${name.padEnd(54)} ${cells.join('   ')} ms`)
}

const turns = 3

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
