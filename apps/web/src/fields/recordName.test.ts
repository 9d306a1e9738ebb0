import type { FieldMeta, RecordData } from '@oneforge/client'
import { describe, expect, it } from 'vitest'
import { recordName } from './recordName.ts'

const patient = {
  key: 'patient',
  required: true,
  relation: { many: false, onDelete: 'cascade' },
} as unknown as FieldMeta
const visit = (title: string) =>
  ({
    title,
    recordNumber: 'APT-1',
    patient: { id: '1', object: 'patients', title: 'Helen Marsh' },
  }) as never as RecordData

describe('the name of a record', () => {
  it('says first whom it is for, unless its title does', () => {
    expect(recordName({ fields: [patient] }, visit('Check-up'))).toBe('Helen Marsh · Check-up')
    expect(recordName({ fields: [patient] }, visit('Helen Marsh, check-up'))).toBe('Helen Marsh, check-up')
    expect(recordName({ fields: [patient] }, visit(''))).toBe('Helen Marsh · APT-1')
  })

  it('is the title, or the number, where it is for nobody', () => {
    expect(recordName({ fields: [{ ...patient, required: false }] }, visit('Check-up'))).toBe('Check-up')
    expect(recordName({ fields: [patient] }, { ...visit('Check-up'), patient: null } as never)).toBe('Check-up')
  })
})
