/** Checks of what the kinds of steps name: fields, persons, roles, relations, operations. */
import { type CompiledObject, isSetBySystem } from '@oneforge/kernel/metadata'
import { suggestion } from '@oneforge/templates'
import type { ActionOf, ActionStep, Step, Target, TaskAssignee, Value } from '../definition.ts'
import { checkCondition, checkDuration, checkRecipients, checkText, checkValue } from './check-values.ts'
import { follow, objectOf, type Place, type Surroundings } from './names.ts'
import { quoted, type Report, within } from './problems.ts'

const email = /^[^\s@<>]+@[^\s@]+\.[^\s@]+$/
const phone = /^\+?[\d\s()./-]{5,30}$/

/** A step whose parts are right by themselves; the steps that it holds are not looked at. */
export function checkStepNames(step: Step, around: Surroundings, place: Place, report: Report) {
  const { model } = around
  const text = (part: string, value: Parameters<typeof checkText>[0]) =>
    checkText(value, model, place, within(report, part))
  const value = (part: string, given: Value | undefined) => checkValue(given, model, place, within(report, part))
  switch (step.type) {
    case 'send_email':
      checkRecipients(step.to, email, 'an e-mail address', within(report, 'to'))
      text('to', step.to)
      if (step.cc !== undefined) checkRecipients(step.cc, email, 'an e-mail address', within(report, 'cc'))
      text('cc', step.cc)
      text('subject', step.subject)
      text('body', step.body)
      if (!step.template && !step.subject) report('subject', 'is missing')
      if (!step.template && !step.body) report('body', 'is missing')
      return
    case 'send_sms':
      checkRecipients(step.to, phone, 'a phone number', within(report, 'to'))
      text('to', step.to)
      return text('text', step.text)
    case 'notify':
      checkNotified(step.to, around, within(report, 'to'))
      return text('message', step.message)
    case 'create_record':
      return checkCreation(step, around, place, report)
    case 'update_field':
      return checkValues({ [step.field]: step.value }, step.target, around, place, (part, message) =>
        report(part.startsWith('values') ? 'value' : part, message),
      )
    case 'update_record':
      return checkValues(step.values, step.target, around, place, report)
    case 'set_value':
      return checkValues({ [step.field]: step.value }, undefined, around, place, (_, message) =>
        report('field', message),
      )
    case 'delete_record':
      checkTarget(step.target, around, place, report)
      return
    case 'link_records':
    case 'unlink_records':
      return checkLink(step, around, place, report)
    case 'assign':
      return checkAssignment(step, around, place, report)
    case 'create_task':
      text('title', step.title)
      text('description', step.description)
      checkDuration(step.dueIn, within(report, 'dueIn'), { sign: true })
      if (step.target) checkTarget(step.target, around, place, report)
      return checkAssignee(step.assignTo, around, within(report, 'assignTo'))
    case 'create_event':
      text('title', step.title)
      value('startsAt', step.startsAt)
      return checkAssignee(step.assignTo, around, within(report, 'assignTo'))
    case 'create_note':
      return text('body', step.body)
    case 'webhook':
      if (!/^https?:\/\/\S+$/.test(step.url.replaceAll(/\{\{.*?\}\}/g, 'x')))
        report('url', `${quoted(step.url)} is not an address; write https://…`)
      text('url', step.url)
      return value('body', step.body)
    case 'call_operation':
      if (!around.operations.has(step.operation)) {
        report(
          'operation',
          `“${step.operation}” is not an operation that a workflow may call${suggestion(step.operation, around.operations)}`,
        )
      }
      return value('input', step.input)
    case 'set_variable':
      return value('value', step.value)
    case 'ask_ai':
      return text('prompt', step.prompt)
    case 'refuse':
      text('message', step.message)
      if (step.field !== undefined) checkFields([step.field], place.object, around, within(report, 'field'))
      return
    case 'if':
      return checkCondition(step.condition, subjectOf(place), model, within(report, 'condition'))
    case 'switch':
      return value('value', step.value)
    case 'wait':
      return checkDuration(step.for, within(report, 'for'))
    case 'wait_until':
      return value('moment', step.moment)
    case 'wait_event':
      return checkAwaited(step, around, place, report)
    case 'loop':
      return checkLoop(step, around, place, report)
    case 'run_workflow':
      if (!around.workflows.has(step.workflow)) {
        report('workflow', `“${step.workflow}” is not a workflow${suggestion(step.workflow, around.workflows)}`)
      }
      return
    case 'approval':
      checkAssignee(step.from, around, within(report, 'from'))
      checkAssignee(step.escalateTo, around, within(report, 'escalateTo'))
      checkDuration(step.escalateAfter, within(report, 'escalateAfter'))
      if (step.escalateAfter && !step.escalateTo) report('escalateTo', 'is missing: who is asked after that time?')
      return text('message', step.message)
  }
}

/** What a condition is about: the record that the innermost loop is at, or that of the run. */
const subjectOf = ({ loops, object }: Place): CompiledObject | undefined =>
  loops.size > 0 ? [...loops.values()].at(-1) : object

function checkNotified(to: ActionOf<'notify'>['to'], around: Surroundings, report: Report) {
  if (typeof to !== 'string') return checkAssignee(to, around, report)
  if (to === 'owner' || to === 'creator' || around.model.roles.has(to)) return
  const known = ['owner', 'creator', ...around.model.roles.keys()]
  report('', `“${to}” is neither owner, creator nor a role${suggestion(to, known)}`)
}

function checkAssignee(to: TaskAssignee | undefined, { members, model }: Surroundings, report: Report) {
  if (to === undefined || typeof to === 'string') return
  if ('user' in to && !members.has(to.user)) report('', 'is not a member any more: choose somebody else')
  if ('role' in to && !model.roles.has(to.role))
    report('', `“${to.role}” is not a role${suggestion(to.role, model.roles.keys())}`)
}

function checkTarget(
  target: Target | undefined,
  { model }: Surroundings,
  place: Place,
  report: Report,
): CompiledObject | undefined {
  const found = objectOf(model, place, target)
  if (!('problem' in found)) return found.object
  report('target', found.problem)
  return undefined
}

function checkValues(
  values: Record<string, Value>,
  target: Target | undefined,
  around: Surroundings,
  place: Place,
  report: Report,
) {
  const object = checkTarget(target, around, place, report)
  checkFieldValues(values, object, around, place, report)
}

function checkFieldValues(
  values: Record<string, Value>,
  object: CompiledObject | undefined,
  { model }: Surroundings,
  place: Place,
  report: Report,
) {
  for (const [key, value] of Object.entries(values)) {
    const part = within(report, `values.${key}`)
    const field = object?.field.get(key)
    if (object && !field && !settable.has(key)) {
      part('', `“${key}” is not a field of ${object.slug}${suggestion(key, object.field.keys())}`)
      continue
    }
    if (field && isSetBySystem(field)) part('', `“${key}” is worked out by the system and cannot be set`)
    else checkValue(value, model, place, part, field)
  }
}

const settable = new Set(['ownerId', 'locationId', 'stage'])

function checkCreation(
  step: ActionStep & { type: 'create_record' },
  around: Surroundings,
  place: Place,
  report: Report,
) {
  const object = around.model.object.get(step.object)
  if (!object)
    return report('object', `“${step.object}” is not an object${suggestion(step.object, around.model.object.keys())}`)
  checkFieldValues(step.values, object, around, place, report)
  if (step.relation !== undefined && !linkBetween(object, place.object, step.relation)) {
    const links = [...object.relation.keys()].filter((key) => linkBetween(object, place.object, key))
    report(
      'relation',
      `“${step.relation}” does not link ${object.slug} with the record of this workflow${suggestion(step.relation, links)}`,
    )
  }
}

/** The relation by which a record that is made is linked to the run's; it may be named from either side. */
function linkBetween(object: CompiledObject, own: CompiledObject | undefined, relation: string): boolean {
  const key = object.relation.has(relation) ? relation : own?.relation.get(relation)?.inverse
  const found = key === undefined ? undefined : object.relation.get(key)
  return found?.objects.some(({ id }) => id === own?.id) ?? false
}

function checkLink(
  step: ActionStep & { type: 'link_records' | 'unlink_records' },
  around: Surroundings,
  place: Place,
  report: Report,
) {
  const object = checkTarget(step.target, around, place, report)
  if (object && !object.relation.has(step.relation)) {
    report(
      'relation',
      `“${step.relation}” is not a relation of ${object.slug}${suggestion(step.relation, object.relation.keys())}`,
    )
  }
  if ('record' in step.to) return checkValue(step.to.record, around.model, place, within(report, 'to.record'))
  const other = objectOf(around.model, place, step.to)
  if ('problem' in other) report('to', other.problem)
}

function checkAssignment(step: ActionStep & { type: 'assign' }, around: Surroundings, place: Place, report: Report) {
  const object = checkTarget(step.target, around, place, report)
  for (const [index, user] of (step.users ?? []).entries()) {
    checkAssignee({ user }, around, within(report, `users.${index}`))
  }
  if (step.role !== undefined) checkAssignee({ role: step.role }, around, within(report, 'role'))
  if (step.method === 'rule') {
    if (!step.rules?.length) report('rules', 'are missing: say who gets which records')
    for (const [index, { condition, user }] of (step.rules ?? []).entries()) {
      checkCondition(condition, object, around.model, within(report, `rules.${index}.condition`))
      checkAssignee({ user }, around, within(report, `rules.${index}.user`))
    }
  } else if (!step.users?.length && !step.role && !step.team) report('users', 'are missing: say among whom')
}

function checkAwaited(step: Step & { type: 'wait_event' }, around: Surroundings, place: Place, report: Report) {
  checkDuration(step.timeout, within(report, 'timeout'))
  if (step.event === 'field_changed' && step.field === undefined) return report('field', 'is missing')
  if (step.field !== undefined) checkFields([step.field], place.object, around, within(report, 'field'))
}

function checkFields(keys: string[], object: CompiledObject | undefined, { model }: Surroundings, report: Report) {
  for (const key of keys) {
    const found = object && follow(model, object, [key])
    if (found && 'problem' in found) report('', found.problem)
  }
}

function checkLoop(step: Step & { type: 'loop' }, { model }: Surroundings, place: Place, report: Report) {
  if ('relation' in step.over) {
    const found = objectOf(model, place, { relation: step.over.relation })
    if ('problem' in found) report('over.relation', found.problem)
    return
  }
  const object = model.object.get(step.over.object)
  if (object) return checkCondition(step.over.filter, object, model, within(report, 'over.filter'))
  report('over.object', `“${step.over.object}” is not an object${suggestion(step.over.object, model.object.keys())}`)
}
