import { describe, expect, it } from 'vitest'
import { compiledField, compiledObject } from '../../../tests/fixtures/compiled-object.ts'
import { mappedInput, readMapping } from './mapping.ts'
import { matchColumns } from './matching.ts'

const options = (...values: string[]) => values.map((value) => ({ value: value.toLowerCase(), label: { en: value } }))

const fields = [
  compiledField({ key: 'full_name', type: 'text', label: { en: 'Full name', es: 'Nombre completo' } }),
  compiledField({ key: 'email', type: 'email', label: { en: 'E-mail', es: 'Correo electrónico' } }),
  compiledField({ key: 'phone', type: 'phone', label: { en: 'Phone', es: 'Teléfono' } }),
  compiledField({ key: 'date_of_birth', type: 'date', label: { en: 'Date of birth', es: 'Fecha de nacimiento' } }),
  compiledField({
    key: 'gender',
    type: 'select',
    label: { en: 'Gender', es: 'Sexo' },
    options: options('Female', 'Male'),
  }),
  compiledField({ key: 'address', type: 'address', label: { en: 'Address', es: 'Dirección' } }),
  compiledField({ key: 'notes', type: 'longtext' }),
  {
    ...compiledField({ key: 'visits', type: 'integer' }),
    computation: { kind: 'rollup', relation: 'appointments', op: 'count', shared: false } as const,
  },
]
const object = compiledObject({ fields, roles: { title: 'full_name', email: 'email', phone: 'phone' } })

function match(header: string[], rows: string[][] = []): Record<string, string | null> {
  const matches = matchColumns(object, fields, header, rows)
  return Object.fromEntries(matches.map(({ name, field }) => [name, field]))
}

describe('by name', () => {
  it('knows keys and labels in every language, whatever their form', () => {
    expect(match(['FULL_NAME', 'e mail', 'Telefono', 'dateOfBirth', 'Sexo'])).toEqual({
      FULL_NAME: 'full_name',
      'e mail': 'email',
      Telefono: 'phone',
      dateOfBirth: 'date_of_birth',
      Sexo: 'gender',
    })
  })

  it('forgives a slip and a prefix', () => {
    expect(match(['Person phone', 'Date of bith'])).toEqual({
      'Person phone': 'phone',
      'Date of bith': 'date_of_birth',
    })
  })

  it('says how sure it is and why', () => {
    const [byName, bySynonym, byContent] = matchColumns(
      object,
      fields,
      ['Full name', 'DOB', 'Reach me'],
      [['Ana', '', 'ana@example.com']],
    )
    expect(byName).toMatchObject({ field: 'full_name', confidence: 1, reason: 'name', samples: ['Ana'] })
    expect(bySynonym).toMatchObject({ field: 'date_of_birth', confidence: 0.9, reason: 'synonym' })
    expect(byContent).toMatchObject({ field: 'email', confidence: 0.7, reason: 'content' })
  })
})

describe('by what others call it', () => {
  it.each([
    ['E-mail Address', 'email'],
    ['Mobile', 'phone'],
    ['Móvil', 'phone'],
    ['DOB', 'date_of_birth'],
    ['D.O.B.', 'date_of_birth'],
    ['Fecha Nacimiento', 'date_of_birth'],
    ['Patient name', 'full_name'],
    ['Sex', 'gender'],
    ['Comments', 'notes'],
    ['Number of visits', null],
    ['visits', null],
    ['Record number', 'recordNumber'],
  ])('%s is %s', (column, field) => expect(match([column])).toEqual({ [column]: field }))

  it('gives each field away once, to the surest column', () => {
    expect(match(['Mobile', 'Phone', 'Tel'])).toEqual({ Mobile: null, Phone: 'phone', Tel: null })
  })

  it('joins the parts of names and addresses', () => {
    const header = ['Last Name', 'First Name', 'Street', 'City', 'Zip', 'Country']
    expect(match(header)).toEqual({
      'Last Name': 'full_name',
      'First Name': 'full_name',
      Street: 'address',
      City: 'address',
      Zip: 'address',
      Country: 'address',
    })
    const mapping = readMapping(object, fields, header, {
      0: 'full_name',
      1: 'full_name',
      3: 'address',
      4: 'address',
      5: null,
    })
    const values = ['Ruiz', 'Ana', '1 High St', 'Perth', '6000', 'Australia']
    const notation = { dateOrder: 'DMY', decimalMark: '.' } as const
    expect(mapping.fields.map((field) => mappedInput(field, values, notation, '2026-11-21'))).toEqual([
      'Ana Ruiz',
      { city: 'Perth', postalCode: '6000' },
    ])
  })

  it('leaves the parts alone where a column holds the whole name', () => {
    expect(match(['Name', 'First name'])).toEqual({ Name: 'full_name', 'First name': null })
  })
})

describe('by content', () => {
  it('outweighs a name whose options the values are not, which is then suggested unsurely', () => {
    const own = [
      compiledField({ key: 'lifecycle', type: 'select', label: { en: 'Status' }, options: options('Active', 'Lost') }),
      compiledField({
        key: 'lead_status',
        type: 'select',
        label: { en: 'Lead status' },
        options: options('New', 'Hot', 'Qualified'),
      }),
      compiledField({ key: 'bedrooms_min', type: 'integer', label: { en: 'Bedrooms, at least' } }),
      compiledField({ key: 'price', type: 'money', label: { en: 'Price' } }),
    ]
    const matched = (values: string[]) =>
      matchColumns(
        compiledObject({ fields: own, roles: { title: 'bedrooms_min' } }),
        own,
        ['Status', 'Bedrooms', 'Price (EUR)'],
        values.map((value) => [value, '2', '5']),
      ).map(({ field, confidence }) => [field, confidence])
    expect(matched(['New', 'Hot', 'Qualified'])).toEqual([
      ['lead_status', 0.6],
      ['bedrooms_min', 0.8],
      ['price', 1],
    ])
    expect(matched(['active', 'Lost'])[0]).toEqual(['lifecycle', 1])
    expect(matched(['Cold', 'Colder'])[0]).toEqual(['lifecycle', 0.5])
  })

  it.each([
    ['e-mail addresses', ['a@b.co', 'c@d.org', ''], 'email'],
    ['telephone numbers', ['+61 400 000 001', '(08) 9374 4000'], 'phone'],
    ['dates', ['31/12/1980', '3 Feb 1980'], 'date_of_birth'],
    ['options', ['female', 'Male'], 'gender'],
    ['anything', ['red', 'blue'], null],
    ['amounts', ['1200', '1300'], null],
  ])('knows %s', (_what, values, field) => {
    expect(
      match(
        ['?'],
        values.map((value) => [value]),
      ),
    ).toEqual({ '?': field })
  })

  it('does not believe a name that the content contradicts', () => {
    expect(match(['Phone'], [['ana@example.com'], ['bob@example.com']])).toEqual({ Phone: 'email' })
  })
})

describe('a mapping', () => {
  it('is refused with every mistake named', () => {
    const attempt = () =>
      readMapping(object, fields, ['a', 'b', 'c'], { 0: 'phone', 1: 'phone', 2: 'nothing', 7: 'email' })
    expect(attempt).toThrowError(
      expect.objectContaining({
        status: 400,
        details: [
          { field: 'mapping.2', message: '“nothing” is not a field of people that you may write' },
          { field: 'mapping.7', message: 'there is no such column; the file has 3, counted from 0' },
          { field: 'mapping.1', message: '“phone” takes one column, not “a”, “b”' },
        ],
      }),
    )
    expect(() => readMapping(object, fields, ['a'], { 0: null })).toThrowError(/choose a field/)
    expect(() => readMapping(object, fields, ['a'], { 0: 'visits' })).toThrowError(/cannot be filled from a file/)
  })
})
