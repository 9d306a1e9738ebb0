/**
 * Two workspaces, one of them full of canaries. As the other one, every operation of the registry is called with all
 * that can be known of the first: nothing of it may come back, and nothing of it may change.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ApiClient, endedJob, type Json, type SignedIn } from '../client.ts'
import { testServers } from '../postgres.ts'
import { PASSWORD, type RunningSystem, startSystem } from '../server.ts'
import { type Own, type ProbeRequest, probes, type Target } from './isolation.probes.ts'
import { idsOnlyIn, isForeign, pathsOf, plant, rowsOf, tenantTables, toldBy } from './isolation.world.ts'

/** Tables that no operation fills yet; whoever adds the operation adds a canary. The list may only shrink. */
const tablesWithoutCanary = new Set([
  'event_failures',
  'import_keys',
  'late_values',
  'request_budgets',
  'request_days',
  'stage_day_changes',
])

describe.each(testServers())('on PostgreSQL $majorVersion', (server) => {
  let system: RunningSystem
  let stranger: ApiClient
  let own: Own
  let target: Target
  let secretIds: Set<string>
  let tables: string[]

  beforeAll(async () => {
    system = await startSystem({ server })
    const victim = await system.register({ name: 'qx7a-person', workspace: 'qx7a workspace', template: 'hospital' })
    target = await plant(system, victim)
    stranger = await system.register({ template: 'hospital' })
    const patient = { full_name: 'Own Patient', date_of_birth: '1990-01-01', phone: '+14155550123' }
    const { id } = await stranger.post('/patients', patient)
    own = { patientId: id, email: stranger.session!.user.email, password: PASSWORD }
    tables = await tenantTables(system)
    secretIds = idsOnlyIn(await rowsIn(target), await rowsIn(stranger))
  })
  afterAll(() => system.stop())

  const rowsIn = ({ tenantId }: { tenantId: string }) => rowsOf(system, tables, tenantId)

  /** A session of its own for each operation: some end sessions, and some ask for a fresh one. */
  async function freshSession(): Promise<ApiClient> {
    const login = { email: own.email, password: own.password }
    return new ApiClient(system.url, await system.anonymous().post<SignedIn>('/auth/login', login))
  }

  const expectNothingOf = (request: string, answer: string) => expect(toldBy(request, answer, secretIds)).toEqual([])

  async function probe(client: ApiClient, method: string, path: string, request: ProbeRequest): Promise<void> {
    const address = path + (request.query ?? '')
    const answer = await client.send(method, address, request.body, request.options)
    const sent = `${method} ${address} ${JSON.stringify(request)}`
    expect(answer.status, `${sent}: ${answer.text.slice(0, 300)}`).toBeLessThan(500)
    if (isForeign(path, own)) expect(answer.status, `${sent}: ${answer.text.slice(0, 300)}`).toBeGreaterThanOrEqual(400)
    expectNothingOf(decodeURIComponent(sent), JSON.stringify([...answer.headers]) + answer.text)
    if (answer.status === 202) await settle(client, answer.data.jobId, sent)
  }

  /** What a job has to tell counts like the answer. */
  async function settle(client: ApiClient, jobId: string, sent: string): Promise<void> {
    expectNothingOf(decodeURIComponent(sent), JSON.stringify(await endedJob(client, jobId)))
    for (const file of ['refused', 'file']) {
      const { text } = await client.send('GET', `/jobs/${jobId}/${file}`)
      expectNothingOf(decodeURIComponent(sent), text)
    }
  }

  it('has a canary in every table', async () => {
    const rows = await rowsIn(target)
    const filled = new Set(rows.map((row) => row.split(' ')[0]))
    expect(tables.filter((table) => !filled.has(table) && !tablesWithoutCanary.has(table))).toEqual([])
  })

  it('would notice if something came back', async () => {
    const login = { email: target.email, password: PASSWORD }
    const victim = new ApiClient(system.url, await system.anonymous().post<SignedIn>('/auth/login', login))
    for (const path of ['/patients', `/patients?fields=id`, '/objects', '/search?q=patient', '/members']) {
      const answer = await victim.send('GET', path)
      expect(() => expectNothingOf(`GET ${path}`, answer.text), path).toThrow()
    }
  })

  it('has a probe for every operation', () => {
    const names = system.system.registry.operations.map((operation) => operation.name).sort()
    expect(names.filter((name) => !probes[name])).toEqual([])
  })

  it('finds nothing and changes nothing by any operation', { timeout: 300_000 }, async () => {
    const before = await rowsIn(target)
    for (const operation of system.system.registry.operations) {
      const client = await freshSession()
      for (const path of pathsOf(operation, target, own)) {
        for (const request of probes[operation.name]!(target, own)) {
          await probe(client, operation.http.method, path, request)
        }
      }
      expect(await rowsIn(target), `${operation.name} changed the other workspace`).toEqual(before)
    }
  })

  it('refuses to point into the other workspace, and is free to use its unique values', async () => {
    stranger = await freshSession()
    const person = { full_name: 'Own Person', date_of_birth: '1980-01-01', phone: '+14155550123' }
    await stranger.post('/objects/patients/fields', { key: 'keeper', label: 'Keeper', type: 'user' })
    for (const [field, value] of [
      ['primary_doctor', target.doctorId],
      ['ownerId', target.userId],
      ['keeper', target.userId],
      ['qx7a_field', 'x'],
    ] as const) {
      const answer = await stranger.send('POST', '/patients', { ...person, [field]: value })
      expect([answer.status, answer.error?.details[0]?.field]).toEqual([400, field])
      const changed = await stranger.send('PATCH', `/patients/${own.patientId}`, { [field]: value })
      expect([changed.status, changed.error?.details[0]?.field]).toEqual([400, field])
    }
    const link = await stranger.send('PUT', `/patients/${own.patientId}/links/primary_doctor/${target.doctorId}`)
    expect(link.status).toBe(404)
    const login = { email: own.email, password: own.password, tenant: target.tenantSlug }
    expect((await system.anonymous().send('POST', '/auth/login', login)).status).toBeOneOf([401, 403])
    const found = await stranger.get(`/patients?national_id=${target.nationalId}`)
    expect(found.map((record: Json) => record.createdBy)).toEqual([stranger.userId])
  })

  it('counts only its own', async () => {
    const [{ live }] = (await system.sql<{ live: string }>(
      'select count(*) as live from records r join objects o on o.tenant_id = r.tenant_id and o.id = r.object_id where r.tenant_id = $1 and o.slug = $2 and r.deleted_at is null',
      [stranger.tenantId, 'patients'],
    )) as [{ live: string }]
    const count = Number(live)
    expect(await stranger.post('/patients/count', {})).toEqual({ count })
    expect(await stranger.post('/patients/count', { filter: { field: 'id', op: 'notEmpty' } })).toEqual({ count })
    expect(await stranger.post('/patients/aggregate', {})).toEqual([{ count }])
  })
})
