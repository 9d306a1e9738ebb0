import i18next, { type TFunction } from 'i18next'
import { beforeAll, expect, it } from 'vitest'
import words from '../../i18n/en/automation.json' with { type: 'json' }
import type { Flow, Step } from '../flow/flow.ts'
import { flowWords } from './useFlowWords.tsx'

let t: TFunction<'automation'>

beforeAll(async () => {
  const instance = i18next.createInstance()
  await instance.init({ lng: 'en', resources: { en: { automation: words } }, interpolation: { escapeValue: false } })
  t = instance.getFixedT('en', 'automation') as TFunction<'automation'>
})

const options = [
  { value: 'won', label: 'Closed Won' },
  { value: 'lost', label: 'Closed Lost' },
]
const fields = [{ path: 'stage', label: 'Stage', type: 'select', writable: true, options }]
const template = { id: '0190a1c2-0000-7000-8000-000000000001', name: 'Welcome aboard' }

function wordsOf(step: Step) {
  const flow: Flow = { key: 'x', label: { en: 'X' }, trigger: { type: 'called' }, steps: [step] }
  return flowWords(t, 'en', flow, { fields, templates: [template] })
}

it('tells the branches of a field by the labels of its options', () => {
  const cases = [
    { is: ['won', 'lost'], steps: [] },
    { is: ['gone'], steps: [] },
  ]
  for (const value of [{ formula: 'record.stage' }, '{{ record.stage }}']) {
    const step: Step = { id: 'by', type: 'switch', value, cases, otherwise: [] }
    const said = wordsOf(step)
    expect(said.details(step)).toBe('Stage')
    expect(said.branch(step, 'cases.0')).toBe('Closed Won, Closed Lost')
    expect([said.branch(step, 'cases.1'), said.branch(step, 'otherwise')]).toEqual(['gone', 'Otherwise'])
  }
})

it('tells the branches of any other value as they are', () => {
  const cases = [
    { is: ['won', 7], steps: [] },
    { is: [], steps: [] },
  ]
  const step: Step = { id: 'by', type: 'switch', value: { formula: 'vars.n + 1' }, cases, otherwise: [] }
  const said = wordsOf(step)
  expect([said.details(step), said.branch(step, 'cases.0')]).toEqual(['= vars.n + 1', 'won, 7'])
  expect(said.branch(step, 'cases.1')).toBe('Case 2')
})

it('tells an e-mail by the name of its template', () => {
  const step: Step = { id: 'mail', type: 'send_email', to: '{{ record.stage }}', template: template.id }
  expect(wordsOf(step).details(step)).toBe('to ‹Stage› · Welcome aboard')
  const gone: Step = { ...step, template: '0190a1c2-0000-7000-8000-000000000002' }
  expect(wordsOf(gone).details(gone)).toBe('to ‹Stage› · Template')
})
