import { validationError } from '@oneforge/kernel/errors'
import { parseOfType } from '@oneforge/kernel/metadata/values'
import { type RecordContext, valueContext } from '@oneforge/kernel/records'
import { type SmsGateway, SmsRefused } from '../../messaging/index.ts'
import type { ActionOf } from '../definition.ts'
import type { ActionKind } from '../engine/action.ts'

interface Prepared extends Record<string, unknown> {
  to: string
  text: string
}

/** What ten messages hold that are sent as one. */
const longest = 1_530

/** Sends a text message through the installation's gateway. */
export const sendSmsAction = (gateway: SmsGateway | undefined): ActionKind<ActionOf<'send_sms'>> => ({
  type: 'send_sms',
  async prepare({ record, scope }, step): Promise<Prepared> {
    requireGateway(gateway)
    const to = numberOf(record, await scope.value(step.to), step.to)
    const text = (await scope.text(step.text)).trim()
    if (text === '') throw validationError([], 'The text message is empty. Write what it says.')
    if (text.length <= longest) return { to, text }
    throw validationError([], `The text message has ${text.length} characters; ${longest} are the most. Shorten it.`)
  },
  async send({ key, input, signal }) {
    const { to, text } = input as Prepared
    try {
      return { to, ...(await requireGateway(gateway).send({ to, text, key, signal })) }
    } catch (error) {
      if (error instanceof SmsRefused) throw validationError([], error.message)
      throw error
    }
  },
})

function requireGateway(gateway: SmsGateway | undefined): SmsGateway {
  if (gateway) return gateway
  throw validationError(
    [],
    'No gateway for text messages is set up here. Whoever looks after the installation sets OF_SMS_URL.',
  )
}

/** @param written what the step says, to be told where it gives no number. */
function numberOf(context: RecordContext, value: unknown, written: string): string {
  const parsed = parseOfType({ type: 'phone', optionByValue: new Map() }, value, valueContext(context))
  if (parsed.ok && typeof parsed.value === 'string') return parsed.value
  if (parsed.ok) throw validationError([], `There is no number to write to: “${written}” is empty here.`)
  throw validationError(
    [],
    `“${String(value)}” is no telephone number such as +34 600 111 222. Correct it in the record.`,
  )
}
