/** The door of the meetings module: invitations to meetings by mail, the answers to them, and how calendars write. */
import type { Database } from '@oneforge/kernel/database'
import type { AnyOperation } from '@oneforge/kernel/operations'
import type { MailHandler } from '@oneforge/modules/correspondence'
import type { Mailer } from '@oneforge/modules/messaging'
import { MeetingAnswers } from './answers.ts'
import { InvitationService } from './invitations.service.ts'
import { meetingOperations } from './meetings.operations.ts'

export { calendarTimes, calendarWriter } from './calendar-message.ts'
export { uidOf } from './invitations.service.ts'

/** @param options.domain of the addresses that answers come to; undefined where no mail arrives. */
export function createMeetings(options: { database: Database; mailer: Mailer; domain: string | undefined }): {
  operations: AnyOperation[]
  handler: MailHandler | undefined
} {
  const { database, mailer, domain } = options
  return {
    operations: meetingOperations(new InvitationService({ mailer, domain })),
    handler: domain ? new MeetingAnswers({ database, domain }) : undefined,
  }
}
