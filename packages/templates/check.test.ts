import { describe, expect, it } from 'vitest'
import { checkTemplate } from './check.ts'
import { clinicTemplate } from './checks/clinic.fixture.ts'

/** Where the mistake is made, what is written there instead (`undefined` removes it), where it is reported, and how. */
type Mistake = [place: string, value: unknown, path: string, message: string]

const structuralMistakes: Mistake[] = [
  ['version', '1.0', 'version', 'three numbers'],
  ['currency', undefined, 'currency', 'is missing'],
  ['name', { es: 'Clínica' }, 'name.en', 'is missing'],
  ['industri', 'health', 'industri', 'did you mean "industry"?'],
  ['objects[0].fields[0].type', 'strng', 'objects[0].fields[0].type', '"strng" is not one of the values'],
  ['objects[0].fields[0].requird', true, 'objects[0].fields[0].requird', 'did you mean "required"?'],
  ['objects[0].fields[0].key', 'Full Name', 'objects[0].fields[0].key', 'snake_case'],
  ['objects[0].fields[3].options[0].color', 'blu', 'objects[0].fields[3].options[0].color', 'did you mean "blue"?'],
  ['roles[1].objects.patients.read', { scope: 'everyone' }, 'roles[1].objects.patients.read.scope', 'known: own, team'],
  ['roles[1].depth', 9, 'roles[1].depth', 'must be <= 8'],
  ['roles[1].objects.patients.read', 'everyone', 'roles[1].objects.patients.read', 'known: own, team, location, all'],
  ['workflows[0].trigger', { type: 'record_create' }, 'workflows[0].trigger.type', 'did you mean "record_created"?'],
  ['workflows[1].trigger.offset', '7 days', 'workflows[1].trigger.offset', 'ISO 8601'],
  ['workflows[0].actions[1].text', 'x', 'workflows[0].actions[1].text', '"text" is not known here'],
  ['dashboards[0].widgets[0].position.w', 13, 'dashboards[0].widgets[0].position.w', 'must be <= 12'],
]

const noSuchField = { field: 'emial', op: 'empty' }
const ruleMistakes: Mistake[] = [
  ['objects[0].fields[1].conditions', { visible: noSuchField }, 'objects[0].fields[1].conditions.visible', '“emial”'],
  ['objects[0].fields[1].conditions', { hidden: noSuchField }, 'objects[0].fields[1].conditions.hidden', 'not known'],
  ['objects[0].fields[1].default', { formula: 'nam' }, 'objects[0].fields[1].default', '“nam” is not a field'],
  [
    'objects[0].rules',
    [{ key: 'born', message: { en: 'No' }, check: 'born_on >' }],
    'objects[0].rules[0].check',
    'cannot be read',
  ],
  ['objects[0].uniqueKeys', [{ key: 'who', fields: ['nam'] }], 'objects[0].uniqueKeys[0].fields', '“nam”'],
  ['objects[0].numbering', { pattern: 'PAT-' }, 'objects[0].numbering', 'exactly one counter'],
]

const objectMistakes: Mistake[] = [
  ['icon', 'stetoscope', 'icon', 'did you mean "stethoscope"?'],
  ['objects[2].slug', 'jobs', 'objects[2].slug', 'path of the API'],
  ['objects[2].numberPrefix', 'PAT-', 'objects[2].numberPrefix', 'already the prefix of another object'],
  ['objects[2].roles.title', 'nam', 'objects[2].roles.title', 'did you mean "name"?'],
  ['objects[0].roles.email', 'full_name', 'objects[0].roles.email', '"full_name" is a text; email needs email'],
  ['objects[0].roles.stage', undefined, 'objects[0].roles.stage', 'has a pipeline'],
  ['objects[2].fields[1].key', 'links', 'objects[2].fields[1].key', 'name of the system'],
  ['objects[2].fields[1].key', 'name', 'objects[2].fields[1].key', 'already a field of this object'],
  ['objects[0].fields[0].sortable', true, 'objects[0].fields[0].sortable', 'sortable anyway'],
  ['objects[0].fields[7].sortable', true, 'objects[0].fields[7].sortable', 'relation field cannot be sortable'],
  ['objects[0].fields[3].default', 'Old', 'objects[0].fields[3].default', 'is not one of'],
  ['objects[0].fields[6].rules', { min: 3 }, 'objects[0].fields[6].rules.min', 'means nothing'],
  [
    'objects[0].fields[7].relation.object',
    'docters',
    'objects[0].fields[7].relation.object',
    'did you mean "doctors"?',
  ],
  [
    'objects[0].fields[7].relation.inverse.key',
    'full_name',
    'objects[0].fields[7].relation.inverse.key',
    'already a field',
  ],
  [
    'objects[1].fields[1].computed.relation',
    'patience',
    'objects[1].fields[1].computed.relation',
    'did you mean "patients"?',
  ],
  ['objects[0].pipelines[0].field', 'full_name', 'objects[0].pipelines[0].field', 'shown by a select field'],
  [
    'objects[0].fields[3].options[2]',
    { value: 'Gone', label: { en: 'Gone' } },
    'objects[0].pipelines[0].stages',
    'differ from the options',
  ],
]

const viewMistakes: Mistake[] = [
  ['objects[0].views[0].columns[1]', 'doctor.fullname', 'objects[0].views[0].columns[1]', 'did you mean "full_name"?'],
  ['objects[0].views[0].sort[1]', 'notes', 'objects[0].views[0].sort[1]', 'not sortable'],
  [
    'objects[0].views[0].filter.and[1].field',
    'bornon',
    'objects[0].views[0].filter.and[1].field',
    'did you mean "born_on"?',
  ],
  ['objects[0].views[0].filter.and[0].op', 'is', 'objects[0].views[0].filter.and[0].op', 'not an operator'],
  [
    'objects[0].views[0].filter.and[1].value.relative',
    'lastDays',
    'objects[0].views[0].filter.and[1].value',
    'relative date',
  ],
  ['objects[0].views[0].filter.and[1].value.n', undefined, 'objects[0].views[0].filter.and[1].value', 'needs "n"'],
  ['objects[0].views[0].filter.and[0].field', 'status', 'objects[0].views[0].filter.and[0].value', 'is a user'],
  ['objects[0].views[1].groupBy', undefined, 'objects[0].views[1].groupBy', 'kanban board needs'],
  ['objects[0].views[1].type', 'calendar', 'objects[0].views[1].type', 'calendar needs a date'],
]

const behaviourMistakes: Mistake[] = [
  ['roles[0].admin', [], 'roles', 'a role "owner"'],
  ['roles[1].objects.patient', { read: 'all' }, 'roles[1].objects.patient', 'did you mean "patients"?'],
  ['roles[1].objects.patients.fields.note', 'read', 'roles[1].objects.patients.fields.note', 'did you mean "notes"?'],
  ['roles[1].objects.patients.fields.full_name', 'read', 'roles[1].objects.patients.fields.full_name', 'is required'],
  ['roles[1].objects.doctors', { update: 'all' }, 'roles[1].objects.doctors.update', 'without "read"'],
  [
    'roles[1].objects.patients.read',
    { scope: 'all', filter: { field: 'full_nam', op: 'notEmpty' } },
    'roles[1].objects.patients.read.filter.field',
    'did you mean "full_name"?',
  ],
  [
    'roles[1].objects.patients.relations',
    { docter: {} },
    'roles[1].objects.patients.relations.docter',
    'not a relation',
  ],
  [
    'roles[1].objects.patients.relations',
    { doctor: { fields: ['nam'] } },
    'roles[1].objects.patients.relations.doctor.fields[0]',
    'is not seen there',
  ],
  ['roles[1].forbiddenPaths', ['patients.docter'], 'roles[1].forbiddenPaths[0]', 'did you mean "doctor"?'],
  ['roles[0].objects.*.fields', { name: 'read' }, 'roles[0].objects.*.fields', 'name the object instead of *'],
  ['workflows[0].object', 'people', 'workflows[0].object', 'known: patients, doctors, rooms'],
  ['workflows[2].trigger.to', 'Gone', 'workflows[2].trigger.to', 'not an option of "stage"'],
  ['workflows[1].trigger.field', 'full_name', 'workflows[1].trigger.field', 'counted from a date'],
  ['workflows[1].actions[0].value', 'Gone', 'workflows[1].actions[0].value', 'is not one of'],
  ['workflows[0].actions[0].to', '{{ record.full_name }}', 'workflows[0].actions[0].to', 'goes to an email field'],
  [
    'workflows[0].actions[0].body.en',
    '{{ record.docter.full_name }}',
    'workflows[0].actions[0].body.en',
    'did you mean "doctor"?',
  ],
  ['workflows[0].actions[0].subject.en', '{{ company }}', 'workflows[0].actions[0].subject.en', 'cannot be filled'],
  ['workflows[0].actions[1].to', 'receptionists', 'workflows[0].actions[1].to', 'did you mean "receptionist"?'],
  ['dashboards[0].roles[0]', 'boss', 'dashboards[0].roles[0]', 'not a role'],
  ['dashboards[0].widgets[1].position.x', 5, 'dashboards[0].widgets[1].position', 'lies over the widget "count"'],
  ['dashboards[0].widgets[1].measure.field', 'notes', 'dashboards[0].widgets[1].measure.field', 'there is no sum'],
  ['dashboards[0].widgets[1].groupBy.interval', undefined, 'dashboards[0].widgets[1].groupBy.interval', 'is a date'],
  ['dashboards[0].widgets[1].chart', undefined, 'dashboards[0].widgets[1].chart', 'chart widget needs it'],
  ['dashboards[0].widgets[0].type', 'recent', 'dashboards[0].widgets[0].fields', 'recent widget needs it'],
]

const sampleMistakes: Mistake[] = [
  ['samples.patients[0].doctor', '@doc-2', 'samples.patients[0].doctor', 'did you mean "doc-1"?'],
  ['samples.patients[0].doctor', '@pat-2', 'samples.patients[0].doctor', 'one of "patients"'],
  ['samples.patients[0].full_name', undefined, 'samples.patients[0].full_name', 'is required'],
  ['samples.patients[1].status', 'Gone', 'samples.patients[1].status', 'is not one of'],
  ['samples.patients[0].born_on', '1984-03-17', 'samples.patients[0].born_on', 'write today+3d'],
  ['samples.patients[0].born_on', 'today+1d', 'samples.patients[0].born_on', 'must not be after'],
  ['samples.patients[1].email', 'omar@example.com', 'samples.patients[1].email', 'must be unique'],
  ['samples.patients[1].ref', 'pat-1', 'samples.patients[1].ref', 'ref of another sample record'],
  ['samples.patients[1].phone', '+34', 'samples.patients[1].phone', 'not a field of "patients"'],
  ['samples.doctors[0].patient_count', 3, 'samples.doctors[0].patient_count', 'cannot be set'],
]

/** Writes a value at a path such as `objects[0].fields[2].key`. */
function spoil(template: object, place: string, value: unknown): unknown {
  const steps = place.split(/[.[\]]+/).filter((step) => step !== '')
  const last = steps.pop()!
  const holder = steps.reduce((at, step) => at[step] as Record<string, unknown>, template as Record<string, unknown>)
  if (value === undefined) delete holder[last]
  else holder[last] = value
  return template
}

describe('checkTemplate', () => {
  it('finds nothing wrong with a template that is right', () => {
    expect(checkTemplate(clinicTemplate())).toEqual([])
  })

  it.each([42, null, 'hospital', []])('says of %j that it is not a template', (value) => {
    expect(checkTemplate(value)).toEqual([{ path: '', message: expect.stringContaining('must be object') }])
  })

  const mistakes = [
    ...structuralMistakes,
    ...objectMistakes,
    ...ruleMistakes,
    ...viewMistakes,
    ...behaviourMistakes,
    ...sampleMistakes,
  ]
  it.each(mistakes)('%s = %j is one problem at %s', (place, value, path, message) => {
    const problems = checkTemplate(spoil(clinicTemplate(), place, value))
    expect(problems).toEqual([{ path, message: expect.stringContaining(message) }])
  })

  it('allows ten sortable fields and not eleven', () => {
    const template = clinicTemplate()
    const doctors = template.objects[1]!
    const numbered = (key: string) => ({ key, label: { en: key }, type: 'integer' as const, sortable: true })
    doctors.fields.push(...Array.from({ length: 10 }, (_, index) => numbered(`number_${index}`)))
    expect(checkTemplate(template)).toEqual([])
    doctors.fields.push(numbered('one_more'))
    expect(checkTemplate(template)).toEqual([
      { path: 'objects[1].fields', message: '11 fields are sortable; at most 10 can be kept in order' },
    ])
  })

  it('keeps the key stage for the field that a pipeline names', () => {
    const template = JSON.parse(JSON.stringify(clinicTemplate()).replaceAll('"status"', '"stage"'))
    expect(checkTemplate(template)).toEqual([])
    const problems = checkTemplate(spoil(clinicTemplate(), 'objects[2].fields[1].key', 'stage'))
    expect(problems.map(({ path }) => path)).toEqual(['objects[2].fields[1].key'])
  })

  it('reports every mistake of a file at once', () => {
    const template = clinicTemplate()
    spoil(template, 'icon', 'stetoscope')
    spoil(template, 'samples.patients[1].status', 'Gone')
    expect(checkTemplate(template).map(({ path }) => path)).toEqual(['icon', 'samples.patients[1].status'])
  })
})
