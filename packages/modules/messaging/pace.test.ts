import { SmtpServers, SmtpTransport } from '@oneforge/adapters/email'
import { Database, newId, sql } from '@oneforge/kernel/database'
import type { Log } from '@oneforge/kernel/events'
import { createJobs, type Jobs, prepareJobs } from '@oneforge/kernel/jobs'
import type { OperationContext } from '@oneforge/kernel/operations'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { cloneDatabase, type TestDatabase } from '../../../tests/postgres.ts'
import { SmtpInbox } from '../../adapters/email/smtp-inbox.fixture.ts'
import { MailServers, Outbox, suppress } from './index.ts'
import { putServer } from './mail-servers.store.ts'
import { listMessages } from './outbox.store.ts'
import { wakeSending } from './outbox.ts'
import { takeMoment } from './pace.store.ts'

const silent: Log = { info: () => {}, warn: () => {}, error: () => {} }
const plain = { seal: (_: string, text: string) => text, unseal: (_: string, text: string) => text }
const eventually = { timeout: 15_000, interval: 50 }

let test: TestDatabase
let database: Database
let installation: SmtpInbox
const running: { stop(): Promise<void> }[] = []

beforeAll(async () => {
  test = await cloneDatabase()
  await prepareJobs(test.ownerUrl)
  database = new Database({ url: test.appUrl, max: 8 })
  installation = await SmtpInbox.start()
})
afterEach(async () => {
  for (const one of running.splice(0)) await one.stop()
})
afterAll(async () => {
  await installation.stop()
  await database.close()
  await test.drop()
})

async function newTenant(): Promise<string> {
  const tenantId = newId()
  await database.run(
    { tenantId },
    sql`insert into tenants (id, name, slug, plan) values (${tenantId}, 'T', ${`t${tenantId.slice(-12)}`}, 'free')`,
  )
  return tenantId
}

async function startWorker(allowInside = true): Promise<Outbox> {
  return (await startWith(allowInside)).outbox
}

async function startWith(allowInside = true): Promise<{ outbox: Outbox; servers: MailServers }> {
  const servers = new MailServers({
    database,
    connector: new SmtpServers({ allowInside }),
    sealing: plain,
    wakeSending: wakeSending((tx, kind, change) => jobs.wake(tx, kind, change)),
  })
  const transport = new SmtpTransport({ url: installation.url, from: 'crm@installation.example' })
  const outbox: Outbox = new Outbox({
    database,
    transport,
    servers,
    enqueue: (tx, kind, payload, options) => jobs.enqueue(tx, kind, payload, options),
  })
  const jobs: Jobs = createJobs({
    appUrl: test.appUrl,
    kinds: [outbox.queueKind],
    log: silent,
    superviseSeconds: 1,
    pollSeconds: 0.5,
  })
  await jobs.start()
  running.push(jobs)
  return { outbox, servers }
}

async function name(tenantId: string, port: number, perMinute = 60): Promise<void> {
  const server = { host: '127.0.0.1', port, security: 'none', username: null, sealedPassword: null } as const
  const rest = { fromName: 'Bay Clinic', fromAddress: 'desk@bay.example', perMinute, perDay: 1_000 }
  await database.transaction({ tenantId }, (tx) => putServer(tx, tenantId, { ...server, ...rest }))
}

const send = (outbox: Outbox, tenantId: string, to: string, marketing = false) =>
  database.transaction({ tenantId }, (tx) =>
    outbox.enqueue(tx, { kind: 'email', to, subject: 'Hello', text: 'Hello', marketing }),
  )
const messages = async (tenantId: string) =>
  (await database.transaction({ tenantId }, (tx) => listMessages(tx, { limit: 100, offset: 0 }))).rows
/** Whenever they were to be tried, jobs of the workspace are not before then. */
const setStart = (tenantId: string, interval: string) =>
  database.transaction({ tenantId }, (tx) =>
    tx.query(sql`update pgboss.job set start_after = now() + ${interval}::interval
      where name = 'mail.send' and state < 'active' and data ->> 'tenantId' = ${tenantId}`),
  )
const portOf = ({ url }: SmtpInbox) => Number(new URL(url).port)

describe('a workspace’s own server', () => {
  it('takes its messages, from its sender; each once, though two workers send', async () => {
    const own = await SmtpInbox.start()
    running.push(own)
    const tenantId = await newTenant()
    await name(tenantId, portOf(own))
    const outbox = await startWorker()
    await startWorker()
    const receivers = Array.from({ length: 12 }, (_, index) => `r${index}@example.com`)
    await Promise.all(receivers.map((to) => send(outbox, tenantId, to)))
    await expect.poll(() => own.mails.length, eventually).toBe(12)
    await expect
      .poll(async () => (await messages(tenantId)).every(({ state }) => state === 'sent'), eventually)
      .toBe(true)
    expect(own.mails.flatMap(({ to }) => to).sort()).toEqual(receivers.sort())
    expect(new Set(own.mails.map(({ from }) => from))).toEqual(new Set(['Bay Clinic <desk@bay.example>']))
    expect(installation.mails).toEqual([])
  })

  it('that is broken holds nobody else up, is left alone meanwhile, and gets what waits once a check has reached it', async () => {
    const dead = await SmtpInbox.start()
    const port = portOf(dead)
    await dead.stop()
    const [broken, well] = [await newTenant(), await newTenant()]
    await name(broken, port)
    const { outbox, servers } = await startWith()
    await send(outbox, broken, 'a@example.com')
    await expect
      .poll(() => messages(broken), eventually)
      .toMatchObject([{ state: 'queued', lastError: expect.stringContaining('ECONNREFUSED') }])
    for (const to of ['b@example.com', 'c@example.com']) await send(outbox, broken, to)
    await send(outbox, well, 'well@example.com')
    await expect.poll(() => messages(well), eventually).toMatchObject([{ state: 'sent' }])
    const waiting = (await messages(broken)).filter(({ recipient }) => recipient !== 'a@example.com')
    expect(waiting.map(({ state, attempts }) => [state, attempts])).toEqual([
      ['queued', 0],
      ['queued', 0],
    ])
    // However long it is to be left alone.
    await database.run({ tenantId: broken }, sql`update mail_paces set held_until = now() + interval '30 minutes'`)
    await setStart(broken, '30 minutes')
    const check = () => servers.check({ database, model: { tenantId: broken } } as OperationContext)
    await expect(check()).rejects.toThrow(/could not be used/)
    const mended = await SmtpInbox.start(port)
    running.push(mended)
    await check()
    await expect.poll(() => mended.mails.length, eventually).toBe(3)
  })

  it('inside the installation’s network is not reached', async () => {
    const tenantId = await newTenant()
    await name(tenantId, portOf(installation))
    await send(await startWorker(false), tenantId, 'inside@example.com')
    await expect
      .poll(() => messages(tenantId), eventually)
      .toMatchObject([{ state: 'queued', lastError: expect.stringContaining('own network') }])
    expect(installation.latest('inside@example.com')).toBeUndefined()
  })
})

describe('the pace', () => {
  it('gives each its own moment, a quiet minute at once and then one after another', async () => {
    const tenantId = await newTenant()
    const pace = { perMinute: 4, perDay: 1_000 }
    const moments = await Promise.all(Array.from({ length: 8 }, () => takeMoment(database, tenantId, pace)))
    const waits = moments
      .map((at) => Math.max(0, Math.round((at.getTime() - Date.now()) / 15_000)))
      .sort((a, b) => a - b)
    expect(waits).toEqual([0, 0, 0, 0, 1, 2, 3, 4])
  })

  it('of the day holds, too, and each workspace has its own', async () => {
    const [busy, quiet] = [await newTenant(), await newTenant()]
    const pace = { perMinute: 1_000, perDay: 2 }
    const moments = []
    for (let index = 0; index < 3; index++) moments.push(await takeMoment(database, busy, pace))
    const hours = moments.map((at) => Math.max(0, Math.round((at.getTime() - Date.now()) / 3_600_000)))
    expect(hours).toEqual([0, 0, 12])
    expect((await takeMoment(database, quiet, pace)).getTime()).toBeLessThanOrEqual(Date.now() + 1_000)
  })

  it('puts a message off without counting an attempt, until another lets it through', async () => {
    const own = await SmtpInbox.start()
    running.push(own)
    const tenantId = await newTenant()
    await name(tenantId, portOf(own), 1)
    const { outbox, servers } = await startWith()
    await send(outbox, tenantId, 'first@example.com')
    await expect.poll(() => own.mails.length, eventually).toBe(1)
    await send(outbox, tenantId, 'second@example.com')
    await expect
      .poll(
        () =>
          database.run(
            {},
            sql`select from pgboss.job where name = 'mail.send' and start_after > now() + interval '30 seconds' and data ->> 'tenantId' = ${tenantId}`,
          ),
        eventually,
      )
      .toHaveLength(1)
    expect(own.mails).toHaveLength(1)
    expect((await messages(tenantId))[0]).toMatchObject({ state: 'queued', attempts: 0 })
    const server = { host: '127.0.0.1', port: portOf(own), security: 'none', username: null } as const
    const faster = { ...server, fromName: '', fromAddress: 'desk@bay.example', perMinute: 60, perDay: 1_000 }
    await database.transaction({ tenantId }, (tx) =>
      servers.set({ tx, model: { tenantId } } as OperationContext, faster),
    )
    await expect.poll(() => own.latest('second@example.com')?.subject, eventually).toBe('Hello')
  })

  it('gives up what had no turn for three days, counted anew when it is tried again', async () => {
    const tenantId = await newTenant()
    const own = await SmtpInbox.start()
    running.push(own)
    await name(tenantId, portOf(own), 1)
    for (let taken = 0; taken < 2; taken++) await takeMoment(database, tenantId, { perMinute: 1, perDay: 1_000 })
    const outbox = await startWorker()
    const id = await database.transaction({ tenantId }, async (tx) => {
      const id = await outbox.enqueue(tx, { kind: 'email', to: 'late@example.com', subject: 'Hello', text: 'Hello' })
      await tx.query(sql`update outgoing_messages set (created_at, queued_at) =
        (now() - interval '4 days', now() - interval '4 days') where id = ${id}`)
      return id
    })
    await expect
      .poll(() => messages(tenantId), eventually)
      .toMatchObject([
        { state: 'failed', attempts: 0, lastError: expect.stringContaining('no turn within three days') },
      ])
    await database.transaction({ tenantId }, (tx) => outbox.retry(tx, id))
    const putOff = sql`select from pgboss.job where name = 'mail.send' and start_after > now() + interval '30 seconds'
      and data ->> 'messageId' = ${id}`
    await expect.poll(() => database.run({}, putOff), eventually).toHaveLength(1)
    expect(await messages(tenantId)).toMatchObject([{ state: 'queued' }])
  })
})

describe('an address that is written to no more', () => {
  it('gets nothing of what people write, and the outbox says why', async () => {
    const tenantId = await newTenant()
    await database.transaction({ tenantId }, async (tx) => {
      const gone = { address: 'Gone@example.com', scope: 'all', reason: 'bounced', detail: '550 no such user' } as const
      await suppress(tx, tenantId, gone)
      await suppress(tx, tenantId, { ...gone, address: 'no@example.com', scope: 'marketing', reason: 'unsubscribed' })
    })
    const outbox = await startWorker()
    await send(outbox, tenantId, 'gone@example.com')
    await send(outbox, tenantId, 'no@example.com', true)
    await send(outbox, tenantId, 'no@example.com')
    await expect.poll(async () => (await messages(tenantId))[0]?.state, eventually).toBe('sent')
    const [, marketing, gone] = await messages(tenantId)
    expect(gone).toMatchObject({ state: 'failed', lastError: expect.stringContaining('550 no such user') })
    expect(marketing).toMatchObject({ state: 'failed', lastError: expect.stringContaining('gets no marketing') })
  })
  it('gets nothing of what waited already, nor of what is tried again', async () => {
    const tenantId = await newTenant()
    const outbox = await startWorker()
    const marketing = {
      kind: 'email',
      to: 'waits@example.com',
      subject: 'News',
      text: 'News',
      marketing: true,
    } as const
    const ended = { address: marketing.to, scope: 'marketing', reason: 'unsubscribed', detail: null } as const
    const id = await database.transaction({ tenantId }, async (tx) => {
      const id = await outbox.enqueue(tx, marketing)
      await suppress(tx, tenantId, ended)
      return id
    })
    const why = 'gets no marketing'
    await expect
      .poll(() => messages(tenantId), eventually)
      .toMatchObject([{ state: 'failed', attempts: 0, lastError: expect.stringContaining(why) }])
    await expect(database.transaction({ tenantId }, (tx) => outbox.retry(tx, id))).rejects.toThrow(why)
    expect(await messages(tenantId)).toMatchObject([{ state: 'failed' }])
    expect(installation.latest(marketing.to)).toBeUndefined()
  })
})
