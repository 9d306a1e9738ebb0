import { scopeOf } from '@oneforge/kernel/access'
import { isId } from '@oneforge/kernel/database'
import { validationError } from '@oneforge/kernel/errors'
import type { PresentedRecord, RecordContext } from '@oneforge/kernel/records'
import type { RecordMail } from '../../correspondence/index.ts'
import { type MergedTemplate, MergeFailed, mergedTemplate } from '../../mail-templates/index.ts'
import type { Mailer, NewMail } from '../../messaging/index.ts'
import type { ActionOf } from '../definition.ts'
import type { ActionKind, StepContext } from '../engine/action.ts'
import { activityInput, findActivityObject } from './activities.ts'
import { assigneeOf, subjectOf } from './people.ts'
import { make, objectNamed, type ToldRecord } from './records.ts'

type SendEmail = ActionOf<'send_email'>

interface Prepared extends Record<string, unknown> {
  to: string[]
  cc: string[]
  subject: string
  text: string
}

const mostReceivers = 20
const address = /^[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;]+$/

/**
 * Sends an e-mail through the outbox, and keeps it in the story of the record where the workspace keeps e-mails: then
 * answers come back there.
 */
export const sendEmailAction = (mailer: Mailer, recordMail: RecordMail): ActionKind<SendEmail> => ({
  type: 'send_email',
  async prepare(context, step): Promise<Prepared> {
    const { scope } = context
    const to = addressesIn(await scope.value(step.to), step.to)
    const cc = step.cc ? addressesIn(await scope.value(step.cc), step.cc) : []
    if (to.length + cc.length > mostReceivers) {
      throw validationError([], `An e-mail of a workflow goes to ${mostReceivers} addresses at most. Name fewer.`)
    }
    return { to, cc, ...(await written(context, step)) }
  },
  async perform(context, step, input) {
    const { to, cc, subject, text } = input as Prepared
    const { record } = context
    const about = await subjectOf(context)
    const whole = step.template ? await ofTemplate(record, step.template, about) : undefined
    const mail: Omit<NewMail, 'to'> = { kind: 'workflow', subject, text, ...(whole && asHtml(whole)) }
    const kept = await keep(context, step, input as Prepared, about)
    for (const receiver of [...to, ...cc]) {
      const one = { ...mail, to: receiver }
      if (kept) await recordMail.enqueue(record.tx, one, { recordId: kept.id, userId: null })
      else await mailer.enqueue(record.tx, one)
    }
    return { sent: [...to, ...cc], kept }
  },
})

/** What it says: by a template of the workspace, or as the step has it. */
async function written(
  context: StepContext,
  { template, subject, body }: SendEmail,
): Promise<Pick<Prepared, 'subject' | 'text'>> {
  if (template) {
    const merged = await ofTemplate(context.record, template, await subjectOf(context))
    return { subject: merged.subject, text: merged.text }
  }
  if (!subject || !body) throw validationError([], 'The e-mail has no subject or no text. Write both.')
  const { scope } = context
  return { subject: oneLine(await scope.text(subject)), text: await scope.text(body) }
}

async function ofTemplate(
  context: RecordContext,
  id: string,
  about: PresentedRecord | undefined,
): Promise<MergedTemplate> {
  if (!isId(id)) throw validationError([], `“${id}” is no template of e-mails. Choose one in the step.`)
  const place = about && { object: objectNamed(context, about.object), recordId: about.id }
  try {
    return await mergedTemplate(context, id, place, context.model.locale)
  } catch (error) {
    if (!(error instanceof MergeFailed)) throw error
    throw validationError([], `The template of the e-mail cannot be filled: ${error.message}`)
  }
}

const asHtml = ({ html, attachments, marketing }: MergedTemplate) => ({ html, attachments, marketing })

/** @param written what the step says, to be told where it gives nothing. */
function addressesIn(value: unknown, written: string): string[] {
  const parts = [value].flat().flatMap((one) => String(one ?? '').split(/[,;]/))
  const addresses = parts.map((part) => part.trim()).filter(Boolean)
  if (addresses.length === 0) {
    throw validationError([], `There is no address to write to: “${written}” is empty here. Ask for it in a condition.`)
  }
  const wrong = addresses.find((one) => !address.test(one))
  if (wrong === undefined) return addresses
  throw validationError([], `“${wrong}” is no e-mail address. Name one, or a field that holds one, in the step.`)
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim()

/** It is the record's owner's: those who see only their own see what was written about theirs, and what is answered. */
async function keep(
  context: StepContext,
  step: SendEmail,
  { to, cc, subject, text }: Prepared,
  about: PresentedRecord | undefined,
): Promise<ToldRecord | null> {
  const { record } = context
  const object = findActivityObject(record, 'email')
  if (!object || !about) return null
  const others = { direction: 'Sent', sender: record.model.name, receivers: [...to, ...cc].join(', '), body: text }
  const ownerId = scopeOf(record.policy, object, 'assign')
    ? await assigneeOf(context, step.id, 'owner', about)
    : undefined
  const values = { title: subject, startsAt: record.now.toISOString(), ownerId, others }
  return make(record, object, activityInput(record, object, about, values))
}
