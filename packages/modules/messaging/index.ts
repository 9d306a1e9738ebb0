/** The door of the messaging module: what is sent to people. */
export { type Mail, type Mailer, MailRefused, type MailTransport, type NewMail } from './mail.port.ts'
export { messagingOperations } from './messaging.operations.ts'
export { Outbox } from './outbox.ts'
