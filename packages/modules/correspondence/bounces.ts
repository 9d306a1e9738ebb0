/** Messages that came back: the e-mail says so, the address is written to no more, and whoever has written it is told. */
import { memberRights } from '@oneforge/kernel/access'
import { type Language, languageOf } from '@oneforge/kernel/metadata'
import type { RecordContext } from '@oneforge/kernel/records'
import { type Mailer, suppress } from '@oneforge/modules/messaging'
import type { DeliveryReport } from './delivery-report.ts'
import { findSentEmail, markBounced, type StandingEmail } from './sent-emails.store.ts'

/**
 * Whether the report is of an e-mail that was written here. One that came to the address for its answers is of that, and
 * else of the one whose Message-ID it holds; of another address than its receiver it says nothing.
 */
export async function noteBounce(
  context: RecordContext,
  mailer: Mailer,
  report: DeliveryReport,
  messageId: string | undefined,
): Promise<boolean> {
  const { tx, model } = context
  const sent = await sentEmailOf(context, report, messageId)
  if (!sent || (report.address !== undefined && report.address !== sent.address)) return false
  if (!(await markBounced(tx, model.tenantId, sent.messageId, report.reason))) return true
  if (report.isPermanent) {
    const one = { address: sent.address, scope: 'all', reason: 'bounced', detail: report.reason } as const
    await suppress(tx, model.tenantId, one)
  }
  await tellSender(context, mailer, sent, report)
  return true
}

async function sentEmailOf(
  { tx, model }: RecordContext,
  { header }: DeliveryReport,
  messageId: string | undefined,
): Promise<StandingEmail | undefined> {
  if (messageId) return findSentEmail(tx, model.tenantId, { messageId })
  return header ? findSentEmail(tx, model.tenantId, { header }) : undefined
}

const letters: Record<Language, { subject: (to: string) => string; text: (to: string, reason: string) => string }> = {
  en: {
    subject: (to) => `Your message to ${to} came back`,
    text: (to, reason) => `Your message to ${to} could not be delivered. The receiving side says:\n\n${reason}\n`,
  },
  es: {
    subject: (to) => `Tu mensaje a ${to} ha vuelto`,
    text: (to, reason) => `Tu mensaje a ${to} no se pudo entregar. El servidor de destino dice:\n\n${reason}\n`,
  },
  de: {
    subject: (to) => `Ihre Nachricht an ${to} kam zurück`,
    text: (to, reason) =>
      `Ihre Nachricht an ${to} konnte nicht zugestellt werden. Die Gegenseite meldet:\n\n${reason}\n`,
  },
}

async function tellSender(
  { tx, model }: RecordContext,
  mailer: Mailer,
  { userId, address }: StandingEmail,
  { reason }: DeliveryReport,
): Promise<void> {
  const [member] = userId === null ? [] : await memberRights(tx, model.tenantId, [userId])
  if (!member) return
  const { subject, text } = letters[languageOf(member.locale ?? model.locale)]
  const kind = 'notifications'
  await mailer.enqueue(tx, { kind, to: member.email, subject: subject(address), text: text(address, reason) })
}
