/** The door of the messaging module: what is sent to people. */
export {
  type Mail,
  type MailAttachment,
  type Mailer,
  MailRefused,
  type MailThread,
  type MailTransport,
  type NewMail,
} from './mail.port.ts'
export { messagingOperations } from './messaging.operations.ts'
export { Outbox } from './outbox.ts'
