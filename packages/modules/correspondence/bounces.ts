/**
 * Messages that came back: the e-mail says so, the address is written to no more, and whoever has written it is told;
 * or else the owner of what it is about, where a workflow has, or who has left since.
 */
import { memberRights } from '@oneforge/kernel/access'
import { type Language, languageOf } from '@oneforge/kernel/metadata'
import type { RecordContext } from '@oneforge/kernel/records'
import { type Mailer, suppress } from '@oneforge/modules/messaging'
import type { DeliveryReport } from './delivery-report.ts'
import { aboutOf, ownerAmong } from './emails.ts'
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
  await tellOfBounce(context, mailer, sent, report)
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

interface Letter {
  subject: (to: string) => string
  text: (to: string, reason: string) => string
}

const ownLetters: Record<Language, Letter> = {
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

/** Of what a workflow has written, or a member who has left. */
const othersLetters: Record<Language, Letter> = {
  en: {
    subject: (to) => `A message to ${to} came back`,
    text: (to, reason) =>
      `A message to ${to} about a record of yours could not be delivered. A workflow has written it, or somebody who has left. The receiving side says:\n\n${reason}\n`,
  },
  es: {
    subject: (to) => `Un mensaje a ${to} ha vuelto`,
    text: (to, reason) =>
      `Un mensaje a ${to} sobre un registro tuyo no se pudo entregar. Lo escribió un flujo, o alguien que ya no está. El servidor de destino dice:\n\n${reason}\n`,
  },
  de: {
    subject: (to) => `Eine Nachricht an ${to} kam zurück`,
    text: (to, reason) =>
      `Eine Nachricht an ${to} zu einem Ihrer Datensätze konnte nicht zugestellt werden. Geschrieben hat sie ein Ablauf, oder jemand, der nicht mehr dabei ist. Die Gegenseite meldet:\n\n${reason}\n`,
  },
}

async function tellOfBounce(
  context: RecordContext,
  mailer: Mailer,
  sent: StandingEmail,
  { reason }: DeliveryReport,
): Promise<void> {
  const writer = await memberBy(context, sent.userId)
  const member = writer ?? (await memberBy(context, await ownerOfWhatItIsAbout(context, sent)))
  if (!member) return
  const { subject, text } = (writer ? ownLetters : othersLetters)[languageOf(member.locale ?? context.model.locale)]
  const { address } = sent
  const kind = 'notifications'
  await mailer.enqueue(context.tx, { kind, to: member.email, subject: subject(address), text: text(address, reason) })
}

async function memberBy({ tx, model }: RecordContext, userId: string | null) {
  return userId === null ? undefined : (await memberRights(tx, model.tenantId, [userId]))[0]
}

async function ownerOfWhatItIsAbout(context: RecordContext, { recordId }: StandingEmail): Promise<string | null> {
  const emails = context.model.objects.find(({ activity }) => activity === 'email')
  return ownerAmong(context, [recordId, ...(emails ? await aboutOf(context, emails, recordId) : [])])
}
