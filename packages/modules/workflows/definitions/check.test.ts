import { loadTemplates, modelOf } from '@oneforge/templates'
import { describe, expect, it } from 'vitest'
import type { Step, Workflow } from '../definition.ts'
import { workflowOf } from '../stored-form.ts'
import { checkWorkflow } from './check.ts'
import type { Surroundings } from './names.ts'

const templates = await loadTemplates()
const hospital = templates.find(({ slug }) => slug === 'hospital')!
const maria = '0198c5f0-0000-7000-8000-000000000001'

function aroundOf(template: (typeof templates)[number]): Surroundings {
  const model = modelOf(template)
  for (const role of template.roles) model.roles.set(role.key, { ...role, id: role.key })
  return {
    model,
    members: new Set([maria]),
    workflows: new Set(['other']),
    forms: new Map([
      ['contact', 'appointments'],
      ['intake', 'patients'],
    ]),
    operations: new Set(['records.create']),
  }
}
const around = aroundOf(hospital)

const workflow = (parts: Partial<Omit<Workflow, 'steps'>> & { steps: unknown[] }): Workflow =>
  ({
    key: 'tried',
    label: { en: 'Tried' },
    object: 'appointments',
    trigger: { type: 'record_created' },
    ...parts,
  }) as Workflow

const problemsOf = (parts: Partial<Omit<Workflow, 'steps'>> & { steps: unknown[] }): string[] =>
  checkWorkflow(workflow(parts), around).map(({ path, step, message }) => `${path} [${step}] ${message}`)

const note: Step = { id: 'n', type: 'create_note', body: 'Seen' }

describe('the check of definitions', () => {
  it.each(templates.map((template) => [template.slug, template] as const))(
    'finds nothing wrong with the workflows of %s',
    (_, template) => {
      const own = aroundOf(template)
      const found = template.workflows.map((one) => ({ key: one.key, problems: checkWorkflow(workflowOf(one), own) }))
      expect(found.filter(({ problems }) => problems.length > 0)).toEqual([])
    },
  )

  it('names every problem with its place and its step', () => {
    const problems = problemsOf({
      trigger: { type: 'stage_changed', to: 'Arived' },
      condition: { and: [{ field: 'stats', op: 'eq', value: 'x' }] },
      steps: [
        {
          id: 'mail',
          type: 'send_email',
          to: 'nobody',
          subject: 'Hi {{ record.patient.fullname }}',
          body: { en: '{{ a' },
        },
        {
          id: 'check',
          type: 'if',
          condition: { field: 'notes', op: 'notEmpty' },
          // biome-ignore lint/suspicious/noThenProperty: steps are never awaited
          then: [{ id: 'check', type: 'update_field', field: 'nothing', value: 1 }],
          else: [
            { id: 'x', type: 'fly' },
            { id: 'y', type: 'wait', for: '2 days' },
          ],
        },
      ],
    })
    expect(problems).toEqual([
      expect.stringMatching(/^trigger\.to \[null\] “Arived” is not a stage of .*did you mean "Arrived"/),
      expect.stringMatching(/^condition\.and\.0\.field \[null\] “stats” is not a field of appointments/),
      expect.stringMatching(/^steps\.0\.to \[mail\] "nobody" is neither an e-mail address/),
      expect.stringMatching(
        /^steps\.0\.subject \[mail\] “fullname” is not a field of patients; did you mean "full_name"/,
      ),
      expect.stringMatching(/^steps\.0\.body\.en \[mail\] cannot be filled/),
      expect.stringMatching(/^steps\.1\.then\.0\.id \[check\] “check” is the id of another step/),
      expect.stringMatching(/^steps\.1\.then\.0\.values\.nothing|^steps\.1\.then\.0\.value/),
      expect.stringMatching(/^steps\.1\.else\.0\.type \[x\] "fly" is not a kind of step/),
      expect.stringMatching(/^steps\.1\.else\.1\.for \[y\] "2 days" is not a duration/),
    ])
  })

  it('knows what loops go over and what earlier steps gave', () => {
    const steps = (value: string) => [
      { id: 'made', type: 'create_record', object: 'patients', values: { full_name: 'Ana' } },
      {
        id: 'each',
        type: 'loop',
        over: { object: 'patients' },
        steps: [{ id: 'set', type: 'update_record', target: { loop: 'each' }, values: { full_name: value } }],
      },
    ]
    expect(problemsOf({ steps: steps('{{ item.full_name }} {{ steps.made.id }}') })).toEqual([])
    expect(problemsOf({ steps: steps('{{ item.nam }} {{ steps.later.id }}') })).toEqual([
      expect.stringContaining('“nam” is not a field of patients'),
      expect.stringContaining('“later” is not a step before this one'),
    ])
  })

  it('takes the link of what is made by its name on either side, and no other', () => {
    const making = (relation: string) =>
      problemsOf({
        object: 'patients',
        steps: [{ id: 'made', type: 'create_record', object: 'appointments', values: { reason: 'Call' }, relation }],
      })
    expect(making('patient')).toEqual([])
    expect(making('appointments')).toEqual([])
    expect(making('doctor')).toEqual([expect.stringContaining('“doctor” does not link appointments')])
  })

  it('keeps steps to where they can stand', () => {
    expect(problemsOf({ blocking: true, steps: [note] })).toEqual([
      expect.stringContaining('cannot stand in a workflow that runs before its record is written'),
    ])
    expect(problemsOf({ steps: [{ id: 'r', type: 'refuse', message: 'No' }] })).toEqual([
      expect.stringContaining('needs a workflow that runs before'),
    ])
    const waiting = { id: 'w', type: 'wait_event', event: 'record_updated', timeout: 'P1D', onTimeout: [] }
    const { object: __, ...looping } = workflow({
      trigger: { type: 'schedule', cron: '0 9 * * 1' },
      steps: [{ id: 'l', type: 'loop', over: { object: 'patients' }, steps: [waiting] }],
    })
    expect(checkWorkflow(looping, around).map(({ step, message }) => `${step} ${message}`)).toEqual([
      'w needs a record: the workflow is about no object',
    ])
    const { object: _, ...recordless } = workflow({
      trigger: { type: 'schedule', cron: '0 9 * * 1' },
      steps: [{ id: 'u', type: 'update_field', field: 'notes', value: 'x' }],
    })
    expect(checkWorkflow(recordless, around).map(({ message }) => message)).toEqual([
      'needs a target: the workflow is about no record',
    ])
  })

  it('names a workflow that calls itself, unless for other records', () => {
    const call = { id: 'c', type: 'run_workflow', workflow: 'tried', wait: true }
    const of = (...steps: unknown[]) =>
      checkWorkflow(workflow({ steps }), { ...around, workflows: new Set(['tried']) }).map(({ path }) => path)
    expect(of(call)).toEqual(['steps.0.workflow'])
    expect(of({ id: 'l', type: 'loop', over: { object: 'appointments' }, steps: [call] })).toEqual([])
  })

  it('refuses waits that nobody lives to see the end of', () => {
    const of = (duration: string) => problemsOf({ steps: [{ id: 'w', type: 'wait', for: duration }] })
    expect(of('P100Y')).toEqual([])
    for (const duration of ['P9000Y', 'P300000Y', 'P40000D']) {
      expect(of(duration)).toEqual(['steps.0.for [w] is longer than 100 years'])
    }
  })

  it('knows the forms that there are', () => {
    const of = (form: string) => problemsOf({ trigger: { type: 'form_submitted', form }, steps: [note] })
    expect(of('contact')).toEqual([])
    expect(of('other')).toEqual([expect.stringContaining('“other” is not a form of this workspace')])
    expect(of('intake')).toEqual([expect.stringContaining('makes records of patients')])
    const { object: _, ...recordless } = workflow({
      trigger: { type: 'form_submitted', form: 'contact' },
      steps: [note],
    })
    expect(checkWorkflow(recordless, around)).toContainEqual(expect.objectContaining({ path: 'trigger.type' }))
  })

  it.each([
    [{ cron: '0 9 * *' }, 'trigger.cron'],
    [{ cron: '61 9 * * 1' }, 'trigger.cron'],
    [{ rrule: 'FREQ=NEVER' }, 'trigger.rrule'],
    [{ rrule: 'FREQ=DAILY', timeZone: 'Mars/Olympus' }, 'trigger.timeZone'],
    [{}, 'trigger.cron'],
  ])('refuses the schedule %j', (schedule, path) => {
    const [problem] = checkWorkflow(workflow({ trigger: { type: 'schedule', ...schedule }, steps: [note] }), around)
    expect(problem?.path).toBe(path)
  })

  it('tells what is missing of a workflow that has only been begun', () => {
    expect(problemsOf({ label: { en: ' ' }, trigger: { type: 'date_relative' } as never, steps: [] })).toEqual([
      'label [null] is missing',
      'trigger.field [null] is missing',
      'trigger.offset [null] is missing',
      'steps [null] are missing: add what the workflow is to do',
    ])
  })
})
