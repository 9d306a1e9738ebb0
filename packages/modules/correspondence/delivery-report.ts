/** Reports that a message could not be delivered (RFC 3464), as the receiving side sends them back. */
import type { Email } from 'postal-mime'

export interface DeliveryReport {
  /** Message-ID of the message that came back; undefined where the report does not hold it. */
  header: string | undefined
  /** The address that does not take it. */
  address: string | undefined
  /** Whether it is for good: the address does not exist, for example, and not only full. */
  isPermanent: boolean
  /** What the receiving side said, on one line. */
  reason: string
}

const longestReason = 500

/** Undefined where the message is no report, or one of something else than a failure (a delay, a receipt). */
export function deliveryReportIn(email: Email): DeliveryReport | undefined {
  const part = email.attachments.find(({ mimeType }) => mimeType === 'message/delivery-status')
  if (!part) return undefined
  const fields = textOf(part.content).replaceAll(/\r?\n[ \t]+/g, ' ')
  const status = fieldOf(fields, 'Status') ?? ''
  if (fieldOf(fields, 'Action')?.toLowerCase() !== 'failed') return undefined
  const original = email.attachments.find(({ mimeType }) => /^(?:message|text)\/rfc822/.test(mimeType))
  const diagnosis = fieldOf(fields, 'Diagnostic-Code')?.replace(/^smtp;\s*/i, '')
  return {
    header: original && fieldOf(textOf(original.content).replaceAll(/\r?\n[ \t]+/g, ' '), 'Message-ID'),
    address: fieldOf(fields, 'Final-Recipient')
      ?.replace(/^[^;]*;\s*/, '')
      .toLowerCase(),
    // 5.2.2 is a full mailbox: it may have room tomorrow.
    isPermanent: status.startsWith('5.') && status !== '5.2.2',
    reason: (diagnosis ?? `Status ${status}`).replaceAll(/[\p{Cc}\s]+/gu, ' ').slice(0, longestReason),
  }
}

const fieldOf = (text: string, name: string): string | undefined =>
  new RegExp(`^${name}:[ \\t]*(.*?)[ \\t]*$`, 'im').exec(text)?.[1]

const textOf = (content: string | ArrayBuffer | Uint8Array): string =>
  typeof content === 'string' ? content : Buffer.from(content as Uint8Array).toString('utf8')
