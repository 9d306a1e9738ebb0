/** Every operator on every kind of field, in each of the three ways to say it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ApiClient, type Json, queryOf } from '../client.ts'
import { type RunningSystem, startSystem } from '../server.ts'

let system: RunningSystem
let client: ApiClient
const ids: Record<string, string> = {}

beforeAll(async () => {
  system = await startSystem()
  client = await system.register({ template: 'hospital' })
  const heart = await client.post('/departments', { name: 'Cardiology' })
  const hall = await client.post('/doctors', { full_name: 'Grace Hall', department: heart.id, consultation_fee: '80' })
  const moss = await client.post('/doctors', { full_name: 'Tom Moss', experience_years: 7 })
  const people: Record<string, object> = {
    ann: {
      full_name: 'Ann Lee',
      date_of_birth: '1980-04-30',
      email: 'ann@example.com',
      status: 'Active',
      height_cm: 170.5,
      allergies: ['Latex', 'Nuts'],
      contact_consent: ['SMS'],
      primary_doctor: hall.id,
      smoker: false,
      blood_group: 'A+',
      notes: 'Walks with a stick',
    },
    bob: {
      full_name: 'Bob Ng',
      date_of_birth: '1990-01-01',
      status: 'New',
      height_cm: 180,
      allergies: ['Nuts'],
      contact_consent: ['SMS', 'Phone'],
      primary_doctor: moss.id,
      smoker: true,
      blood_group: 'B-',
      insurance_provider: 'Acme, Inc',
    },
    eva: {
      full_name: 'Éva Őrsi',
      date_of_birth: '2001-12-31',
      status: 'Discharged',
      phone: '+34600123123',
      notes: '100% healthy_now',
    },
  }
  for (const [key, values] of Object.entries(people)) {
    ids[key] = (await client.post('/patients', { phone: '+14155550123', ...values })).id
  }
})
afterAll(() => system.stop())

const named = (records: Json[]): string =>
  records
    .map((record) => Object.keys(ids).find((key) => ids[key] === record.id))
    .sort()
    .join(' ')

describe('the query string', () => {
  it.each([
    ['status=New', 'bob'],
    ['status=New,Active', 'ann bob'],
    ['status=New&status=Active', 'ann bob'],
    ['stage=Discharged', 'eva'],
    ['status[ne]=New', 'ann eva'],
    ['status[in]=New,Discharged', 'bob eva'],
    ['status[nin]=New,Discharged', 'ann'],
    ['full_name=ann lee', ''],
    ['full_name=Ann Lee', 'ann'],
    ['full_name[contains]=N', 'ann bob'],
    ['full_name[startsWith]=eva', 'eva'],
    ['full_name[gte]=Bob&full_name[lt]=Eva', 'bob'],
    ['date_of_birth=1990-01-01', 'bob'],
    ['date_of_birth[gt]=1980-04-30', 'bob eva'],
    ['date_of_birth[gte]=1980-04-30&date_of_birth[lte]=1990-01-01', 'ann bob'],
    ['date_of_birth[between]=1980-01-01,1990-01-01', 'ann bob'],
    ['height_cm[gt]=170', 'ann bob'],
    ['height_cm=170.5', 'ann'],
    ['height_cm[lt]=180', 'ann'],
    ['height_cm[empty]', 'eva'],
    ['height_cm[empty]=false', 'ann bob'],
    ['height_cm[notEmpty]', 'ann bob'],
    ['height_cm=', 'eva'],
    ['smoker=true', 'bob'],
    ['smoker[ne]=true', 'ann eva'],
    ['allergies=Nuts', 'ann bob'],
    ['allergies[contains]=Latex', 'ann'],
    ['contact_consent=Phone', 'bob'],
    ['contact_consent[nin]=Phone', 'ann eva'],
    ['email=ANN@example.com', 'ann'],
    ['email[contains]=example', 'ann'],
    ['phone[startsWith]=%2B34', 'eva'],
    ['insurance_provider[eq]=Acme, Inc', 'bob'],
    ['notes[contains]=100%25 healthy_', 'eva'],
    ['notes[contains]=h_althy', ''],
    ['createdAt[gte]=2026-01-01', 'ann bob eva'],
    ['createdAt[lt]=2026-01-01', ''],
    ['version=1', 'ann bob eva'],
    ['recordNumber[startsWith]=PAT-', 'ann bob eva'],
    ['primary_doctor[empty]', 'eva'],
    ['primary_doctor.full_name=Tom Moss', 'bob'],
    ['primary_doctor.experience_years[gte]=7', 'bob'],
    ['primary_doctor.consultation_fee[gt]=79', 'ann'],
    ['primary_doctor.department.name=Cardiology', 'ann'],
    ['primary_doctor.department.doctors.full_name[contains]=hall', 'ann'],
    ['search=lee', 'ann'],
    ['search=ORSI eva', 'eva'],
    ['search=latex', 'ann'],
    ['search=34600123123', 'eva'],
    ['search=example&status=Active', 'ann'],
  ])('?%s finds %s', async (query, expected) => {
    const answer = await client.send('GET', `/patients?${query}`)
    expect(answer.status, answer.text).toBe(200)
    expect(named(answer.data)).toBe(expected)
    expect(answer.body.pagination.total).toBe(expected.split(' ').filter(Boolean).length)
  })

  it('knows people and ids', async () => {
    expect(named(await client.get(`/patients?ownerId=${client.userId}`))).toBe('ann bob eva')
    expect(named(await client.get(`/patients?id=${ids.ann},${ids.eva}`))).toBe('ann eva')
    const { primary_doctor } = await client.get(`/patients/${ids.ann}`)
    expect(named(await client.get(`/patients?primary_doctor=${primary_doctor.id}`))).toBe('ann')
  })
})

describe('the language', () => {
  it.each([
    [{ field: 'status', op: 'eq', value: 'New' }, 'bob'],
    [
      {
        and: [
          { field: 'status', op: 'ne', value: 'New' },
          { field: 'smoker', op: 'eq', value: false },
        ],
      },
      'ann',
    ],
    [
      {
        or: [
          { field: 'smoker', op: 'eq', value: true },
          { field: 'phone', op: 'startsWith', value: '+34' },
        ],
      },
      'bob eva',
    ],
    [{ not: { field: 'allergies', op: 'in', value: ['Latex'] } }, 'bob eva'],
    [{ field: 'createdAt', op: 'eq', value: { relative: 'today' } }, 'ann bob eva'],
    [{ field: 'createdAt', op: 'gte', value: { relative: 'lastNDays', n: 3 } }, 'ann bob eva'],
    [{ field: 'ownerId', op: 'eq', value: { me: true } }, 'ann bob eva'],
    [{ and: [] }, 'ann bob eva'],
    [{ or: [] }, ''],
  ])('%j finds %s', async (filter, expected) => {
    const inQuery = await client.send('GET', `/patients${queryOf({ filter: JSON.stringify(filter) })}`)
    expect(inQuery.status, inQuery.text).toBe(200)
    expect(named(inQuery.data)).toBe(expected)
    expect(named(await client.post('/patients/query', { filter }))).toBe(expected)
    const total = expected.split(' ').filter(Boolean).length
    expect(await client.post('/patients/count', { filter })).toEqual({ count: total })
    expect(await client.post('/patients/aggregate', { filter })).toEqual([{ count: total }])
  })

  it('goes together with the short form', async () => {
    const filter = JSON.stringify({ field: 'smoker', op: 'notEmpty' })
    expect(named(await client.get(`/patients${queryOf({ filter, status: 'New' })}`))).toBe('bob')
  })

  it.each([
    [{ field: 'nothing', op: 'eq', value: 1 }, 'nothing'],
    [{ field: 'primary_doctor.nothing', op: 'eq', value: 1 }, 'primary_doctor.nothing'],
    [{ field: 'status.nothing', op: 'eq', value: 1 }, 'status.nothing'],
    [{ field: 'status', op: 'like', value: 'N' }, 'status'],
    [{ field: 'status', op: 'gt', value: 'New' }, 'status'],
    [{ field: 'height_cm', op: 'contains', value: '1' }, 'height_cm'],
    [{ field: 'height_cm', op: 'in', value: [] }, 'height_cm'],
    [{ field: 'height_cm', op: 'between', value: [1] }, 'height_cm'],
    [{ field: 'height_cm', op: 'gt', value: null }, 'height_cm'],
    [{ field: 'full_name', op: 'contains', value: '\u0000' }, 'full_name'],
    [{ field: 'full_name', op: 'eq', value: '\u0000' }, 'full_name'],
    [{ field: 'id', op: 'eq', value: 'x' }, 'id'],
    [{ field: 'constructor', op: 'eq', value: 'x' }, 'constructor'],
    [{ nor: [] }, 'filter'],
    [{ and: {} }, 'filter'],
    [{ and: [], or: [] }, 'filter'],
    [{ and: Array.from({ length: 101 }, () => ({ field: 'status', op: 'notEmpty' })) }, 'filter'],
    ['status', 'filter'],
  ])('refuses %j', async (filter, field) => {
    const answer = await client.send('POST', '/patients/query', { filter })
    expect([answer.status, answer.error?.details[0]?.field]).toEqual([400, field])
  })
})

describe('fields', () => {
  it('are only those asked for', async () => {
    const [record] = await client.get('/patients?fields=full_name,createdAt&status=New')
    expect(Object.keys(record).sort()).toEqual(['createdAt', 'full_name', 'id', 'object', 'version'])
    expect(Object.keys(await client.get(`/patients/${ids.bob}?fields=email`)).sort()).toEqual([
      'email',
      'id',
      'object',
      'version',
    ])
  })
})
