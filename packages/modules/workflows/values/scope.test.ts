import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { defineRole } from '../../../../tests/server.ts'
import { StepWorld } from '../actions/step-world.fixture.ts'

let world: StepWorld
let on: { record: [string, string] }

beforeAll(async () => {
  world = await StepWorld.start({ template: 'hospital' })
  const { client } = world
  const patient = {
    full_name: 'Zoë Ångström',
    date_of_birth: '1984-05-03',
    phone: '+34600111222',
    email: 'zoe@example.com',
  }
  const patientId = (await client.post('/patients', patient)).id
  const department = (await client.post('/departments', { name: 'Cardiology' })).id
  const doctor = { full_name: 'Ana Ruiz', email: 'ana@example.com', department }
  const doctorId = (await client.post('/doctors', doctor)).id
  const appointment = {
    patient: patientId,
    doctor: doctorId,
    appointment_date: '2026-11-24T09:30:00Z',
    reason: 'Heart',
  }
  on = { record: ['appointments', (await client.post('/appointments', appointment)).id] }
}, 60_000)

afterAll(() => world.stop())

const text = (source: string, locale?: string, options: object = {}) =>
  world.read({ ...on, ...options }, (scope) => scope.text(source, locale))
const value = (source: never, options: object = {}) => world.read({ ...on, ...options }, (scope) => scope.value(source))

describe('a text', () => {
  it('writes moments in full, in the language of the reader', async () => {
    expect(await text('{{ record.appointment_date }}')).toBe('Tuesday, 24 November 2026, 09:30')
    expect(await text('{{ record.appointment_date }}', 'de')).toBe('Dienstag, 24. November 2026, 09:30')
    expect(await text('{{ record.appointment_date }}', 'es')).toBe('martes, 24 de noviembre de 2026, 09:30')
    expect(await text('{{ record.appointment_date | date: "%H:%M" }}')).toBe('09:30')
    expect(await text('{{ record.patient.date_of_birth }}')).toBe('Thursday, 3 May 1984')
  })

  it('takes the language of whoever it is for, else English', async () => {
    const greeting = { en: 'On {{ record.appointment_date }}', de: 'Am {{ record.appointment_date }}' }
    const read = (locale: string) => world.read(on, (scope) => scope.text(greeting, locale))
    expect(await read('de')).toBe('Am Dienstag, 24. November 2026, 09:30')
    expect(await read('es')).toBe('On Tuesday, 24 November 2026, 09:30')
  })

  it('follows relations as far as the role may, and to the people of a record', async () => {
    expect(await text('{{ record.doctor.full_name }}, {{ record.doctor.department.name }}')).toBe(
      'Ana Ruiz, Cardiology',
    )
    expect(await text('{{ record.patient.appointments.first.recordNumber }}')).toMatch(/^\w+-\d+$/)
    expect(await text('{{ record.owner.name }} <{{ record.owner.email }}>')).toContain('@example.com>')
    expect(await text('{{ record.no_such_thing }}{{ nothing.at.all }}')).toBe('')
    await defineRole(world.system, world.client.tenantId, 'desk', {
      objects: {
        appointments: { read: 'all', fields: { reason: 'hidden' } },
        patients: { read: 'all', fields: { email: 'hidden' } },
      },
    })
    expect(await text('{{ record.patient.full_name }}{{ record.patient.email }}', 'en', { runAs: 'desk' })).toBe(
      'Zoë Ångström',
    )
    await expect(text('{{ record.doctor.full_name }}', 'en', { runAs: 'desk' })).rejects.toThrow(
      /“doctor” is not a relation/,
    )
  })

  it('shows choices by their labels and compares them by their values', async () => {
    expect(await text('{% if record.status == "Scheduled" %}{{ record.status }}{% endif %}', 'de')).not.toBe('')
  })

  it.each([
    ['a loop in a loop', '{% for i in (1..100000) %}{% for j in (1..100000) %}x{% endfor %}{% endfor %}'],
    ['a text that doubles', `{% assign a = "xxxxxxxxxx" %}${'{% assign a = a | append: a %}'.repeat(40)}{{ a }}`],
    ['an unclosed field', 'Dear {{ record.full_name'],
    ['another text', '{% include "passwd" %}'],
    ['a filter that is none', '{{ record.id | evil }}'],
  ])('does not work out %s', async (_, source) => {
    await expect(text(source)).rejects.toMatchObject({ code: 'VALIDATION_ERROR' })
  })

  it('knows nothing of what objects bring with them', async () => {
    expect(await text('{{ record.constructor }}{{ record.__proto__ }}{{ tenant.constructor.name }}')).toBe('')
    expect(await value('{{ record.constructor }}' as never)).toBeNull()
  })
})

describe('a value', () => {
  it('keeps its kind, in lists and in objects', async () => {
    const given = { when: '{{ record.appointment_date }}', who: ['{{ record.patient.full_name }}', 3, null, true] }
    expect(await value(given as never)).toEqual({
      when: '2026-11-24T09:30:00.000Z',
      who: ['Zoë Ångström', 3, null, true],
    })
    expect(await value('{{ record.patient }}' as never)).toMatchObject({ object: 'patients', title: 'Zoë Ångström' })
  })

  it('is worked out by a formula over the record, steps and variables', async () => {
    const options = { outputs: { s1: { amount: 20 } }, variables: { rate: 0.5 } }
    expect(await value({ formula: 'steps.s1.amount * vars.rate' } as never, options)).toBe(10)
    expect(await value({ formula: 'record.patient.full_name + "!"' } as never)).toBe('Zoë Ångström!')
    expect(
      await value({ formula: 'timestamp(record.appointment_date) > timestamp(now)' } as never, {
        now: new Date('2026-11-01'),
      }),
    ).toBe(true)
    await expect(value({ formula: 'record.patient.' } as never)).rejects.toThrow(/is not a formula/)
  })
})

describe('a condition', () => {
  it('is asked of the record, over relations, and of where a loop is at', async () => {
    const passes = (condition: unknown, options: object = {}) =>
      world.read({ ...on, ...options }, (scope) => scope.passes(condition))
    expect(await passes({ field: 'patient.email', op: 'notEmpty' })).toBe(true)
    expect(await passes({ field: 'patient.full_name', op: 'eq', value: 'Somebody' })).toBe(false)
    expect(await passes(undefined)).toBe(true)
    const [patient] = (await world.client.get('/patients')) as { id: string }[]
    const item = ['patients', patient!.id] as [string, string]
    expect(await passes({ field: 'full_name', op: 'startsWith', value: 'Zoë' }, { item })).toBe(true)
    await expect(passes({ field: 'nonsense', op: 'eq', value: 1 })).rejects.toMatchObject({ code: 'VALIDATION_ERROR' })
  })
})
