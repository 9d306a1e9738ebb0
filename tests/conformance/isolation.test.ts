/**
 * Two workspaces, one of them full of canaries. As the other one, every operation of the registry is called with all
 * that can be known of the first: nothing of it may come back, and nothing of it may change.
 */
import type { AnyOperation } from '@oneforge/kernel/operations'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ApiClient, endedJob, type Json, type SignedIn } from '../client.ts'
import { testServers } from '../postgres.ts'
import { PASSWORD, type RunningSystem, startSystem } from '../server.ts'
import { type ProbeRequest, probes, type Target } from './isolation.probes.ts'

const uuid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g
const canary = /qx7a[\w-]*/gi

/** Tables that no operation fills yet; whoever adds the operation adds a canary. The list may only shrink. */
const tablesWithoutCanary = new Set(['event_failures', 'import_keys', 'request_budgets', 'request_days'])

/** That somebody tried a wrong password is theirs to know; what they used is added up now and then. */
const isKept = (row: string): boolean =>
  !/^audit_entries .*,stranger,auth\.failed,|^operation_log .*,stranger,.*,auth\.login,|^request_/.test(row)

describe.each(testServers())('on PostgreSQL $majorVersion', (server) => {
  let system: RunningSystem
  let stranger: ApiClient
  let own: { patientId: string; email: string; password: string }
  let target: Target
  let secretIds: Set<string>
  let tables: string[]

  beforeAll(async () => {
    system = await startSystem({ server })
    const victim = await system.register({ name: 'qx7a-person', workspace: 'qx7a workspace', template: 'hospital' })
    target = await plant(victim)
    stranger = await system.register({ template: 'hospital' })
    const patient = { full_name: 'Own Patient', date_of_birth: '1990-01-01', phone: '+14155550123' }
    const { id } = await stranger.post('/patients', patient)
    own = { patientId: id, email: stranger.session!.user.email, password: PASSWORD }
    tables = await tenantTables()
    secretIds = new Set((await rowsOf(target.tenantId)).flatMap((row) => row.match(uuid) ?? []))
    for (const row of await rowsOf(stranger.tenantId))
      for (const known of row.match(uuid) ?? []) secretIds.delete(known)
  })
  afterAll(() => system.stop())

  /** Leaves something in everything that a workspace can hold. */
  async function plant(victim: ApiClient): Promise<Target> {
    await victim.post('/objects/patients/fields', {
      key: 'qx7a_field',
      label: 'qx7a-label',
      type: 'text',
      sortable: true,
    })
    await victim.post('/objects', {
      slug: 'qx7a_things',
      label: 'qx7a-thing',
      labelPlural: 'qx7a-things',
      numbering: { pattern: 'qx7a-{YYYY}-{01}', restart: 'year' },
      fields: [{ key: 'name', label: 'qx7a-name', type: 'text' }],
    })
    await victim.post('/qx7a_things', { name: 'qx7a-thing' })
    const doctor = await victim.post('/doctors', { full_name: 'qx7a-doctor', email: 'qx7a-doctor@example.com' })
    const values = {
      full_name: 'qx7a-patient',
      national_id: 'qx7a-national',
      notes: 'qx7a-notes',
      email: 'qx7a-patient@example.com',
      phone: '+34600998877',
      date_of_birth: '1961-02-03',
      allergies: ['qx7a-allergy'],
      height_cm: 199.5,
      qx7a_field: 'qx7a-custom',
      primary_doctor: doctor.id,
    }
    const kept = await victim.call('POST', '/patients', values, { headers: { 'idempotency-key': 'qx7a-key' } })
    await victim.patch(`/patients/${kept.id}`, { notes: 'qx7a-notes-2' })
    await victim.post(`/patients/${kept.id}/notes`, { body: 'qx7a-note' })
    const trashed = await victim.post('/patients', { ...values, national_id: 'qx7a-trash', full_name: 'qx7a-trashed' })
    await victim.delete(`/patients/${trashed.id}`)
    for (const visibility of ['private', 'everyone']) {
      await victim.post('/objects/patients/views', { label: `qx7a-${visibility}`, visibility })
    }
    await victim.post('/members/invitations', { email: 'qx7a-guest@example.com', roles: ['member'] })
    const { key } = await victim.post('/api-keys', { name: 'qx7a-key', requestsPerMinute: 1_000 })
    const asProgram = { headers: { authorization: `Bearer ${key}` } }
    await system.anonymous().call('GET', '/objects', undefined, asProgram)
    await system.sql(
      `insert into outgoing_messages (tenant_id, id, kind, recipient, subject, body, state)
       values ($1, gen_random_uuid(), 'invitation', 'qx7a-guest@example.com', 'qx7a-subject', 'qx7a-body', 'failed')`,
      [victim.tenantId],
    )
    await system.sql(
      "update tenants set domain = 'qx7a.example', domain_token = 'qx7a', domain_verified_at = now() where id = $1",
      [victim.tenantId],
    )
    const location = await victim.post('/locations', { name: 'qx7a-location' })
    await victim.post('/networks', { network: '10.0.0.0/8', comment: 'qx7a-network', locationId: location.id })
    await victim.post('/access/roles', { label: 'qx7a-role', key: 'qx7a_role' })
    const team = await victim.post('/access/teams', { name: 'qx7a-team' })
    await victim.put(`/access/teams/${team.id}/members`, { userIds: [victim.userId] })
    const exception = { effect: 'grant', kind: 'admin', permission: 'audit', reason: 'qx7a-reason' }
    await victim.post(`/access/members/${victim.userId}/exceptions`, exception)
    const idsIn = async (table: string): Promise<string[]> => {
      const found = await system.sql<{ id: string }>(
        `select id from ${table} where tenant_id = $1 order by id desc limit 4`,
        [victim.tenantId],
      )
      return found.map((row) => row.id)
    }
    const raw = 'full_name,date_of_birth,phone\nqx7a-imported,1970-01-01,+14155550123\nqx7a-refused,never,1\n'
    const upload = await victim.call('POST', '/patients/import/preview', undefined, {
      raw,
      headers: { 'content-type': 'text/csv' },
    })
    const mapping = { 0: 'full_name', 1: 'date_of_birth', 2: 'phone' }
    const settings = { mode: 'upsert', matchOn: 'phone' }
    const { jobId } = await victim.post('/patients/import', { uploadId: upload.uploadId, mapping, ...settings })
    await endedJob(victim, jobId)
    return {
      tenantId: victim.tenantId,
      tenantSlug: victim.session!.tenant.slug,
      userId: victim.userId,
      email: victim.session!.user.email,
      objectSlug: 'qx7a_things',
      fieldKey: 'qx7a_field',
      patientId: kept.id,
      trashedId: trashed.id,
      doctorId: doctor.id,
      recordIds: [kept.id, trashed.id, doctor.id],
      uploadId: upload.uploadId,
      idsOf: {
        views: await idsIn('views'),
        jobs: await idsIn('jobs'),
        imports: await idsIn('imports'),
        outbox: await idsIn('outgoing_messages'),
        invitations: await idsIn('invitations'),
        'api-keys': await idsIn('api_keys'),
        sessions: await idsIn('sessions'),
        members: [victim.userId],
        workspaces: [victim.tenantId],
        teams: await idsIn('teams'),
        locations: await idsIn('locations'),
        networks: await idsIn('network_rules'),
        exceptions: await idsIn('member_exceptions'),
      },
      name: 'qx7a-patient',
      nationalId: 'qx7a-national',
    }
  }

  /** Every table that says which tenant its rows belong to. */
  async function tenantTables(): Promise<string[]> {
    const rows = await system.sql<{ name: string }>(`select c.table_name as name from information_schema.columns c
      join information_schema.tables t using (table_schema, table_name)
      where c.table_schema = 'public' and c.column_name = 'tenant_id' and t.table_type = 'BASE TABLE'
        and c.table_name !~ '^(records|operation_log)_\\d' order by 1`)
    return rows.map((row) => row.name)
  }

  /** All that the database holds of a workspace, row by row. */
  async function rowsOf(tenantId: string): Promise<string[]> {
    const parts = tables.map((table) => `select '${table} ' || t::text as row from ${table} t where t.tenant_id = $1`)
    const tenant = `select 'tenants ' || t::text from tenants t where t.id = $1`
    const people = `select 'users ' || u::text from users u join memberships m on m.user_id = u.id where m.tenant_id = $1`
    const rows = await system.sql<{ row: string }>([...parts, tenant, people].join(' union all '), [tenantId])
    return rows
      .map(({ row }) => row)
      .filter(isKept)
      .sort()
  }

  /** Each name in braces is replaced by each thing of that kind. */
  function pathsOf({ name, http }: AnyOperation): string[] {
    const segments = http.path.split('/')
    const collection = segments[segments.indexOf('{id}') - 1] ?? ''
    const ids = collection === '{object}' ? [...target.recordIds, own.patientId] : (target.idsOf[collection] ?? [])
    const things: Record<string, string[]> = {
      object: name.startsWith('objects.') ? [target.objectSlug] : ['patients', target.objectSlug],
      id: ids,
      otherId: [target.doctorId, target.patientId],
      relation: ['primary_doctor', 'appointments'],
      key: [name.startsWith('roles.') ? 'qx7a_role' : target.fieldKey],
      userId: [target.userId],
      teamId: target.idsOf.teams!,
      exceptionId: target.idsOf.exceptions!,
      slug: ['hospital'],
    }
    return segments.reduce<string[]>(
      (paths, segment) => {
        const choices = segment.startsWith('{') ? things[segment.slice(1, -1)] : [segment]
        if (!choices?.length) throw new Error(`${name} has ${segment} in its path: say in pathsOf what can stand there`)
        return paths.flatMap((path) =>
          choices.map((choice) => (path === '' && segment === '' ? '' : `${path}/${choice}`)),
        )
      },
      [''],
    )
  }

  /** A session of its own for each operation: some end sessions, and some ask for a fresh one. */
  async function freshSession(): Promise<ApiClient> {
    const login = { email: own.email, password: own.password }
    return new ApiClient(system.url, await system.anonymous().post<SignedIn>('/auth/login', login))
  }

  function expectNothingOf(request: string, answer: string): void {
    const told = [...(answer.match(canary) ?? []), ...(answer.match(/1961-02-03|600998877|199\.5/g) ?? [])]
    expect(told.filter((word) => !request.toLowerCase().includes(word.toLowerCase()))).toEqual([])
    const ids = (answer.match(uuid) ?? []).filter((id) => secretIds.has(id) && !request.includes(id))
    expect(ids).toEqual([])
  }

  async function probe(client: ApiClient, method: string, path: string, request: ProbeRequest): Promise<void> {
    const address = path + (request.query ?? '')
    const answer = await client.send(method, address, request.body, request.options)
    const sent = `${method} ${address} ${JSON.stringify(request)}`
    expect(answer.status, `${sent}: ${answer.text.slice(0, 300)}`).toBeLessThan(500)
    const isForeign = (path.match(uuid) ?? []).some((id) => id !== own.patientId) || path.includes('qx7a')
    if (isForeign) expect(answer.status, `${sent}: ${answer.text.slice(0, 300)}`).toBeGreaterThanOrEqual(400)
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
    const rows = await rowsOf(target.tenantId)
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
    const before = await rowsOf(target.tenantId)
    for (const operation of system.system.registry.operations) {
      const client = await freshSession()
      for (const path of pathsOf(operation)) {
        for (const request of probes[operation.name]!(target, own)) {
          await probe(client, operation.http.method, path, request)
        }
      }
      expect(await rowsOf(target.tenantId), `${operation.name} changed the other workspace`).toEqual(before)
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
