import { languages, optionColors } from '@oneforge/kernel/metadata'
import { isValidPhoneNumber } from 'libphonenumber-js'
import { describe, expect, it } from 'vitest'
import { checkTemplate } from './check.ts'
import { loadTemplates, templateBySlug } from './shipped.ts'
import type { SampleRecord, Template } from './template.ts'

const templates = loadTemplates()
const named = templates.map((template): [string, Template] => [template.slug, template])
const trades = named.filter(([slug]) => slug !== 'blank')

/** Every text of a template with its place: an object that has `en` is one. */
function textsOf(value: unknown, path = ''): [string, Record<string, string>][] {
  if (typeof value !== 'object' || value === null) return []
  if ('en' in value) return [[path, value as Record<string, string>]]
  return Object.entries(value).flatMap(([key, inner]) => textsOf(inner, `${path}/${key}`))
}

const samplesOf = (template: Template): SampleRecord[] => Object.values(template.samples).flat()

describe('the shipped templates', () => {
  it('are these seven', () => {
    expect(named.map(([slug]) => slug)).toEqual([
      ...['hospital', 'imaging-clinic', 'real-estate', 'jewellery', 'corporate', 'recruiting', 'blank'],
    ])
    expect(templateBySlug('hospital')?.name.en).toBe('Hospital')
    expect(templateBySlug('circus')).toBeUndefined()
  })

  it.each(named)('%s has no problems', (_slug, template) => {
    expect(checkTemplate(template)).toEqual([])
  })

  it.each(named)('%s speaks English, Spanish and German everywhere', (_slug, template) => {
    const texts = textsOf(template)
    expect(texts.length).toBeGreaterThan(50)
    expect(texts.filter(([, text]) => languages.some((language) => !text[language]?.trim()))).toEqual([])
  })

  it.each(trades)('%s has 5 to 12 objects and about 200 sample records', (_slug, template) => {
    expect(template.objects.length).toBeGreaterThanOrEqual(5)
    expect(template.objects.length).toBeLessThanOrEqual(12)
    expect(samplesOf(template).length).toBeGreaterThan(170)
    expect(samplesOf(template).length).toBeLessThan(260)
    expect(Object.keys(template.samples).sort()).toEqual(template.objects.map(({ slug }) => slug).sort())
  })

  it.each(trades)('%s has roles, workflows and dashboards of its trade', (_slug, template) => {
    const roles = template.roles.map(({ key }) => key)
    expect(roles.slice(0, 4)).toEqual(['owner', 'admin', 'member', 'read_only'])
    expect(roles.length).toBeGreaterThanOrEqual(7)
    expect(template.workflows.length).toBeGreaterThanOrEqual(3)
    expect(template.workflows.length).toBeLessThanOrEqual(8)
    expect(template.dashboards.length).toBeGreaterThanOrEqual(1)
  })

  it.each(named)('%s starts each pipeline at its first stage and colours all stages', (_slug, template) => {
    for (const object of template.objects) {
      for (const pipeline of object.pipelines ?? []) {
        const field = object.fields.find(({ key }) => key === pipeline.field)
        expect(field?.default, `${object.slug}.${pipeline.field}`).toBe(pipeline.stages[0]?.value)
        for (const stage of pipeline.stages) expect(optionColors).toContain(stage.color)
      }
    }
  })

  it.each(named)('%s gives every object two to five views, a board where there is a pipeline', (_slug, template) => {
    for (const { slug, views = [], pipelines = [] } of template.objects) {
      expect(views.length, slug).toBeGreaterThanOrEqual(2)
      expect(views.length, slug).toBeLessThanOrEqual(6)
      if (pipelines.length > 0)
        expect(
          views.map(({ type }) => type),
          slug,
        ).toContain('kanban')
    }
  })

  it.each(named)('%s asks for little when a record is made', (_slug, template) => {
    for (const { slug, fields } of template.objects) {
      const asked = fields.filter((field) => field.required && field.default === undefined)
      expect(asked.length, slug).toBeLessThanOrEqual(4)
    }
  })

  it.each(named)('%s has sample phones that can be dialled and e-mails that reach nobody', (_slug, template) => {
    for (const record of samplesOf(template)) {
      for (const value of Object.values(record)) {
        if (typeof value !== 'string') continue
        if (/^\+\d{8,}$/.test(value)) expect(isValidPhoneNumber(value), value).toBe(true)
        if (/^\S+@\S+\.\S+$/.test(value)) expect(value).toMatch(/@(example\.com|[a-z0-9.-]+\.example)$/)
      }
    }
  })
})

describe('the hospital', () => {
  const hospital = templateBySlug('hospital')!
  const object = (slug: string) => hospital.objects.find((candidate) => candidate.slug === slug)!
  const field = (slug: string, key: string) => object(slug).fields.find((candidate) => candidate.key === key)!
  const asked = (slug: string) =>
    object(slug)
      .fields.filter(({ required, default: preset }) => required && preset === undefined)
      .map(({ key }) => key)
  const values = (slug: string, key: string) => field(slug, key).options?.map(({ value }) => value)

  it('asks of a patient the name, the date of birth and the phone', () => {
    expect(object('patients').numberPrefix).toBe('PAT-')
    expect(asked('patients')).toEqual(['full_name', 'date_of_birth', 'phone'])
    expect(values('patients', 'blood_group')).toEqual(['A+', 'A-', 'B+', 'B-', 'O+', 'O-', 'AB+', 'AB-'])
    expect(values('patients', 'status')).toEqual(['New', 'Active', 'Discharged', 'Deceased'])
    expect(field('patients', 'primary_doctor').relation?.object).toBe('doctors')
  })

  it('asks of an appointment who, with whom, when and why', () => {
    expect(object('appointments').numberPrefix).toBe('APT-')
    expect(asked('appointments')).toEqual(['patient', 'doctor', 'appointment_date', 'reason'])
    expect(object('appointments').roles.startsAt).toBe('appointment_date')
    expect(values('appointments', 'status')).toEqual([
      'Scheduled',
      'Arrived',
      'In room',
      'Completed',
      'Cancelled',
      'No-Show',
    ])
    expect(field('appointments', 'duration_minutes').default).toBe(30)
  })

  it('marks what is told about health as protected', () => {
    for (const key of ['diagnosis', 'treatment', 'confidential_notes'])
      expect(field('medical_records', key).phi).toBe(true)
    for (const key of ['blood_group', 'allergies', 'notes']) expect(field('patients', key).phi).toBe(true)
  })

  it('keeps clinical notes from the reception', () => {
    const receptionist = hospital.roles.find(({ key }) => key === 'receptionist')!
    expect(receptionist.objects.medical_records).toBeUndefined()
    expect(receptionist.objects.patients?.fields?.notes).toBe('hidden')
  })

  it('has no appointments for the dead and none that are completed ahead of time', () => {
    const deceased = new Set(
      hospital.samples.patients!.filter(({ status }) => status === 'Deceased').map(({ ref }) => `@${ref}`),
    )
    expect(deceased.size).toBeGreaterThan(0)
    for (const appointment of hospital.samples.appointments!) {
      const ahead = !String(appointment.appointment_date).startsWith('today-')
      if (ahead) expect(deceased).not.toContain(appointment.patient)
      expect(['Completed', 'No-Show'].includes(String(appointment.status)) && ahead, appointment.ref).toBe(false)
    }
  })
})
