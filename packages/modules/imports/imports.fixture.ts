/** A workspace on a real database and queue, for the tests of imports and exports. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { DiskStorage } from '@oneforge/adapters/storage'
import { Database, newId, sql } from '@oneforge/kernel/database'
import { createJobs, type Jobs, prepareJobs } from '@oneforge/kernel/jobs'
import {
  bumpVersion,
  insertObjects,
  type ObjectDefinition,
  type RoleDefinition,
  upsertRoles,
} from '@oneforge/kernel/metadata'
import { type HttpAnswer, OperationRegistry, OperationRunner, type Principal } from '@oneforge/kernel/operations'
import { createExports } from '@oneforge/modules/exports'
import { jobOperations, LongJobs } from '@oneforge/modules/jobs'
import { recordOperations } from '@oneforge/modules/records'
import { cloneDatabase, type TestDatabase } from '../../../tests/postgres.ts'
import { createImports } from './index.ts'

const text = (key: string) => ({ key, label: { en: key.replaceAll('_', ' ') }, type: 'text' as const })

export const doctors: ObjectDefinition = {
  slug: 'doctors',
  label: { en: 'Doctor' },
  labelPlural: { en: 'Doctors' },
  icon: 'stethoscope',
  numberPrefix: 'DOC-',
  roles: { title: 'full_name', email: 'email' },
  fields: [
    { ...text('full_name'), required: true },
    { key: 'email', label: { en: 'E-mail' }, type: 'email' },
  ],
}

export const patients: ObjectDefinition = {
  slug: 'patients',
  label: { en: 'Patient' },
  labelPlural: { en: 'Patients' },
  icon: 'user',
  numberPrefix: 'PAT-',
  roles: { title: 'full_name', email: 'email', phone: 'phone' },
  fields: [
    { ...text('full_name'), label: { en: 'Full name' }, required: true, searchable: true },
    { key: 'email', label: { en: 'E-mail' }, type: 'email' },
    { key: 'phone', label: { en: 'Phone' }, type: 'phone' },
    {
      key: 'date_of_birth',
      label: { en: 'Date of birth' },
      type: 'date',
      sortable: true,
      rules: { notAfter: 'today' },
    },
    { ...text('national_id'), label: { en: 'National ID' }, unique: true },
    {
      key: 'gender',
      label: { en: 'Gender' },
      type: 'select',
      options: [
        { value: 'female', label: { en: 'Female' } },
        { value: 'male', label: { en: 'Male' } },
      ],
    },
    { key: 'balance', label: { en: 'Balance' }, type: 'money' },
    { key: 'tags', label: { en: 'Tags' }, type: 'tags' },
    { key: 'notes', label: { en: 'Notes' }, type: 'longtext' },
    {
      key: 'doctor',
      label: { en: 'Doctor' },
      type: 'relation',
      relation: { object: 'doctors', inverse: { key: 'patients', label: { en: 'Patients' } } },
    },
    { key: 'contact', label: { en: 'Contact person' }, type: 'user' },
  ],
}

const options = (...values: string[]) => values.map((value) => ({ value, label: { en: value } }))

/** With a pipeline that asks for all that a pipeline can ask for. */
export const deals: ObjectDefinition = {
  slug: 'deals',
  label: { en: 'Deal' },
  labelPlural: { en: 'Deals' },
  icon: 'coins',
  numberPrefix: 'DEA-',
  roles: { title: 'name', stage: 'stage', amount: 'amount' },
  fields: [
    { ...text('name'), required: true },
    { ...text('code'), unique: true },
    { key: 'amount', label: { en: 'Amount' }, type: 'money' },
    {
      key: 'stage',
      label: { en: 'Stage' },
      type: 'select',
      options: options('new', 'offer', 'won', 'lost'),
    },
    {
      key: 'doctor',
      label: { en: 'Doctor' },
      type: 'relation',
      relation: { object: 'doctors', inverse: { key: 'deals', label: { en: 'Deals' } } },
    },
  ],
  pipelines: [
    {
      key: 'main',
      label: { en: 'Sales' },
      field: 'stage',
      stages: [
        { value: 'new', label: { en: 'new' }, moves: ['offer', 'lost'] },
        {
          value: 'offer',
          label: { en: 'offer' },
          requires: ['amount'],
          checklist: [{ key: 'called', label: { en: 'Called' }, required: true }],
        },
        { value: 'won', label: { en: 'won' }, kind: 'won', moves: [] },
        { value: 'lost', label: { en: 'lost' }, kind: 'lost', reasons: { required: true, options: options('price') } },
      ],
    },
  ],
}

const everything = {
  create: 'all',
  read: 'all',
  update: 'all',
  delete: 'all',
  import: 'all',
  export: 'all',
  assign: 'all',
} as const
const roles: RoleDefinition[] = [
  { key: 'owner', label: { en: 'Owner' }, objects: { '*': everything }, admin: ['*'] },
  {
    key: 'agent',
    label: { en: 'Agent' },
    objects: {
      patients: {
        create: 'all',
        read: 'own',
        update: 'own',
        import: 'all',
        export: 'own',
        fields: { balance: 'hidden', notes: 'read' },
      },
      doctors: { read: 'own' },
    },
  },
  { key: 'reader', label: { en: 'Reader' }, objects: { patients: { read: 'all' } } },
]

export interface Job {
  id: string
  status: string
  progress: number
  result: Record<string, unknown>
  errors: { line?: number; field?: string; message: string }[]
}

/** A job that fails unexpectedly should be seen, not waited for. */
const log = { debug() {}, info() {}, warn: console.warn, error: console.error }

export class TestWorkspace {
  readonly tenantId = newId()
  readonly longJobs: LongJobs
  readonly database: Database
  readonly owner: Principal
  readonly agent: Principal
  readonly reader: Principal
  readonly cloned: TestDatabase
  /** Where its files lie. */
  readonly directory: string
  private readonly queue: Jobs
  private readonly registry: OperationRegistry
  private readonly runner: OperationRunner

  /** @param options.work false leaves jobs in the queue, for tests that run them themselves. */
  static async open({ work = true }: { work?: boolean } = {}): Promise<TestWorkspace> {
    const cloned = await cloneDatabase()
    await prepareJobs(cloned.ownerUrl)
    const directory = await mkdtemp(join(tmpdir(), 'oneforge-imports-'))
    const workspace = new TestWorkspace(cloned, directory)
    await workspace.queue.start({ work })
    await workspace.makeTenant()
    return workspace
  }

  private constructor(cloned: TestDatabase, directory: string) {
    this.cloned = cloned
    this.directory = directory
    this.database = new Database({ url: cloned.appUrl })
    this.longJobs = new LongJobs({
      database: this.database,
      enqueue: (tx, kind, payload) => this.queue.enqueue(tx, kind, payload),
    })
    const storage = new DiskStorage(directory)
    const imports = createImports({ storage, longJobs: this.longJobs })
    const exports = createExports({ storage, longJobs: this.longJobs })
    this.queue = createJobs({ appUrl: cloned.appUrl, kinds: [this.longJobs.queueKind], log })
    this.registry = new OperationRegistry([
      ...imports.operations,
      ...exports.operations,
      ...jobOperations(this.longJobs),
      ...recordOperations,
    ])
    this.runner = new OperationRunner(this.database)
    this.owner = this.principal()
    this.agent = this.principal()
    this.reader = this.principal()
  }

  private principal(): Principal {
    return { userId: newId(), tenantId: this.tenantId, sessionId: null }
  }

  async close(): Promise<void> {
    await this.queue.stop()
    await this.database.close()
    await this.cloned.drop()
    await rm(this.directory, { recursive: true, force: true })
  }

  /** Takes away all records, imports and jobs. */
  async clear(): Promise<void> {
    const { tenantId } = this
    await this.database.transaction({ tenantId }, async (tx) => {
      for (const table of ['imports', 'uploads', 'jobs', 'unique_values', 'links', 'records']) {
        await tx.query(sql`delete from ${sql.table(table)} where tenant_id = ${tenantId}`)
      }
      await tx.query(sql`update record_counters set last_number = 0, live = 0 where tenant_id = ${tenantId}`)
    })
  }

  private async makeTenant(): Promise<void> {
    const { tenantId } = this
    await this.database.transaction({ tenantId }, async (tx) => {
      await tx.query(sql`insert into tenants (id, name, slug, plan, currency, time_zone)
        values (${tenantId}, 'Test', ${`t-${tenantId}`}, 'enterprise', 'AUD', 'Australia/Perth')`)
      const objects = [doctors, patients, deals].map((definition, position) => ({ id: newId(), definition, position }))
      await insertObjects(tx, tenantId, objects, new Map())
      await upsertRoles(tx, tenantId, roles)
    })
    for (const key of ['owner', 'agent', 'reader'] as const) await this.addMember(this[key].userId, key)
  }

  private async addMember(userId: string, role: string): Promise<void> {
    const { tenantId } = this
    await this.database.transaction({ tenantId, userId }, async (tx) => {
      await tx.batch([
        sql`insert into users (id, email, name) values (${userId}, ${`${role}@example.com`}, ${`The ${role}`})`,
        sql`insert into memberships (tenant_id, user_id) values (${tenantId}, ${userId})`,
      ])
    })
    await this.setRole({ userId }, role)
  }

  /** Gives the member this role and no other. */
  async setRole({ userId }: { userId: string }, role: string): Promise<void> {
    const { tenantId } = this
    await this.database.transaction({ tenantId }, async (tx) => {
      await bumpVersion(tx, tenantId)
      await tx.batch([
        sql`delete from membership_roles where tenant_id = ${tenantId} and user_id = ${userId}`,
        sql`insert into membership_roles (tenant_id, user_id, role_id)
            select ${tenantId}, ${userId}, id from roles where tenant_id = ${tenantId} and key = ${role}`,
      ])
    })
  }

  async call<T>(
    name: string,
    input: unknown,
    { as = this.owner, request }: { as?: Principal; request?: Request } = {},
  ): Promise<T> {
    const facts = {
      requestId: newId(),
      locale: 'en',
      ip: null,
      userAgent: null,
      source: 'api' as const,
      now: new Date(),
    }
    return (await this.runner.run({ operation: this.registry.get(name)!, input, facts, principal: as, request })) as T
  }

  /** Sends a file as a form would. */
  send<T>(
    name: 'imports.preview' | 'imports.start',
    object: string,
    content: string | Buffer,
    settings: object = {},
    as = this.owner,
  ): Promise<T> {
    const form = new FormData()
    for (const [key, value] of Object.entries(settings)) {
      form.set(key, typeof value === 'string' ? value : JSON.stringify(value))
    }
    form.set('file', new File([Buffer.from(content)], 'people.csv'))
    const request = new Request('http://localhost/', { method: 'POST', body: form })
    return this.call<T>(name, { object }, { as, request })
  }

  sendSettings<T>(
    name: 'imports.preview' | 'imports.start',
    object: string,
    settings: object,
    as = this.owner,
  ): Promise<T> {
    const headers = { 'content-type': 'application/json' }
    const request = new Request('http://localhost/', { method: 'POST', headers, body: JSON.stringify(settings) })
    return this.call<T>(name, { object }, { as, request })
  }

  /** Imports a file to its end. */
  async import(
    content: string | Buffer,
    settings: object = {},
    { object = 'patients', as = this.owner } = {},
  ): Promise<Job> {
    const { jobId } = await this.send<{ jobId: string }>('imports.start', object, content, settings, as)
    return this.ended(jobId)
  }

  async undo(importId: unknown, as = this.owner): Promise<Job> {
    const { jobId } = await this.call<{ jobId: string }>('imports.undo', { id: importId }, { as })
    return this.ended(jobId)
  }

  job(id: string): Promise<Job> {
    return this.call<Job>('jobs.get', { id })
  }

  async ended(id: string): Promise<Job> {
    for (;;) {
      const job = await this.job(id)
      if (job.status !== 'pending' && job.status !== 'processing') return job
      await sleep(20)
    }
  }

  /** Runs a job here and now, as a worker would. */
  async work(jobId: string, signal: AbortSignal = new AbortController().signal): Promise<void> {
    await this.longJobs.run(this.tenantId, jobId, { signal })
  }

  async refused(jobId: string): Promise<string> {
    const answer = await this.call<HttpAnswer>('imports.refused', { id: jobId })
    return new Response(answer.body as ReadableStream).text()
  }

  async records(object = 'patients'): Promise<Record<string, unknown>[]> {
    const list = await this.call<{ items: Record<string, unknown>[] }>('records.list', {
      object,
      limit: 200,
      sort: ['createdAt'],
      cursor: '',
    })
    return list.items
  }

  async create(object: string, data: object): Promise<{ id: string }> {
    return this.call('records.create', { object, data })
  }
}
