import { randomUUID } from 'node:crypto'
import { forgetOperationLog } from '@oneforge/kernel/audit'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Answer, ApiClient, type Json, type RequestOptions } from '../../../tests/client.ts'
import { addMember, defineRole, PASSWORD, type RunningSystem, startSystem } from '../../../tests/server.ts'

let system: RunningSystem
let owner: ApiClient
let patients: Json[]
let doctor: Json

const canary = 'zebra-canary'
const person = { date_of_birth: '1980-01-01', phone: '+34600000001', notes: `${canary} notes`, allergies: [canary] }

interface Entry {
  operation: string
  kind: string
  actor_id: string | null
  tenant_id: string
  object: string | null
  record_ids: string[]
  record_count: number
  outcome: string
  error_code: string | null
  duration_ms: number
}

/** Sends a request and shows what it left in the log. */
async function logged(
  client: ApiClient,
  method: string,
  path: string,
  body?: unknown,
  options: RequestOptions = {},
): Promise<{ answer: Answer; entries: Entry[] }> {
  const requestId = `test-${randomUUID()}`
  const headers = { ...options.headers, 'x-request-id': requestId }
  const answer = await client.send(method, path, body, { ...options, headers })
  return { answer, entries: await entriesOf(requestId) }
}

const entriesOf = (requestId: string): Promise<Entry[]> =>
  system.sql<Entry>(
    `select operation, kind, actor_id, tenant_id, object, record_ids, record_count, outcome, error_code, duration_ms
     from operation_log where request_id = $1`,
    [requestId],
  )

beforeAll(async () => {
  system = await startSystem()
  owner = await system.register({ template: 'hospital' })
  doctor = await owner.post('/doctors', { full_name: 'Doc' })
  patients = []
  for (const name of ['Ana', 'Eva', 'Luz']) {
    const patient = { ...person, full_name: `${canary} ${name}`, primary_doctor: doctor.id }
    patients.push(await owner.post('/patients', patient))
  }
})
afterAll(() => system.stop())

const idsOf = (records: Json[]): string[] => records.map((record) => record.id).sort()
const done = { outcome: 'done', error_code: null }
const failed = (error_code: string) => ({ outcome: 'failed', error_code })

describe('a read of protected health information leaves one entry with the records it showed', () => {
  it.each([
    ['get', '/patients/{0}', 'records.get', [0]],
    ['get with related records', '/patients/{0}?include=primary_doctor', 'records.get', [0, 'doctor']],
    ['list', '/patients', 'records.list', [0, 1, 2]],
    ['page', '/patients?limit=2&sort=createdAt', 'records.list', [0, 1]],
    ['cursor', '/patients?cursor=&limit=2&sort=createdAt', 'records.list', [0, 1]],
    ['last page by cursor', '/patients?cursor=&limit=3&sort=-full_name', 'records.list', [0, 1, 2]],
    ['nullable sort', '/patients?cursor=&limit=2&sort=email,createdAt', 'records.list', [0, 1]],
    ['list with related records', '/patients?include=primary_doctor', 'records.list', [0, 1, 2, 'doctor']],
    ['object search', '/patients/search?q=zebra', 'records.searchObject', [0, 1, 2]],
    ['search', '/search?q=zebra', 'records.search', [0, 1, 2]],
    ['history', '/patients/{0}/history', 'records.history', [0]],
    ['activities', '/patients/{0}/activities', 'activities.list', [0]],
    ['links', '/doctors/{doctor}/links/patients', 'records.links', [0, 1, 2, 'doctor']],
    ['export', '/patients/export', 'exports.stream', [0, 1, 2]],
  ] as const)('%s', async (_, path, operation, touched) => {
    const there = path.replace('{0}', patients[0].id).replace('{doctor}', doctor.id)
    const { answer, entries } = await logged(owner, 'GET', there)
    expect(answer.status).toBe(200)
    const ids = touched.map((one) => (one === 'doctor' ? doctor.id : patients[one].id)).sort()
    expect(entries).toMatchObject([
      { ...done, operation, kind: 'query', record_count: ids.length, actor_id: owner.userId },
    ])
    expect(entries[0]!.record_ids.toSorted()).toEqual(ids)
    expect(entries[0]!.tenant_id).toBe(owner.tenantId)
    expect(entries[0]!.duration_ms).toBeGreaterThanOrEqual(0)
  })

  it('counts and sums, which name none', async () => {
    for (const [path, body] of [
      ['/patients/count', {}],
      ['/patients/aggregate', { measures: [{ op: 'count' }] }],
    ] as const) {
      const { entries } = await logged(owner, 'POST', path, body)
      expect(entries).toMatchObject([{ ...done, object: 'patients', record_ids: [], record_count: 0 }])
    }
  })

  it('keeps the order of lists', async () => {
    const names = (await owner.get('/patients?sort=-full_name')).map((one: Json) => one.full_name)
    expect(names).toEqual([...names].sort().reverse())
  })

  it('also where it failed', async () => {
    const nowhere = randomUUID()
    const missing = await logged(owner, 'GET', `/patients/${nowhere}`)
    expect(missing.answer.status).toBe(404)
    expect(missing.entries).toMatchObject([{ ...failed('NOT_FOUND'), operation: 'records.get', record_count: 0 }])
    const wrong = await logged(owner, 'GET', '/patients?sort=nonsense')
    expect(wrong.entries).toMatchObject([{ ...failed('VALIDATION_ERROR'), operation: 'records.list' }])
    await defineRole(system, owner.tenantId, 'outsider', { objects: {} })
    const outsider = await addMember(system, owner.tenantId, ['outsider'])
    const refused = await logged(outsider, 'GET', '/patients')
    expect(refused.entries).toMatchObject([{ ...failed('NOT_FOUND'), actor_id: outsider.userId }])
  })

  it('and none where nothing of that kind was read', async () => {
    await owner.post('/objects', {
      slug: 'parts',
      label: 'Part',
      labelPlural: 'Parts',
      fields: [{ key: 'name', label: 'Name', type: 'text' }],
    })
    const { id } = await owner.post('/parts', { name: 'Screw' })
    for (const path of [`/parts/${id}`, '/parts', '/parts?cursor=', `/parts/${id}/history`, '/workspace', '/objects']) {
      expect([path, (await logged(owner, 'GET', path)).entries]).toEqual([path, []])
    }
  })

  it('and none where only versions are asked for, which tell nothing of the records', async () => {
    const asked = (body: Json) => logged(owner, 'POST', '/patients/versions', body)
    const all = await asked({})
    expect(all.entries).toEqual([])
    expect(idsOf(all.answer.data)).toEqual(idsOf(patients))
    expect(Object.keys(all.answer.data[0]).sort()).toEqual(['deleted', 'id', 'updatedAt', 'version'])
    const { id } = await owner.post('/patients', { ...person, full_name: 'Passing' })
    const [{ updatedAt }] = (await asked({ ids: [id] })).answer.data
    await owner.send('DELETE', `/patients/${id}`)
    const [gone] = (await asked({ since: updatedAt })).answer.data
    expect(gone).toMatchObject({ id, version: 2, deleted: true })
    for (const wrong of [{ ids: ['x'] }, { since: 'yesterday' }, { limit: 500 }, { filter: {} }]) {
      expect([wrong, (await owner.send('POST', '/patients/versions', wrong)).status]).toEqual([wrong, 400])
    }
  })

  it('once, when the workspace has changed meanwhile', async () => {
    await system.sql('update tenants set version = version + 1 where id = $1', [owner.tenantId])
    const { entries } = await logged(owner, 'GET', '/patients')
    expect(entries).toMatchObject([{ ...done, record_count: 3 }])
  })
})

describe('a command leaves one entry', () => {
  it('in its transaction', async () => {
    const created = await logged(owner, 'POST', '/patients', { ...person, full_name: 'New' })
    const { id } = created.answer.data
    expect(created.entries).toMatchObject([
      { ...done, operation: 'records.create', kind: 'command', object: 'patients', record_ids: [id] },
    ])
    for (const [method, path, body, operation] of [
      ['PATCH', `/patients/${id}`, { full_name: 'Newer' }, 'records.update'],
      ['PATCH', `/patients/${id}`, { full_name: 'Newer' }, 'records.update'],
      ['POST', `/patients/${id}/notes`, { body: canary }, 'activities.addNote'],
      ['DELETE', `/patients/${id}`, undefined, 'records.delete'],
      ['POST', `/patients/${id}/restore`, undefined, 'records.restore'],
      ['PATCH', '/patients/bulk', { ids: [id], updates: { full_name: 'Newest' } }, 'records.bulkUpdate'],
      ['DELETE', '/patients/bulk', { ids: [id] }, 'records.bulkDelete'],
    ] as const) {
      const { entries } = await logged(owner, method, path, body)
      expect(entries).toMatchObject([{ ...done, operation, record_ids: [id], record_count: 1 }])
    }
    const bulk = await logged(owner, 'POST', '/patients/bulk', {
      records: [{ ...person, full_name: 'A' }, { full_name: 'B' }],
    })
    expect(bulk.entries).toMatchObject([{ ...done, record_count: 1 }])
    await owner.send('DELETE', '/patients/bulk', { ids: bulk.entries[0]!.record_ids })
  })

  it('for each repetition of one that runs once', async () => {
    const options = { headers: { 'idempotency-key': 'once' } }
    const first = await logged(owner, 'POST', '/doctors', { full_name: 'Once' }, options)
    const again = await logged(owner, 'POST', '/doctors', { full_name: 'Once' }, options)
    expect(again.answer.data).toEqual(first.answer.data)
    expect(first.entries).toMatchObject([{ ...done, record_count: 1 }])
    expect(again.entries).toMatchObject([{ ...done, record_count: 0 }])
  })

  it('where it failed, after everything else was undone', async () => {
    for (const [method, path, body, code] of [
      ['POST', '/patients', { full_name: canary }, 'VALIDATION_ERROR'],
      ['PATCH', `/patients/${patients[0].id}`, { full_name: 5 }, 'VALIDATION_ERROR'],
      ['DELETE', `/patients/${randomUUID()}`, undefined, 'NOT_FOUND'],
      ['PATCH', '/workspace', { currency: 'nonsense' }, 'VALIDATION_ERROR'],
    ] as const) {
      const { entries } = await logged(owner, method, path, body)
      expect(entries).toMatchObject([{ ...failed(code), kind: 'command' }])
    }
    const stale = await logged(
      owner,
      'PATCH',
      `/patients/${patients[0].id}`,
      { notes: 'x' },
      { headers: { 'if-match': '"99"' } },
    )
    expect(stale.entries).toMatchObject([{ ...failed('CONFLICT'), record_ids: [patients[0].id] }])
  })

  it('of a person’s own account and of strangers too', async () => {
    const { email } = owner.session!.user
    const signedIn = await logged(system.anonymous(), 'POST', '/auth/login', { email, password: PASSWORD })
    expect(signedIn.entries).toMatchObject([
      { ...done, operation: 'auth.login', tenant_id: owner.tenantId, actor_id: owner.userId },
    ])
    const wrong = await logged(system.anonymous(), 'POST', '/auth/login', { email, password: 'wrong password' })
    // One of the call, which belongs to no workspace, and one in each workspace of the account.
    expect(wrong.entries.map(({ tenant_id }) => tenant_id).sort()).toEqual([
      '00000000-0000-0000-0000-000000000000',
      owner.tenantId,
    ])
    for (const entry of wrong.entries) expect(entry).toMatchObject({ ...failed('UNAUTHENTICATED'), actor_id: null })
    const ended = await logged(owner, 'POST', '/auth/sessions/end-others')
    expect(ended.entries).toMatchObject([{ ...done, operation: 'sessions.endOthers', tenant_id: owner.tenantId }])
  })
})

describe('the log', () => {
  it('holds no value of a record', async () => {
    const rows = await system.sql<{ row: string }>('select o::text as row from operation_log o')
    expect(rows.length).toBeGreaterThan(50)
    expect(rows.filter(({ row }) => /zebra|1980-01-01|600000001/.test(row))).toEqual([])
  })

  it('can be added to by the application and changed by nobody, its owner included', async () => {
    const [{ part }] = (await system.sql(
      `select inhrelid::regclass::text as part from pg_inherits where inhparent = 'operation_log'::regclass
       and inhrelid::regclass::text like '%' || to_char(now() at time zone 'UTC', 'YYYY_MM')`,
    )) as [{ part: string }]
    const application = new Client({ connectionString: system.database.appUrl })
    await application.connect()
    try {
      for (const table of ['operation_log', part]) {
        for (const statement of [`update ${table} set outcome = 'done'`, `delete from ${table}`, `truncate ${table}`]) {
          await expect(system.sql(statement), statement).rejects.toThrow('can only be added to')
          await application.query('begin')
          await application.query(`select bind_tenant('${owner.tenantId}', null)`)
          await expect(application.query(statement), statement).rejects.toThrow('permission denied')
          await application.query('rollback')
        }
      }
    } finally {
      await application.end()
    }
  })

  it('has room for a year, made once', async () => {
    const [made] = await system.sql('select prepare_operation_log(12) as missing')
    expect(made).toEqual({ missing: 0 })
    const [row] = await system.sql(
      `select count(*)::int as parts from pg_inherits where inhparent = 'operation_log'::regclass`,
    )
    expect(row).toEqual({ parts: 14 })
    const both = await Promise.all(
      [13, 13].map((months) => system.sql(`select prepare_operation_log(${months}) as made`)),
    )
    expect(both.map(([one]) => (one as { made: number }).made).sort()).toEqual([0, 1])
  })

  it('goes by whole months, a year of it never', async () => {
    const month = (ago: number) => {
      const moment = new Date()
      moment.setUTCDate(1)
      moment.setUTCMonth(moment.getUTCMonth() - ago)
      return moment.toISOString().slice(0, 7)
    }
    const partOf = (ago: number) => `operation_log_${month(ago).replace('-', '_')}`
    for (const ago of [3, 12, 13, 25]) {
      await system.sql(`create table ${partOf(ago)} (like operation_log including defaults including constraints)`)
      const [from, to] = [`${month(ago)}-01 00:00+00`, `${month(ago - 1)}-01 00:00+00`]
      await system.sql(
        `alter table operation_log attach partition ${partOf(ago)} for values from ('${from}') to ('${to}')`,
      )
    }
    await system.sql(
      `insert into operation_log (tenant_id, id, at, actor_kind, kind, operation, outcome, duration_ms, request_id, source)
       select $1, gen_random_uuid(), now() - make_interval(months => ago), 'user', 'query', 'old', 'done', 1, 'r', 'api'
       from unnest('{3,12,13,25}'::int[]) ago`,
      [owner.tenantId],
    )
    const left = async () => (await system.sql("select from operation_log where operation = 'old'")).length
    await forgetOperationLog(system.system.database, 24)
    expect(await left()).toBe(3)
    // Whoever asks for less than a year is given a year; of two at the same time one has nothing to do.
    await Promise.all([1, 1].map((months) => forgetOperationLog(system.system.database, months)))
    expect(await left()).toBe(2)
    await expect(system.sql("delete from operation_log where operation = 'old'")).rejects.toThrow(
      'can only be added to',
    )
  })
})

describe('administrators', () => {
  it('page through it and filter it', async () => {
    const { data, body } = await owner.send('GET', '/audit?limit=3')
    expect(data[0]).toMatchObject({
      actor: { id: owner.userId },
      kind: expect.any(String),
      summary: expect.any(String),
    })
    expect(body.pagination).toMatchObject({ limit: 3, hasNext: true })
    const next = await owner.get(`/audit?limit=3&cursor=${body.pagination.nextCursor}`)
    const times = [...data, ...next].map((entry: Json) => entry.at)
    expect(times).toEqual([...times].sort().reverse())
    expect(new Set(idsOf([...data, ...next])).size).toBe(6)
    const found = async (query: string): Promise<Json[]> => owner.get(`/audit?limit=200&${query}`)
    expect((await found('operation=records.get,records.delete')).map((one) => one.operation)).toContain(
      'records.delete',
    )
    expect((await found('outcome=failed')).every((one) => one.errorCode !== null)).toBe(true)
    expect((await found('kind=query')).every((one) => one.kind === 'query')).toBe(true)
    expect((await found('object=doctors')).every((one) => one.object.slug === 'doctors')).toBe(true)
    expect(await found(`user=${randomUUID()}`)).toEqual([])
    expect(await found('to=2020-01-01')).toEqual([])
    expect((await found('from=2020-01-01')).length).toBeGreaterThan(20)
    for (const query of ['from=2026-02-30', 'cursor=x', 'user=me', 'nonsense=1']) {
      expect([query, (await owner.send('GET', `/audit?${query}`)).status]).toEqual([query, 400])
    }
    const operations = await owner.get('/audit/operations')
    expect(operations).toContainEqual(expect.objectContaining({ name: 'records.get', summary: 'Read a record' }))
  })

  it('see who accessed a record, to the last bulk operation', async () => {
    const entries = await owner.get(`/patients/${patients[0].id}/accesses?limit=200`)
    expect(entries.every((entry: Json) => entry.recordIds.includes(patients[0].id))).toBe(true)
    const operations = new Set(entries.map((entry: Json) => entry.operation))
    for (const operation of ['records.create', 'records.get', 'records.list', 'records.search', 'exports.stream'])
      expect(operations).toContain(operation)
    const few = await owner.send('GET', `/patients/${patients[0].id}/accesses?limit=2&operation=records.list`)
    expect(few.data).toHaveLength(2)
    expect(few.body.pagination.hasNext).toBe(true)
  })

  it('take it out as CSV, which is an entry', async () => {
    const evil = { headers: { 'user-agent': '=HYPERLINK("http://example.com")' } }
    await owner.send('GET', '/patients', undefined, evil)
    const { answer, entries } = await logged(owner, 'GET', '/audit/export?operation=records.list')
    const [header, ...lines] = answer.text.trim().split('\r\n')
    expect(header).toContain('at,actor_id,actor')
    expect(lines.length).toBe((await owner.get('/audit?operation=records.list&limit=200')).length)
    expect(answer.text).not.toMatch(/[,"]=HYPERLINK/)
    expect(entries).toMatchObject([{ ...done, operation: 'audit.export' }])
  })

  it('leave entries themselves when they look at the workspace as somebody else', async () => {
    await defineRole(system, owner.tenantId, 'looked_at', { objects: {} })
    const member = await addMember(system, owner.tenantId, ['looked_at'])
    const options = { headers: { 'x-oneforge-view-as': member.userId } }
    const { answer, entries } = await logged(owner, 'GET', '/workspace', undefined, options)
    expect(answer.status).toBe(200)
    expect(entries).toMatchObject([{ ...done, operation: 'workspace.get', actor_id: owner.userId }])
    const [latest] = await owner.get('/audit?operation=workspace.get&limit=1')
    expect(latest).toMatchObject({ actor: { id: owner.userId }, viewedAs: { id: member.userId } })
  })

  it('see who tried to sign in as a member of theirs, in each workspace of that person', async () => {
    const member = await addMember(system, owner.tenantId, ['owner'])
    const { email } = member.session!.user
    const own = await system.anonymous().post('/auth/login', { email, password: PASSWORD })
    const login = { email, password: 'a wrong password' }
    const { answer } = await logged(system.anonymous(), 'POST', '/auth/login', login)
    const unknown = await logged(system.anonymous(), 'POST', '/auth/login', { ...login, email: 'nobody@example.com' })
    expect(answer.error).toEqual(unknown.answer.error)
    expect(unknown.entries).toHaveLength(1)
    const tried = { operation: 'auth.login', actor: null, actorKind: 'stranger', outcome: 'failed' }
    const account = { id: member.userId, name: 'Member as owner' }
    for (const client of [owner, new ApiClient(system.url, own)]) {
      const [latest] = await client.get('/audit?operation=auth.login&outcome=failed&limit=1')
      expect(latest).toMatchObject({ ...tried, account })
      expect(await client.get(`/audit?record=${member.userId}`)).toMatchObject([{ ...tried, account }])
    }
  })

  it('are told once that somebody begins to look at the workspace as somebody else', async () => {
    const member = await addMember(system, owner.tenantId, ['owner'])
    const { entries } = await logged(owner, 'POST', '/access/view-as', { userId: member.userId })
    expect(entries).toMatchObject([{ ...done, operation: 'access.viewAs', actor_id: owner.userId }])
    const told = await system.sql(
      "select from audit_entries where tenant_id = $1 and action = 'view_as.started' and changes ->> 'user' = $2",
      [owner.tenantId, member.userId],
    )
    expect(told).toHaveLength(1)
  })

  it('and nobody else, least of all of another workspace', async () => {
    await defineRole(system, owner.tenantId, 'reader', { objects: { '*': { read: 'all' } } })
    const reader = await addMember(system, owner.tenantId, ['reader'])
    const stranger = await system.register({ template: 'hospital' })
    for (const path of ['/audit', '/audit/export', '/audit/operations', `/patients/${patients[0].id}/accesses`]) {
      expect([path, (await reader.send('GET', path)).status]).toEqual([path, 403])
    }
    expect((await stranger.send('GET', `/patients/${patients[0].id}/accesses`)).status).toBe(404)
    const own = await stranger.get('/audit?limit=200')
    expect(own.map((entry: Json) => entry.operation)).toEqual(['templates.apply', 'auth.register'])
  })
})
