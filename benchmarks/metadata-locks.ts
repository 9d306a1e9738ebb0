/**
 * `node benchmarks/metadata-locks.ts`: how long people wait who read and write the records of an object with 1,000,000 of
 * them while an administrator changes it, in the workspace that `npm run bench` loads.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import http from 'node:http'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Call, send, type Target } from './load.ts'

const root = resolve(import.meta.dirname, '..')
const dataDir = process.env.BENCH_DIR ?? join(root, '.cache/bench')
const port = 14_807
const readers = 2
const writers = 2
/** How long they go on after each change: jobs it has started are at work then. */
const afterwards = 2_000

/** A field as the API takes it. */
const field = (key: string, type: string, more: object = {}) => ({ key, label: key, type, ...more })

const change = (method: string, path: string, body?: object): Call => ({
  method,
  path: `/api/v1/objects/visits${path}`,
  body,
})

const changes: [name: string, call: Call][] = [
  ['another label', change('PATCH', '', { label: `Visit ${process.pid}` })],
  ['a new field', change('POST', '/fields', field(`kind_${process.pid}`, 'select', { options: ['a', 'b'] }))],
  ['another option', change('PATCH', `/fields/kind_${process.pid}`, { options: ['a', 'b', 'c'] })],
  [
    'a new relation',
    change(
      'POST',
      '/fields',
      field(`city_${process.pid}`, 'relation', {
        relation: { object: 'cities', inverse: { key: `of_${process.pid}`, label: 'Visits' } },
      }),
    ),
  ],
  ['a sortable field', change('PATCH', '/fields/amount', { sortable: true })],
  ['no longer sortable', change('PATCH', '/fields/amount', { sortable: false })],
  ['a unique field', change('PATCH', '/fields/name', { unique: true })],
  ['no longer unique', change('PATCH', '/fields/name', { unique: false })],
  ['numbers that begin otherwise', change('PATCH', '', { numbering: { pattern: `V${process.pid}-{000001}` } })],
  ['numbers with the year', change('PATCH', '', { numbering: { pattern: 'VIS-{YYYY}-{000001}', restart: 'year' } })],
  ['numbers of another kind, as all have', change('PATCH', '', { numbering: { pattern: 'VIS-{0001}' } })],
  ['numbers with more digits', change('PATCH', '', { numbering: { pattern: 'VIS-{000001}' } })],
  ['numbers with fewer digits again', change('PATCH', '', { numbering: { pattern: 'VIS-{00001}' } })],
  ['numbers as they were', change('PATCH', '', { numbering: null })],
  ['without the relation', change('DELETE', `/fields/city_${process.pid}`)],
  ['without the field', change('DELETE', `/fields/kind_${process.pid}`)],
]

async function main(): Promise<void> {
  if (!existsSync(join(dataDir, 'related.json'))) throw new Error('Load the data first: npm run bench -- --only none')
  const server = await startServer()
  try {
    const target = await signedIn()
    const ids = await someIds(target)
    console.log('the change                              took    longest read   longest write ms')
    for (const [name, call] of changes) await during(target, ids, name, call)
  } finally {
    server.kill('SIGTERM')
  }
}

const agent = new http.Agent({ keepAlive: true })

/** Makes the change while others read and write; says how long it took, and how long the unluckiest of them waited. */
async function during(target: Target, ids: string[], name: string, call: Call): Promise<void> {
  let goesOn = true
  let turn = 0
  const longest = { read: 0, write: 0 }
  const keepOn = async (kind: keyof typeof longest, next: () => Call) => {
    while (goesOn) {
      const sent = performance.now()
      // One that gives up after 30 s has waited as well.
      await send(agent, target, next()).catch(() => {})
      longest[kind] = Math.max(longest[kind], performance.now() - sent)
    }
  }
  const path = () => `/api/v1/visits/${ids[turn++ % ids.length]}`
  const others = [
    ...Array.from({ length: readers }, () => keepOn('read', () => ({ method: 'GET', path: path() }))),
    ...Array.from({ length: writers }, () =>
      keepOn('write', () => ({ method: 'PATCH', path: path(), body: { amount: turn } })),
    ),
  ]
  await sleep(500)
  Object.assign(longest, { read: 0, write: 0 })
  const began = performance.now()
  const refusal = await send(agent, target, call).then(() => '', String)
  const took = performance.now() - began
  await sleep(afterwards)
  goesOn = false
  await Promise.all(others)
  const columns = [took, longest.read, longest.write].map((value) => value.toFixed(0).padStart(12))
  console.log(`${name.padEnd(34)}${columns.join('')}   ${refusal.slice(0, 120)}`)
}

async function someIds(target: Target): Promise<string[]> {
  const answer = await send(agent, target, { method: 'GET', path: '/api/v1/visits?limit=200&cursor=&fields=name' })
  return (JSON.parse(answer.toString()) as { data: { id: string }[] }).data.map(({ id }) => id)
}

async function startServer(): Promise<ChildProcess> {
  const env = {
    ...process.env,
    PORT: String(port),
    OF_DATA_DIR: dataDir,
    OF_DEFAULT_PLAN: 'unlimited',
    OF_LOG_LEVEL: 'error',
  }
  const server = spawn(process.execPath, [join(root, 'apps/server/src/main.ts')], {
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  for (;;) {
    if (server.exitCode !== null) throw new Error('The server stopped before it was ready.')
    const isReady = await fetch(`http://127.0.0.1:${port}/ready`).then(
      (answer) => answer.ok,
      () => false,
    )
    if (isReady) return server
    await sleep(50)
  }
}

async function signedIn(): Promise<Target> {
  const body = { email: 'big@example.com', password: 'a benchmark needs no secret' }
  const answer = await send(agent, { port, headers: {} }, { method: 'POST', path: '/api/v1/auth/login', body })
  const { data } = JSON.parse(answer.toString()) as { data: { accessToken: string } }
  return { port, headers: { authorization: `Bearer ${data.accessToken}` } }
}

await main()
