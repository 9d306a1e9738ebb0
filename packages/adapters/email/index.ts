export { type SmtpOptions, SmtpTransport } from './smtp-transport.ts'
