/** The life of a record: made, read, changed, replaced, deleted, restored, and what is told of it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ApiClient, Json } from '../client.ts'
import { type RunningSystem, startSystem } from '../server.ts'

let system: RunningSystem
let client: ApiClient
let doctor: Json

const patient = (more: object = {}): object => ({
  full_name: 'Ann Lee',
  date_of_birth: '1980-04-30',
  phone: '+14155550123',
  ...more,
})
const create = (more: object = {}): Promise<Json> => client.post('/patients', patient(more))

beforeAll(async () => {
  system = await startSystem()
  client = await system.register({ name: 'Olga', template: 'hospital' })
  doctor = await client.post('/doctors', { full_name: 'Dr Grace Hall', specialization: 'Cardiology' })
})
afterAll(() => system.stop())

describe('a new record', () => {
  it('has its system attributes, its defaults, and null for whatever is absent', async () => {
    const record = await create({
      email: 'Ann@Example.com',
      primary_doctor: doctor.id,
      allergies: ['Penicillin', 'Latex'],
    })
    expect(record).toMatchObject({
      object: 'patients',
      version: 1,
      title: 'Ann Lee',
      stage: 'New',
      status: 'New',
      ownerId: client.userId,
      createdBy: client.userId,
      deletedAt: null,
      blood_group: null,
      contact_consent: null,
      email: 'ann@example.com',
      allergies: ['Penicillin', 'Latex'],
      primary_doctor: { id: doctor.id, object: 'doctors', title: 'Dr Grace Hall' },
    })
    expect(record.recordNumber).toMatch(/^PAT-\d{6}$/)
    expect(record.registered_on).toMatch(/^\d{4}-\d\d-\d\d$/)
    expect(record.createdAt).toMatch(/^\d{4}-\d\d-\d\dT[\d:]{8}\.\d{3}Z$/)
    expect(await client.get(`/patients/${record.id}`)).toEqual(record)
    expect(await client.get(`/patients/${record.id.toUpperCase()}`)).toEqual(record)
  })

  it('reads an amount without a currency in that of the workspace, whatever its template counts in', async () => {
    const { currency } = await client.get<Json>('/workspace')
    await client.patch('/workspace', { currency: 'GBP' })
    const { consultation_fee } = await client.patch<Json>(`/doctors/${doctor.id}`, { consultation_fee: '120' })
    expect([currency, consultation_fee]).toEqual(['USD', { amount: '120.00', currency: 'GBP' }])
    await client.patch('/workspace', { currency })
  })

  it('reads a phone number as it is dialled where the workspace says that it is', async () => {
    const saved = async (phone: string) => (await client.post<Json>('/patients', patient({ phone }))).phone
    expect((await client.patch<Json>('/workspace', { country: 'DE' })).country).toBe('DE')
    expect(await saved('0171 5559876')).toBe('+491715559876')
    const refused = await client.send('POST', '/patients', patient({ phone: '123' }))
    expect(refused.error.details[0]?.message).toContain('this country (Germany)')
    expect((await client.send('PATCH', '/workspace', { country: 'Germany' })).status).toBe(400)
    await client.patch('/workspace', { country: 'AU' })
    expect(await saved('0412 345 678')).toBe('+61412345678')
  })

  it.each([
    ['full_name', null],
    ['full_name', '   '],
    ['full_name', 7],
    ['full_name', 'a\u0000b'],
    ['full_name', 'a\nb'],
    ['full_name', '\ud800'],
    ['full_name', 'x'.repeat(201)],
    ['date_of_birth', '1980-02-30'],
    ['date_of_birth', '30/04/1980'],
    ['date_of_birth', '2999-01-01'],
    ['date_of_birth', 19800430],
    ['phone', 'none'],
    ['email', 'ann@'],
    ['blood_group', 'C+'],
    ['contact_consent', 'Fax'],
    ['contact_consent', ['Fax']],
    ['height_cm', 'tall'],
    ['height_cm', 10],
    ['height_cm', 170.123],
    ['smoker', 'yes'],
    ['primary_doctor', '01890000-0000-7000-8000-000000000000'],
    ['primary_doctor', 'Dr Grace Hall'],
    ['primary_doctor', { name: 'x' }],
    ['ownerId', '01890000-0000-7000-8000-000000000000'],
    ['ownerId', 'me'],
    ['id', '01890000-0000-7000-8000-000000000000'],
    ['recordNumber', 'PAT-999999'],
    ['version', 7],
    ['createdAt', '2020-01-01T00:00:00Z'],
    ['stage', 'Gone'],
    ['nothing', 1],
  ])('is refused for %s %j', async (field, value) => {
    const answer = await client.send('POST', '/patients', patient({ [field]: value }))
    expect([answer.status, answer.error?.code]).toEqual([400, 'VALIDATION_ERROR'])
    expect(answer.error.details.map((detail) => detail.field)).toEqual([field === 'stage' ? 'status' : field])
    expect(answer.error.message).toContain(field === 'stage' ? 'status' : field)
  })

  it.each([
    ['Latin', 'é'],
    ['Cyrillic', 'Ж'],
    ['Arabic', 'ع'],
    ['Devanagari', 'क'],
    ['Chinese', '名'],
    ['beyond the first plane', '𠮷'],
    ['emoji', '🧑'],
  ])('may be called by 200 code points: %s', async (_, character) => {
    const name = character.repeat(200)
    const record = await create({ full_name: name })
    expect([...record.full_name]).toHaveLength(200)
    const { data } = await client.send('GET', `/patients?full_name[eq]=${encodeURIComponent(name)}`)
    expect(data.map((found: Json) => found.id)).toContain(record.id)
    expect((await client.send('POST', '/patients', patient({ full_name: `${name}x` }))).status).toBe(400)
  })

  it('may have a title whose 500th character takes two places', async () => {
    const name = { key: 'name', label: 'Name', type: 'text' }
    await client.post('/objects', { slug: 'papers', label: 'Paper', labelPlural: 'Papers', fields: [name] })
    const title = `${'a'.repeat(499)}\u{1F600}`
    expect(await client.post('/papers', { name: title })).toMatchObject({ name: title, title })
  })

  it('has one name in NFC and in NFD', async () => {
    const composed = 'Zoë Ångström'.normalize('NFC')
    const record = await create({ full_name: composed.normalize('NFD'), national_id: 'Ñ-1'.normalize('NFD') })
    expect(record.full_name).toBe(composed)
    for (const form of ['NFC', 'NFD']) {
      const name = encodeURIComponent(composed.normalize(form))
      for (const query of [
        `full_name=${name}`,
        `full_name[startsWith]=${name}`,
        `search=${name}`,
        `search=zoe angstrom`,
      ]) {
        const found = await client.get(`/patients?${query}`)
        expect(
          found.map((one: Json) => one.id),
          query,
        ).toContain(record.id)
      }
    }
    const twin = await client.send('POST', '/patients', patient({ national_id: 'ñ-1'.normalize('NFC') }))
    expect([twin.status, twin.error.details[0]?.field]).toEqual([409, 'national_id'])
  })
})

describe('a change', () => {
  it('by PATCH merges and by PUT replaces', async () => {
    const record = await create({ email: 'a@example.com', notes: 'n', primary_doctor: doctor.id, allergies: ['Latex'] })
    const patched = await client.patch(`/patients/${record.id}`, { notes: 'm', allergies: [] })
    expect(patched).toMatchObject({ version: 2, notes: 'm', email: 'a@example.com', allergies: null })
    expect(patched.primary_doctor.id).toBe(doctor.id)
    const put = await client.put(`/patients/${record.id}`, patient({ full_name: 'Ann Moss' }))
    expect(put).toMatchObject({ version: 3, full_name: 'Ann Moss', title: 'Ann Moss', notes: null, email: null })
    expect(put).toMatchObject({ primary_doctor: null, status: 'New', ownerId: client.userId })
    expect((await client.send('PUT', `/patients/${record.id}`, { full_name: 'Ann' })).status).toBe(400)
    expect(await client.get(`/patients/${record.id}`)).toEqual(put)
  })

  it('by PUT takes what was read, attributes and all', async () => {
    const record = await create({ primary_doctor: doctor.id, allergies: ['Latex'] })
    const answer = await client.send('PUT', `/patients/${record.id}`, { ...record, notes: 'edited' })
    expect(answer.status, answer.text).toBe(200)
    expect(answer.data).toEqual({ ...record, notes: 'edited', version: 2, updatedAt: answer.data.updatedAt })
  })

  it('that changes nothing is no change', async () => {
    const record = await create({ allergies: ['Latex'], address: 'Main St' })
    const again = await client.patch(`/patients/${record.id}`, { allergies: ['Latex'], address: ' Main St ' })
    expect(again).toEqual(record)
    expect(await client.get(`/patients/${record.id}/history`)).toHaveLength(1)
  })

  it('of a single link or of the case of a unique value meets nothing of its own', async () => {
    const other = await client.post('/doctors', { full_name: 'Dr Tom Moss', license_number: 'ab-1' })
    const record = await create({ primary_doctor: doctor.id })
    const changed = await client.patch(`/patients/${record.id}`, { primary_doctor: other.id })
    expect(changed.primary_doctor).toEqual({ id: other.id, object: 'doctors', title: 'Dr Tom Moss' })
    expect(await client.patch(`/doctors/${other.id}`, { license_number: 'AB-1' })).toMatchObject({
      license_number: 'AB-1',
    })
    expect((await client.send('POST', '/doctors', { full_name: 'X', license_number: 'aB-1' })).status).toBe(409)
  })

  it('of the stage goes by either name', async () => {
    const record = await create()
    expect(await client.patch(`/patients/${record.id}`, { stage: 'Active' })).toMatchObject({ status: 'Active' })
    expect(await client.patch(`/patients/${record.id}`, { status: 'New' })).toMatchObject({ stage: 'New' })
    const both = await client.send('PATCH', `/patients/${record.id}`, { stage: 'New', status: 'Active' })
    expect([both.status, both.error.details[0]?.field]).toEqual([400, 'stage'])
    expect((await client.send('PATCH', `/patients/${record.id}`, { status: null })).status).toBe(400)
  })

  it('made on an old version gets 409 with the current record', async () => {
    const record = await create()
    const current = await client.patch(`/patients/${record.id}`, { notes: 'first' })
    for (const [method, body] of [
      ['PATCH', { notes: 'second' }],
      ['PUT', patient()],
      ['DELETE', undefined],
    ] as const) {
      const stale = await client.send(method, `/patients/${record.id}`, body, { headers: { 'if-match': '"1"' } })
      expect([stale.status, stale.error.code]).toEqual([409, 'CONFLICT'])
      expect(stale.error.current).toEqual(current)
      const wrong = await client.send(method, `/patients/${record.id}`, body, { headers: { 'if-match': 'one' } })
      expect([wrong.status, wrong.error.details[0]?.field]).toEqual([400, 'If-Match'])
    }
    const right = await client.send(
      'PATCH',
      `/patients/${record.id}`,
      { notes: 'x' },
      { headers: { 'if-match': '"2"' } },
    )
    expect([right.status, right.data.version]).toEqual([200, 3])
    const any = await client.send('PATCH', `/patients/${record.id}`, { notes: 'y' }, { headers: { 'if-match': '*' } })
    expect(any.status).toBe(200)
  })
})

describe('the trash', () => {
  it('takes a record out of every list and gives it back', async () => {
    const record = await create({ full_name: 'Vera Quill', national_id: 'trash-1' })
    await client.delete(`/patients/${record.id}`)
    expect((await client.send('GET', `/patients/${record.id}`)).status).toBe(404)
    expect((await client.send('PATCH', `/patients/${record.id}`, {})).status).toBe(404)
    expect((await client.send('DELETE', `/patients/${record.id}`)).status).toBe(404)
    expect(await client.get('/patients?search=vera%20quill')).toEqual([])
    expect(await client.get('/search?q=vera%20quill')).toEqual([])
    expect(await client.get('/patients?deleted=true&search=vera%20quill')).toMatchObject([
      { id: record.id, version: 2 },
    ])
    expect((await client.get(`/patients/${record.id}?deleted=true`)).deletedAt).not.toBeNull()
    const restored = await client.post(`/patients/${record.id}/restore`)
    expect(restored).toMatchObject({ id: record.id, version: 3, deletedAt: null, recordNumber: record.recordNumber })
    expect((await client.send('POST', `/patients/${record.id}/restore`)).status).toBe(404)
    expect(await client.get(`/patients/${record.id}`)).toEqual(restored)
  })

  it('frees unique values, and does not give a record back whose value has been taken', async () => {
    const record = await create({ national_id: 'freed' })
    await client.delete(`/patients/${record.id}`)
    const other = await create({ national_id: 'FREED' })
    const answer = await client.send('POST', `/patients/${record.id}/restore`)
    expect([answer.status, answer.error.details[0]?.field]).toEqual([409, 'national_id'])
    await client.patch(`/patients/${other.id}`, { national_id: null })
    expect((await client.send('POST', `/patients/${record.id}/restore`)).status).toBe(200)
  })
})

describe('history and notes', () => {
  it('tell who changed what, newest first', async () => {
    const record = await create({ notes: 'one' })
    await client.patch(`/patients/${record.id}`, { notes: 'two', smoker: true })
    await client.delete(`/patients/${record.id}`)
    await client.post(`/patients/${record.id}/restore`)
    const entries = await client.get(`/patients/${record.id}/history`)
    expect(entries.map((entry: Json) => entry.action)).toEqual(['restored', 'deleted', 'updated', 'created'])
    expect(entries[2]).toMatchObject({ actor: { id: client.userId, name: 'Olga' }, source: 'api' })
    expect(entries[2].changes).toEqual([
      { field: 'notes', label: 'Clinical notes', before: 'one', after: 'two' },
      { field: 'smoker', label: expect.any(String), before: null, after: true },
    ])
    const first = await client.send('GET', `/patients/${record.id}/history?limit=3`)
    expect(first.body.pagination).toMatchObject({ limit: 3, hasNext: true })
    const rest = await client.get(`/patients/${record.id}/history?limit=3&cursor=${first.body.pagination.nextCursor}`)
    expect([...first.data, ...rest]).toEqual(entries)
  })

  it('are a list of notes', async () => {
    const record = await create()
    const bodies = ['First', 'Second\nwith a line', '🧑 third']
    for (const body of bodies) {
      const note = await client.post(`/patients/${record.id}/notes`, { body })
      expect(note).toMatchObject({ type: 'note', body, actor: { id: client.userId, name: 'Olga' } })
    }
    const page = await client.send('GET', `/patients/${record.id}/activities?limit=2`)
    expect(page.data.map((note: Json) => note.body)).toEqual([bodies[2], bodies[1]])
    const { nextCursor } = page.body.pagination
    const rest = await client.get(`/patients/${record.id}/activities?limit=2&cursor=${nextCursor}`)
    expect(rest.map((note: Json) => note.body)).toEqual([bodies[0]])
    for (const body of [undefined, '', '  ', 7, 'x'.repeat(20_001), 'a\u0000']) {
      const answer = await client.send('POST', `/patients/${record.id}/notes`, { body })
      expect([answer.status, answer.error?.details[0]?.field], String(body).slice(0, 9)).toEqual([400, 'body'])
    }
    expect((await client.send('POST', `/patients/${record.id}/notes`, { body: 'a', more: 1 })).status).toBe(400)
  })
})

describe('an Idempotency-Key', () => {
  const keyed = (key: string, body: object, method = 'POST', path = '/patients') =>
    client.send(method, path, body, { headers: { 'idempotency-key': key } })

  it('makes 20 requests at once one', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => keyed('once', patient({ full_name: 'Una Sola' }))),
    )
    expect(new Set(answers.map((answer) => answer.status))).toEqual(new Set([201]))
    for (const answer of answers) expect(answer.data).toEqual(answers[0]!.data)
    expect(new Set(answers.map((answer) => answer.headers.get('location'))).size).toBe(1)
    expect(await client.get('/patients?full_name=Una%20Sola')).toHaveLength(1)
  })

  it('is good for one body and one address only', async () => {
    const first = await keyed('k1', patient())
    for (const other of [
      await keyed('k1', patient({ notes: 'other' })),
      await keyed('k1', patient(), 'POST', '/doctors'),
      await keyed('k1', {}, 'PATCH', `/patients/${first.data.id}`),
    ]) {
      expect([other.status, other.error.code]).toEqual([422, 'IDEMPOTENCY_MISMATCH'])
    }
    expect((await keyed('k1', patient())).data).toEqual(first.data)
  })

  it('of a refused request may be used again', async () => {
    expect((await keyed('k2', patient({ phone: null }))).status).toBe(400)
    expect((await keyed('k2', patient())).status).toBe(201)
  })

  it('repeats a PATCH and a DELETE without doing them again', async () => {
    const { id } = await create()
    const once = await keyed('k3', { notes: 'a' }, 'PATCH', `/patients/${id}`)
    const again = await keyed('k3', { notes: 'a' }, 'PATCH', `/patients/${id}`)
    expect([again.status, again.data]).toEqual([once.status, once.data])
    const remove = () => client.send('DELETE', `/patients/${id}`, undefined, { headers: { 'idempotency-key': 'k4' } })
    expect([(await remove()).status, (await remove()).status]).toEqual([204, 204])
  })

  it('belongs to one person', async () => {
    const stranger = await system.register({ template: 'hospital' })
    await keyed('k5', patient({ full_name: 'Mine' }))
    const answer = await stranger.send('POST', '/patients', patient({ full_name: 'Mine' }), {
      headers: { 'idempotency-key': 'k5' },
    })
    expect(answer.status).toBe(201)
    expect(await stranger.get('/patients')).toHaveLength(1)
  })

  it('has 1 to 200 characters', async () => {
    for (const key of ['', 'x'.repeat(201)]) expect((await keyed(key, patient())).status).toBe(400)
  })
})
