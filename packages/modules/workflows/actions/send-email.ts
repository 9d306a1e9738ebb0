import { validationError } from '@oneforge/kernel/errors'
import type { Mailer } from '../../messaging/index.ts'
import type { ActionOf } from '../definition.ts'
import type { ActionKind, StepContext } from '../engine/action.ts'
import { activityInput, findActivityObject } from './activities.ts'
import { subjectOf } from './people.ts'
import { make, type ToldRecord } from './records.ts'

interface Prepared extends Record<string, unknown> {
  to: string[]
  cc: string[]
  subject: string
  text: string
}

const mostReceivers = 20
const address = /^[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;]+$/

/** Sends an e-mail through the outbox, and keeps it in the story of the record where the workspace keeps e-mails. */
export const sendEmailAction = (mailer: Mailer): ActionKind<ActionOf<'send_email'>> => ({
  type: 'send_email',
  async prepare({ scope }, step): Promise<Prepared> {
    const to = addressesIn(await scope.value(step.to), step.to)
    const cc = step.cc ? addressesIn(await scope.value(step.cc), step.cc) : []
    if (to.length + cc.length > mostReceivers) {
      throw validationError([], `An e-mail of a workflow goes to ${mostReceivers} addresses at most. Name fewer.`)
    }
    if (!step.subject || !step.body) throw validationError([], 'The e-mail has no subject or no text. Write both.')
    return { to, cc, subject: oneLine(await scope.text(step.subject)), text: await scope.text(step.body) }
  },
  async perform(context, _step, input) {
    const mail = input as Prepared
    const { to, cc, subject, text } = mail
    for (const receiver of [...to, ...cc]) {
      await mailer.enqueue(context.record.tx, { kind: 'workflow', to: receiver, subject, text })
    }
    return { sent: [...to, ...cc], kept: await keep(context, mail) }
  },
})

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

async function keep(context: StepContext, { to, cc, subject, text }: Prepared): Promise<ToldRecord | null> {
  const { record } = context
  const about = await subjectOf(context)
  const object = findActivityObject(record, 'email')
  if (!object || !about) return null
  const others = { direction: 'Sent', sender: record.model.name, receivers: [...to, ...cc].join(', '), body: text }
  const values = { title: subject, startsAt: record.now.toISOString(), others }
  return make(record, object, activityInput(record, object, about, values))
}
