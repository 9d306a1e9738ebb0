import type { AskedForm, AskedQuestion } from '@oneforge/client'
import { expect, it } from 'vitest'
import { lacking, nothingGiven, prefilled, questionsAsked, refusedUnseen, withFiles } from './asked.ts'

const field = (key: string, more: object = {}, type = 'text'): AskedQuestion =>
  ({
    id: `q_${key}`,
    kind: 'field',
    visible: null,
    prefill: null,
    hidden: false,
    field: {
      key,
      type,
      label: key,
      help: null,
      required: false,
      options: [],
      rules: null,
      currency: null,
      files: null,
      relation: null,
    },
    ...more,
  }) as AskedQuestion

const form = (questions: AskedQuestion[]): AskedForm =>
  ({ steps: [{ id: 'one', title: null, questions }], workspace: { timeZone: 'UTC', currency: 'EUR' } }) as AskedForm

const abroad = form([
  field('country'),
  field('permit', { visible: { field: 'country', op: 'ne', value: 'DE' } }),
  field('number', { visible: { field: 'permit', op: 'notEmpty' } }),
])
const asked = (values: Record<string, unknown>) => [
  ...questionsAsked(abroad, { ...nothingGiven, values }, new Date('2026-01-01')),
]

it('asks what hangs on the answers, and not what hangs on questions that are not asked', () => {
  expect(asked({ country: 'US' })).toEqual(['q_country', 'q_permit'])
  expect(asked({ country: 'US', permit: 'yes' })).toEqual(['q_country', 'q_permit', 'q_number'])
  expect(asked({ country: 'DE', permit: 'yes' })).toEqual(['q_country'])
})

it('tells what is missing, and nothing of what the address alone fills in', () => {
  const name = field('name')
  if (name.kind === 'field') name.field.required = true
  const hidden = { ...name, id: 'hidden', hidden: true } as AskedQuestion
  const consent: AskedQuestion = { id: 'ok', kind: 'consent', visible: null, text: 'Yes', required: true, field: null }
  expect(lacking([name, consent], nothingGiven)).toEqual({ name: 'required', ok: 'consent' })
  expect(lacking([hidden], nothingGiven)).toEqual({})
  expect(lacking([name, consent], { ...nothingGiven, values: { name: 'Ana' }, consents: ['ok'] })).toEqual({})
})

it('takes from the address what the form says, and nothing else', () => {
  const questions = form([field('job', { prefill: 'j' }), field('tags', { prefill: 't' }, 'tags'), field('name')])
  expect(prefilled(questions, new URLSearchParams('j=Cook&t=a,b&name=Eve'))).toEqual({ job: 'Cook', tags: ['a', 'b'] })
})

it('takes from the address no record that the form does not offer', () => {
  const choices = [
    { id: 'a', title: 'Cook' },
    { id: 'b', title: 'Driver' },
  ]
  const job = field('job', { prefill: 'job' }, 'relation')
  if (job.kind === 'field') job.field.relation = { many: true, object: null, choices }
  expect(prefilled(form([job]), new URLSearchParams('job=b,c'))).toEqual({ job: ['b'] })
})

it('asks for a file by its question', () => {
  const cv = field('cv', {}, 'file')
  if (cv.kind === 'field') Object.assign(cv.field, { required: true, files: { most: 1, largest: 1_000 } })
  expect(lacking([cv], nothingGiven)).toEqual({ cv: 'required' })
  const given = withFiles('q_cv', (files) => [...files, { id: 'x', name: 'cv.pdf' }])(nothingGiven)
  expect(lacking([cv], given)).toEqual({})
  expect(lacking([cv], given, new Set(['q_cv']))).toEqual({ cv: 'file' })
})

it('takes from the address whatever a member names, to be looked up', () => {
  const job = field('job', { prefill: 'job' }, 'relation')
  if (job.kind === 'field') job.field.relation = { many: true, object: 'jobs', choices: null }
  expect(prefilled(form([job]), new URLSearchParams('job=a,b'))).toEqual({ job: ['a', 'b'] })
})

it('tells what was refused that nobody can mend', () => {
  const questions = form([field('job', { hidden: true }), field('name')])
  expect(refusedUnseen(questions, { job: 'is not there', name: 'is required' })).toEqual(['job'])
})
