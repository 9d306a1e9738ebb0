import { loadTemplates, modelOf } from '@oneforge/templates'
import { expect, it } from 'vitest'
import { referencesOf, type Thing } from './references.ts'

const templates = await loadTemplates()
const model = modelOf(templates.find(({ slug }) => slug === 'hospital')!)

const workflow = (): Thing => ({
  kind: 'workflow',
  id: 'w',
  isPrivate: false,
  state: {
    key: 'w',
    definition: {
      object: 'appointments',
      trigger: { type: 'stage_changed', to: 'Arrived' },
      condition: { field: 'patient.full_name', op: 'notEmpty' },
      steps: [
        {
          id: 'each',
          type: 'loop',
          over: { object: 'patients', filter: { field: 'email', op: 'notEmpty' } },
          steps: [
            {
              id: 'check',
              type: 'if',
              condition: { field: 'phone', op: 'empty' },
              // biome-ignore lint/suspicious/noThenProperty: steps are never awaited
              then: [
                {
                  id: 'set',
                  type: 'update_record',
                  target: { loop: 'each' },
                  values: {
                    notes: '{{ item.full_name | upcase }} at {{ record.patient.phone }}',
                    email: { formula: 'item.email + "x"' },
                  },
                },
              ],
              else: [],
            },
          ],
        },
      ],
    },
  },
})

const named = (thing: Thing) =>
  referencesOf(model, thing).map(({ base, path, where }) => `${base.slug}.${path} in ${where}`)

it('finds what steps name at any depth, in the object that they are about', () => {
  expect(named(workflow())).toEqual([
    'appointments. in object',
    expect.stringMatching(/^appointments\.\w+ in trigger$/),
    'appointments.patient.full_name in condition',
    'patients. in steps.0',
    'patients.email in steps.0',
    'patients.phone in steps.0.steps.0',
    'patients.notes in steps.0.steps.0.then.0',
    'patients.email in steps.0.steps.0.then.0',
    'appointments.patient.phone in steps.0.steps.0.then.0',
    'patients.full_name in steps.0.steps.0.then.0',
    'patients.email in steps.0.steps.0.then.0',
  ])
})

it('has all of them follow a new name', () => {
  const thing = workflow()
  for (const { path, replace } of referencesOf(model, thing)) {
    replace(path.replace(/\bemail$/, 'mail').replace(/\bfull_name$/, 'name') || 'things')
  }
  const text = JSON.stringify(thing.state.definition)
  expect(text).toContain('{{ item.name | upcase }} at {{ record.patient.phone }}')
  expect(text).toContain('"mail":{"formula":"item.mail + \\"x\\""}')
  expect(text).toContain('{"field":"patient.name","op":"notEmpty"}')
  expect(text).toContain('"over":{"object":"things","filter":{"field":"mail"')
})
