/** The door of the correspondence module: mail that is written about records, and mail from outside that is kept with them. */
import type { Database } from '@oneforge/kernel/database'
import type { AnyOperation } from '@oneforge/kernel/operations'
import type { WholeFiles } from '@oneforge/modules/files'
import type { Transactions } from '@oneforge/modules/jobs'
import type { Mailer } from '@oneforge/modules/messaging'
import { correspondenceOperations } from './correspondence.operations.ts'
import { EmailWriter } from './email-writer.ts'
import { emailOperations } from './emails.operations.ts'
import { MailIntake } from './intake.ts'
import type { MailHandler } from './mail-receiver.port.ts'
import { RecordMail } from './record-mail.ts'

export { type Mailbox, type MailHandler, MailNotTaken } from './mail-receiver.port.ts'
export { firstThatKnows } from './mail-routes.ts'
export { mailboxNameIn, newMailboxName } from './mailbox-name.ts'
export { RecordMail } from './record-mail.ts'

/** @param options.domain of the addresses; undefined where no mail arrives. */
export function createCorrespondence(options: {
  database: Database
  transactions: Transactions
  files: WholeFiles
  mailer: Mailer
  domain: string | undefined
}): { operations: AnyOperation[]; handler: MailHandler | undefined; recordMail: RecordMail } {
  const { database, transactions, files, mailer, domain } = options
  const intake = domain ? new MailIntake({ database, transactions, files, mailer, domain }) : undefined
  const addresses = correspondenceOperations(intake && ((name) => intake.addressOf(name)))
  const recordMail = new RecordMail({ mailer, domain })
  const writer = new EmailWriter({ mailer, files, recordMail })
  return { operations: [...addresses, ...emailOperations(writer)], handler: intake, recordMail }
}
