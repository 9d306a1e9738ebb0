import type { Template, WorkflowDefinition } from '../template.ts'
import { type Attribute, type Catalogue, type CatalogueEntry, resolvePath } from './catalogue.ts'
import { checkUnique } from './duplicates.ts'
import { checkFilter } from './filters.ts'
import { checkMergeFields, mergeFieldsOf } from './merge-fields.ts'
import { quoted, type Report } from './problem.ts'
import { suggestion } from './suggestion.ts'
import { unwritableTypes, valueProblem } from './values.ts'

type Action = WorkflowDefinition['actions'][number]

/** What a check of one workflow needs at hand. */
interface Surroundings {
  entry: CatalogueEntry
  catalogue: Catalogue
  roleKeys: string[]
  report: Report
}

/** Workflows: the object, the trigger's field and values, the condition, and what each action names. */
export function checkWorkflows({ workflows, roles }: Template, catalogue: Catalogue, report: Report): void {
  checkUnique(
    workflows.map(({ key }, index) => ({ value: key, path: `workflows[${index}].key` })),
    'a workflow of this template',
    report,
  )
  for (const [index, workflow] of workflows.entries()) {
    const path = `workflows[${index}]`
    const entry = catalogue.get(workflow.object)
    if (!entry) {
      const known = suggestion(workflow.object, catalogue.keys())
      report(`${path}.object`, `"${workflow.object}" is not an object of this template${known}`)
      continue
    }
    const around = { entry, catalogue, roleKeys: roles.map(({ key }) => key), report }
    checkTrigger(workflow.trigger, `${path}.trigger`, around)
    if (workflow.condition !== undefined) checkFilter(workflow.condition, `${path}.condition`, entry, catalogue, report)
    for (const [step, action] of workflow.actions.entries()) checkAction(action, `${path}.actions[${step}]`, around)
  }
}

function checkTrigger(trigger: WorkflowDefinition['trigger'], path: string, around: Surroundings) {
  const { entry, report } = around
  if (trigger.type === 'stage_changed') {
    const stages = entry.attributes.get('stage')
    if (!stages) return report(`${path}.type`, `"${entry.definition.slug}" has no pipeline, so its stage never changes`)
    checkOption(stages, trigger.from, `${path}.from`, report)
    checkOption(stages, trigger.to, `${path}.to`, report)
  }
  if (trigger.type === 'field_changed') {
    const attribute = attributeAt(trigger.field, `${path}.field`, around)
    if (!attribute) return
    checkOption(attribute, trigger.from, `${path}.from`, report)
    checkOption(attribute, trigger.to, `${path}.to`, report)
  }
  if (trigger.type === 'date_relative') {
    const attribute = attributeAt(trigger.field, `${path}.field`, around)
    if (attribute && attribute.type !== 'date' && attribute.type !== 'datetime') {
      report(`${path}.field`, `"${trigger.field}" is a ${attribute.type}; a moment is counted from a date or datetime`)
    }
  }
}

function attributeAt(key: string, path: string, { entry, catalogue, report }: Surroundings): Attribute | undefined {
  const { attribute, problem } = resolvePath(catalogue, entry, key)
  if (problem) report(path, problem)
  return attribute
}

function checkOption({ key, options }: Attribute, value: unknown, path: string, report: Report): void {
  if (value === undefined || !options || options.includes(value as string)) return
  report(path, `${quoted(value)} is not an option of "${key}"${suggestion(String(value), options)}`)
}

function checkAction(action: Action, path: string, around: Surroundings) {
  const { entry, catalogue, report } = around
  switch (action.type) {
    case 'send_email':
      checkRecipient(action.to, `${path}.to`, around)
      checkMergeFields(action.subject, `${path}.subject`, entry, catalogue, report)
      checkMergeFields(action.body, `${path}.body`, entry, catalogue, report)
      return
    case 'update_field':
      return checkUpdate(action, path, around)
    case 'create_task':
      return checkMergeFields(action.title, `${path}.title`, entry, catalogue, report)
    case 'notify':
      checkNotified(action.to, `${path}.to`, around)
      checkMergeFields(action.message, `${path}.message`, entry, catalogue, report)
      return
    case 'webhook':
      return
  }
}

/** An address of its own, or one merge field that stands for an e-mail field. */
function checkRecipient(to: string, path: string, { entry, catalogue, report }: Surroundings) {
  const [field] = mergeFieldsOf(to, entry, catalogue)
  if (field?.problem) return report(path, field.problem)
  if (field?.attribute && field.attribute.type !== 'email') {
    return report(path, `"${field.attribute.key}" is a ${field.attribute.type}; a message goes to an email field`)
  }
  if (!field && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(to)) {
    report(path, `${quoted(to)} is neither an e-mail address nor a merge field such as {{ record.email }}`)
  }
}

function checkUpdate(action: Action & { type: 'update_field' }, path: string, around: Surroundings) {
  const attribute = attributeAt(action.field, `${path}.field`, around)
  if (!attribute) return
  if (!attribute.field || unwritableTypes.includes(attribute.type)) {
    return around.report(`${path}.field`, `"${action.field}" is made by the system and cannot be set`)
  }
  const problem = valueProblem(attribute.field, action.value)
  if (problem && action.value !== null) around.report(`${path}.value`, problem)
}

function checkNotified(to: string, path: string, { roleKeys, report }: Surroundings): void {
  const known = ['owner', 'creator', ...roleKeys]
  if (!known.includes(to))
    report(path, `"${to}" is neither owner, creator nor a role of this template${suggestion(to, known)}`)
}
