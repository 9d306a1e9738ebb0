/** The only place where adapters meet ports and modules meet the kernel. */
import { join, resolve } from 'node:path'
import { DnsTextRecords } from '@oneforge/adapters/dns'
import { SmtpReceiver, SmtpServers, SmtpTransport } from '@oneforge/adapters/email'
import { OutsideCaller } from '@oneforge/adapters/http'
import { HttpSmsGateway } from '@oneforge/adapters/sms'
import { DiskStorage, S3Storage } from '@oneforge/adapters/storage'
import { ProcessThumbnails } from '@oneforge/adapters/thumbnails'
import { forgetOperationLog, prepareOperationLog } from '@oneforge/kernel/audit'
import { Database, migrate, type Transaction } from '@oneforge/kernel/database'
import { createDispatcher, type Dispatcher, pruneEvents } from '@oneforge/kernel/events'
import { createJobs, type EnqueueOptions, type JobKind, type Jobs, prepareJobs } from '@oneforge/kernel/jobs'
import { OperationRegistry, OperationRunner, pruneAnswers } from '@oneforge/kernel/operations'
import { pruneRecordChanges } from '@oneforge/kernel/records'
import { accessOperations } from '@oneforge/modules/access'
import { activityOperations, dateKeeper, remindingKind, remindingSchedule } from '@oneforge/modules/activities'
import { auditOperations } from '@oneforge/modules/audit'
import { createBulk } from '@oneforge/modules/bulk'
import { createCalendars } from '@oneforge/modules/calendars'
import { createCorrespondence, firstThatKnows, type MailHandler } from '@oneforge/modules/correspondence'
import { customizationOperations, derivationKinds, movingKind, movingSchedule } from '@oneforge/modules/customization'
import { createDuplicates } from '@oneforge/modules/duplicates'
import { createExports } from '@oneforge/modules/exports'
import { createFiles, type FileStorage } from '@oneforge/modules/files'
import { keepingOperations } from '@oneforge/modules/following'
import { createForms } from '@oneforge/modules/forms'
import { checkDomains, createIdentity, type Identity, sealingFor } from '@oneforge/modules/identity'
import { createImports } from '@oneforge/modules/imports'
import { jobOperations, LongJobs } from '@oneforge/modules/jobs'
import { locationOperations } from '@oneforge/modules/locations'
import { mailTemplateOperations } from '@oneforge/modules/mail-templates'
import { createMeetings } from '@oneforge/modules/meetings'
import { createMessaging } from '@oneforge/modules/messaging'
import { createNotifications, pruneNotifications } from '@oneforge/modules/notifications'
import { movingOperations, summingKind, summingSchedule } from '@oneforge/modules/pipelines'
import { recordOperations } from '@oneforge/modules/records'
import { mailingSchedule, reportMailing, reportOperations } from '@oneforge/modules/reports'
import { templateOperations } from '@oneforge/modules/templates'
import { RequestBudgets, tellOfTrials, usageOperations, whileInUse } from '@oneforge/modules/usage'
import { createWorkflows, type WorkflowEngine, type Workflows } from '@oneforge/modules/workflows'
import { workspaceOperations } from '@oneforge/modules/workspace'
import type { Logger } from 'pino'
import type { Config } from './config.ts'
import { derive } from './master-key.ts'

export const migrationsDirectory = resolve(import.meta.dirname, '../../../migrations')

/** How long events are kept after every consumer has seen them. */
const keepEventsDays = 30

/** How long requests that were counted may be known to this server only. */
const storeCountsEveryMs = 60_000

export interface System {
  database: Database
  registry: OperationRegistry
  runner: OperationRunner
  identity: Identity
  budgets: RequestBudgets
  jobs: Jobs
  dispatcher: Dispatcher
  workflows: WorkflowEngine
  /** On which mail arrives; undefined until it does. */
  readonly mailPort: number | undefined
  /**
   * Begins with events and jobs; a process that only serves requests enqueues and works on none. And takes the mail that
   * arrives, where it serves and the installation receives any.
   */
  start(options: { work: boolean; serve: boolean }): Promise<void>
  close(): Promise<void>
}

/** Migrates the database and puts the system together on it. */
export async function compose(options: {
  config: Config
  ownerUrl: string
  masterKey: Buffer
  log: Logger
}): Promise<System> {
  const { config, ownerUrl, masterKey, log } = options
  const appPassword = derive(masterKey, 'database role')
  await migrate({ ownerUrl, directory: migrationsDirectory, appPassword, log: (line) => log.info(line) })
  await prepareJobs(ownerUrl)
  const appUrl = asApplication(ownerUrl, appPassword)
  const database = new Database({ url: appUrl, max: config.poolSize })
  const transport = config.smtpUrl ? new SmtpTransport({ url: config.smtpUrl, from: config.mailFrom }) : undefined
  const { outbox, operations: messagingOperations } = createMessaging({
    database,
    transport,
    connector: new SmtpServers({ allowInside: config.mailServersInside }),
    sealing: sealingFor(masterKey, 'mail servers'),
    linkKey: derive(masterKey, 'ending marketing'),
    baseUrl: config.baseUrl,
    enqueue: (tx, kind, payload, options) => jobs.enqueue(tx, kind, payload, options),
    wake: (tx, kind, change) => jobs.wake(tx, kind, change),
  })
  const textRecords = new DnsTextRecords({ servers: config.dnsServers })
  const identity = createIdentity({
    database,
    mailer: outbox,
    textRecords,
    isOperation: (name) => registry.get(name) !== undefined,
    masterKey,
    baseUrl: config.baseUrl,
    registration: config.registration,
    defaultPlan: config.defaultPlan,
    trialDays: config.trialDays,
  })
  const budgets = new RequestBudgets(database)
  const longJobs = new LongJobs({ database, enqueue: (tx, kind, payload) => jobs.enqueue(tx, kind, payload) })
  for (const kind of derivationKinds) longJobs.register(kind)
  const moving = movingKind(database, () => longJobs)
  const storage = await storageOf(config)
  const imports = createImports({ storage, longJobs })
  const files = createFiles({
    database,
    storage,
    drawer: new ProcessThumbnails(),
    enqueue: (tx, kind, payload) => jobs.enqueue(tx, kind, payload),
    linkKey: derive(masterKey, 'file links'),
    readAs: (who, facts, work) => runner.readAs(who, facts, work),
  })
  const forms = createForms({
    database,
    transactions: longJobs.transactions,
    files: files.whole,
    challengeKey: derive(masterKey, 'forms'),
  })
  const correspondence = createCorrespondence({
    database,
    transactions: longJobs.transactions,
    files: files.whole,
    mailer: outbox,
    domain: config.mailIn?.domain,
  })
  const meetings = createMeetings({ database, mailer: outbox, domain: config.mailIn?.domain })
  const calendars = createCalendars({
    database,
    baseUrl: config.baseUrl,
    readAs: (who, facts, work) => runner.readAs(who, facts, work),
  })
  const duplicates = createDuplicates({ database, longJobs })
  const enqueue = (tx: Transaction, kind: string, payload: object, options?: EnqueueOptions) =>
    jobs.enqueue(tx, kind, payload, options)
  const bulk = createBulk({ database, storage, longJobs, enqueue })
  const notifications = createNotifications({
    transactions: longJobs.transactions,
    mailer: outbox,
    baseUrl: config.baseUrl,
    linkKey: derive(masterKey, 'notification mails'),
    enqueue,
  })
  const workflows: Workflows = createWorkflows({
    database,
    baseUrl: config.baseUrl,
    transactions: longJobs.transactions,
    log,
    actions: {
      mailer: outbox,
      recordMail: correspondence.recordMail,
      operations: { database, operation: (name) => registry.get(name) },
      outside: new OutsideCaller({ insideAllowed: config.webhooksInside }),
      signingSecret: (tenantId) => derive(masterKey, `webhooks of ${tenantId}`),
      ...(config.sms ? { sms: new HttpSmsGateway(config.sms) } : {}),
    },
    onCommit: () => dispatcher.wake(),
    registered: () => registry.operations,
  })
  const upkeep: JobKind = {
    name: 'system.upkeep',
    async handle() {
      await pruneEvents(database, keepEventsDays)
      await pruneAnswers(database)
      await pruneNotifications(database)
      await pruneRecordChanges(database)
      await forms.forgetUploads()
      await prepareOperationLog(database)
      await forgetOperationLog(database, config.auditMonths)
    },
  }
  const trials: JobKind = {
    name: 'usage.trials',
    handle: () => tellOfTrials({ database, mailer: outbox, baseUrl: config.baseUrl }),
  }
  const domains: JobKind = {
    name: 'identity.domains',
    handle: () => checkDomains({ database, textRecords, mailer: outbox, baseUrl: config.baseUrl }),
  }
  const summing = summingKind(database)
  const reminding = remindingKind({ database, transactions: longJobs.transactions })
  const reports = reportMailing({
    database,
    transactions: longJobs.transactions,
    mailer: outbox,
    baseUrl: config.baseUrl,
    enqueue,
    log,
  })
  const held = {
    database,
    enqueue: (tx: Transaction, kind: string, payload: object, options: EnqueueOptions) =>
      jobs.enqueue(tx, kind, payload, options),
  }
  const kinds = [
    longJobs.queueKind as JobKind,
    outbox.queueKind as JobKind,
    upkeep,
    trials,
    domains,
    moving,
    summing,
    reminding,
    bulk.forgetting,
    files.thumbnails,
    notifications.mailKind,
    reports.mailing,
    reports.sending,
    ...workflows.jobs.map(({ kind }) => kind),
  ]
  const jobs: Jobs = createJobs({ appUrl, kinds: kinds.map((kind) => whileInUse(kind, held)), log })
  const dispatcher = createDispatcher({
    database,
    consumers: [duplicates.consumer, notifications.consumer, dateKeeper(longJobs.transactions), ...workflows.consumers],
    log,
    listenUrl: appUrl,
  })
  const registry: OperationRegistry = new OperationRegistry([
    ...identity.operations,
    ...templateOperations,
    ...workspaceOperations,
    ...locationOperations,
    ...usageOperations(budgets),
    ...customizationOperations,
    ...accessOperations,
    ...jobOperations(longJobs),
    ...messagingOperations,
    ...mailTemplateOperations,
    ...correspondence.operations,
    ...meetings.operations,
    ...calendars.operations,
    ...imports.operations,
    ...createExports({ storage, longJobs }).operations,
    ...files.operations,
    ...forms.operations,
    ...auditOperations(() => registry.operations),
    ...activityOperations,
    ...duplicates.operations,
    ...keepingOperations,
    ...bulk.operations,
    ...notifications.operations,
    ...movingOperations,
    ...workflows.operations,
    ...reportOperations,
    ...recordOperations,
  ])
  const runner: OperationRunner = new OperationRunner(database, {
    onCommand: () => dispatcher.wake(),
    defer: (tx, asker, work) => longJobs.defer(tx, asker, work),
  })
  const counting = setInterval(() => budgets.flush(), storeCountsEveryMs).unref()
  const mailHandlers = [correspondence, meetings].flatMap(({ handler }) => handler ?? [])
  let mail: SmtpReceiver | undefined
  return {
    database,
    registry,
    runner,
    identity,
    budgets,
    jobs,
    dispatcher,
    workflows: workflows.engine,
    get mailPort() {
      return mail?.port
    },
    async start({ work, serve }) {
      await prepareOperationLog(database)
      await jobs.start({ work })
      if (serve && config.mailIn) mail = await receiveMail(config.mailIn, mailHandlers, log)
      if (!work) return
      await dispatcher.start()
      workflows.engine.start()
      await jobs.schedule(moving.name, movingSchedule, {})
      await jobs.schedule(summing.name, summingSchedule, {})
      await jobs.schedule(reminding.name, remindingSchedule, {})
      await jobs.schedule(reports.mailing.name, mailingSchedule, {})
      for (const { kind, cron } of workflows.jobs) await jobs.schedule(kind.name, cron, {})
      await jobs.schedule(upkeep.name, '17 3 * * *', {})
      await jobs.schedule(trials.name, '41 * * * *', {})
      await jobs.schedule(domains.name, '23 4 * * *', {})
    },
    async close() {
      clearInterval(counting)
      await mail?.stop()
      await budgets.flush()
      await dispatcher.stop()
      await workflows.engine.stop()
      await jobs.stop()
      transport?.close()
      await database.close()
    },
  }
}

function receiveMail({ port }: { port: number }, handlers: MailHandler[], log: Logger): Promise<SmtpReceiver> {
  const handler = firstThatKnows(handlers)
  return SmtpReceiver.start({ port, handler, onError: (error) => log.error({ err: error }, 'mail could not be taken') })
}

/** A bucket that cannot be reached is said at the start, not to whoever uploads first. */
async function storageOf({ s3, dataDir }: Config): Promise<FileStorage> {
  if (!s3) return new DiskStorage(join(dataDir, 'files'))
  const storage = new S3Storage(s3)
  await storage.requireReachable()
  return storage
}

/** The same database, as the role that owns nothing. */
function asApplication(ownerUrl: string, password: string): string {
  const url = new URL(ownerUrl)
  url.username = 'oneforge_app'
  url.password = password
  return url.toString()
}
