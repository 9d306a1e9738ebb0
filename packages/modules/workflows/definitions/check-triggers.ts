/** Checks of what begins a workflow. */
import type { CompiledObject, TenantModel } from '@oneforge/kernel/metadata'
import { suggestion } from '@oneforge/templates'
import { z } from 'zod'
import type { Trigger } from '../definition.ts'
import { scheduleProblem } from '../triggers/schedules.ts'
import { checkCondition, checkDuration } from './check-values.ts'
import { follow, type Surroundings } from './names.ts'
import { quoted, type Report, within } from './problems.ts'
import { checkShape } from './shape.ts'
import { triggerShapes, triggersOfRecords } from './step-shapes.ts'

export function checkTrigger(
  given: unknown,
  object: CompiledObject | undefined,
  { model, forms }: Surroundings,
  report: Report,
) {
  const type = (given as { type?: string } | null)?.type as Trigger['type']
  if (!Object.hasOwn(triggerShapes, type ?? '')) {
    return report(
      'type',
      `${quoted(type)} is nothing that begins a workflow${suggestion(String(type), Object.keys(triggerShapes))}`,
    )
  }
  if (!checkShape({ type: z.string(), ...triggerShapes[type] }, given, report)) return
  if (triggersOfRecords.has(type) && !object) return report('type', 'needs an object: choose which records it is about')
  if (type === 'form_submitted')
    return checkForm((given as { form: string }).form, object!, forms, within(report, 'form'))
  checkNames(given as Trigger, object, model, report)
}

function checkForm(form: string, { slug }: CompiledObject, forms: Surroundings['forms'], report: Report): void {
  const made = forms.get(form)
  if (made === undefined) report('', `“${form}” is not a form of this workspace: choose one that is there`)
  else if (made !== slug) {
    report('', `makes records of ${made}, and the workflow is about ${slug}: choose one of the same object`)
  }
}

function checkNames(trigger: Trigger, object: CompiledObject | undefined, model: TenantModel, report: Report) {
  switch (trigger.type) {
    case 'record_updated':
      for (const [index, key] of (trigger.fields ?? []).entries())
        checkField(key, object!, model, within(report, `fields.${index}`))
      return
    case 'field_changed':
      checkField(trigger.field, object!, model, within(report, 'field'))
      checkOption(trigger.field, trigger.from, object!, within(report, 'from'))
      return checkOption(trigger.field, trigger.to, object!, within(report, 'to'))
    case 'stage_changed':
      return checkStages(trigger, object!, report)
    case 'record_linked':
      if (!object!.relation.has(trigger.relation)) {
        report(
          'relation',
          `“${trigger.relation}” is not a relation of ${object!.slug}${suggestion(trigger.relation, object!.relation.keys())}`,
        )
      }
      return
    case 'date_relative':
      checkDated(trigger.field, object!, report)
      return checkDuration(trigger.offset, within(report, 'offset'), { sign: true })
    case 'schedule':
      return checkSchedule(trigger, object, model, report)
    case 'button':
      for (const [index, key] of (trigger.roles ?? []).entries()) {
        if (!model.roles.has(key))
          report(`roles.${index}`, `“${key}” is not a role${suggestion(key, model.roles.keys())}`)
      }
  }
}

function checkField(key: string, object: CompiledObject, model: TenantModel, report: Report) {
  const found = follow(model, object, [key])
  if ('problem' in found) report('', found.problem)
}

function checkOption(key: string, value: unknown, object: CompiledObject, report: Report) {
  const options = object.field.get(key)?.optionByValue
  if (value === undefined || value === null || !options || options.size === 0 || options.has(String(value))) return
  report('', `${quoted(value)} is not an option of “${key}”${suggestion(String(value), options.keys())}`)
}

function checkStages(
  { pipeline: key, from, to }: Trigger & { type: 'stage_changed' },
  object: CompiledObject,
  report: Report,
) {
  const pipeline = key === undefined ? object.pipelines[0] : object.pipelines.find((one) => one.key === key)
  if (!pipeline) {
    return key === undefined
      ? report('type', `cannot happen: ${object.slug} has no pipeline`)
      : report('pipeline', `“${key}” is not a pipeline of ${object.slug}`)
  }
  const values = pipeline.stages.map(({ value }) => value)
  for (const [part, stage] of [
    ['from', from],
    ['to', to],
  ] as const) {
    if (stage !== undefined && !values.includes(stage)) {
      report(part, `“${stage}” is not a stage of “${pipeline.key}”${suggestion(stage, values)}`)
    }
  }
}

const momentsOfSystem = new Set(['createdAt', 'updatedAt'])

function checkDated(key: string, object: CompiledObject, report: Report) {
  const field = object.field.get(key)
  if (field && field.type !== 'date' && field.type !== 'datetime') {
    report('field', `“${key}” is a ${field.type}; a moment is counted from a date or a date with time`)
  } else if (!field && !momentsOfSystem.has(key)) {
    const known = object.fields.filter(({ type }) => type === 'date' || type === 'datetime').map((one) => one.key)
    report('field', `“${key}” is not a date of ${object.slug}${suggestion(key, known)}`)
  }
}

function checkSchedule(
  trigger: Trigger & { type: 'schedule' },
  object: CompiledObject | undefined,
  model: TenantModel,
  report: Report,
) {
  const wrong = scheduleProblem(trigger)
  if (wrong) report(wrong.part, wrong.message)
  if (trigger.records === undefined) return
  if (object) checkCondition(trigger.records, object, model, within(report, 'records'))
  else report('records', 'cannot be chosen: the workflow is about no object')
}
