/** One box over everything: who answers the phone types what they have heard, and the record is the first line. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ApiClient, Json } from '../client.ts'
import { addMember, defineRole, type RunningSystem, startSystem, turnOffWorkflows } from '../server.ts'

let system: RunningSystem
let client: ApiClient
let deals: ApiClient
const patients: Record<string, Json> = {}

const people = {
  zoe: {
    full_name: 'Zoë Ångström',
    phone: '+61412345678',
    email: 'zoe@example.com',
    notes: 'Allergic to <b>walnut</b> oil',
  },
  ana: { full_name: 'Ana García Ruiz', phone: '+61412999888', email: 'ana.garcia@example.com' },
  garth: { full_name: 'Garth Brookes', phone: '+61733334444' },
  mary: { full_name: 'Mary Hagar', phone: '+61733335555', email: 'mary@garden.example' },
  okafor: { full_name: 'Chidi Okafor', phone: '+61733336666' },
}

const search = async (q: string, by: ApiClient = client): Promise<Json> => by.send('POST', '/search', { q })
const found = async (q: string, by?: ApiClient): Promise<string[]> => {
  const { data } = await search(q, by)
  return data.map((hit: Json) => hit.title)
}
const refusal = async (q: string, by?: ApiClient): Promise<string> => {
  const { status, error } = await search(q, by)
  expect(status).toBe(400)
  expect(error.details[0].field).toBe('q')
  return error.details[0].message
}

beforeAll(async () => {
  system = await startSystem()
  client = await system.register({ name: 'Rita', template: 'hospital' })
  await turnOffWorkflows(client)
  await client.send('PATCH', '/workspace', { currency: 'AUD' })
  await client.send('PATCH', '/objects/patients/fields/notes', { searchable: true })
  for (const [key, person] of Object.entries(people))
    patients[key] = await client.post('/patients', { date_of_birth: '1980-04-30', ...person })
  deals = await system.register({ name: 'Sam', template: 'corporate' })
  await turnOffWorkflows(deals)
  await deals.post('/deals', {
    name: 'Harbour lights',
    amount: { amount: '9000.00', currency: 'USD' },
    stage: 'Closed Won',
    expected_close_date: '2026-12-01',
  })
  await deals.post('/deals', {
    name: 'Harbour ferry',
    amount: { amount: '900.00', currency: 'USD' },
    stage: 'Prospecting',
    expected_close_date: '2026-12-01',
  })
  await deals.post('/contacts', { full_name: 'Harbour Master', email: 'master@harbour.example' })
})
afterAll(() => system.stop())

describe('a search that is given up', () => {
  const entries = `select count(*)::int as count from operation_log where operation = 'records.search'`
  const blocked = `select count(*)::int as count from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`
  const waiting = (wanted: number) =>
    expect.poll(() => system.sql(blocked), { timeout: 10_000 }).toEqual([{ count: wanted }])

  it('is cancelled in the database, and leaves nothing in the log', async () => {
    const before = await system.sql(entries)
    await system.sql('begin')
    await system.sql('lock table title_words in access exclusive mode')
    const typing = new AbortController()
    const answer = fetch(`${system.url}/api/v1/search`, {
      method: 'POST',
      headers: { authorization: `Bearer ${client.session!.accessToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({ q: 'harbour' }),
      signal: typing.signal,
    }).catch((error: Error) => error.name)
    await waiting(1)
    typing.abort()
    expect(await answer).toBe('AbortError')
    await waiting(0)
    await system.sql('rollback')
    expect(await system.sql(entries)).toEqual(before)
    expect(await found('angstrom')).toEqual(['Zoë Ångström'])
  })
})

describe('what is typed', () => {
  it.each([
    ['zoe angstrom', 'Zoë Ångström'],
    ['ÅNGSTRÖM Zoe', 'Zoë Ångström'],
    ['ngstr', 'Zoë Ångström'],
    ['zoe@example.com', 'Zoë Ångström'],
    ['+61 412 345 678', 'Zoë Ångström'],
    ['0061 (0)412 345-678', 'Zoë Ångström'],
    ['0412 345 678', 'Zoë Ångström'],
    ['(04)12-345', 'Zoë Ångström'],
    ['walnut', 'Zoë Ångström'],
    ['ruiz ana', 'Ana García Ruiz'],
    ['ga ana', 'Ana García Ruiz'],
    ['okafro', 'Chidi Okafor'],
    ['chidi okaf0r', undefined],
    ['chdi okafor', 'Chidi Okafor'],
    ['angstrm', 'Zoë Ångström'],
  ])('finds by “%s”', async (q, title) => {
    expect((await found(q))[0]).toBe(title)
  })

  it('finds by number: as it stands, in small letters, or its digits alone', async () => {
    const { recordNumber } = patients.garth
    for (const q of [recordNumber, recordNumber.toLowerCase(), String(Number(recordNumber.slice(4)))])
      expect((await search(q)).data[0]).toMatchObject({ title: 'Garth Brookes', rank: 'exact' })
  })

  it('finds people by the day they were born, as it is written where they are', async () => {
    await client.patch(`/patients/${patients.garth.id}`, { date_of_birth: '1984-05-03' })
    for (const q of ['03/05/1984', '3.5.1984', '1984-05-03', 'garth 3-5-1984']) {
      expect([q, (await found(q))[0]]).toEqual([q, 'Garth Brookes'])
      const listed = await client.get(`/patients?search=${encodeURIComponent(q)}`)
      expect([q, listed.map((one: Json) => one.full_name)]).toEqual([q, ['Garth Brookes']])
    }
    expect(await found('31/02/1984')).toEqual([])
  })

  it('ranks the start of a title before that of a word, and that before the inside of one', async () => {
    const { data } = await search('gar')
    expect(data.map(({ title, rank }: Json) => [title, rank])).toEqual([
      ['Garth Brookes', 'title'],
      ['Ana García Ruiz', 'word'],
      ['Mary Hagar', 'within'],
    ])
  })

  it('has somebody before the messages to them, also by the middle of a name', async () => {
    const message = { title: 'Welcome', direction: 'Sent', sent_at: '2026-01-05T09:00:00Z', body: 'Dear Zoë Ångström' }
    const { id } = await client.post('/emails', message)
    expect(await found('ngstr')).toEqual(['Zoë Ångström', 'Welcome'])
    await client.send('DELETE', `/emails/${id}`)
  })

  it('says where it was found, in places and never in markup', async () => {
    const { data } = await search('angstrom 0412345')
    const [hit] = data
    expect(hit.marks.title.map(({ from, to }: Json) => hit.title.slice(from, to))).toEqual(['Ångström'])
    expect(hit.marks.subtitle.map(({ from, to }: Json) => hit.subtitle.slice(from, to))).toEqual(['412345'])
    const [walnut] = (await search('walnut')).data
    const { field, text, marks } = walnut.excerpt
    expect([field, text, text.slice(marks[0].from, marks[0].to)]).toEqual([
      'notes',
      'Allergic to <b>walnut</b> oil',
      'walnut',
    ])
  })

  it('says what it took a mistyped word for, and counts by object', async () => {
    const { body } = await search('okafro')
    expect(body.meta).toMatchObject({ meant: ['okafor'], groups: [{ object: 'patients', found: 1, more: false }] })
    expect(body.data[0].rank).toBe('similar')
    expect((await search('qqqqzzzz')).body).toMatchObject({ data: [], meta: { meant: [], groups: [] } })
  })

  it('puts what one has opened first among equals, and shows it before anything is typed', async () => {
    expect(await found('')).toEqual([])
    expect((await client.send('POST', `/patients/${patients.ana.id}/visits`)).status).toBe(204)
    await client.send('POST', `/patients/${patients.zoe.id}/visits`)
    await client.send('POST', `/patients/${patients.ana.id}/visits`)
    expect(await found('')).toEqual(['Ana García Ruiz', 'Zoë Ångström'])
    expect((await search('')).data[0].rank).toBe('opened')
    expect((await found('example.com'))[0]).toBe('Ana García Ruiz')
    await client.send('POST', `/patients/${patients.zoe.id}/visits`)
    expect((await found('example.com'))[0]).toBe('Zoë Ångström')
    expect((await client.send('POST', `/patients/${crypto.randomUUID()}/visits`)).status).toBe(404)
  })
})

describe('conditions among the words', () => {
  it.each([
    ['harbour', ['Harbour Master', 'Harbour ferry', 'Harbour lights']],
    ['harbour object:deals', ['Harbour ferry', 'Harbour lights']],
    ['harbour en:Contacts', ['Harbour Master']],
    ['stage:won', ['Harbour lights']],
    ['stage:"closed won"', ['Harbour lights']],
    ['-stage:closed-won', ['Harbour ferry']],
    ['stage:prospecting,won', ['Harbour ferry', 'Harbour lights']],
    ['amount>5000', ['Harbour lights']],
    ['harbour amount<=900', ['Harbour ferry']],
    ['owner:me amount<1000', ['Harbour ferry']],
    ['owner:none object:deals', []],
    ['created:this-week object:contacts', ['Harbour Master']],
    ['created:last-year', []],
    ['email:harbour', ['Harbour Master']],
    ['"expected close date">2026-11-30 ferry', ['Harbour ferry']],
  ])('%s', async (q, titles) => {
    const answer = await search(q, deals)
    expect(answer.error).toBeUndefined()
    expect(answer.data.map((hit: Json) => hit.title).sort()).toEqual(titles)
  })

  it.each([
    ['stge:won', /“stge” is not a field here\. Did you mean stage\?/],
    ['re:invoice', /“re” is not a field here\. .*quotes.* "re:invoice"/],
    ['object:deals stage:lots', /“lots” is no value of Stage\. There are Prospecting, /],
    ['object:deals stage:', /“stage:” has no value yet\. Write for example stage:Prospecting\./],
    ['amount>much', /“amount>much”: amount must be an amount/],
    ['object:boats', /There is no object “boats”\. There are /],
    ['owner:sam', /Write owner:me or owner:none\./],
  ])('%s is refused with what would be right', async (q, message) => {
    expect(await refusal(q, deals)).toMatch(message)
  })

  it('leaves quoted text and addresses of pages alone', async () => {
    for (const q of ['"stge:won"', 'https://example.com/a:b']) expect((await search(q, deals)).status).toBe(200)
  })
})

describe('whoever sees less', () => {
  it('finds nothing by what is hidden, nor hears of it', async () => {
    await defineRole(system, client.tenantId, 'desk', {
      objects: { patients: { read: { scope: 'all' }, fields: { phone: 'hidden', email: 'hidden', notes: 'hidden' } } },
    })
    const clerk = await addMember(system, client.tenantId, ['desk'])
    for (const q of ['0412345678', 'zoe@example.com', 'walnut', 'phone:0412', 'email:zoe'])
      expect((await search(q, clerk)).data ?? []).toEqual([])
    expect(await refusal('phone:0412', clerk)).toMatch(/“phone” is not a field here/)
    expect((await found('angstrom', clerk))[0]).toBe('Zoë Ångström')
    expect((await search('angstrom', clerk)).data[0].subtitle).toBe('Patient')
  })

  it('finds by a phone number as it is dialled, in lists too', async () => {
    await defineRole(system, client.tenantId, 'phones', {
      objects: { patients: { read: { scope: 'all' }, fields: { notes: 'hidden' } } },
    })
    const clerk = await addMember(system, client.tenantId, ['phones'])
    for (const q of ['0412 345 678', '0412345678', '0412 345', '+61 412 345 678']) {
      expect((await found(q, clerk))[0]).toBe('Zoë Ångström')
      expect(await clerk.get(`/patients?search=${encodeURIComponent(q)}`)).toMatchObject([{ id: patients.zoe.id }])
    }
  })

  it('finds only records of their own, mistyped or not', async () => {
    await defineRole(system, client.tenantId, 'own', {
      objects: { patients: { read: { scope: 'own' }, create: { scope: 'own' } } },
    })
    const member = await addMember(system, client.tenantId, ['own'])
    for (const q of ['garcia', 'gracia', 'ana', patients.ana.recordNumber, 'ana.garcia@example.com'])
      expect((await search(q, member)).body).toMatchObject({ data: [], meta: { groups: [], meant: [] } })
    expect((await member.send('POST', `/patients/${patients.ana.id}/visits`)).status).toBe(404)
  })
})
