/**
 * `node benchmarks/search.ts`: the search over all objects, in the workspace with 1,000,000 contacts that `npm run bench`
 * loads under `.cache/bench`, with 16 connections (`--connections 1` for one person alone), each line in turns with a list
 * of one record, so that what else the machine does shows; and what the indexes cost whoever creates records. What a search
 * costs the processor of the database and of the server stays the same when others use the machine (Linux tells it).
 */
import type { ChildProcess } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { type Call, measure, type Target } from './load.ts'
import { signedIn, startServer } from './own-server.ts'
import { contact } from './people.ts'

const { values: options } = parseArgs({
  options: {
    seconds: { type: 'string', default: '4' },
    only: { type: 'string', default: '' },
    connections: { type: 'string', default: '16' },
  },
})
const root = resolve(import.meta.dirname, '..')
const dataDir = process.env.BENCH_DIR ?? join(root, '.cache/bench')
const port = Number(process.env.BENCH_PORT ?? 14_811)
const connections = Number(options.connections)
const contacts = 1_000_000

let counter = 0
/** A contact somewhere among all of them, another one at each call. */
const someone = () => contact(Math.abs(Math.imul(++counter, 2_654_435_761)) % contacts) as Record<string, string>
const typed = (text: string, letters: number) => text.slice(0, letters)

const texts: Record<string, () => string> = {
  'two letters': () => typed(someone().first_name!, 2),
  'a first name, as it is typed': () => typed(someone().first_name!, 3 + (counter % 3)),
  'a whole name': () => someone().full_name!,
  'a family name, in every fifteenth record': () => someone().last_name!.split(' ')[0]!,
  'two names, the wrong way round': () => `${someone().last_name!.split(' ')[1]} ${someone().first_name}`,
  'a word of every record': () => 'manager',
  'a word of one record': () => someone().full_name!.split(' ').at(-1)!,
  'a number': () => `CON-${String(1 + (++counter % contacts)).padStart(6, '0')}`,
  'an e-mail address': () => someone().email!,
  'a phone number with spaces': () => someone().phone!.replace(/^\+1(...)(...)/, '($1) $2-'),
  'a part of a phone number': () => someone().phone!.slice(5, 10),
  'a mistyped name': () =>
    someone()
      .last_name!.split(' ')[0]!
      .replace(/(.)(.)(.)$/, '$1$3$2'),
  'nothing that is there': () => `qz${(++counter).toString(36)}xv`,
  'a word and a number': () => `manager ${100 + (++counter % 300)}`,
  'an e-mail address being typed': () => typed(someone().email!, 12 + (counter % 6)),
  'the middle of a name': () => someone().last_name!.split(' ')[0]!.slice(2),
  'a name with a condition': () => `${someone().first_name} lead-source:referral object:contacts`,
  // Half of the first names have no contacted lead at all, and each of these has 33,000 records.
  'a name with a condition nobody may fulfil': () => `${someone().first_name} lead-status:contacted object:contacts`,
  'won deals': () => 'stage:won amount>50000',
}

async function main(): Promise<void> {
  if (!existsSync(join(dataDir, 'loaded.json'))) throw new Error('Load the data first: npm run bench -- --only none')
  const server = await startServer({ port, dataDir })
  try {
    const target = await signedIn(port, 'big@example.com')
    const all = Object.values(texts)
    const calls: Record<string, () => Call> = {
      ...Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, () => search(text())])),
      'all of them in turns': () => search(all[counter++ % all.length]!()),
      'a record created': () => ({ method: 'POST', path: '/api/v1/contacts', body: newContact() }),
    }
    console.log(
      `${' '.repeat(42)}      /s     p50     p95     p99   ms of processor: database, server   a list of one: p95`,
    )
    for (const [name, call] of Object.entries(calls)) {
      if (name.includes(options.only)) await report(target, server, name, call)
    }
  } finally {
    server.kill('SIGTERM')
  }
}

const search = (q: string): Call => ({ method: 'POST', path: '/api/v1/search', body: { q, limit: 20 } })

const listOfOne = (): Call => ({ method: 'GET', path: '/api/v1/contacts?limit=1&fields=id' })

function newContact(): Record<string, unknown> {
  const { full_name, first_name, last_name, job_title } = contact(2_000_000 + ++counter)
  return { full_name, first_name, last_name, job_title }
}

async function report(target: Target, server: ChildProcess, name: string, next: () => Call): Promise<void> {
  const run = (call: () => Call, seconds: number) => measure(target, call, { connections, seconds })
  await run(next, 1)
  const before = processorTimes(server)
  const { perSecond, p50, p95, p99, requests } = await run(next, Number(options.seconds))
  const after = processorTimes(server)
  const floor = await run(listOfOne, 1)
  const times = [perSecond, p50, p95, p99].map((value) => value.toFixed(0).padStart(8))
  const costs = after.map((spent, place) => ((spent - before[place]!) / requests).toFixed(1).padStart(8))
  console.log(`${name.padEnd(42)}${[...times, ...costs, floor.p95.toFixed(0).padStart(8)].join('')}`)
}

/** Milliseconds of processor so far: of all of the database's processes, and of the server. */
function processorTimes(server: ChildProcess): [database: number, server: number] {
  const postmaster = Number(readFileSync(join(dataDir, 'postgres/postmaster.pid'), 'utf8').split('\n')[0])
  const database = processes().filter(({ pid, parent }) => pid === postmaster || parent === postmaster)
  const own = processes().filter(({ pid }) => pid === server.pid)
  const sum = (all: { spent: number }[]) => all.reduce((total, { spent }) => total + spent, 0)
  return [sum(database), sum(own)]
}

const millisecondsOfTick = 10

/** As `proc(5)` tells them after the name: fields 4 (the parent), 14 to 17 (ticks of its own, and of children that ended). */
function processes(): { pid: number; parent: number; spent: number }[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const fields = statusOf(name)
        ?.replace(/^.*\) /s, '')
        .split(' ')
        .map(Number)
      if (!fields) return []
      const spent = fields.slice(11, 15).reduce((total, ticks) => total + ticks, 0) * millisecondsOfTick
      return [{ pid: Number(name), parent: fields[1]!, spent }]
    })
}

/** Undefined where the process has ended since its name was read. */
function statusOf(process: string): string | undefined {
  try {
    return readFileSync(`/proc/${process}/stat`, 'utf8')
  } catch {
    return undefined
  }
}

/** Where the words stood in the big workspace's records, so that it is clear what was measured. */
console.log(
  `${contacts.toLocaleString('en')} contacts, ${JSON.parse(readFileSync(join(dataDir, 'loaded.json'), 'utf8')).big.tenantId}`,
)
await main()
