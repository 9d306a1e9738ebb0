/** Links as they reach people: over a real mail server, by way of the queue. */
import { SmtpTransport } from '@oneforge/adapters/email'
import { Database } from '@oneforge/kernel/database'
import { createJobs, type Jobs, prepareJobs } from '@oneforge/kernel/jobs'
import { Outbox } from '@oneforge/modules/messaging'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SmtpInbox } from '../../adapters/email/smtp-inbox.fixture.ts'
import { goodPassword, someone, type TestServer, TestWorld } from './identity.fixture.ts'
import type { SignedIn } from './sign-in.service.ts'

const silent = { info: () => {}, warn: () => {}, error: () => {} }
const newPassword = 'another lantern, another orchard'

let world: TestWorld
let server: TestServer
let inbox: SmtpInbox
let jobs: Jobs
let database: Database

beforeAll(async () => {
  world = await TestWorld.create()
  const { ownerUrl, appUrl } = world.testDatabase
  await prepareJobs(ownerUrl)
  inbox = await SmtpInbox.start()
  database = new Database({ url: appUrl, max: 4 })
  const transport = new SmtpTransport({ url: inbox.url, from: 'OneForge <crm@clinic.example>' })
  const enqueue = (...job: Parameters<Jobs['enqueue']>) => jobs.enqueue(...job)
  const mailer = new Outbox({ database, transport, enqueue, now: world.clock.now })
  jobs = createJobs({ appUrl, kinds: [mailer.queueKind], log: silent, superviseSeconds: 1, pollSeconds: 0.5 })
  await jobs.start()
  server = world.server({ mailer, baseUrl: 'https://crm.clinic.example' })
})
afterAll(async () => {
  await jobs.stop()
  await inbox.stop()
  await database.close()
  await world.close()
})

/** The token of the newest link that arrives at the address with this path. */
async function linkAt(email: string, path: string): Promise<string> {
  const link = new RegExp(`https://crm\\.clinic\\.example/${path}#(\\S+)`)
  const found = () =>
    inbox.mails
      .filter(({ to }) => to.includes(email))
      .map(({ text }) => link.exec(text)?.[1])
      .findLast((token) => token !== undefined)
  await expect.poll(found, { timeout: 10_000 }).toBeDefined()
  return found()!
}

describe('by mail', () => {
  it('an address is confirmed, then others are invited, and a forgotten password is replaced', async () => {
    const owner = await server.register({ workspace: 'Clínica Ñandú' })
    await server.call('auth.verifyEmail', { token: await linkAt(owner.user.email, 'verify-email') })

    const { email } = someone()
    await server.call('invitations.create', { email, roles: ['owner'] }, { token: owner.accessToken })
    const invitation = { token: await linkAt(email, 'invitation'), name: 'Ann Guest', password: goodPassword }
    expect(await server.call<SignedIn>('invitations.accept', invitation)).toMatchObject({ tenant: owner.tenant })
    expect(inbox.latest(email)?.subject).toBe('You are invited to Clínica Ñandú')

    await server.call('auth.forgotPassword', { email })
    await server.call('auth.resetPassword', { token: await linkAt(email, 'reset-password'), newPassword })
    expect((await server.login(email, newPassword)).user.name).toBe('Ann Guest')

    expect(inbox.mails.map(({ to }) => to)).toEqual([[owner.user.email], [email], [email]])
    const left = () => world.ask('select from outgoing_messages where body is not null')
    await expect.poll(left, { timeout: 10_000 }).toEqual([])
  })
})
