/**
 * Dashboards by mail. Each minute a job looks what is due; when it goes next, and the jobs for its receivers are one
 * transaction, and so are a receiver's mail and the note that they have it: of two servers, or after a crash, each time is
 * sent once. Each receiver's mail is made with their own eyes, as their rights are by then.
 */
import type { Database, Transaction } from '@oneforge/kernel/database'
import { AppError } from '@oneforge/kernel/errors'
import type { Log } from '@oneforge/kernel/events'
import type { JobKind } from '@oneforge/kernel/jobs'
import type { RecordContext } from '@oneforge/kernel/records'
import { pageAddress } from '@oneforge/kernel/tenancy'
import { type Transactions, WorkspaceHeld } from '@oneforge/modules/jobs'
import type { Mailer, NewMail } from '@oneforge/modules/messaging'
import { seenDashboard } from './dashboards.service.ts'
import { drawnFile } from './export.service.ts'
import { chosenFor, figuresOf } from './figures.service.ts'
import { dashboardMail } from './mail-text.ts'
import { mailable } from './mailable.ts'
import { nextTime } from './schedule-time.ts'
import {
  deleteOrphan,
  dueSchedules,
  findSchedule,
  letterheadOf,
  markMailed,
  markSent,
  membersAmong,
  putOffTo,
  type StoredSchedule,
} from './schedules.store.ts'

/** When the job comes by, as `createJobs().schedule` takes it: each minute. */
export const mailingSchedule = '* * * * *'
const sendingName = 'reports.mail'
/** How long what could not be sent waits for another try. */
const pauseMs = 10 * 60_000

export interface MailingParts {
  database: Database
  transactions: Transactions
  mailer: Mailer
  baseUrl: string
  log: Log
  enqueue(tx: Transaction, kind: string, payload: object): Promise<unknown>
  now?: () => Date
}

/** Leaves a mail for each receiver of what is due to the queue. What fails in one workspace holds up no other. */
export function mailingKind({ database, transactions, enqueue, log, now = () => new Date() }: MailingParts): JobKind {
  return {
    name: 'reports.mails',
    async handle(_, { id: requestId }) {
      const at = now()
      for (const { tenantId, id } of await dueSchedules(database, at)) {
        try {
          await dispatchOf(tenantId, id, { requestId, at })
        } catch (error) {
          log.error({ tenant: tenantId, schedule: id, error: (error as Error).message }, 'A dashboard was not mailed')
          const later = new Date(at.getTime() + pauseMs)
          await database.transaction({ tenantId }, (tx) => putOffTo(tx, tenantId, id, later))
        }
      }
    },
  }

  async function dispatchOf(tenantId: string, id: string, { requestId, at }: { requestId: string; at: Date }) {
    const behalf = { tenantId, userId: null, asSystem: true, source: 'system' as const, requestId }
    try {
      await transactions.run(behalf, (context) => dispatch(context, id, at))
    } catch (error) {
      if (!(error instanceof WorkspaceHeld)) throw error
      // What is due while the workspace is suspended is not made up for.
      await transactions.run({ ...behalf, evenIfHeld: true }, (context) => putOff(context, id, at))
    }
  }

  async function dispatch({ tx, model }: RecordContext, id: string, now: Date): Promise<void> {
    const row = await findSchedule(tx, model.tenantId, id)
    if (!row?.active || !row.next_at || Date.parse(row.next_at) > now.getTime()) return
    for (const userId of row.receivers) {
      await enqueue(tx, sendingName, { scheduleId: row.id, userId, due: row.next_at } satisfies Sending)
    }
    const nextAt = nextTime(row.plan, now, model.timeZone)
    await markSent(tx, model.tenantId, row.id, { sentAt: now, nextAt })
  }

  async function putOff({ tx, model }: RecordContext, id: string, now: Date): Promise<void> {
    const row = await findSchedule(tx, model.tenantId, id)
    if (row) await putOffTo(tx, model.tenantId, id, nextTime(row.plan, now, model.timeZone))
  }
}

/** Whose mail, and of which moment. */
interface Sending {
  scheduleId: string
  userId: string
  due: string
}

/** Writes one receiver's mail into the outbox. */
export function sendingKind(parts: MailingParts): JobKind<Sending> {
  const { transactions } = parts
  return {
    name: sendingName,
    concurrency: 1,
    async handle({ tenantId, ...sending }, { id: requestId }) {
      const behalf = { tenantId, userId: sending.userId, source: 'system' as const, requestId }
      try {
        const mail = await transactions.run({ ...behalf, readsOnly: true }, (context) => drawn(context, parts, sending))
        if (mail) await transactions.run(behalf, (context) => post(context, parts, { sending, mail }))
      } catch (error) {
        if (!(error instanceof AppError && (error.code === 'FORBIDDEN' || error.code === 'NOT_FOUND'))) throw error
        // Who has left, or sees the dashboard no more, gets nothing.
        const asSystem = { ...behalf, userId: null, asSystem: true }
        await transactions.run(asSystem, ({ tx }) => deleteOrphan(tx, tenantId, sending.scheduleId))
      }
    },
  }
}

const isMailed = ({ mailed }: StoredSchedule, { userId, due }: Sending): boolean => (mailed[userId] ?? '') >= due

/** The mail; undefined where there is none to be sent. A widget that cannot be answered says so in its place. */
async function drawn(
  context: RecordContext,
  { baseUrl }: MailingParts,
  sending: Sending,
): Promise<NewMail | undefined> {
  const { tx, model, locale } = context
  const row = await findSchedule(tx, model.tenantId, sending.scheduleId, { locked: false })
  const [receiver] = await membersAmong(tx, model.tenantId, [sending.userId])
  if (!row || !receiver || isMailed(row, sending)) return undefined
  const { id, definition: whole } = await seenDashboard(context, row.dashboard_id)
  const definition = mailable(context, whole)
  const figures = await figuresOf(context, definition.widgets, chosenFor(definition, row.plan))
  const { workspace, domain } = await letterheadOf(tx, model.tenantId)
  const link = `${pageAddress(baseUrl, domain)}/dashboards/${id}`
  const { name, contentType, content } = await drawnFile(context, definition, figures, 'pdf')
  const letter = dashboardMail(definition, figures, { locale, workspace, link })
  return { kind: 'report', to: receiver.email, ...letter, attachments: [{ name, type: contentType, content }] }
}

async function post(
  { tx, model }: RecordContext,
  { mailer }: MailingParts,
  { sending, mail }: { sending: Sending; mail: NewMail },
): Promise<void> {
  const row = await findSchedule(tx, model.tenantId, sending.scheduleId)
  if (!row || isMailed(row, sending)) return
  await mailer.enqueue(tx, mail)
  await markMailed(tx, model.tenantId, sending)
}
