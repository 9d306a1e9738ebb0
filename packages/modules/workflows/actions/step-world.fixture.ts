/** A workspace in which single steps are performed as the engine performs them: on a real server, mail and all. */
import { compilePolicy, systemPolicy } from '@oneforge/kernel/access'
import { newId } from '@oneforge/kernel/database'
import type { RecordContext } from '@oneforge/kernel/records'
import type { ApiClient } from '../../../../tests/client.ts'
import { type RunningSystem, startSystem } from '../../../../tests/server.ts'
import { SmtpTransport } from '../../../adapters/email/index.ts'
import { SmtpInbox } from '../../../adapters/email/smtp-inbox.fixture.ts'
import { OutsideCaller } from '../../../adapters/http/index.ts'
import { HttpSmsGateway } from '../../../adapters/sms/index.ts'
import { RecordMail } from '../../correspondence/index.ts'
import { Outbox } from '../../messaging/index.ts'
import type { ActionStep, Trigger } from '../definition.ts'
import type { Prepared, Scope, StepContext } from '../engine/action.ts'
import { createScope } from '../values/index.ts'
import { createActions } from './index.ts'

/** What a step is performed for. */
export interface StepOptions {
  /** Slug and id of the run's record; none for a workflow about no record. */
  record?: [object: string, id: string]
  /** The role whose rights it has; the system's unless said. */
  runAs?: string
  now?: Date
  trigger?: Trigger
  outputs?: Record<string, unknown>
  variables?: Record<string, unknown>
  item?: [object: string, id: string]
}

export interface Performed {
  input: Prepared
  output: unknown
}

export class StepWorld {
  readonly system: RunningSystem
  readonly client: ApiClient
  readonly inbox: SmtpInbox
  private readonly transport: SmtpTransport
  private readonly smsUrl: string | undefined
  private readonly workflowId: string

  static async start(options: { template: string; smsUrl?: string }): Promise<StepWorld> {
    const inbox = await SmtpInbox.start()
    const system = await startSystem({ smtpUrl: inbox.url })
    const client = await system.register({ template: options.template, workspace: 'Harbour' })
    const workflowId = newId()
    await system.sql(
      `insert into workflows (tenant_id, id, key, definition, enabled) values ($1, $2, 'tried', $3, false)`,
      [
        client.tenantId,
        workflowId,
        JSON.stringify({ key: 'tried', label: { en: 'Tried' }, trigger: { type: 'called' }, steps: [] }),
      ],
    )
    return new StepWorld(system, client, inbox, workflowId, options.smsUrl)
  }

  private constructor(
    system: RunningSystem,
    client: ApiClient,
    inbox: SmtpInbox,
    workflowId: string,
    smsUrl: string | undefined,
  ) {
    this.system = system
    this.client = client
    this.inbox = inbox
    this.workflowId = workflowId
    this.smsUrl = smsUrl
    this.transport = new SmtpTransport({ url: inbox.url, from: 'Harbour <crm@harbour.example>' })
  }

  private kinds() {
    const { database, registry, jobs } = this.system.system
    const mailer = new Outbox({
      database,
      transport: this.transport,
      enqueue: (tx, kind, payload, options) => jobs.enqueue(tx, kind, payload, options),
    })
    return createActions({
      mailer,
      recordMail: new RecordMail({ mailer, domain: undefined }),
      operations: { database, operation: (name) => registry.get(name) },
      outside: new OutsideCaller({ insideAllowed: true }),
      signingSecret: (tenantId) => `secret of ${tenantId}`,
      ...(this.smsUrl ? { sms: new HttpSmsGateway({ url: this.smsUrl, token: 'gateway-token' }) } : {}),
    })
  }

  /** Prepares and performs a step in one transaction, or makes its call to the outside once that has committed. */
  async perform(step: ActionStep, options: StepOptions = {}): Promise<Performed> {
    const kind = this.kinds().get(step.type)!
    const key = newId()
    const { input, output } = await this.within(options, async (context) => {
      const prepared = await kind.prepare(context, step)
      return { input: prepared, output: await kind.perform?.(context, step, prepared) }
    })
    if (!kind.send) return { input, output }
    const signal = new AbortController().signal
    return { input, output: await kind.send({ key, input, tenantId: this.client.tenantId, signal }) }
  }

  /** The values of a step. */
  read<T>(options: StepOptions, work: (scope: Scope) => Promise<T>): Promise<T> {
    return this.within(options, ({ scope }) => work(scope))
  }

  private async within<T>(options: StepOptions, work: (context: StepContext) => Promise<T>): Promise<T> {
    const { database, runner } = this.system.system
    const { tenantId } = this.client
    const model = await runner.models.refresh(tenantId)
    const roles = options.runAs ? [{ key: options.runAs, locationId: null }] : []
    const policy = options.runAs
      ? compilePolicy(model, { userId: null, roles, exceptions: [], colleagues: [] })
      : systemPolicy(model)
    return database.transaction({ tenantId, version: model.version }, (tx) => {
      tx.keepOpen()
      const record: RecordContext = {
        tx,
        model,
        policy,
        actor: { kind: 'system', userId: null, name: 'Workflow «Tried»' },
        requestId: newId(),
        ip: null,
        source: 'workflow',
        locale: model.locale,
        now: options.now ?? new Date(),
      }
      const place = (at: [string, string] | undefined) => at && { object: model.object.get(at[0])!, id: at[1] }
      const own = place(options.record)
      const item = place(options.item)
      const run = {
        id: newId(),
        workflowId: this.workflowId,
        workflow: {
          key: 'tried',
          label: { en: 'Tried' },
          trigger: options.trigger ?? { type: 'called' as const },
          steps: [],
        },
        ...(own ? { object: own.object } : {}),
        recordId: own?.id ?? null,
        trigger: { type: 'called' },
      }
      const scope = createScope({
        context: record,
        run,
        outputs: new Map(Object.entries(options.outputs ?? {})),
        variables: new Map(Object.entries(options.variables ?? {})),
        loops: new Map(item ? [['each', { ...item, index: 0 }]] : []),
      })
      const cause = { run: run.id, workflow: run.workflow.key, depth: 1, chain: [] }
      const trace = { requestId: record.requestId, cause }
      return work({ record, run, path: 's1', key: newId(), scope, mode: 'live', trace })
    })
  }

  async stop(): Promise<void> {
    this.transport.close()
    await this.system.stop()
    await this.inbox.stop()
  }
}
