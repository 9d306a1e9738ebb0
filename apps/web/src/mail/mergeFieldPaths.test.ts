import type { ObjectMeta } from '@oneforge/client'
import { describe, expect, it } from 'vitest'
import { mergeFieldGroups, mergeFieldNames, soleRelations, withNamedFields } from './mergeFieldPaths.ts'

const field = (key: string, type: string) => ({ key, label: key.toUpperCase(), type })
const patients = {
  label: 'Patient',
  fields: [field('full_name', 'text'), field('born', 'date'), field('scan', 'file')],
  relations: [
    { key: 'doctor', label: 'Doctor', many: false, objects: ['doctors'] },
    { key: 'visits', label: 'Visits', many: true, objects: ['visits'] },
    { key: 'about', label: 'About', many: false, objects: ['a', 'b'] },
  ],
} as unknown as ObjectMeta
const doctors = { label: 'Doctor', fields: [field('full_name', 'text')], relations: [] } as unknown as ObjectMeta
const words = { sender: 'Sender', workspace: 'Workspace', name: 'Name', email: 'E-mail' }

describe('merge fields', () => {
  it('are those of the record, of what it leads to one of, and of the sender', () => {
    expect(soleRelations(patients).map(({ key }) => key)).toEqual(['doctor'])
    const groups = mergeFieldGroups(patients, new Map([['doctor', doctors]]), words)
    expect(groups.map(({ group, items }) => [group, items.map(({ value }) => value)])).toEqual([
      ['Patient', ['{{ record.full_name }}', '{{ record.born | date }}']],
      ['Patient › Doctor', ['{{ record.doctor.full_name }}']],
      ['Sender', ['{{ user.name }}', '{{ user.email }}', '{{ tenant.name }}']],
    ])
  })

  it('of no record are those of the sender', () => {
    expect(mergeFieldGroups(undefined, new Map(), words).map(({ group }) => group)).toEqual(['Sender'])
  })

  it('are read by their names', () => {
    const names = mergeFieldNames(patients, new Map([['doctor', doctors]]), words)
    const read = (text: string) => withNamedFields(text, (path) => names.get(path) ?? path)
    expect(read('{{ record.full_name }}, {{record.born | date}}: {{ record.doctor.full_name }}')).toBe(
      '‹FULL_NAME›, ‹BORN›: ‹Doctor › FULL_NAME›',
    )
    expect(read('{{ record.doctor }} {{ user.name }} {{ record.gone }}')).toBe('‹Doctor› ‹Sender › Name› ‹gone›')
  })
})
