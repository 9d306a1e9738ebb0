import { existsSync } from 'node:fs'
import http from 'node:http'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Call, send, type Target } from './load.ts'
import { signedIn, startServer } from './own-server.ts'

const root = resolve(import.meta.dirname, '..')
const dataDir = process.env.BENCH_DIR ?? join(root, '.cache/bench')
const port = 14_807
const readers = 2
const writers = 2
/** How long they go on after each change: jobs it has started are at work then. */
const afterwards = 2_000
/** How long they are watched before it: what they wait for then is the machine. */
const calm = 2_500

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
  ['a new field of numbers', change('POST', '/fields', field(`serial_${process.pid}`, 'autonumber'))],
  ['without that field', change('DELETE', `/fields/serial_${process.pid}`)],
  ['without the relation', change('DELETE', `/fields/city_${process.pid}`)],
  ['without the field', change('DELETE', `/fields/kind_${process.pid}`)],
]

async function main(): Promise<void> {
  if (!existsSync(join(dataDir, 'related.json'))) throw new Error('Load the data first: npm run bench -- --only none')
  const server = await startServer({ port, dataDir })
  try {
    const target = await signedIn(port, 'big@example.com')
    const ids = await someIds(target)
    console.log('ms                                      took     longest read, calm    longest write, calm')
    for (const [name, call] of changes) await during(target, ids, name, call)
  } finally {
    server.kill('SIGTERM')
  }
}

const agent = new http.Agent({ keepAlive: true })

interface Longest {
  read: number
  write: number
}

/** Makes the change while others read and write; says how long it took, and how long the unluckiest of them waited. */
async function during(target: Target, ids: string[], name: string, call: Call): Promise<void> {
  const others = new Others(target, ids)
  await sleep(500)
  const before = await others.longestDuring(() => sleep(calm))
  let [took, refusal] = [0, '']
  const longest = await others.longestDuring(async () => {
    const began = performance.now()
    refusal = await send(agent, target, call).then(() => '', String)
    took = performance.now() - began
    await sleep(afterwards)
  })
  await others.stop()
  const column = (value: number) => value.toFixed(0).padStart(12)
  const [reads, writes] = (['read', 'write'] as const).map((kind) => column(longest[kind]) + column(before[kind]))
  console.log(`${name.padEnd(34)}${column(took)}${reads}${writes}   ${refusal.slice(0, 120)}`)
}

/** People who read and write one record after the other. */
class Others {
  private readonly target: Target
  private readonly ids: string[]
  private readonly working: Promise<void>[]
  private readonly under: Map<object, { kind: keyof Longest; sent: number }> = new Map()
  private longest: Longest = { read: 0, write: 0 }
  private goesOn = true
  private turn = 0

  constructor(target: Target, ids: string[]) {
    this.target = target
    this.ids = ids
    this.working = [
      ...Array.from({ length: readers }, () => this.keepOn('read')),
      ...Array.from({ length: writers }, () => this.keepOn('write')),
    ]
  }

  /** The longest that any of them waited meanwhile, those counted who still wait at the end. */
  async longestDuring(work: () => Promise<unknown>): Promise<Longest> {
    this.longest = { read: 0, write: 0 }
    for (const call of this.under.values()) call.sent = performance.now()
    await work()
    for (const call of this.under.values()) this.note(call)
    return this.longest
  }

  async stop(): Promise<void> {
    this.goesOn = false
    await Promise.all(this.working)
  }

  private async keepOn(kind: keyof Longest): Promise<void> {
    const me = {}
    while (this.goesOn) {
      const call = { kind, sent: performance.now() }
      this.under.set(me, call)
      // One that gives up after 30 s has waited as well.
      await send(agent, this.target, this.next(kind)).catch(() => {})
      this.note(call)
      this.under.delete(me)
    }
  }

  private note({ kind, sent }: { kind: keyof Longest; sent: number }): void {
    this.longest[kind] = Math.max(this.longest[kind], performance.now() - sent)
  }

  private next(kind: keyof Longest): Call {
    const path = `/api/v1/visits/${this.ids[this.turn++ % this.ids.length]}`
    return kind === 'read' ? { method: 'GET', path } : { method: 'PATCH', path, body: { amount: this.turn } }
  }
}

async function someIds(target: Target): Promise<string[]> {
  const answer = await send(agent, target, { method: 'GET', path: '/api/v1/visits?limit=200&cursor=&fields=name' })
  return (JSON.parse(answer.toString()) as { data: { id: string }[] }).data.map(({ id }) => id)
}

await main()
