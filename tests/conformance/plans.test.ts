/**
 * Plans are promises: on 50,000 records of one workspace among others in the same partition, the statements behind lists
 * walk indexes, as the application's role under row-level security, planned the way the application has them planned.
 */
import { compile, type Statement } from '@oneforge/kernel/database'
import { Client, escapeLiteral } from 'pg'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { Transaction } from '../../packages/kernel/database/database.ts'
import { type ApiClient, endedJob, type Json } from '../client.ts'
import { testServers } from '../postgres.ts'
import { addMember, defineRole, type RunningSystem, startSystem } from '../server.ts'

const size = 50_000
/** Rows that stand in a table since the planner's statistics of it were taken. */
const fresh = 20_000
/** Rows that a page of 50 may touch in all nodes of its plan together. */
const rowsOfPage = 700

interface PlanNode {
  'Node Type': string
  'Relation Name'?: string
  'Index Name'?: string
  'Actual Rows': number
  'Actual Loops': number
  'Rows Removed by Filter'?: number
  'Rows Removed by Index Recheck'?: number
  Plans?: PlanNode[]
}

describe.each(testServers())('on PostgreSQL $majorVersion', (server) => {
  let system: RunningSystem
  let owner: ApiClient
  let member: ApiClient
  let application: Client
  /** `records_3_object_id_stage_idx` belongs to `records_stage`: partitions name theirs after columns. */
  let familyOf: Map<string, string>

  beforeAll(async () => {
    system = await startSystem({ server })
    owner = await system.register({ template: 'hospital' })
    await defineRole(system, owner.tenantId, 'own', { objects: { patients: { read: 'own' } } })
    member = await addMember(system, owner.tenantId, ['own'])
    await fill()
    const inherited = await system.sql<{ child: string; parent: string }>(
      `select c.relname as child, replace(p.relname, 'records_', '') as parent from pg_inherits i
       join pg_class c on c.oid = i.inhrelid join pg_class p on p.oid = i.inhparent where p.relkind = 'I'`,
    )
    familyOf = new Map(inherited.map(({ child, parent }) => [child, parent]))
    application = new Client({ connectionString: system.database.appUrl })
    await application.connect()
  }, 180_000)
  afterAll(async () => {
    await application.end()
    await system.stop()
  })

  /** Copies one record many times with other values, for this workspace and for another in the same partition. */
  async function fill(): Promise<void> {
    const person = { full_name: 'Ann Lee', date_of_birth: '1980-04-30', phone: '+14155550123' }
    const { id } = await owner.post('/patients', person)
    const slots = await system.sql<{ key: string; slot: number }>(
      `select f.key, f.slot from fields f join objects o on o.tenant_id = f.tenant_id and o.id = f.object_id
       where f.tenant_id = $1 and o.slug = 'patients' and f.slot is not null`,
      [owner.tenantId],
    )
    const born = `s${slots.find((row) => row.key === 'date_of_birth')!.slot}`
    const [other] = await system.sql<{ tenant: string; object: string }>(
      `with wanted as (select tableoid::regclass::text as part from records where tenant_id = $1 limit 1),
         tenant as (insert into tenants (id, name, slug, plan)
           select u, 'Neighbour', 'neighbour', 'unlimited' from (select gen_random_uuid() as u from generate_series(1, 500)) c, wanted
           where satisfies_hash_partition('records'::regclass, 8, right(wanted.part, 1)::int, u) limit 1 returning id)
       insert into objects (tenant_id, id, slug, definition) select id, gen_random_uuid(), 'patients', '{}' from tenant
       returning tenant_id as tenant, id as object`,
      [owner.tenantId],
    )
    const copy = (tenant: string, object: string) => `
      insert into records (tenant_id, object_id, id, record_number, title, title_key, stage, owner_id, email, phone, search, ${born}, data, created_at, updated_at)
      select ${tenant}, ${object}, gen_random_uuid(), 'PAT-' || lpad((n + 10)::text, 6, '0'), 'Person ' || n, 'person ' || n,
        (array['New', 'Active', 'Discharged', 'Deceased'])[1 + n % 4],
        case when n % 100 = 0 then $2::uuid end, 'person' || n || '@example.com', '+1415' || (1000000 + n),
        'pat-' || lpad((n + 10)::text, 6, '0') || ' person ' || n || ' quux' || (n % 5000),
        to_char(date '1920-01-01' + n % 30000, 'YYYY-MM-DD'),
        jsonb_build_object('full_name', 'Person ' || n, 'insurance_number', 'INS' || n, 'gender', 'Female'),
        now() - n * interval '1 minute', now() - n * interval '1 minute'
      from generate_series(1, ${size}) n, records r where r.id = $1`
    await system.sql(copy('r.tenant_id', 'r.object_id'), [id, member.userId])
    await system.sql(copy(escapeLiteral(other!.tenant), escapeLiteral(other!.object)), [id, member.userId])
    await system.sql('analyze records')
    await linkAll()
  }

  /** Gives every patient one of 20 doctors. */
  async function linkAll(): Promise<void> {
    const doctors = Array.from({ length: 20 }, (_, n) => ({ full_name: `Doctor ${n}` }))
    const { results } = await owner.post('/doctors/bulk', { records: doctors })
    await system.sql(
      `insert into links (tenant_id, relation_id, from_id, to_id, from_single)
       select r.tenant_id, x.id, r.id, ($2::uuid[])[1 + (hashtext(r.id::text) & 15)], true
       from records r join objects o on o.tenant_id = r.tenant_id and o.id = r.object_id and o.slug = 'patients'
         join fields f on f.tenant_id = o.tenant_id and f.object_id = o.id and f.key = 'primary_doctor'
         join relations x on x.tenant_id = f.tenant_id and x.field_id = f.id
       where r.tenant_id = $1`,
      [owner.tenantId, results.map((result: Json) => result.id)],
    )
    await system.sql('analyze links')
  }

  /** An object with 20,000 codes that are taken, of which the planner's statistics know nothing. */
  async function takeCodes(): Promise<string[]> {
    await system.sql('alter table unique_values set (autovacuum_enabled = false)')
    await system.sql('analyze unique_values')
    const fields = [
      { key: 'name', label: 'Name', type: 'text' },
      { key: 'code', label: 'Code', type: 'text', unique: true },
    ]
    const things = await owner.post('/objects', { slug: 'things', label: 'Thing', labelPlural: 'Things', fields })
    const codeId = things.fields.find((field: Json) => field.key === 'code').id
    const rows = await system.sql<{ id: string }>(
      `with made as (
         insert into records (tenant_id, object_id, id, record_number, title, title_key, data)
         select $1, $2, gen_random_uuid(), 'THI-' || n, 'Thing ' || n, 'thing ' || n,
           jsonb_build_object('name', 'Thing ' || n, 'code', 'code-' || n)
         from generate_series(1, ${fresh}) n returning tenant_id, id, data ->> 'code' as code
       ), taken as (
         insert into unique_values (tenant_id, field_id, value, record_id) select tenant_id, $3, code, id from made
       ) select id from made`,
      [owner.tenantId, things.id, codeId],
    )
    return rows.map(({ id }) => id)
  }

  /** The statements that match, of all that are made while something is done. */
  async function statementsLike(wanted: RegExp, act: () => Promise<unknown>): Promise<Statement[]> {
    const [batch, query] = [vi.spyOn(Transaction.prototype, 'batch'), vi.spyOn(Transaction.prototype, 'query')]
    try {
      await act()
      const queries = [...batch.mock.calls.flatMap(([some]) => some), ...query.mock.calls.map(([one]) => one)]
      return queries.map(compile).filter(({ text }) => wanted.test(text))
    } finally {
      batch.mockRestore()
      query.mockRestore()
    }
  }

  async function importOne(): Promise<void> {
    const preview = await owner.send('POST', '/patients/import/preview', undefined, {
      raw: 'full_name,date_of_birth,phone\nMia Wong,1990-01-02,+14155550199\n',
      headers: { 'content-type': 'text/csv' },
    })
    const { jobId } = await owner.post('/patients/import', { uploadId: preview.data.uploadId })
    expect(await endedJob(owner, jobId)).toMatchObject({ status: 'completed' })
  }

  /** The statements on records that a request makes. */
  async function statementsOf(client: ApiClient, path: string): Promise<Statement[]> {
    const spies = [vi.spyOn(Transaction.prototype, 'batch'), vi.spyOn(Transaction.prototype, 'finalBatch')]
    try {
      const answer = await client.send('GET', path)
      expect(answer.status, answer.text).toBe(200)
      expect(answer.data.length, `${path} finds something`).toBeGreaterThan(0)
      const statements = spies.flatMap((spy) => spy.mock.calls.flatMap(([queries]) => queries.map(compile)))
      return statements.filter((statement) => /\bfrom records\b/.test(statement.text))
    } finally {
      for (const spy of spies) spy.mockRestore()
    }
  }

  async function explain({ text, values, planned, walking }: Statement): Promise<PlanNode[]> {
    await application.query('begin')
    try {
      await application.query('select bind_tenant($1, null)', [owner.tenantId])
      await application.query(`set local plan_cache_mode = force_${planned ? 'custom' : 'generic'}_plan`)
      if (walking) await application.query('set local enable_sort = off')
      await application.query(`prepare explained as ${text}`)
      const literals = values.map(asLiteral).join(', ')
      const { rows } = await application.query<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(
        `explain (analyze, format json) execute explained${literals ? `(${literals})` : ''}`,
      )
      return nodesOf(rows[0]!['QUERY PLAN'][0].Plan)
    } finally {
      await application.query('rollback')
      await application.query('deallocate all')
    }
  }

  /** The names of the indexes that a request walks; fails on a sequential scan of records. */
  async function indexesOf(client: ApiClient, path: string, options: { counts?: boolean } = {}): Promise<string[]> {
    const indexes = new Set<string>()
    for (const statement of await statementsOf(client, path)) {
      const nodes = await explain(statement)
      const shown = `${path}:\n${statement.text}\n${JSON.stringify(nodes.map(brief), null, 1)}`
      expect(
        nodes.filter((node) => node['Node Type'] === 'Seq Scan' && isRecords(node)),
        shown,
      ).toEqual([])
      if (!options.counts || !/select count/.test(statement.text)) {
        expect(
          nodes.reduce((sum, node) => sum + touched(node), 0),
          shown,
        ).toBeLessThan(rowsOfPage)
      }
      for (const node of nodes) indexes.add(familyOf.get(node['Index Name'] ?? '') ?? 'another')
    }
    return [...indexes]
  }

  it.each([
    ['by stage', '/patients?status=Active&limit=50&cursor=', 'stage'],
    ['by a sortable field, upwards', '/patients?sort=date_of_birth&limit=50&cursor=', 's1'],
    ['by a sortable field, downwards', '/patients?sort=-date_of_birth&limit=50&cursor=', 's1'],
    ['by title', '/patients?sort=full_name&limit=50&cursor=', 'title'],
    ['by creation', '/patients?limit=50&cursor=', 'created'],
    ['by change', '/patients?sort=-updatedAt&limit=50&cursor=', 'updated'],
    ['by search of a rare word', '/patients?search=quux4321&limit=50&cursor=', 'search'],
    ['by part of a title', '/patients?search=erson%2012345&limit=50&cursor=', 'search'],
    ['by a field without an order', '/patients?insurance_number=INS4321&limit=50&cursor=', 'words_and_data'],
    ['by e-mail', '/patients?email=person4321@example.com&limit=50&cursor=', 'email'],
    ['by phone', '/patients?phone=%2B14151004321&limit=50&cursor=', 'phone'],
    ['by the beginning of a title', '/patients?full_name[startsWith]=Person%204321&limit=50&cursor=', 'title'],
    ['by a range of a sortable field', '/patients?date_of_birth[between]=1950-01-01,1950-01-05&limit=50&cursor=', 's1'],
    ['by record number', '/patients?recordNumber=PAT-004321&limit=50&cursor=', 'number'],
  ])('a list %s walks an index', async (_, path, index) => {
    expect(await indexesOf(owner, path)).toContain(index)
  })

  it.each([
    'primary_doctor.patients.primary_doctor.patients.primary_doctor.full_name[startsWith]=Doctor',
    'primary_doctor.patients.primary_doctor.patients.primary_doctor[notEmpty]=true',
  ])('a filter over five relations walks the indexes of links and records: %s', async (filter) => {
    const [statement] = await statementsOf(owner, `/patients?${filter}&limit=50&cursor=`)
    const nodes = await explain(statement!)
    const shown = `${statement!.text}\n${JSON.stringify(nodes.map(brief), null, 1)}`
    const read = nodes.filter((node) => isRecords(node) || node['Relation Name'] === 'links')
    expect(
      read.filter((node) => node['Node Type'] === 'Seq Scan'),
      shown,
    ).toEqual([])
    expect(read.filter(({ 'Relation Name': name }) => name === 'links').length, shown).toBeGreaterThanOrEqual(5)
    expect(
      nodes.reduce((sum, node) => sum + touched(node), 0),
      shown,
    ).toBeLessThan(rowsOfPage)
  })

  const doctorNamed = async (name: string): Promise<string> =>
    (await owner.send('GET', `/doctors?full_name=${encodeURIComponent(name)}`)).data[0].id

  /** The ids of a doctor's patients, the latest first, as they stand in the tables. */
  async function patientsOf(doctorId: string): Promise<string[]> {
    const rows = await system.sql<{ id: string }>(
      `select r.id from records r where r.tenant_id = $1 and r.id = any(array(
         select from_id from links where tenant_id = $1 and to_id = $2)) order by r.created_at desc, r.id desc`,
      [owner.tenantId, doctorId],
    )
    return rows.map(({ id }) => id)
  }

  it('a list by a name that a sixteenth lead to is read in its order as far as the page goes', async () => {
    const path = '/patients?primary_doctor.full_name=Doctor%203&limit=20&cursor='
    const first = await owner.send('GET', path)
    const second = await owner.send('GET', path + first.body.pagination.nextCursor)
    const expected = await patientsOf(await doctorNamed('Doctor 3'))
    expect([...first.data, ...second.data].map(({ id }: Json) => id)).toEqual(expected.slice(0, 40))
    let read = 0
    for (const statement of await statementsOf(owner, path))
      for (const node of await explain(statement)) read += touched(node)
    expect(read).toBeLessThan(rowsOfPage)
  })

  it('a list by a name that only the oldest lead to is gathered where the walk ends too soon', async () => {
    const doctorId = await doctorNamed('Doctor 17')
    await system.sql(
      `update links set to_id = $2 where tenant_id = $1 and from_id = any(array(
         select r.id from records r join objects o on o.id = r.object_id and o.slug = 'patients'
         where r.tenant_id = $1 order by r.created_at limit 3000))`,
      [owner.tenantId, doctorId],
    )
    const path = '/patients?primary_doctor.full_name=Doctor%2017&limit=50&cursor='
    const found = (await owner.send('GET', path)).data.map(({ id }: Json) => id)
    expect(found).toEqual((await patientsOf(doctorId)).slice(0, 50))
    expect((await statementsOf(owner, path)).map(({ walking }) => walking === true)).toEqual([false, true, false])
  })

  it('a list of one’s own walks the owner’s index', async () => {
    expect(await indexesOf(member, '/patients?limit=50&cursor=')).toContain('owner')
  })

  it.each([
    ['/patients?limit=200&cursor=', 'created'],
    ['/patients?sort=date_of_birth&limit=200&cursor=', 's1'],
    ['/patients?status=New&sort=-createdAt&limit=200&cursor=', 'stage'],
  ])('page 20 of %s costs what page 1 does', async (path, index) => {
    let cursor = ''
    for (let page = 1; page < 20; page++) {
      const answer = await owner.send('GET', path + cursor)
      cursor = answer.body.pagination.nextCursor
    }
    expect(await indexesOf(owner, path.replace('limit=200', 'limit=50') + cursor)).toContain(index)
  })

  it('a page with its total counts along an index', async () => {
    expect(await indexesOf(owner, '/patients?email=person4321@example.com&limit=50', { counts: true })).toContain(
      'email',
    )
    expect(await indexesOf(owner, '/patients?status=Active&limit=50', { counts: true })).toContain('stage')
    expect(await indexesOf(owner, '/patients?limit=50', { counts: true })).toContain('created')
  })

  it('values given up are found among 20,000 just taken without looking through them', {
    timeout: 60_000,
  }, async () => {
    const ids = (await takeCodes()).slice(0, 200)
    const [statement] = await statementsLike(/delete from unique_values/, () =>
      owner.patch('/things/bulk', { ids, updates: { code: null } }),
    )
    await system.sql(
      `insert into unique_values (tenant_id, field_id, value, record_id)
       select f.tenant_id, f.id, 'again-' || r.id, r.id from fields f, records r
       where f.tenant_id = $1 and f.key = 'code' and r.tenant_id = f.tenant_id and r.object_id = f.object_id and r.id = any($2)`,
      [owner.tenantId, ids],
    )
    // The statement names the entries that it writes, and is run once more.
    await system.sql('delete from audit_entries where tenant_id = $1 and record_id = any($2)', [owner.tenantId, ids])
    const read = (await explain(statement!)).filter((node) => node['Relation Name'] === 'unique_values')
    expect(
      read.reduce((sum, node) => sum + readBy(node), 0),
      JSON.stringify(read, null, 1),
    ).toBeLessThan(5 * ids.length)
  })

  it('keys of an import are dropped in one pass', { timeout: 60_000 }, async () => {
    await system.sql('alter table import_keys set (autovacuum_enabled = false)')
    await system.sql('analyze import_keys')
    const [statement] = await statementsLike(/delete from import_keys/, importOne)
    await system.sql(
      `insert into import_keys (tenant_id, import_id, key, line)
       select tenant_id, id, 'key-' || n, n from imports, generate_series(1, ${fresh}) n where tenant_id = $1`,
      [owner.tenantId],
    )
    const read = (await explain(statement!)).filter((node) => node['Relation Name'] === 'import_keys')
    expect(
      read.reduce((sum, node) => sum + readBy(node), 0),
      JSON.stringify(read, null, 1),
    ).toBeLessThan(4 * fresh)
  })

  it('a search of everything walks the index of words', async () => {
    expect(await indexesOf(owner, '/search?q=quux4321')).toContain('words_and_data')
  })
})

const asLiteral = (value: unknown): string => {
  if (value === null || value === undefined) return 'null'
  if (Array.isArray(value)) return escapeLiteral(`{${value.map((item) => JSON.stringify(item)).join(',')}}`)
  return escapeLiteral(value instanceof Date ? value.toISOString() : String(value))
}

const nodesOf = (node: PlanNode): PlanNode[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)]

const isRecords = (node: PlanNode): boolean => /^records(_\d)?$/.test(node['Relation Name'] ?? '')

/** Rows that a node read, whether it gave them on or not. */
const readBy = (node: PlanNode): number =>
  (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0) + (node['Rows Removed by Index Recheck'] ?? 0)) *
  node['Actual Loops']

const touched = (node: PlanNode): number => (isRecords(node) ? readBy(node) : 0)

const brief = (node: PlanNode): Json => ({
  type: node['Node Type'],
  index: node['Index Name'],
  rows: touched(node),
})
