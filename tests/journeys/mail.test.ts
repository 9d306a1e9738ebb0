/** E-mails that people write about records: out by a real SMTP server, and back as answers and as what came back. */
import { createTransport } from 'nodemailer'
import PostalMime from 'postal-mime'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SmtpInbox } from '../../packages/adapters/email/smtp-inbox.fixture.ts'
import type { ApiClient, Json } from '../client.ts'
import { addMember, defineRole, type RunningSystem, startSystem } from '../server.ts'

let inbox: SmtpInbox
let system: RunningSystem
let ana: ApiClient
let lena: Json

const eventually = { timeout: 15_000, interval: 100 }
const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='

beforeAll(async () => {
  inbox = await SmtpInbox.start()
  system = await startSystem({ mailDomain: 'log.example.com', smtpUrl: inbox.url, mailServersInside: true })
  ana = await system.register({ name: 'Ana García', workspace: 'Bay Clinic', template: 'hospital' })
  const doctor = await ana.post('/doctors', { full_name: 'Dr. Wu', email: 'wu@bay.example' })
  lena = await ana.post('/patients', {
    full_name: 'Lena <Ortiz>',
    date_of_birth: '1980-01-01',
    phone: '+14155550123',
    email: 'lena@example.org',
    primary_doctor: doctor.id,
  })
})
afterAll(async () => {
  await system?.stop()
  await inbox?.stop()
})

const write = (values: Json, record = lena) => ana.post(`/patients/${record.id}/email`, values)
const arrived = async (subject: string) => {
  await expect.poll(() => inbox.mails.some((one) => one.subject === subject), eventually).toBe(true)
  return inbox.mails.findLast((one) => one.subject === subject)!
}
/** Sends as the mail server of a receiver would. */
async function answer(to: string, mail: Json): Promise<void> {
  const transport = createTransport({ host: '127.0.0.1', port: system.system.mailPort!, ignoreTLS: true })
  try {
    await transport.sendMail({ envelope: { from: '', to }, ...mail })
  } finally {
    transport.close()
  }
}
const kept = async (title: string): Promise<Json[]> =>
  ana.get(`/emails?title=${encodeURIComponent(title)}&include=about`)
const state = async (id: string) => (await ana.get(`/email-states?ids=${id}`))[0]

describe('an e-mail about a record', () => {
  it('goes out with a signature and files, stands on the record, and its answer in the same thread', async () => {
    await ana.put('/mail-signature', { html: '<p><b>Ana García</b></p><script>x</script>' })
    const draft = await ana.get(`/patients/${lena.id}/email-draft`)
    expect(draft).toMatchObject({
      to: 'lena@example.org',
      signature: '<p><b>Ana García</b></p>',
      receivesAnswers: true,
    })
    const files = [{ name: '../Befund Ñ.png', content: png }]
    const { id } = await write({
      to: 'lena@example.org',
      subject: 'Your visit',
      html: '<p>See you <b>soon</b><img src=x onerror=alert(1)></p>',
      attachments: files,
    })
    const received = await PostalMime.parse((await arrived('Your visit')).raw)
    expect(received.from).toMatchObject({ name: 'Ana García via OneForge' })
    expect(received.html).toContain('<p>See you <b>soon</b></p>')
    expect(received.html).toContain('<p>-- </p><p><b>Ana García</b></p>')
    expect(received.text).toContain('See you soon')
    expect(received.attachments).toMatchObject([{ filename: '.._Befund Ñ.png', mimeType: 'image/png' }])
    const [email] = await kept('Your visit')
    expect(email).toMatchObject({ id, direction: 'Sent', receivers: 'lena@example.org' })
    expect(email!.about.map(({ id }: Json) => id)).toEqual([lena.id])
    expect(await ana.get(`/emails/${id}/files`)).toMatchObject([{ name: '.._Befund Ñ.png' }])
    await expect.poll(() => state(id), eventually).toMatchObject({ state: 'sent', address: 'lena@example.org' })

    const [replyTo] = received.replyTo!
    expect(replyTo!.address).toMatch(/^[a-z0-9]{20}@log\.example\.com$/)
    await answer(replyTo!.address!, {
      messageId: '<answer@example.org>',
      from: 'Lena at home <home@example.net>',
      to: replyTo!.address,
      cc: 'wu@bay.example',
      subject: 'Re: Your visit',
      inReplyTo: received.messageId,
      references: received.messageId,
      text: 'I come at ten.',
    })
    const [back] = await kept('Re: Your visit')
    expect(back).toMatchObject({
      direction: 'Received',
      sender: 'Lena at home <home@example.net>',
      body: 'I come at ten.',
    })
    expect(back!.about.map(({ id }: Json) => id)).toEqual([lena.id])

    await write({ to: 'home@example.net', subject: 'Ten it is', html: '<p>Good.</p>', answers: back!.id })
    const second = await PostalMime.parse((await arrived('Ten it is')).raw)
    expect(second.inReplyTo).toBe('<answer@example.org>')
    expect(second.references).toBe(`${received.messageId} <answer@example.org>`)
  })

  it('that comes back says so, is written to no more until an administrator lifts that, and its writer is told', async () => {
    const { id } = await write({ to: 'gone@example.org', subject: 'Hello there', html: '<p>Hello</p>' })
    const received = await PostalMime.parse((await arrived('Hello there')).raw)
    const [replyTo] = received.replyTo!
    const report = (address: string) => ({ raw: deliveryReport(replyTo!.address!, address, received.messageId!) })
    await answer(replyTo!.address!, report('gone@example.org'))
    expect(await state(id)).toMatchObject({ state: 'bounced', reason: expect.stringContaining('User unknown') })
    expect(await kept('Undelivered')).toEqual([])
    expect((await arrived('Your message to gone@example.org came back')).to).toEqual([ana.session!.user.email])
    const again = { to: 'Gone@example.org', subject: 'Again', html: '<p>Hello</p>' }
    const refused = await ana.send('POST', `/patients/${lena.id}/email`, again)
    expect(refused).toMatchObject({ status: 409, body: { error: { message: expect.stringContaining('came back') } } })
    expect(await ana.get('/mail-suppressions')).toMatchObject([{ address: 'gone@example.org', reason: 'bounced' }])
    await ana.post('/mail-suppressions/lift', { address: 'gone@example.org', scope: 'all' })
    expect(await write(again)).toMatchObject({ object: 'emails' })
  })

  it('is answered also where whoever wrote it has left: what it is about is another’s, and so is the answer', async () => {
    const nurse = await addMember(system, ana.tenantId, ['member'])
    const email = { to: 'lena@example.org', subject: 'Your results', html: '<p>All well</p>' }
    await nurse.post(`/patients/${lena.id}/email`, email)
    const { replyTo, messageId } = await PostalMime.parse((await arrived('Your results')).raw)
    const back = replyTo![0]!.address!
    await ana.post(`/members/${nurse.userId}/deactivate`)
    const answered = { from: 'lena@example.org', to: back, cc: 'wu@bay.example', subject: 'Re: Your results' }
    await answer(back, { ...answered, text: 'Good.' })
    expect(await kept('Re: Your results')).toMatchObject([
      { body: 'Good.', ownerId: ana.userId, about: [{ id: lena.id }] },
    ])
    await answer(back, { raw: deliveryReport(back, 'lena@example.org', messageId!).replace('5.1.1', '4.2.2') })
    const [sent] = await kept('Your results')
    expect(await state(sent!.id)).toMatchObject({ state: 'bounced' })
    const toNurse = inbox.mails.filter(({ to }) => to.includes(nurse.session!.user.email))
    expect(toNurse.map(({ subject }) => subject)).toEqual(['Confirm your e-mail address'])
    const told = await arrived('A message to lena@example.org came back')
    expect(told).toMatchObject({ to: [ana.session!.user.email], text: expect.stringContaining('User unknown') })
  })

  it('is not written by whoever may not create e-mails, nor about what they do not see', async () => {
    await defineRole(system, ana.tenantId, 'reader', {
      objects: { patients: { read: 'all' }, emails: { read: 'all' } },
    })
    const reader = await addMember(system, ana.tenantId, ['reader'])
    const email = { to: 'lena@example.org', subject: 'No', html: '<p>No</p>' }
    expect((await reader.send('POST', `/patients/${lena.id}/email`, email)).status).toBe(403)
    const other = await system.register({ workspace: 'Elsewhere', template: 'hospital' })
    expect((await other.send('POST', `/patients/${lena.id}/email`, email)).status).toBe(404)
    const [sent] = await kept('Your visit')
    await defineRole(system, ana.tenantId, 'writer', {
      objects: { patients: { read: 'all' }, emails: { read: 'own', create: 'all' } },
    })
    const writer = await addMember(system, ana.tenantId, ['writer'])
    const answering = { ...email, answers: sent!.id }
    expect((await writer.send('POST', `/patients/${lena.id}/email`, answering)).status).toBe(404)
    expect(await kept('No')).toEqual([])
    expect(await other.get(`/email-states?ids=${sent!.id}`)).toEqual([])
  })
})

describe('what a workflow writes', () => {
  it('is answered like a letter: that ends its waiting, and those who see only their own see both', async () => {
    await defineRole(system, ana.tenantId, 'clerk', {
      objects: { patients: { read: 'own', create: 'own' }, emails: { read: 'own' } },
    })
    const clerk = await addMember(system, ana.tenantId, ['clerk'])
    const steps = [
      {
        id: 'ask',
        type: 'send_email',
        to: '{{ record.email }}',
        cc: 'copy@example.org',
        subject: 'Any question?',
        body: 'Ask.',
      },
      {
        id: 'wait',
        type: 'wait_event',
        event: 'message_received',
        timeout: 'P2D',
        onTimeout: [{ id: 'end', type: 'stop' }],
      },
      { id: 'note', type: 'update_field', field: 'notes', value: 'Has answered' },
    ]
    const definition = { label: 'Asking', object: 'patients', trigger: { type: 'record_created' }, steps }
    await ana.post('/workflows', { definition })
    const olga = await clerk.post('/patients', {
      full_name: 'Olga Ruiz',
      date_of_birth: '1980-01-01',
      phone: '+14155550188',
      email: 'olga@example.org',
    })
    await expect.poll(() => inbox.mails.filter(({ subject }) => subject === 'Any question?').length, eventually).toBe(2)
    const [own, copy] = await Promise.all(
      ['olga@example.org', 'copy@example.org'].map((address) =>
        PostalMime.parse(
          inbox.mails.find(({ to, subject }) => subject === 'Any question?' && to.includes(address))!.raw,
        ),
      ),
    )
    expect(own!.from).toMatchObject({ name: 'Bay Clinic via OneForge' })
    const addresses = [own, copy].map((mail) => mail!.replyTo![0]!.address!)
    for (const address of addresses) expect(address).toMatch(/^[a-z0-9]{20}@log\.example\.com$/)
    expect(addresses[0]).not.toBe(addresses[1])
    const back = {
      messageId: '<olga@example.org>',
      from: 'Olga at work <olga@work.example>',
      subject: 'Re: Any question?',
    }
    const waits = async () => (await ana.get<Json[]>('/workflow-runs')).map(({ state }) => state)
    await expect.poll(waits, eventually).toContain('waiting')
    const mail = {
      ...back,
      text: 'When?',
      inReplyTo: own!.messageId,
      envelope: { from: 'olga@work.example', to: addresses[0] },
    }
    await answer(addresses[0]!, mail)
    await answer(addresses[0]!, mail)
    const [received, ...others] = await clerk.get<Json[]>('/emails?title=Re: Any question?&include=about')
    expect(others).toEqual([])
    expect(received).toMatchObject({
      direction: 'Received',
      body: 'When?',
      ownerId: clerk.userId,
      about: [{ id: olga.id }],
    })
    expect(await clerk.get('/emails?title=Any question?')).toMatchObject([{ direction: 'Sent', ownerId: clerk.userId }])
    await expect.poll(async () => (await ana.get(`/patients/${olga.id}`)).notes, eventually).toBe('Has answered')
    const told = async () => (await clerk.get<Json[]>('/notifications')).map(({ kind, recordId }) => [kind, recordId])
    await expect.poll(told, eventually).toContainEqual(['answered', olga.id])
    expect((await told()).filter(([kind]) => kind === 'assigned')).toEqual([])

    await answer(addresses[1]!, { raw: deliveryReport(addresses[1]!, 'copy@example.org', copy!.messageId!) })
    expect(await ana.get('/mail-suppressions?search=copy')).toMatchObject([{ reason: 'bounced' }])
    expect((await arrived('A message to copy@example.org came back')).to).toEqual([clerk.session!.user.email])
    const [sent] = await kept('Any question?')
    const states = await ana.get<Json[]>(`/email-states?ids=${sent!.id}`)
    expect(states.map(({ address, state }) => [address, state]).toSorted()).toEqual([
      ['copy@example.org', 'bounced'],
      ['olga@example.org', 'sent'],
    ])
  })

  it('is answered for what it is about alone, whoever the answer names and whoever it says has written it', async () => {
    const about = async (name: string) => {
      const email = `${name.toLowerCase()}@example.org`
      const values = { full_name: name, date_of_birth: '1980-01-01', phone: '+14155550188', email }
      const { id } = await ana.post('/patients', values)
      const letter = () => inbox.mails.find(({ to, subject }) => subject === 'Any question?' && to.includes(email))
      await expect.poll(letter, eventually).toBeTruthy()
      const { replyTo } = await PostalMime.parse(letter()!.raw)
      const patient = async () => {
        const [{ notes }, runs] = await Promise.all([
          ana.get(`/patients/${id}`),
          ana.get<Json[]>(`/workflow-runs?record=${id}`),
        ])
        return [notes, runs.find(({ workflow }) => workflow.label === 'Asking')?.state]
      }
      await expect.poll(patient, eventually).toEqual([null, 'waiting'])
      return { id, back: replyTo![0]!.address!, patient }
    }
    const [mia, victor] = [await about('Mia'), await about('Victor')]
    const from = { address: ana.session!.user.email, name: 'Ana García <dr@bay.example>' }
    const forwarded =
      '---------- Forwarded message ---------\nFrom: Victor <victor@example.org>\nSubject: Mine\n\nI agree.'
    const spoofed = { from, subject: 'Forged', text: forwarded, envelope: { from: 'evil@evil.example', to: mia.back } }
    await answer(mia.back, { ...spoofed, to: mia.back })
    await answer(mia.back, { ...spoofed, to: [mia.back, 'victor@example.org'] })
    const sender = `Ana García dr@bay.example <${from.address}>`
    const forged = { direction: 'Received', sender, about: [{ id: mia.id }] }
    expect(await kept('Forged')).toMatchObject([forged, forged])
    const named = { from: 'evil@evil.example', cc: 'victor@example.org', subject: 'I agree', text: 'Signed, Victor' }
    await answer(mia.back, { ...named, to: mia.back, envelope: { from: 'evil@evil.example', to: mia.back } })
    const [agreed] = await kept('I agree')
    expect(agreed!.about).toMatchObject([{ id: mia.id }])
    await expect.poll(mia.patient, eventually).toEqual(['Has answered', 'done'])
    expect(await victor.patient()).toEqual([null, 'waiting'])

    const nina = await about('Nina')
    const both = [nina.back, victor.back]
    const once = { messageId: '<both@family.example>', from: 'family@example.net', subject: 'Yes to both', text: 'Yes' }
    const sent = { ...once, to: both, envelope: { from: 'family@example.net', to: both } }
    await answer(nina.back, sent)
    await answer(nina.back, sent)
    const answers = (await kept('Yes to both')).map(({ about }) => about.map(({ id }: Json) => id))
    expect(answers.toSorted()).toEqual([[nina.id], [victor.id]].toSorted())
    for (const { patient } of [nina, victor]) await expect.poll(patient, eventually).toEqual(['Has answered', 'done'])
  })
})

describe('a template', () => {
  const visual = (blocks: Json[], subject: string) => ({ subject, blocks })
  const blocks = (imageId: string) => [
    { type: 'image', imageId, alt: 'Logo', width: 80 },
    { type: 'heading', text: 'Dear {{ record.full_name }}' },
    { type: 'text', html: '<p>{{ record.primary_doctor.full_name }} sees you. {{ tenant.name }}</p>' },
  ]

  it('is kept with its problems named, previewed on a record, sent with its pictures, and its receiver can end it', async () => {
    const { id: imageId } = await ana.post('/mail-images', { name: 'logo.png', content: png })
    const content = { en: visual(blocks(imageId), 'News for {{ record.full_name }}') }
    const template = { name: 'News', folder: 'Patients', object: 'patients', mode: 'visual', marketing: true }
    const wrong = {
      en: visual([{ type: 'text', html: '<p>{{ record.nothing }}</p>' }], '{{ record.primary_doctor.x }}'),
    }
    const refused = await ana.send('POST', '/mail-templates', { ...template, content: wrong })
    expect(refused.status).toBe(400)
    expect(refused.body.error.details.map(({ field }: Json) => field)).toEqual([
      'content.en.subject',
      'content.en.content',
    ])
    const { id, version } = await ana.post('/mail-templates', { ...template, content })
    expect(await ana.get('/mail-templates?object=patients')).toMatchObject([{ id, name: 'News', languages: ['en'] }])
    const preview = await ana.post('/mail-templates/preview', {
      object: 'patients',
      recordId: lena.id,
      mode: 'visual',
      draft: content.en,
    })
    expect(preview).toMatchObject({ subject: 'News for Lena <Ortiz>', problems: [] })
    expect(preview.html).toContain('Dear Lena &lt;Ortiz&gt;')
    expect(preview.html).toContain(`src="data:image/png;base64,${png}"`)
    expect(preview.text).toContain('Dr. Wu sees you. Bay Clinic')

    const draft = await ana.get(`/patients/${lena.id}/email-draft?templateId=${id}`)
    await write({ to: 'lena@example.org', subject: draft.subject, templateId: id })
    const mail = await arrived('News for Lena <Ortiz>')
    const received = await PostalMime.parse(mail.raw)
    expect(received.attachments).toMatchObject([{ contentId: `<${imageId}>`, mimeType: 'image/png' }])
    expect(mail.headers.get('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click')
    const [, address] = /<(.*)>/.exec(mail.headers.get('list-unsubscribe')!)!
    const end = new URL(address!)
    const page = `/unsubscribe?of=marketing#${end.searchParams.get('token')}`
    expect(received.text).toContain(`Get no more of these messages:\n${end.origin}${page}`)
    expect(received.html).toMatch(
      /<a href="[^"]*\/unsubscribe\?of=marketing#[^"]+"[^>]*>Get no more of these messages<\/a><\/p><\/body>/,
    )
    const opened = await fetch(`${system.url}${end.pathname}${end.search}`, { redirect: 'manual' })
    expect([opened.status, opened.headers.get('location')]).toEqual([302, page])
    expect(await ana.get('/mail-suppressions?search=lena')).toEqual([])
    expect((await fetch(`${system.url}${end.pathname}${end.search}`, { method: 'POST' })).status).toBe(204)
    expect((await fetch(`${system.url}${end.pathname}?token=x`, { method: 'POST' })).status).toBe(404)
    const marketing = { to: 'lena@example.org', subject: 'More news', templateId: id }
    expect((await ana.send('POST', `/patients/${lena.id}/email`, marketing)).status).toBe(409)
    expect(await write({ to: 'lena@example.org', subject: 'Still about you', html: '<p>x</p>' })).toBeTruthy()

    const stale = await ana.send(
      'PUT',
      `/mail-templates/${id}`,
      { ...template, content },
      { headers: { 'if-match': `"${version + 1}"` } },
    )
    expect(stale.status).toBe(409)
    const twin = await ana.send('POST', '/mail-templates', { ...template, name: 'news', content })
    expect(twin.status).toBe(400)
    // Pictures stay while a template shows them, and a day longer.
    const kept = async () => (await system.sql('select id from mail_images')).map((row) => row.id)
    const { id: newer } = await ana.post('/mail-images', { name: 'new.png', content: png })
    await system.sql(`update mail_images set created_at = now() - interval '2 days' where id = $1`, [imageId])
    await ana.put(`/mail-templates/${id}`, { ...template, content })
    expect((await kept()).sort()).toEqual([imageId, newer].sort())
    await ana.delete(`/mail-templates/${id}`)
    expect(await kept()).toEqual([newer])
  })

  it('tells whoever reads it only what they see', async () => {
    const { id } = await ana.post('/mail-templates', {
      name: 'Secret',
      object: 'patients',
      mode: 'source',
      content: {
        en: {
          subject: 'x',
          mjml: '<mjml><mj-body><mj-section><mj-column><mj-text>Born {{ record.date_of_birth }} with {{ record.primary_doctor.full_name }}.</mj-text></mj-column></mj-section></mj-body></mjml>',
        },
      },
    })
    const fields = { date_of_birth: 'hidden' }
    await defineRole(system, ana.tenantId, 'desk', {
      objects: { patients: { read: 'all', fields }, emails: { read: 'all', create: 'all' } },
    })
    const desk = await addMember(system, ana.tenantId, ['desk'])
    expect((await desk.get(`/patients/${lena.id}/email-draft?templateId=${id}`)).html).toContain('Born  with .')
    expect((await ana.get(`/patients/${lena.id}/email-draft?templateId=${id}`)).html).toContain('Dr. Wu.')
  })
})

describe('the server of a workspace', () => {
  it('is reached before it is relied on, keeps its password, and takes its messages', async () => {
    const own = await SmtpInbox.start()
    try {
      const server = { host: '127.0.0.1', port: Number(new URL(own.url).port), security: 'none', username: null }
      const sender = { fromName: 'Bay Clinic', fromAddress: 'desk@bay.example' }
      expect(await ana.get('/mail-server')).toBeNull()
      await ana.put('/mail-server', { ...server, ...sender, port: 1 })
      expect((await ana.send('POST', '/mail-server/check')).status).toBe(409)
      const withPassword = { ...server, ...sender, username: 'desk', password: 'a secret of the desk' }
      expect(await ana.put('/mail-server', withPassword)).toMatchObject({ hasPassword: true, checkedAt: null })
      const [stored] = await system.sql<{ sealed_password: string }>('select sealed_password from mail_servers')
      expect(stored!.sealed_password).not.toContain('secret')
      const moved = { ...withPassword, password: undefined, host: 'evil.example' }
      expect((await ana.send('PUT', '/mail-server', moved)).status).toBe(400)
      await ana.put('/mail-server', { ...server, ...sender })
      expect(await ana.post('/mail-server/check')).toMatchObject({ checkedAt: expect.any(String), hasPassword: false })
      await write({ to: 'lena@example.org', subject: 'By our own', html: '<p>x</p>' })
      await expect.poll(() => own.latest('lena@example.org')?.subject, eventually).toBe('By our own')
      expect(own.latest('lena@example.org')!.from).toContain('desk@bay.example')
      await ana.delete('/mail-server')
    } finally {
      await own.stop()
    }
  })
})

/** As mail servers write it (RFC 3464). */
const deliveryReport = (to: string, address: string, header: string): string =>
  `From: Mail Delivery System <MAILER-DAEMON@mx.example>
To: ${to}
Subject: Undelivered
Message-ID: <report-of-${header.slice(1)}
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

It could not be delivered.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example

Final-Recipient: rfc822; ${address}
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 <${address}>:
 User unknown

--b
Content-Type: message/rfc822

From: clinic@example.com
Message-ID: ${header}

Hello
--b--
`.replaceAll('\n', '\r\n')
