/** kill -9 of the server and of PostgreSQL while eight clients write: what was acknowledged is there, once and whole. */
import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ApiClient, type SignedIn } from '../client.ts'
import { ServerProcess } from './crash.process.ts'
import { bulkSize, type Entry, newLedger, Writer } from './crash.writers.ts'

const server = new ServerProcess()
const ledger = newLedger()
let session: SignedIn

const clients = 8
/** Writes of a round before the blow; a busy machine gets the time it needs for them. */
const writesOfRound = 400
const longestRoundMs = 30_000

beforeAll(async () => {
  await server.start()
  const credentials = { email: 'crash@example.com', password: 'a lantern in the orchard' }
  session = await new ApiClient(server.url).post('/auth/register', {
    ...credentials,
    name: 'Crash',
    workspace: 'Crash',
  })
  await new ApiClient(server.url, session).post('/workspace/template', { template: 'hospital' })
})
afterAll(() => server.remove())

interface Row {
  id: string
  marker: string
  notes: string | null
  version: number
  deleted: boolean
  audits: number
  events: number
  uniques: number
  remarks: string[]
  told: number
}

const counted = (what: string, from: string): string =>
  `${what} as (select record_id, count(*)::int as n from ${from} where tenant_id = $1 group by record_id)`

const rowsStatement = `with ${counted('audits', 'audit_entries')}, ${counted('taken', 'unique_values')},
    ${counted('changes_told', "(select * from events where type like 'record.%') e")},
    ${counted('notes_told', "(select * from events where type = 'note.created') e")},
    remarks as (select record_id, array_agg(body order by id) as bodies from notes where tenant_id = $1 group by record_id)
  select r.id, r.data ->> 'national_id' as marker, r.data ->> 'notes' as notes, r.version,
    r.deleted_at is not null as deleted, coalesce(audits.n, 0) as audits, coalesce(changes_told.n, 0) as events,
    coalesce(taken.n, 0) as uniques, coalesce(notes_told.n, 0) as told, coalesce(remarks.bodies, '{}') as remarks
  from records r left join audits on audits.record_id = r.id left join changes_told on changes_told.record_id = r.id
    left join taken on taken.record_id = r.id left join notes_told on notes_told.record_id = r.id
    left join remarks on remarks.record_id = r.id
  where r.tenant_id = $1 order by r.record_number`

/** Clients write until the server or its database is taken from them. */
async function writeUntil(end: () => Promise<unknown>): Promise<void> {
  const writers = Array.from({ length: clients }, () => new Writer(server.url, session, ledger).run())
  const [enough, deadline] = [ledger.acknowledged + writesOfRound, Date.now() + longestRoundMs]
  while (ledger.acknowledged < enough && Date.now() < deadline) await setTimeout(20)
  await end()
  const faults = (await Promise.allSettled(writers)).filter((outcome) => outcome.status === 'rejected')
  expect(faults.map((fault) => String(fault.reason))).toEqual([])
}

/** What every record must be like, whatever happened. */
function expectWhole(row: Row): void {
  expect(row.audits, `audit entries of ${row.marker}`).toBe(row.version)
  expect(row.events, `events of ${row.marker}`).toBe(row.version)
  expect(row.uniques, `unique values of ${row.marker}`).toBe(row.deleted ? 0 : 1)
  expect(row.told, `events of notes of ${row.marker}`).toBe(row.remarks.length)
}

function expectPromised(entry: Entry, rows: Row[]): void {
  expect(rows.length, `records of ${entry.marker}`).toBeLessThanOrEqual(1)
  const [row] = rows
  if (!row) {
    expect(entry.created, `${entry.marker} was acknowledged`).toBe(false)
    return
  }
  const promised = { notes: entry.notes, deleted: entry.deleted, version: entry.version }
  const { doubt } = entry
  const possible = doubt ? [promised, { ...promised, ...doubt, version: entry.version + 1 }] : [promised]
  expect(possible).toContainEqual({ notes: row.notes, deleted: row.deleted, version: row.version })
  expect(row.remarks).toEqual(expect.arrayContaining(entry.remarks))
  expect([...entry.remarks, ...entry.doubtfulRemarks]).toEqual(expect.arrayContaining(row.remarks))
  expect(new Set(row.remarks).size).toBe(row.remarks.length)
}

async function verify(): Promise<void> {
  const rows = await server.sql<Row>(rowsStatement, [session.tenant.id])
  for (const row of rows) expectWhole(row)
  const byMarker = Map.groupBy(rows, (row) => row.marker)
  for (const entry of ledger.entries) expectPromised(entry, byMarker.get(entry.marker) ?? [])
  const inBulk = Map.groupBy(
    rows.filter((row) => row.marker.startsWith('b')),
    (row) => row.marker.split('-')[0]!,
  )
  for (const marker of ledger.bulks) expect(inBulk.get(marker)).toHaveLength(bulkSize)
  for (const marker of ledger.doubtfulBulks) expect([0, bulkSize]).toContain(inBulk.get(marker)?.length ?? 0)
  const known = new Set([...ledger.entries.map((entry) => entry.marker), ...inBulk.keys()])
  expect(rows.filter((row) => !known.has(row.marker.split('-')[0]!))).toEqual([])
  await verifyCounters(rows)
}

async function verifyCounters(rows: Row[]): Promise<void> {
  const [counter] = await server.sql<{ last: string; live: string }>(
    `select c.last_number as last, c.live from record_counters c join objects o on o.tenant_id = c.tenant_id and o.id = c.object_id
     where c.tenant_id = $1 and o.slug = 'patients'`,
    [session.tenant.id],
  )
  expect(Number(counter!.last)).toBe(rows.length)
  expect(Number(counter!.live)).toBe(rows.filter((row) => !row.deleted).length)
}

/** Whoever got no answer asks again with the same key: there must be one record in the end, not two, not none. */
async function repeatDoubtfulCreates(): Promise<void> {
  const writer = new Writer(server.url, session, ledger)
  for (const entry of ledger.entries.filter((one) => !one.created)) await writer.createAs(entry)
}

describe('under the writes of eight clients', () => {
  it.each([
    ['the server', () => server.kill()],
    ['the server and PostgreSQL', () => Promise.all([server.kill(), server.killPostgres()])],
    ['PostgreSQL, and then the server', () => server.killPostgres().then(() => server.kill())],
    ['the server once more', () => server.kill()],
  ])('kill -9 of %s loses and doubles nothing', { timeout: 120_000 }, async (_, kill) => {
    const before = ledger.acknowledged
    await writeUntil(kill)
    await server.start()
    expect(ledger.acknowledged - before).toBeGreaterThan(50)
    await verify()
    await repeatDoubtfulCreates()
    await verify()
    expect(ledger.entries.every((entry) => entry.created)).toBe(true)
  })

  it('leaves a workspace that goes on as if nothing had been', async () => {
    const client = new ApiClient(server.url, session)
    const rows = await server.sql<Row>(rowsStatement, [session.tenant.id])
    const { count } = await client.post('/patients/count', {})
    expect(count).toBe(rows.filter((row) => !row.deleted).length)
    const made = await client.post('/patients', {
      full_name: 'After',
      date_of_birth: '1980-04-30',
      phone: '+14155550123',
    })
    expect(Number(made.recordNumber.slice(4))).toBe(rows.length + 1)
  })
})
