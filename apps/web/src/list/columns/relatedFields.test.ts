import type { ObjectMeta } from '@oneforge/client'
import { expect, it } from 'vitest'
import { fieldsToAsk } from './relatedFields.ts'

const appointments = { fields: [{ key: 'reason' }, { key: 'patient' }] } as unknown as ObjectMeta

it('asks for what lies over relations beside the own fields, and otherwise for nothing in particular', () => {
  expect(fieldsToAsk(appointments, ['reason', 'patient'])).toBeUndefined()
  expect(fieldsToAsk(appointments, ['patient.doctor.name'])).toEqual(
    expect.arrayContaining(['version', 'reason', 'patient', 'patient.doctor.name']),
  )
})
