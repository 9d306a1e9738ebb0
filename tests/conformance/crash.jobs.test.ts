/** kill -9 of the server in the middle of work on all records of an object: it goes on where it stood, and ends right. */
import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ApiClient, type Json, type SignedIn } from '../client.ts'
import { ServerProcess } from './crash.process.ts'

const records = 10_000
const server = new ServerProcess()
let session: SignedIn
let client: ApiClient
let objectId: string

const field = (key: string, type: string, more: object = {}) => ({ key, label: key, type, ...more })

beforeAll(async () => {
  await server.start()
  const person = { email: 'jobs@example.com', password: 'a lantern in the orchard', name: 'Jobs', workspace: 'Jobs' }
  session = await new ApiClient(server.url).post('/auth/register', person)
  client = new ApiClient(server.url, session)
  const fields = [field('name', 'text'), field('quantity', 'integer'), field('code', 'text')]
  objectId = (await client.post('/objects', { slug: 'things', label: 'Thing', labelPlural: 'Things', fields })).id
  await server.sql(
    `insert into records (tenant_id, object_id, id, record_number, title, title_key, data, created_at)
     select $1, $2, gen_random_uuid(), 'THI-' || lpad(n::text, 6, '0'), 'Thing ' || n, 'thing ' || n,
       jsonb_build_object('name', 'Thing ' || n, 'quantity', n, 'code', 'code-' || n), now() - (1000000 - n) * interval '1 second'
     from generate_series(1, $3::int) n`,
    [session.tenant.id, objectId, records],
  )
  await server.sql('update record_counters set live = $2, last_number = $2 where object_id = $1', [objectId, records])
}, 60_000)
afterAll(() => server.remove())

const jobOf = async (key: string): Promise<string | null> =>
  (await client.get('/objects/things')).fields.find((one: Json) => one.key === key).jobId

async function reached(jobId: string, isEnough: (job: Json) => boolean): Promise<Json> {
  for (;;) {
    const job = await client.get(`/jobs/${jobId}`)
    if (isEnough(job)) return job
    await setTimeout(100)
  }
}

const checkpointOf = async (jobId: string): Promise<Json> =>
  (await server.sql<{ checkpoint: Json }>('select checkpoint from jobs where id = $1', [jobId]))[0]!.checkpoint

/** A worker that is gone is missed once its heartbeat is long ago. */
const timePasses = (): Promise<unknown> =>
  server.sql(`update pgboss.job set heartbeat_on = now() - interval '1 hour'
    where name = 'jobs.run' and state in ('active', 'retry')`)

const wrong = async (condition: string): Promise<number> => {
  const [row] = await server.sql<{ count: string }>(
    `select count(*) from records where object_id = $1 and not (${condition})`,
    [objectId],
  )
  return Number(row!.count)
}

const isUnderWay = ({ status }: Json): boolean => status === 'pending' || status === 'processing'

describe('jobs that are killed in the middle', () => {
  it('work out a formula, take unique values and give numbers for all records', { timeout: 240_000 }, async () => {
    await client.patch('/objects/things/fields/code', { unique: true })
    const double = field('double', 'formula', { computed: { expression: 'quantity * 2' }, sortable: true })
    await client.post('/objects/things/fields', double)
    await client.post('/objects/things/fields', field('serial', 'autonumber'))
    const keys = ['code', 'double', 'serial']
    const jobIds = await Promise.all(keys.map(async (key) => (await jobOf(key))!))
    await Promise.all(jobIds.slice(0, 2).map((id) => reached(id, (job) => job.progress >= 1 || !isUnderWay(job))))
    await server.kill()
    const standing = await Promise.all(jobIds.map(checkpointOf))
    expect(standing.some((checkpoint) => checkpoint && checkpoint.done < records)).toBe(true)
    await server.start()
    await timePasses()
    for (const id of jobIds) {
      const { status, result } = await reached(id, (job) => !isUnderWay(job))
      expect([status, result.records]).toEqual(['completed', records])
    }
    expect(await Promise.all(keys.map(jobOf))).toEqual([null, null, null])
    expect(await wrong(`(data ->> 'double')::numeric = (data ->> 'quantity')::numeric * 2`)).toBe(0)
    expect(await wrong(`data ->> 'serial' = right(record_number, 6)`)).toBe(0)
    const held = `exists (select from unique_values u where u.tenant_id = records.tenant_id and u.record_id = records.id
      and u.value = data ->> 'code')`
    expect(await wrong(held)).toBe(0)
    const [last] = await client.get('/things?sort=-double&limit=1')
    expect(last.double).toBe(2 * records)
  })
})
