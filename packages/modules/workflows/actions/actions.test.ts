import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { addMember, defineRole } from '../../../../tests/server.ts'
import { HttpReceiver } from '../../../adapters/http/http-receiver.fixture.ts'
import type { ActionStep } from '../definition.ts'
import { StepWorld } from './step-world.fixture.ts'
import { signatureOf } from './webhook.ts'

let world: StepWorld
let outside: HttpReceiver
let companyId: string
let contactId: string
let dealId: string

beforeAll(async () => {
  outside = await HttpReceiver.start()
  world = await StepWorld.start({ template: 'blank', smsUrl: `${outside.url}/sms` })
  const { client } = world
  companyId = (await client.post('/companies', { name: 'Harbour Ltd', website: 'https://harbour.example' })).id
  const contact = { full_name: 'Zoë Ångström', email: 'zoe@example.com', mobile: '+34600111222', account: companyId }
  contactId = (await client.post('/contacts', contact)).id
  const deal = {
    name: 'Crane',
    stage: 'Proposal',
    amount: { amount: '1234.50', currency: 'EUR' },
    expected_close_date: '2026-11-24',
    contact: contactId,
    account: companyId,
  }
  dealId = (await client.post('/deals', deal)).id
}, 60_000)

beforeEach(() => {
  outside.requests.length = 0
  outside.answers.length = 0
})

afterAll(async () => {
  await world.stop()
  await outside.stop()
})

const onDeal = () => ({ record: ['deals', dealId] as [string, string] })
const perform = (step: object, options: object = onDeal()) =>
  world.perform({ id: 's1', ...step } as ActionStep, options)
const made = (output: unknown) => output as { object: string; id: string; title: string }

describe('records', () => {
  it('are made, linked to the one of the run by its name on either side', async () => {
    const { output } = await perform({
      type: 'create_record',
      object: 'contacts',
      values: { full_name: 'Buyer of {{ record.name }}', account: '{{ record.account }}' },
      relation: 'deals',
    })
    expect(output).toMatchObject({ object: 'contacts', title: 'Buyer of Crane', recordNumber: expect.any(String) })
    const contact = await world.client.get(`/contacts/${made(output).id}?include=deals`)
    expect(contact.account).toMatchObject({ id: companyId })
    await world.client.send('PATCH', `/deals/${dealId}`, { contact: contactId })
  })

  it('are changed: the one of the run, one that it is linked to, one that a step made', async () => {
    await perform({ type: 'update_field', field: 'next_step', value: 'Call {{ record.contact.full_name }}' })
    expect((await world.client.get(`/deals/${dealId}`)).next_step).toBe('Call Zoë Ångström')
    await perform({ type: 'update_record', values: { job_title: 'Buyer' }, target: { relation: 'contact' } })
    expect((await world.client.get(`/contacts/${contactId}`)).job_title).toBe('Buyer')
    const outputs = { before: { object: 'companies', id: companyId } }
    await perform(
      { type: 'update_field', field: 'industry', value: 'Logistics', target: { step: 'before' } },
      { ...onDeal(), outputs },
    )
    expect((await world.client.get(`/companies/${companyId}`)).industry).toBe('Logistics')
  })

  it('say which of their values could not be worked out', async () => {
    const values = { full_name: { formula: 'trigger.body.name' }, job_title: 'Buyer' }
    const refusal = perform({ type: 'create_record', object: 'contacts', values })
    await expect(refusal).rejects.toThrow(/^“Full name”: The formula could not be worked out: /)
    const next = perform({ type: 'update_field', field: 'next_step', value: { formula: 'trigger.body.name' } })
    await expect(next).rejects.toThrow(/^“Next step”: /)
  })

  it('keep the kind of a value that is one merge field, and what a formula gives', async () => {
    await perform({
      type: 'update_field',
      field: 'amount',
      value: { amount: { formula: 'record.amount * 2' }, currency: 'EUR' },
    })
    expect((await world.client.get(`/deals/${dealId}`)).amount).toEqual({ amount: '2469.00', currency: 'EUR' })
    await perform({ type: 'update_field', field: 'amount', value: { amount: '1234.50', currency: 'EUR' } })
    const { output } = await perform({
      type: 'create_record',
      object: 'deals',
      values: { name: 'Again', amount: '{{ record.amount }}', expected_close_date: '{{ record.expected_close_date }}' },
    })
    expect(await world.client.get(`/deals/${made(output).id}`)).toMatchObject({
      amount: { amount: '1234.50', currency: 'EUR' },
      expected_close_date: '2026-11-24',
    })
  })

  it('are linked, unlinked and deleted', async () => {
    const other = await world.client.post('/companies', { name: 'Port' })
    const to = { record: other.id }
    await perform({ type: 'link_records', relation: 'account', to }, { record: ['contacts', contactId] })
    expect((await world.client.get(`/contacts/${contactId}`)).account).toMatchObject({ id: other.id })
    await perform({ type: 'unlink_records', relation: 'account', to }, { record: ['contacts', contactId] })
    expect((await world.client.get(`/contacts/${contactId}`)).account).toBeNull()
    await perform({ type: 'delete_record' }, { record: ['companies', other.id] })
    expect((await world.client.send('GET', `/companies/${other.id}`)).status).toBe(404)
  })

  it('are the role’s to change: what it may not do is refused by name', async () => {
    const step = { type: 'update_field', field: 'next_step', value: 'Nothing' }
    await expect(perform(step, { ...onDeal(), runAs: 'read_only' })).rejects.toThrow(
      /does not allow you to update deals/,
    )
    const create = { type: 'create_record', object: 'ships', values: {} }
    await expect(perform(create)).rejects.toThrow(/no object “ships”/)
  })
})

describe('activities', () => {
  it('a task is about the record, for its owner, due on the clock of the workspace', async () => {
    const step = {
      type: 'create_task',
      title: { en: 'Thank {{ record.contact.full_name }}', de: '{{ record.contact.full_name }} danken' },
      description: 'It is about {{ record.amount }}.',
      dueIn: 'P2D',
      priority: 'High',
    }
    const { output } = await perform(step, { ...onDeal(), now: new Date('2026-11-24T09:30:00Z') })
    const task = await world.client.get(`/tasks/${made(output).id}`)
    expect(task).toMatchObject({
      title: 'Thank Zoë Ångström',
      priority: 'High',
      due_at: '2026-11-26T09:30:00.000Z',
      ownerId: world.client.userId,
      about: [{ id: dealId }],
    })
    expect(task.notes).toBe('It is about €1,234.50.')
  })

  it('a task is about another record where the step names one, and still for the owner of the first', async () => {
    const step = { type: 'create_task', title: 'Call', target: { relation: 'contact' } }
    const { output } = await perform(step, onDeal())
    const task = await world.client.get(`/tasks/${made(output).id}`)
    expect(task).toMatchObject({ ownerId: world.client.userId, about: [{ id: contactId }] })
    expect(task.about).toHaveLength(1)
  })

  it('within a loop it is about the record that the loop is at', async () => {
    const options = { ...onDeal(), item: ['contacts', contactId] as [string, string] }
    const { output } = await perform({ type: 'create_task', title: 'Greet {{ item.full_name }}' }, options)
    expect((await world.client.get(`/tasks/${made(output).id}`)).about).toMatchObject([{ id: contactId }])
  })

  it('a meeting lasts as long as it is said', async () => {
    const startsAt = { formula: '"2026-12-01T10:00:00Z"' }
    const { output } = await perform({ type: 'create_event', title: 'Look at it', startsAt, minutes: 45 })
    expect(await world.client.get(`/meetings/${made(output).id}`)).toMatchObject({
      starts_at: '2026-12-01T10:00:00.000Z',
      ends_at: '2026-12-01T10:45:00.000Z',
      about: [{ id: dealId }],
    })
  })

  it('a note stands in the story of the record', async () => {
    await perform({ type: 'create_note', body: 'Proposed to {{ record.account.name }}' })
    const notes = await world.client.get(`/deals/${dealId}/activities`)
    expect(notes).toMatchObject([{ body: 'Proposed to Harbour Ltd' }])
  })
})

describe('messages', () => {
  it('an e-mail goes out with its merge fields, and is kept with the record', async () => {
    const { output } = await perform({
      type: 'send_email',
      to: '{{ record.contact.email }}',
      cc: 'ann@example.com',
      subject: { en: 'About {{ record.name }}' },
      body: 'Dear {{ record.contact.full_name }},\n\nwe close on {{ record.expected_close_date }}: {{ record.amount }}.',
    })
    await expect.poll(() => world.inbox.latest('ann@example.com'), { timeout: 20_000 }).toBeDefined()
    await expect.poll(() => world.inbox.latest('zoe@example.com'), { timeout: 20_000 }).toBeDefined()
    const mail = world.inbox.latest('zoe@example.com')!
    expect(mail.subject).toBe('About Crane')
    expect(mail.text).toContain('Dear Zoë Ångström,')
    expect(mail.text).toContain('we close on Tuesday, 24 November 2026: €1,234.50.')
    const kept = await world.client.get(`/emails/${made((output as { kept: object }).kept).id}`)
    expect(kept).toMatchObject({ title: 'About Crane', direction: 'Sent', about: [{ id: dealId }] })
  })

  it('an e-mail by a template of the workspace goes out as HTML', async () => {
    const template = await world.client.post('/mail-templates', {
      name: 'Offer',
      object: 'deals',
      mode: 'source',
      content: {
        en: {
          subject: 'Your offer: {{ record.name }}',
          mjml: '<mjml><mj-body><mj-section><mj-column><mj-text>For {{ record.contact.full_name }}</mj-text></mj-column></mj-section></mj-body></mjml>',
          text: '',
        },
      },
    })
    const step = { type: 'send_email', to: 'offers@example.com', template: template.id }
    const { input } = await perform(step)
    expect(input).toMatchObject({ subject: 'Your offer: Crane', text: expect.stringContaining('For Zoë Ångström') })
    await expect.poll(() => world.inbox.latest('offers@example.com'), { timeout: 20_000 }).toBeDefined()
    expect(world.inbox.latest('offers@example.com')!.raw).toContain('text/html')
    await expect(perform({ ...step, template: 'offer' })).rejects.toThrow(/“offer” is no template/)
  })

  it('an e-mail to nobody says what is empty', async () => {
    const step = { type: 'send_email', to: '{{ record.email }}', subject: 'x', body: 'y' }
    await expect(perform(step, { record: ['companies', companyId] })).rejects.toThrow(
      /“{{ record.email }}” is empty here/,
    )
    await expect(perform({ ...step, to: 'nobody' })).rejects.toThrow(/“nobody” is no e-mail address/)
  })

  it('a text message goes to the gateway, whose refusal ends it', async () => {
    const step = {
      type: 'send_sms',
      to: '{{ record.contact.mobile }}',
      text: 'We expect you, {{ record.contact.full_name }}',
    }
    outside.answers.push(
      { status: 200, body: '{"id":"m-1"}' },
      { status: 422, body: 'unknown number' },
      { status: 503 },
    )
    expect((await perform(step)).output).toEqual({ to: '+34600111222', id: 'm-1' })
    const [{ headers, body }] = outside.requests as [(typeof outside.requests)[number]]
    expect(JSON.parse(body)).toEqual({ to: '+34600111222', text: 'We expect you, Zoë Ångström' })
    expect(headers).toMatchObject({ authorization: 'Bearer gateway-token', 'idempotency-key': expect.any(String) })
    await expect(perform(step)).rejects.toMatchObject({
      code: 'VALIDATION_ERROR',
      message: expect.stringContaining('422'),
    })
    await expect(perform(step)).rejects.not.toHaveProperty('code')
  })

  it('people are told what they may see, in their language, and those who may not see the record nothing', async () => {
    const { client, system } = world
    await defineRole(system, client.tenantId, 'blind', { objects: { companies: { read: 'all' } } })
    await defineRole(system, client.tenantId, 'clerk', {
      objects: { deals: { read: 'all', fields: { next_step: 'hidden' } } },
    })
    const clerk = await addMember(system, client.tenantId, ['clerk'])
    const blind = await addMember(system, client.tenantId, ['blind'])
    await system.sql(`update users set locale = 'de' where id = $1`, [clerk.userId])
    const message = { en: '{{ record.name }} is hot', de: '{{ record.name }} ist heiß{{ record.next_step }}' }
    expect((await perform({ type: 'notify', to: 'clerk', message })).output).toEqual({ told: [clerk.userId] })
    expect((await perform({ type: 'notify', to: { user: blind.userId }, message })).output).toEqual({ told: [] })
    expect((await perform({ type: 'notify', to: 'owner', message: 'Look at {{ record.name }}' })).output).toEqual({
      told: [client.userId],
    })
    const toldTo = async (person: typeof client) =>
      (await person.get('/notifications')).map((one: { kind: string; about: object }) => [one.kind, one.about])
    await expect
      .poll(() => toldTo(clerk), { timeout: 20_000 })
      .toEqual([['workflow', { messages: ['Crane ist heiß'] }]])
    await expect
      .poll(() => toldTo(client), { timeout: 20_000 })
      .toContainEqual(['workflow', { messages: ['Look at Crane'] }])
    await expect(perform({ type: 'notify', to: 'pilots', message })).rejects.toThrow(/no role “pilots”/)
  })
})

describe('calls to the outside', () => {
  const step = {
    type: 'webhook',
    url: '',
    headers: { 'X-Team': '{{ tenant.name }}' },
    body: { deal: '{{ record.name }}', amount: '{{ record.amount }}', twice: { formula: 'record.amount * 2' } },
  }

  it('are signed, and can be told from a repetition', async () => {
    const { output } = await perform({ ...step, url: `${outside.url}/deals` })
    expect(output).toEqual({ status: 200, body: { ok: true } })
    const [{ headers, body, method, path }] = outside.requests as [(typeof outside.requests)[number]]
    expect([method, path, headers['x-team']]).toEqual(['POST', '/deals', 'Harbour'])
    expect(JSON.parse(body)).toEqual({ deal: 'Crane', amount: { amount: '1234.50', currency: 'EUR' }, twice: 2469 })
    const [, at, signature] = /^t=(\d+),v1=([0-9a-f]{64})$/.exec(headers['x-oneforge-signature'] as string)!
    expect(signature).toBe(signatureOf(`secret of ${world.client.tenantId}`, Number(at), body))
    expect(headers['idempotency-key']).toEqual(expect.any(String))
  })

  it('are signed with a secret that administrators read, for each workspace another', async () => {
    const { secret } = await world.client.get('/workflow-signing-secret')
    expect(secret).toMatch(/^\S{32,}$/)
    const other = await world.system.register({ template: 'blank' })
    expect((await other.get('/workflow-signing-secret')).secret).not.toBe(secret)
  })

  it('end the run where asking again would not help, and are tried again else', async () => {
    outside.answers.push(
      { status: 404, body: 'gone' },
      { status: 302, headers: { location: '/elsewhere' } },
      { status: 503 },
    )
    const url = `${outside.url}/hook`
    await expect(perform({ ...step, url })).rejects.toMatchObject({
      code: 'VALIDATION_ERROR',
      message: `${url} answered 404: gone`,
    })
    await expect(perform({ ...step, url })).rejects.toThrow(/redirects are not followed/)
    await expect(perform({ ...step, url })).rejects.not.toHaveProperty('code')
    expect(outside.requests.map(({ path }) => path)).toEqual(['/hook', '/hook', '/hook'])
    await expect(perform({ ...step, url, headers: { Host: 'inside' } })).rejects.toThrow(/“Host” cannot be a header/)
    await expect(perform({ ...step, url: 'ftp://example.com' })).rejects.toThrow(/https:\/\/ or http:\/\//)
  })
})

describe('operations', () => {
  const call = (operation: string, input: object, options: object = onDeal()) =>
    perform({ type: 'call_operation', operation, input }, options)

  it('are called with values of the run, in its transaction and with its rights', async () => {
    const { output } = await call('records.create', {
      object: 'companies',
      data: { name: 'Branch of {{ record.account.name }}' },
    })
    expect(output).toMatchObject({ name: 'Branch of Harbour Ltd' })
  })

  it('that the role may not call, or no workflow, are refused and named', async () => {
    const body = { object: 'companies', data: { name: 'x' } }
    await expect(call('records.create', body, { ...onDeal(), runAs: 'read_only' })).rejects.toThrow(/create companies/)
    await expect(call('workspace.update', {})).rejects.toThrow(/“workspace.update” needs the administrative permission/)
    await expect(call('workspace.update', {}, { ...onDeal(), runAs: 'member' })).rejects.toThrow(
      /permission “settings”/,
    )
    await expect(call('auth.login', {})).rejects.toThrow(/for people alone/)
    await expect(call('no.such', {})).rejects.toThrow(/no operation “no.such”/)
    await expect(call('activities.addNote', { object: 'deals', id: dealId })).rejects.toThrow(/body: /)
  })
})

describe('the rest', () => {
  it('a variable is remembered', async () => {
    const { output } = await perform(
      { type: 'set_variable', variable: 'total', value: { formula: 'vars.total + record.amount' } },
      { ...onDeal(), variables: { total: 10 } },
    )
    expect(output).toEqual({ variable: 'total', value: 1244.5 })
  })

  it('a language model that nobody set up is missed', async () => {
    await expect(perform({ type: 'ask_ai', prompt: 'What next?' })).rejects.toThrow(/No language model is set up/)
  })
})
