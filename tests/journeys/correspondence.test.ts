/** Mail that people forward or copy to their address, from a real mail client over SMTP into the records it is about. */
import { readdirSync } from 'node:fs'
import { createTransport } from 'nodemailer'
import type Mail from 'nodemailer/lib/mailer'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ApiClient, Json } from '../client.ts'
import { addMember, defineRole, type RunningSystem, startSystem } from '../server.ts'

let system: RunningSystem
let ana: ApiClient
let address: string
let lena: Json

beforeAll(async () => {
  system = await startSystem({ mailDomain: 'log.example.com' })
  ana = await system.register({ name: 'Ana García', workspace: 'Bay Clinic', template: 'hospital' })
  lena = await ana.post('/patients', {
    full_name: 'Lena Ortiz',
    date_of_birth: '1980-01-01',
    phone: '+14155550123',
    email: 'Lena@Example.org',
  })
  address = (await ana.post('/mail-address')).address
})
afterAll(() => system?.stop())

/** Sends as a mail server would that has the message for these receivers. */
async function send(mail: Mail.Options, to = address, port = system.system.mailPort!): Promise<void> {
  const transport = createTransport({ host: '127.0.0.1', port, ignoreTLS: true })
  try {
    await transport.sendMail({ envelope: { from: 'bounces@example.net', to }, ...mail })
  } finally {
    transport.close()
  }
}

const kept = (client: ApiClient, title: string): Promise<Json[]> =>
  client.get(`/emails?title=${encodeURIComponent(title)}&include=about`)
const mine = () => ana.session!.user.email

describe('a copy of what one writes', () => {
  it('is kept once, with whom it was written to', async () => {
    const mail = {
      messageId: '<1@example.org>',
      from: `Ana García <${mine()}>`,
      to: 'Lena Ortiz <lena@example.org>, Somebody <else@example.net>',
      subject: 'Your visit – on Monday 🩺',
      date: new Date('2026-11-16T09:00:00Z'),
      text: 'Dear Lena,\n\nsee you on Monday.\n',
    }
    await Promise.all(Array.from({ length: 8 }, () => send(mail)))
    const [email, ...others] = await kept(ana, 'Your visit – on Monday 🩺')
    expect(others).toEqual([])
    expect(email).toMatchObject({
      direction: 'Sent',
      sender: `Ana García <${mine()}>`,
      receivers: 'Lena Ortiz <lena@example.org>, Somebody <else@example.net>',
      sent_at: '2026-11-16T09:00:00.000Z',
      body: 'Dear Lena,\n\nsee you on Monday.',
    })
    expect(email.about.map(({ id }: Json) => id)).toEqual([lena.id])
    const [entry] = await ana.get(`/emails/${email.id}/history`)
    expect(entry).toMatchObject({ action: 'created', source: 'mail', actor: { name: 'Ana García' } })
  })
})

describe('a message that is forwarded', () => {
  it('is kept as it was written first, with the remark above it, and starts workflows where its writer is a record’s', async () => {
    const steps = [{ id: 'note', type: 'update_field', field: 'notes', value: 'Wrote by {{ trigger.channel }}' }]
    const trigger = { type: 'message_received', channel: 'email' }
    await ana.post('/workflows', { definition: { label: 'Answering', object: 'patients', trigger, steps } })
    const away = { from: 'lena@example.org', to: mine(), subject: 'Away', text: 'I am away.' }
    await send({ ...away, headers: { 'Auto-Submitted': 'auto-replied' } })
    await send({ ...away, subject: 'Away again', envelope: { from: '', to: address } })
    for (const title of ['Away', 'Away again'])
      expect(await kept(ana, title)).toMatchObject([{ about: [{ id: lena.id }] }])
    await send({ ...away, from: 'else@example.net', cc: 'lena@example.org', subject: 'Copied' })
    expect(await kept(ana, 'Copied')).toMatchObject([{ about: [{ id: lena.id }] }])
    const text = [
      'Please call her back.',
      '',
      '---------- Forwarded message ---------',
      'From: Lena Ortiz <LENA@example.org>',
      'Date: Mon, Nov 16, 2026 at 9:30 AM',
      'Subject: A question',
      `To: Ana García <${mine()}>`,
      '',
      'May I come at ten?',
    ].join('\n')
    await send({ from: mine(), to: address, subject: 'Fwd: A question', text })
    const [email] = await kept(ana, 'A question')
    expect(email).toMatchObject({
      direction: 'Received',
      sender: 'Lena Ortiz <lena@example.org>',
      remark: 'Please call her back.',
      body: 'May I come at ten?',
    })
    expect(email.about.map(({ id }: Json) => id)).toEqual([lena.id])
    const notes = async () => (await ana.get(`/patients/${lena.id}`)).notes
    await expect.poll(notes, { timeout: 15_000 }).toBe('Wrote by email')
    const told = await system.sql("select payload ->> 'message' as id from events where type = 'message.received'")
    expect(told).toEqual([{ id: email.id }])
  })

  it('by a rule of the mailbox is kept as it came, without its tags where it has no plain text', async () => {
    const html = '<p>May I come <b>later</b>?</p><script>alert(1)</script><p>Lena</p>'
    await send({ from: 'lena@example.org', to: mine(), subject: 'Later', html })
    const [email] = await kept(ana, 'Later')
    expect(email).toMatchObject({ direction: 'Received', body: 'May I come later ?\nLena' })
  })
})

describe('what was attached', () => {
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  )

  it('becomes files of the e-mail, once, by safe names and as what it is; pictures in the text apart', async () => {
    const long = `${'é'.repeat(300)}.png`
    const mail = {
      messageId: '<attached@example.org>',
      from: 'lena@example.org',
      to: mine(),
      subject: 'My scans',
      html: '<p>Look: <img src="cid:logo@example.org"></p>',
      attachments: [
        { filename: '../../etc/cron.d/Befund Müller.txt', content: 'All is well – é' },
        { filename: 'harmless.txt', content: png, contentType: 'text/plain' },
        { filename: long, content: png },
        { filename: false as const, content: 'without a name', contentType: 'text/plain' },
        { filename: 'empty.bin', content: '' },
        { filename: 'logo.png', content: png, cid: 'logo@example.org' },
      ],
    }
    await Promise.all(Array.from({ length: 4 }, () => send(mail)))
    const [email, ...others] = await kept(ana, 'My scans')
    expect(others).toEqual([])
    const files: Json[] = await ana.get(`/emails/${email.id}/files`)
    const told = files.map(({ folder, name, type, size }) => [folder, name, type, size])
    expect(told.sort((a, b) => (a[1] < b[1] ? -1 : 1))).toEqual([
      ['', '.._.._etc_cron.d_Befund Müller.txt', 'text/plain', 18],
      ['', 'attachment-5', 'text/plain', 14],
      ['', 'empty.bin', 'text/plain', 0],
      ['', 'harmless.txt', 'image/png', png.length],
      ['In the text', 'logo.png', 'image/png', png.length],
      ['', `${'é'.repeat(196)}.png`, 'image/png', png.length],
    ])
    const { url } = await ana.post(`/files/${files.find(({ name }) => name === 'harmless.txt')!.id}/link`)
    expect(Buffer.from(await (await fetch(system.url + url)).arrayBuffer()).equals(png)).toBe(true)
    const history: Json[] = await ana.get(`/emails/${email.id}/history`)
    expect(history.filter(({ action }) => action === 'file_added')).toHaveLength(6)
    expect((await ana.get(`/emails/files?ids=${email.id},${lena.id}`)).length).toBe(6)
    const other = await system.register({ workspace: 'Elsewhere still', template: 'blank' })
    expect(await other.get(`/emails/files?ids=${email.id}`)).toEqual([])
    expect((await ana.send('GET', '/emails/files?ids=x')).status).toBe(400)
  })

  it('counts among what the workspace may keep: beyond it the message comes back, and nothing of it stays', async () => {
    const full = await system.register({ name: 'Kim', workspace: 'Full house', template: 'blank' })
    const { address: hers } = await full.post('/mail-address')
    await system.sql("update tenants set plan = 'starter', version = version + 1 where id = $1", [full.tenantId])
    await system.sql('insert into storage_counters (tenant_id, bytes) values ($1, 1000000000000)', [full.tenantId])
    const mail = { from: 'lena@example.org', to: full.session!.user.email, subject: 'Too much', text: 'Look' }
    const attachments = [{ filename: 'a.txt', content: 'a' }]
    await expect(send({ ...mail, attachments }, hers)).rejects.toThrow(/550.*of files/)
    expect(await kept(full, 'Too much')).toEqual([])
    const contents = readdirSync(system.dataDir, { recursive: true }).filter((path) => String(path).endsWith('/0'))
    const of = (tenantId: string) => contents.filter((path) => String(path).includes(tenantId))
    expect([of(full.tenantId), of(ana.tenantId)]).toEqual([[], expect.arrayContaining([expect.any(String)])])
    await send(mail, hers)
    expect(await kept(full, 'Too much')).toHaveLength(1)
  })
})

describe('what is not taken', () => {
  it('is mail to nobody’s address, or one that was given up', async () => {
    const mail = { from: 'x@example.net', to: 'y@example.net', subject: 'Spam', text: 'Buy' }
    for (const other of ['nobody@log.example.com', address.replace('log.', 'other.'), 'postmaster@log.example.com']) {
      await expect(send(mail, other)).rejects.toThrow('550')
    }
    const before = address
    address = (await ana.post('/mail-address')).address
    expect(address).toMatch(/^[a-z0-9]{20}@log\.example\.com$/)
    await expect(send(mail, before)).rejects.toThrow('There is no mailbox')
    expect((await ana.get('/mail-address')).address).toBe(address)
    expect(await kept(ana, 'Spam')).toEqual([])
  })

  it('is more than 25 MB, and what is no message', async () => {
    const attachments = [{ filename: 'scan.raw', content: Buffer.alloc(20 * 1024 ** 2) }]
    await expect(send({ from: mine(), to: 'lena@example.org', subject: 'Large', attachments })).rejects.toThrow('552')
    await expect(send({ raw: 'no header at all' } as Mail.Options)).rejects.toThrow('does not say who has sent it')
  })

  it('is what the person may not write down', async () => {
    await defineRole(system, ana.tenantId, 'looking', { objects: { patients: { read: 'all' } } })
    const rita = await addMember(system, ana.tenantId, ['looking'])
    const { address: hers } = await rita.post('/mail-address')
    const mail = { from: rita.session!.user.email, to: 'lena@example.org', subject: 'Hers', text: 'Hello' }
    await expect(send(mail, hers)).rejects.toThrow('550')
    expect(await kept(ana, 'Hers')).toEqual([])
  })
})

describe('an installation that receives no mail', () => {
  it('says so', async () => {
    const other = await startSystem({ sharing: system })
    try {
      const client = await other.register({ workspace: 'Elsewhere', template: 'blank' })
      expect(await client.get('/mail-address')).toEqual({ address: null, receives: false })
      const refused = await client.send('POST', '/mail-address')
      expect(refused.status).toBe(409)
      expect(refused.body.error.message).toContain('OF_MAIL_IN_DOMAIN')
    } finally {
      await other.stop()
    }
  })
})
