/**
 * Dashboards by mail. Each minute a job looks what is due; that a mail has been sent, when it goes next, and the jobs for its
 * receivers are one transaction, so that of two servers, or after a crash, each time is sent once. Each receiver's mail is
 * made with their own eyes, as their rights are by then.
 */
import type { Database, Transaction } from '@oneforge/kernel/database'
import { AppError } from '@oneforge/kernel/errors'
import type { JobKind } from '@oneforge/kernel/jobs'
import type { RecordContext } from '@oneforge/kernel/records'
import { pageAddress } from '@oneforge/kernel/tenancy'
import { type Transactions, WorkspaceHeld } from '@oneforge/modules/jobs'
import type { Mailer } from '@oneforge/modules/messaging'
import { seenDashboard } from './dashboards.service.ts'
import { drawnFile } from './export.service.ts'
import { chosenFor, figuresOf } from './figures.service.ts'
import { dashboardMail } from './mail-text.ts'
import { mailable } from './mailable.ts'
import { nextTime } from './schedule-time.ts'
import { dueSchedules, findSchedule, letterheadOf, markSent, membersAmong, putOffTo } from './schedules.store.ts'

/** When the job comes by, as `createJobs().schedule` takes it: each minute. */
export const mailingSchedule = '* * * * *'
const sendingName = 'reports.mail'

export interface MailingParts {
  database: Database
  transactions: Transactions
  mailer: Mailer
  baseUrl: string
  enqueue(tx: Transaction, kind: string, payload: object): Promise<unknown>
  now?: () => Date
}

/** Leaves a mail for each receiver of what is due to the queue. */
export function mailingKind({ database, transactions, enqueue, now = () => new Date() }: MailingParts): JobKind {
  return {
    name: 'reports.mails',
    async handle(_, { id: requestId }) {
      const at = now()
      for (const { tenantId, id } of await dueSchedules(database, at)) {
        const behalf = { tenantId, userId: null, asSystem: true, source: 'system' as const, requestId }
        try {
          await transactions.run(behalf, (context) => dispatch(context, id, at))
        } catch (error) {
          if (!(error instanceof WorkspaceHeld)) throw error
          // What is due while the workspace is suspended is not made up for.
          await transactions.run({ ...behalf, evenIfHeld: true }, (context) => putOff(context, id, at))
        }
      }
    },
  }

  async function dispatch({ tx, model }: RecordContext, id: string, now: Date): Promise<void> {
    const row = await findSchedule(tx, model.tenantId, id)
    if (!row?.active || !row.next_at || Date.parse(row.next_at) > now.getTime()) return
    for (const userId of row.receivers) await enqueue(tx, sendingName, { scheduleId: row.id, userId })
    const nextAt = nextTime(row.plan, now, model.timeZone)
    await markSent(tx, model.tenantId, row.id, { sentAt: now, nextAt })
  }

  async function putOff({ tx, model }: RecordContext, id: string, now: Date): Promise<void> {
    const row = await findSchedule(tx, model.tenantId, id)
    if (row) await putOffTo(tx, model.tenantId, id, nextTime(row.plan, now, model.timeZone))
  }
}

/** Writes one receiver's mail into the outbox. */
export function sendingKind(parts: MailingParts): JobKind<{ scheduleId: string; userId: string }> {
  return {
    name: sendingName,
    concurrency: 1,
    async handle({ tenantId, scheduleId, userId }, { id: requestId }) {
      const behalf = { tenantId, userId, source: 'system' as const, requestId }
      try {
        await parts.transactions.run(behalf, (context) => send(context, parts, { scheduleId, userId }))
      } catch (error) {
        // Who has left, or sees the dashboard no more, gets nothing.
        if (!(error instanceof AppError && (error.code === 'FORBIDDEN' || error.code === 'NOT_FOUND'))) throw error
      }
    },
  }
}

async function send(
  context: RecordContext,
  { mailer, baseUrl }: MailingParts,
  { scheduleId, userId }: { scheduleId: string; userId: string },
): Promise<void> {
  const { tx, model, locale } = context
  const row = await findSchedule(tx, model.tenantId, scheduleId)
  const [receiver] = await membersAmong(tx, model.tenantId, [userId])
  if (!row || !receiver) return
  const { id, definition: whole } = await seenDashboard(context, row.dashboard_id)
  const definition = mailable(context, whole)
  const figures = await figuresOf(context, definition.widgets, chosenFor(definition, row.plan))
  const { workspace, domain } = await letterheadOf(tx, model.tenantId)
  const link = `${pageAddress(baseUrl, domain)}/dashboards/${id}`
  const { name, contentType, content } = await drawnFile(context, definition, figures, 'pdf')
  const attachments = [{ name, type: contentType, content }]
  const letter = dashboardMail(definition, figures, { locale, workspace, link })
  await mailer.enqueue(tx, { kind: 'report', to: receiver.email, ...letter, attachments })
}
