/** Reports that a message could not be delivered (RFC 3464), as the receiving side sends them back. */
import type { Email } from 'postal-mime'

export interface DeliveryReport {
  /** Message-ID of the message that came back; undefined where the report does not hold it. */
  header: string | undefined
  /** The address that does not take it. */
  address: string | undefined
  /** Whether it says of the address itself that it takes no mail, now or later; not of this message or its sender. */
  isPermanent: boolean
  /** What the receiving side said, on one line. */
  reason: string
}

const longestReason = 500
/** Fields stand at the beginning; whoever sends more than that sends no report. */
const longestFields = 65_536

/** No such mailbox or domain, moved, takes no mail at all, disabled (RFC 3463, RFC 7505). */
const ofTheAddress = /^5\.(?:1\.(?:[0-36]|10)|2\.1)(?!\d)/

/** Undefined where the message is no report, or one of something else than a failure (a delay, a receipt). */
export function deliveryReportIn(email: Email): DeliveryReport | undefined {
  const part = email.attachments.find(({ mimeType }) => mimeType === 'message/delivery-status')
  if (!part) return undefined
  const fields = fieldsIn(part.content)
  const status = fieldOf(fields, 'Status') ?? ''
  if (fieldOf(fields, 'Action')?.toLowerCase() !== 'failed') return undefined
  const original = email.attachments.find(({ mimeType }) => /^(?:message|text)\/rfc822/.test(mimeType))
  const diagnosis = fieldOf(fields, 'Diagnostic-Code')?.replace(/^smtp;\s*/i, '')
  return {
    header: original && fieldOf(fieldsIn(original.content), 'Message-ID'),
    address: fieldOf(fields, 'Final-Recipient')
      ?.replace(/^[^;]*;\s*/, '')
      .toLowerCase(),
    isPermanent: ofTheAddress.test(status),
    reason: (diagnosis ?? `Status ${status}`).replaceAll(/[\p{Cc}\s]+/gu, ' ').slice(0, longestReason),
  }
}

const fieldOf = (fields: string, name: string): string | undefined =>
  new RegExp(`^${name}:(.*)$`, 'im').exec(fields)?.[1]?.trim()

/** Each on a line of its own. */
function fieldsIn(content: string | ArrayBuffer | Uint8Array): string {
  const text = typeof content === 'string' ? content : Buffer.from(content as Uint8Array).toString('utf8')
  return text.slice(0, longestFields).replaceAll(/\r?\n[ \t]+/g, ' ')
}
