/** A system with a real mail server behind it, whose clock can be moved on: nobody waits for two days. */
import { LongJobs } from '@oneforge/modules/jobs'
import { Outbox } from '@oneforge/modules/messaging'
import { reportMailing } from '@oneforge/modules/reports'
import { createTransport } from 'nodemailer'
import PostalMime from 'postal-mime'
import { expect } from 'vitest'
import { type ReceivedMail, SmtpInbox } from '../../../packages/adapters/email/smtp-inbox.fixture.ts'
import { clockKind } from '../../../packages/modules/workflows/triggers/clocks.ts'
import { type RunningSystem, startSystem } from '../../server.ts'

export interface World {
  system: RunningSystem
  inbox: SmtpInbox
  /** Mail to the address whose subject begins so, once it is there. */
  mailTo(address: string, subject: string): Promise<ReceivedMail>
  /** Whoever got the mail answers it, from their own address to where it says. */
  answer(mail: ReceivedMail, text: string): Promise<void>
  /** What runs wait for until some time is over now. */
  endWaits(tenantId: string): Promise<void>
  /** What is due around dates of records by the moment begins now. */
  reachMoment(moment: Date): Promise<void>
  /** Boards that are mailed by the moment go out now. */
  mailBoards(moment: Date): Promise<void>
  stop(): Promise<void>
}

/** A busy machine takes its time. */
export const eventually = { timeout: 20_000, interval: 100 }

export async function openWorld(): Promise<World> {
  const inbox = await SmtpInbox.start()
  const system = await startSystem({ smtpUrl: inbox.url, mailDomain: 'answers.example.com' })
  const { database, jobs, workflows } = system.system
  const enqueue = (...call: Parameters<typeof jobs.enqueue>) => jobs.enqueue(...call)
  const { transactions } = new LongJobs({ database, enqueue })
  const job = { id: 'clock', attempt: 1, signal: new AbortController().signal }
  return {
    system,
    inbox,
    async mailTo(address, subject) {
      const find = () => inbox.mails.find((mail) => mail.to.includes(address) && mail.subject.startsWith(subject))
      const about = `“${subject}” to ${address}`
      await expect.poll(() => find() !== undefined, { ...eventually, message: about }).toBe(true)
      return find()!
    },
    async answer(mail, text) {
      const { replyTo = [], messageId } = await PostalMime.parse(mail.raw)
      const [from, to] = [mail.to[0]!, replyTo[0]!.address!]
      const transport = createTransport({ host: '127.0.0.1', port: system.system.mailPort!, ignoreTLS: true })
      try {
        await transport.sendMail({ from, to, subject: `Re: ${mail.subject}`, inReplyTo: messageId, text })
      } finally {
        transport.close()
      }
    },
    async endWaits(tenantId) {
      for (const table of ['workflow_steps', 'workflow_runs'])
        await system.sql(`update ${table} set wake_at = now() where tenant_id = $1 and wake_at > now()`, [tenantId])
      workflows.wake()
    },
    async reachMoment(moment) {
      const kind = clockKind({ database, transactions, wake: () => workflows.wake(), now: () => moment })
      // The timer is noted a moment after the record, and what somebody else holds just then is left to the next minute.
      const due = async () => system.sql('select from workflow_timers where fires_at <= $1', [moment])
      await expect.poll(async () => (await due()).length, eventually).toBeGreaterThan(0)
      await expect
        .poll(async () => {
          await kind.handle({ tenantId: '' }, job)
          return (await due()).length
        }, eventually)
        .toBe(0)
      // The engine goes by the clock of the wall, by which these runs begin later.
      await system.sql('update workflow_runs set wake_at = now() where wake_at > now()')
      workflows.wake()
    },
    async mailBoards(moment) {
      const mailer = new Outbox({ database, enqueue })
      const parts = { database, transactions, mailer, baseUrl: system.url, log: console, enqueue, now: () => moment }
      await reportMailing(parts).mailing.handle({ tenantId: '' }, job)
    },
    async stop() {
      await system.stop()
      await inbox.stop()
    },
  }
}
