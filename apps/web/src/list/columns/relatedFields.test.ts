import type { RecordData } from '@oneforge/client'
import { expect, it } from 'vitest'
import { includesOf, valueAt } from './relatedFields.ts'

const appointment = { reason: 'Fever', patient: { id: '1', phone: '+1' }, doctor: null } as unknown as RecordData

it('brings along each relation once', () => {
  expect(includesOf(['reason', 'patient.phone', 'patient.email', 'doctor'])).toEqual(['patient'])
})

it('looks over the relation', () => {
  expect(valueAt(appointment, 'reason')).toBe('Fever')
  expect(valueAt(appointment, 'patient.phone')).toBe('+1')
  expect(valueAt(appointment, 'doctor.phone')).toBeUndefined()
})
