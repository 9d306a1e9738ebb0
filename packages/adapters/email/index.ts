export { SmtpReceiver, type SmtpReceiverOptions } from './smtp-receiver.ts'
export { type SmtpOptions, SmtpTransport } from './smtp-transport.ts'
export { SmtpServers } from './tenant-smtp.ts'
