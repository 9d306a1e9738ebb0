import { SmtpTransport } from '@oneforge/adapters/email'
import { Database, newId, sql } from '@oneforge/kernel/database'
import type { Log } from '@oneforge/kernel/events'
import { createJobs, type Jobs, noTenant, prepareJobs } from '@oneforge/kernel/jobs'
import PostalMime from 'postal-mime'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { cloneDatabase, type TestDatabase } from '../../../tests/postgres.ts'
import { SmtpInbox } from '../../adapters/email/smtp-inbox.fixture.ts'
import { type MailTransport, Outbox } from './index.ts'
import type { NewMail } from './mail.port.ts'
import { listMessages } from './outbox.store.ts'

const silent: Log = { info: () => {}, warn: () => {}, error: () => {} }
const mail: NewMail = {
  kind: 'invitation',
  to: 'ann@example.com',
  subject: 'Ven a Clínica Ñandú',
  text: 'Hola:\n\nhttps://crm.example.com/invitation#ofi_abc\n',
}

let test: TestDatabase
let database: Database
let inbox: SmtpInbox
let jobs: Jobs | undefined
const tenantId = newId()

beforeAll(async () => {
  test = await cloneDatabase()
  await prepareJobs(test.ownerUrl)
  database = new Database({ url: test.appUrl, max: 6 })
  await database.run(
    { tenantId },
    sql`insert into tenants (id, name, slug, plan) values (${tenantId}, 'T', 't', 'free')`,
  )
})
beforeEach(async () => {
  inbox = await SmtpInbox.start()
})
afterEach(async () => {
  await jobs?.stop()
  await inbox.stop()
  await database.run({ tenantId }, sql`delete from outgoing_messages where tenant_id = ${tenantId}`)
})
afterAll(async () => {
  await database.close()
  await test.drop()
})

/** An outbox with a worker behind it. */
async function start(transport?: MailTransport): Promise<Outbox> {
  const outbox: Outbox = new Outbox({
    database,
    transport,
    enqueue: (tx, kind, payload) => jobs!.enqueue(tx, kind, payload),
  })
  jobs = createJobs({
    appUrl: test.appUrl,
    kinds: [outbox.queueKind],
    log: silent,
    superviseSeconds: 1,
    pollSeconds: 0.5,
  })
  await jobs.start()
  return outbox
}

const smtp = (url = inbox.url) => new SmtpTransport({ url, from: 'OneForge <crm@clinic.example>' })
const enqueue = (outbox: Outbox, change: Partial<NewMail> = {}) =>
  database.transaction({ tenantId }, (tx) => outbox.enqueue(tx, { ...mail, ...change }))
const messages = async () =>
  (await database.transaction({ tenantId }, (tx) => listMessages(tx, { limit: 100, offset: 0 }))).rows
const states = async () => (await messages()).map(({ state, attempts }) => [state, attempts])
const eventually = { timeout: 15_000, interval: 50 }

describe('a message', () => {
  it('is sent once, with what was written, and loses its text then', async () => {
    await enqueue(await start(smtp()))
    await expect.poll(states, eventually).toEqual([['sent', 1]])
    expect(inbox.mails).toHaveLength(1)
    expect(inbox.mails[0]).toMatchObject({
      to: [mail.to],
      subject: mail.subject,
      from: 'OneForge <crm@clinic.example>',
    })
    expect(inbox.mails[0]!.text.replaceAll('\r\n', '\n').trim()).toBe(mail.text.trim())
    const [stored] = await messages()
    expect(stored).toMatchObject({ body: null, recipient: mail.to, sentAt: expect.any(String) })
    expect(inbox.mails[0]!.messageId).toBe(`<${stored!.id}@clinic.example>`)
  })

  it('brings its HTML, its pictures and what is attached, and keeps its place in the thread', async () => {
    const picture = Buffer.from('89504e470d0a1a0a', 'hex')
    await enqueue(await start(smtp()), {
      kind: 'email',
      html: '<p>Hola, <b>Ñandú</b> <img src="cid:logo"></p>',
      attachments: [
        { name: 'logo.png', type: 'image/png', content: picture, cid: 'logo' },
        { name: 'Factura n.º 1.pdf', type: 'application/pdf', content: Buffer.from('%PDF-1.7') },
      ],
      senderName: 'Dra. Ñíguez',
      thread: {
        messageId: '<two@clinic.example>',
        inReplyTo: '<one@clinic.example>',
        references: ['<one@clinic.example>'],
      },
    })
    await expect.poll(states, eventually).toEqual([['sent', 1]])
    const received = await PostalMime.parse(inbox.mails[0]!.raw)
    expect(received).toMatchObject({
      from: { name: 'Dra. Ñíguez via OneForge', address: 'crm@clinic.example' },
      messageId: '<two@clinic.example>',
      inReplyTo: '<one@clinic.example>',
      references: '<one@clinic.example>',
      attachments: [
        { filename: 'logo.png', mimeType: 'image/png', contentId: '<logo>', related: true },
        { filename: 'Factura n.º 1.pdf', mimeType: 'application/pdf', disposition: 'attachment' },
      ],
    })
    expect(received.text?.trim()).toBe(mail.text.trim())
    expect(received.html).toContain('<b>Ñandú</b> <img src="cid:logo">')
    expect(Buffer.from(received.attachments[0]!.content as ArrayBuffer)).toEqual(picture)
    expect(inbox.mails[0]!.headers.has('auto-submitted')).toBe(false)
    const rest = await database.run({ tenantId }, sql`select from outgoing_attachments where tenant_id = ${tenantId}`)
    expect(rest).toEqual([])
  })

  it('has the sender’s name alone only where the workspace has shown that its domain is its own', async () => {
    const outbox = await start(smtp())
    await enqueue(outbox, { kind: 'workflow', to: 'ann@example.com' })
    await expect.poll(() => inbox.latest('ann@example.com')?.from, eventually).toContain('T via OneForge <')
    await database.run({ tenantId }, sql`update tenants set domain = 't.example', domain_verified_at = now()`)
    await enqueue(outbox, { kind: 'workflow', to: 'bob@example.com' })
    await expect.poll(() => inbox.latest('bob@example.com')?.from, eventually).toMatch(/^"?T"? </)
    await database.run({ tenantId }, sql`update tenants set domain = null, domain_verified_at = null`)
  })

  it('with too much attached is refused before it is taken on', async () => {
    const outbox = await start(smtp())
    const large = { name: 'a.bin', type: 'application/octet-stream', content: Buffer.alloc(8 * 1024 ** 2) }
    await expect(enqueue(outbox, { attachments: [large, large] })).rejects.toThrow('at most 15 MB together')
    const small = { ...large, content: Buffer.alloc(1) }
    await expect(enqueue(outbox, { attachments: Array(21).fill(small) })).rejects.toThrow('at most 20 files')
  })

  it('is not sent when the transaction that wrote it is undone', async () => {
    const outbox = await start(smtp())
    const undone = database.transaction({ tenantId }, async (tx) => {
      await outbox.enqueue(tx, mail)
      throw new Error('undone')
    })
    await expect(undone).rejects.toThrow('undone')
    await enqueue(outbox, { to: 'bob@example.com' })
    await expect.poll(states, eventually).toEqual([['sent', 1]])
    expect(inbox.mails.map(({ to }) => to)).toEqual([['bob@example.com']])
  })

  it('that nobody could write a second receiver or header into goes to one address', async () => {
    const outbox = await start(smtp())
    await enqueue(outbox, { subject: 'Hello\r\nBcc: eve@example.com', to: 'ann@example.com' })
    await expect.poll(states, eventually).toEqual([['sent', 1]])
    expect(inbox.mails[0]!.to).toEqual(['ann@example.com'])
    expect(inbox.mails[0]!.headers.has('bcc')).toBe(false)
  })

  it('of the installation shows to no tenant', async () => {
    const outbox = await start()
    await database.transaction({ tenantId: noTenant }, (tx) => outbox.enqueue(tx, { ...mail, kind: 'password-reset' }))
    expect(await messages()).toEqual([])
  })
})

describe('a server that is not well', () => {
  it('is tried again; the message arrives once', async () => {
    inbox.misbehaviours.push({ at: 'content', code: 451 })
    await enqueue(await start(smtp()))
    await expect.poll(states, eventually).toEqual([['sent', 2]])
    expect(inbox.mails).toHaveLength(1)
  })

  it('is tried again when nobody listens, and says so in the outbox', async () => {
    const { url } = inbox
    await inbox.stop()
    await enqueue(await start(smtp(url)))
    await expect
      .poll(messages, eventually)
      .toMatchObject([{ state: 'queued', lastError: expect.stringContaining('ECONNREFUSED') }])
    inbox = await SmtpInbox.start(Number(new URL(url).port))
    await expect.poll(async () => (await messages())[0]!.state, eventually).toBe('sent')
    expect(inbox.mails).toHaveLength(1)
  })

  it('that dies after it took a message gets it again under the same Message-ID', async () => {
    inbox.misbehaviours.push('accepts and dies')
    await enqueue(await start(smtp()))
    await expect.poll(states, eventually).toEqual([['sent', 2]])
    expect(new Set(inbox.mails.map(({ messageId }) => messageId)).size).toBe(1)
  })

  it.each(['receiver', 'content'] as const)(
    'that refuses the %s for good is not asked again until somebody says so',
    async (at) => {
      inbox.misbehaviours.push({ at, code: 550 })
      const outbox = await start(smtp())
      await enqueue(outbox)
      await expect.poll(states, eventually).toEqual([['failed', 1]])
      const [dead] = await messages()
      expect(dead!.lastError).toContain('Not now, not you')
      await database.transaction({ tenantId }, (tx) => outbox.retry(tx, dead!.id))
      await expect.poll(states, eventually).toEqual([['sent', 1]])
    },
  )
})

describe('without a mail server', () => {
  it('messages are kept to be read, and cannot be sent', async () => {
    const outbox = await start()
    await enqueue(outbox)
    expect(await messages()).toMatchObject([{ state: 'kept', body: mail.text, attempts: 0 }])
    const [kept] = await messages()
    await expect(database.transaction({ tenantId }, (tx) => outbox.retry(tx, kept!.id))).rejects.toThrow('OF_SMTP_URL')
  })

  it('are sent on demand once there is one', async () => {
    const without = await start()
    await enqueue(without)
    await jobs!.stop()
    const outbox = await start(smtp())
    const [kept] = await messages()
    await database.transaction({ tenantId }, (tx) => outbox.retry(tx, kept!.id))
    await expect.poll(states, eventually).toEqual([['sent', 1]])
  })
})
