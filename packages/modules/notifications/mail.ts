/**
 * Mails about what is unread: one for each period, planned when the first thing of the period is told. What it tells of,
 * that it has, and the message in the outbox are written by one transaction: of two servers, or after a crash, there is
 * one mail or none yet.
 */

import type { Transaction } from '@oneforge/kernel/database'
import { AppError } from '@oneforge/kernel/errors'
import type { EnqueueOptions, JobKind } from '@oneforge/kernel/jobs'
import { inLocale } from '@oneforge/kernel/metadata'
import { isProtected, type RecordContext } from '@oneforge/kernel/records'
import { pageAddress } from '@oneforge/kernel/tenancy'
import type { Transactions } from '../jobs/index.ts'
import type { Mailer } from '../messaging/index.ts'
import { kindsMailed, type MailPeriod, wishesOf } from './kinds.ts'
import type { MailLinks } from './mail-links.ts'
import { type MailLine, notificationMail } from './mail-text.ts'
import type { PlanMail } from './notifications.listener.ts'
import { type SeenNotification, stillSeen } from './notifications.service.ts'
import { holdMailOf, markMailed, toBeMailed } from './notifications.store.ts'
import { letterheadOf, nextMailAt, receiversOf } from './preferences.store.ts'

const queueName = 'notifications.mail'
/** What a mail names; the rest is counted. */
const mostNamed = 100

interface Planned {
  userId: string
  period: MailPeriod
}

export interface MailParts {
  transactions: Transactions
  mailer: Mailer
  links: MailLinks
  baseUrl: string
  enqueue(tx: Transaction, kind: string, payload: object, options: EnqueueOptions): Promise<unknown>
}

/** Leaves the mail of a period to the queue, unless it is waiting there; to addresses that are proven alone. */
export function mailPlanner({ mailer, enqueue }: MailParts): PlanMail {
  return async ({ tx, model }, receiver, period) => {
    if (!mailer.delivers || !receiver.verified) return
    const { user_id: userId, daily_at: dailyAt } = receiver
    const startAfter = await nextMailAt(tx, { tenantId: model.tenantId, userId }, period, dailyAt)
    await enqueue(tx, queueName, { userId, period }, { startAfter, singletonKey: `${userId}/${period}` })
  }
}

export function mailKind(parts: MailParts): JobKind<Planned> {
  return {
    name: queueName,
    concurrency: 2,
    async handle({ tenantId, userId, period }, { id }) {
      const behalf = { tenantId, userId, source: 'system' as const, requestId: id }
      try {
        await parts.transactions.run(behalf, (context) => send(context, parts, { userId, period }))
      } catch (error) {
        // Who has left meanwhile is told nothing.
        if (!(error instanceof AppError && error.code === 'FORBIDDEN')) throw error
      }
    },
  }
}

async function send(context: RecordContext, parts: MailParts, { userId, period }: Planned): Promise<void> {
  const { tx, model } = context
  const whose = { tenantId: model.tenantId, userId }
  await holdMailOf(tx, whose)
  const [receiver] = await receiversOf(tx, model.tenantId, [userId])
  if (!receiver?.verified) return
  const kinds = kindsMailed(wishesOf(receiver.kinds), period)
  const seen = await stillSeen(context, await toBeMailed(tx, whose, kinds, mostNamed))
  if (seen.length === 0) return
  const { workspace, domain } = await letterheadOf(tx, model.tenantId)
  const page = pageAddress(parts.baseUrl, domain)
  const token = parts.links.tokenFor({ ...whose, round: receiver.mail_round })
  const unsubscribe = `${page}/unsubscribe#${token}`
  const lines = seen.map((one) => lineOf(context, one, page))
  const { subject, text } = notificationMail({
    ...receiver,
    locale: context.locale,
    workspace,
    lines,
    page,
    unsubscribe,
  })
  await parts.mailer.enqueue(tx, {
    kind: 'notifications',
    to: receiver.email,
    subject,
    text,
    unsubscribeUrl: `${page}/api/v1/notifications/unsubscribe?token=${token}`,
  })
  await markMailed(
    tx,
    model.tenantId,
    seen.map(({ row }) => row.id),
  )
}

/** Nothing that is protected leaves by mail: of such records it says what they are, and leads there. */
function lineOf({ model, locale }: RecordContext, { row, record, fields }: SeenNotification, page: string): MailLine {
  const about = { kind: row.kind, count: row.count - row.mailed, actors: row.names, about: row.about }
  if (!record) return { ...about, title: null, fields: [], link: `${page}/notifications` }
  const { object, title } = record
  const masked = isProtected(model, object)
  return {
    ...about,
    about: masked ? {} : about.about,
    title: masked ? inLocale(object.label, locale) : title,
    fields: masked ? [] : fields.filter((field) => field !== 'ownerId' && field !== 'locationId'),
    link: `${page}/o/${object.slug}/${row.record_id}`,
  }
}
