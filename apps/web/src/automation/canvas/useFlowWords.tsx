/** What the steps of a workflow do, in the words of the workspace: «Send an e-mail · to Patient › E-mail». */
import type {
  Filter,
  ListedMailTemplate,
  WorkflowCondition,
  WorkflowTarget,
  WorkflowValue,
  WorkflowVocabulary,
} from '@oneforge/client'
import type { Icon } from '@tabler/icons-react'
import type { TFunction } from 'i18next'
import { type ReactNode, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { withNamedFields } from '../../mail/mergeFieldPaths.ts'
import { readDuration } from '../flow/duration.ts'
import { type Flow, type Place, type Step, stepsWithin, type Trigger } from '../flow/flow.ts'
import { metPart } from '../flow/layout.ts'
import { fieldRead } from '../flow/reading.ts'
import { bodyAt, findStep } from '../flow/tree.ts'
import { useMailTemplates } from '../queries.ts'
import { ConditionWords } from './ConditionWords.tsx'
import { triggerIcons } from './kinds.ts'
import { durationText, scheduleText } from './timeWords.ts'

type T = TFunction<'automation'>

export interface FlowWords {
  trigger: { icon: Icon | undefined; title: string; details: ReactNode }
  title(step: Step): string
  details(step: Step): ReactNode
  branch(step: Step, part: string): string
  /** What a «+» at the place does. */
  adding(place: Place): string
}

export function useFlowWords(flow: Flow, vocabulary: WorkflowVocabulary | undefined): FlowWords {
  const { t, i18n } = useTranslation('automation')
  const { data: templates } = useMailTemplates(flow.object, sendsTemplates(flow))
  return useMemo(
    () => flowWords(t, i18n.language, flow, { ...vocabulary, templates }),
    [t, i18n.language, flow, vocabulary, templates],
  )
}

/** The words for a flow, in the language of `t`. */
export function flowWords(t: T, language: string, flow: Flow, known: Known): FlowWords {
  const names = namesOf(t, language, flow, known)
  return {
    trigger: {
      icon: triggerIcons[flow.trigger.type],
      title: triggerText(t, flow.trigger, names),
      details: flow.condition ? names.condition(flow.condition) : names.object(flow.object),
    },
    title: (step) => titleOf(t, step),
    details: (step) => detailsOf(t, step, names),
    branch: (step, part) => branchText(t, step, part, names),
    adding: (place) => addingText(t, flow.steps, place, names),
  }
}

const sendsTemplates = ({ steps }: Flow): boolean =>
  [...stepsWithin(steps)].some((step) => step.type === 'send_email' && step.template !== undefined)

const titleOf = (t: T, step: Step): string => step.name || t(`step.${step.type}`)

/** Several steps of one title are told apart by how many of it stand above. */
function toldApart(t: T, steps: Step[], step: Step): string {
  const title = titleOf(t, step)
  const same = [...stepsWithin(steps)].filter((one) => titleOf(t, one) === title)
  return same.length > 1 ? t('canvas.numbered', { step: title, number: same.indexOf(step) + 1 }) : title
}

function addingText(t: T, steps: Step[], place: Place, names: Names): string {
  const before = bodyAt(steps, place)[place.index - 1]
  if (before) return t('canvas.addAfter', { step: toldApart(t, steps, before) })
  const parent = place.parent === null ? undefined : findStep(steps, place.parent)
  if (!parent) return t('canvas.addFirst')
  return t('canvas.addInto', { branch: branchText(t, parent, place.part, names), step: toldApart(t, steps, parent) })
}

type Names = ReturnType<typeof namesOf>

interface Known extends Partial<WorkflowVocabulary> {
  templates: Pick<ListedMailTemplate, 'id' | 'name'>[] | undefined
}

function namesOf(t: T, language: string, flow: Flow, vocabulary: Known) {
  const fields = new Map(
    [...(vocabulary.fields ?? []), ...(vocabulary.related ?? [])].map((field) => [field.path, field]),
  )
  const label = <Item,>(
    items: Item[] | undefined,
    find: (item: Item) => boolean,
    say: (item: Item) => string,
    key: string,
  ) => {
    const found = items?.find(find)
    return found ? say(found) : key
  }
  const field = (path: string) => fields.get(path)?.label ?? path
  const role = (key: string) =>
    label(
      vocabulary.roles,
      (one) => one.key === key,
      (one) => one.label,
      key,
    )
  const member = (id: string) =>
    label(
      vocabulary.members,
      (one) => one.id === id,
      (one) => one.name,
      t('somebody'),
    )
  const person = (who: string | { user: string } | { role: string } | undefined): string => {
    if (who === undefined || who === 'owner' || who === 'creator') return t(`person.${who ?? 'owner'}`)
    if (typeof who === 'string') return role(who)
    return 'user' in who ? member(who.user) : role(who.role)
  }
  const text = (value: string | Record<string, string> | undefined) => {
    const plain = typeof value === 'string' ? value : (value?.[language] ?? value?.en ?? '')
    return withNamedFields(plain, field).replace(/\s+/g, ' ')
  }
  const value = (given: WorkflowValue | undefined): string => {
    if (given === null || given === undefined || given === '') return t('nothing')
    if (typeof given === 'string') return text(given)
    if (typeof given === 'boolean') return t(given ? 'yes' : 'no')
    if (Array.isArray(given)) return given.map(value).join(', ')
    return typeof given === 'object' ? ('formula' in given ? `= ${given.formula}` : '…') : String(given)
  }
  const option = (path: string, given: WorkflowValue | undefined) =>
    fields.get(path)?.options?.find((one) => one.value === given)?.label ?? value(given)
  const stepName = (id: string) => {
    const step = findStep(flow.steps, id)
    return step ? titleOf(t, step) : id
  }
  const relation = (key: string) =>
    label(
      vocabulary.relations,
      (one) => one.key === key,
      (one) => one.label,
      key,
    )
  const target = (given: WorkflowTarget | undefined) => {
    if (!given) return ''
    if ('relation' in given) return relation(given.relation)
    return stepName('step' in given ? given.step : given.loop)
  }
  return {
    language,
    field,
    option,
    person,
    relation,
    role,
    text,
    value,
    target,
    object: (slug: string | undefined) =>
      label(
        vocabulary.objects,
        (one) => one.slug === slug,
        (one) => one.label,
        slug ?? '',
      ),
    stage: (key: string | undefined) => {
      const stages = vocabulary.pipelines?.flatMap(({ stages }) => stages)
      return label(
        stages,
        (one) => one.value === key,
        (one) => one.label,
        key ?? '',
      )
    },
    template: (id: string) =>
      label(
        vocabulary.templates,
        (one) => one.id === id,
        (one) => one.name,
        t('form.template'),
      ),
    workflow: (key: string) =>
      label(
        vocabulary.workflows,
        (one) => one.key === key,
        (one) => one.label,
        key,
      ),
    operation: (name: string) =>
      label(
        vocabulary.operations,
        (one) => one.name === name,
        (one) => one.summary,
        name,
      ),
    condition: (given: WorkflowCondition): ReactNode =>
      flow.object && given ? <ConditionWords object={flow.object} filter={given as Filter} /> : t('always'),
  }
}

function triggerText(t: T, trigger: Trigger, names: Names): string {
  switch (trigger.type) {
    case 'field_changed':
      return trigger.to === undefined
        ? t('when.field_changed', { field: names.field(trigger.field) })
        : t('when.field_changed_to', {
            field: names.field(trigger.field),
            to: names.option(trigger.field, trigger.to as WorkflowValue),
          })
    case 'stage_changed':
      return trigger.to ? t('when.stage_changed_to', { stage: names.stage(trigger.to) }) : t('when.stage_changed')
    case 'date_relative': {
      const offset = readDuration(trigger.offset)
      if (offset?.amount === 0) return t('when.date_at', { field: names.field(trigger.field) })
      return t(offset?.before ? 'when.date_before' : 'when.date_after', {
        field: names.field(trigger.field),
        time: durationText(t, offset, trigger.offset),
      })
    }
    case 'schedule':
      return scheduleText(t, trigger, names.language)
    case 'record_linked':
      return t('when.record_linked', { relation: names.relation(trigger.relation) })
    case 'button':
      return t('when.button', { label: names.text(trigger.label) })
    default:
      return t(`when.${trigger.type}`)
  }
}

function detailsOf(t: T, step: Step, names: Names): ReactNode {
  switch (step.type) {
    case 'send_email':
      return t('details.send_email', {
        to: names.text(step.to) || '…',
        subject: step.template ? names.template(step.template) : names.text(step.subject),
      })
    case 'send_sms':
      return t('details.send_sms', { to: names.text(step.to) || '…', text: names.text(step.text) })
    case 'notify':
      return t('details.notify', { to: names.person(step.to), text: names.text(step.message) })
    case 'create_record':
      return names.object(step.object)
    case 'update_field':
    case 'set_value':
      return step.field ? `${names.field(step.field)} → ${names.option(step.field, step.value)}` : ''
    case 'update_record':
      return Object.keys(step.values).map(names.field).join(', ')
    case 'delete_record':
      return names.target(step.target) || t('thisRecord')
    case 'link_records':
    case 'unlink_records':
      return names.relation(step.relation)
    case 'assign':
      return t(`assign.${step.method}`)
    case 'create_task':
    case 'create_event':
      return names.text(step.title)
    case 'create_note':
      return names.text(step.body)
    case 'webhook':
      return step.url
    case 'call_operation':
      return names.operation(step.operation)
    case 'set_variable':
      return step.variable ? `${step.variable} = ${names.value(step.value)}` : ''
    case 'ask_ai':
      return names.text(step.prompt)
    case 'refuse':
      return names.text(step.message)
    default:
      return controlDetails(t, step, names)
  }
}

function controlDetails(t: T, step: Step, names: Names): ReactNode {
  switch (step.type) {
    case 'if':
      return names.condition(step.condition)
    case 'switch': {
      const path = fieldRead(step.value)
      return path === undefined ? names.value(step.value) : names.field(path)
    }
    case 'wait':
      return durationText(t, readDuration(step.for), step.for)
    case 'wait_until':
      return names.value(step.moment)
    case 'wait_event':
      return t('details.wait_event', {
        event: t(`event.${step.event}`),
        time: durationText(t, readDuration(step.timeout), step.timeout),
      })
    case 'loop':
      return 'relation' in step.over ? names.relation(step.over.relation) : names.object(step.over.object)
    case 'run_workflow':
      return names.workflow(step.workflow)
    case 'approval':
      return t('details.approval', { from: names.person(step.from), text: names.text(step.message) })
    case 'stop':
      return step.reason ?? ''
    default:
      return ''
  }
}

function branchText(t: T, step: Step, part: string, names: Names): string {
  const index = Number(part.split('.')[1])
  if (part === metPart) return t('branch.met')
  if (step.type === 'switch' && part !== 'otherwise') {
    const path = fieldRead(step.value) ?? ''
    const values = step.cases[index]?.is ?? []
    return (
      values.map((one) => names.option(path, one as WorkflowValue)).join(', ') ||
      t('branch.case', { number: index + 1 })
    )
  }
  if (step.type === 'parallel') return step.branches[index]?.name || t('branch.parallel', { number: index + 1 })
  return t(`branch.${part}`)
}
