/** What people are given to do, and whom records belong to. */
import { MultiSelect, NumberInput, Switch } from '@mantine/core'
import type { WorkflowVocabulary } from '@oneforge/client'
import { useTranslation } from 'react-i18next'
import { useObject } from '../../api/objects.ts'
import { useWorkspace } from '../../api/workspace.ts'
import { Select } from '../../ui/Select.tsx'
import { ConditionInput } from './ConditionInput.tsx'
import { PersonSelect, TargetSelect } from './choices.tsx'
import { DurationInput } from './DurationInput.tsx'
import { useForm } from './formContext.ts'
import type { FormProps, Forms } from './formOf.ts'
import { AddLine, LineList } from './LineList.tsx'
import { MergeText } from './MergeText.tsx'
import { ValueInput } from './ValueInput.tsx'

function TaskForm({ step, set }: FormProps<'create_task'>) {
  const { t } = useTranslation('automation')
  const { flow } = useForm()
  return (
    <>
      <MergeText
        label={t('form.title')}
        part="title"
        lines={2}
        value={step.title}
        onChange={(title) => set({ title })}
      />
      <MergeText
        label={t('form.description')}
        part="description"
        lines={3}
        value={step.description}
        onChange={(description) => set({ description: description || undefined })}
      />
      <PersonSelect
        label={t('form.assignTo')}
        part="assignTo"
        value={step.assignTo}
        onChange={(assignTo) => set({ assignTo })}
      />
      <Switch
        label={t('form.due')}
        checked={step.dueIn !== undefined}
        onChange={(event) => set({ dueIn: event.currentTarget.checked ? 'P1D' : undefined })}
      />
      {step.dueIn !== undefined && (
        <DurationInput label={t('form.dueIn')} part="dueIn" value={step.dueIn} onChange={(dueIn) => set({ dueIn })} />
      )}
      <PrioritySelect value={step.priority} onChange={(priority) => set({ priority })} />
      {flow.object && (
        <TargetSelect label={t('form.about')} value={step.target} onChange={(target) => set({ target })} />
      )}
    </>
  )
}

interface PrioritySelectProps {
  value: string | undefined
  onChange: (priority: string | undefined) => void
}

/** How urgent, where the workspace's tasks tell that. */
function PrioritySelect({ value, onChange }: PrioritySelectProps) {
  const { t } = useTranslation('automation')
  const { objects } = useWorkspace()
  const slug = objects.find(({ activity }) => activity === 'task')?.slug ?? ''
  const { data: tasks } = useObject(slug, slug !== '')
  const priority = tasks?.fields.find(({ key }) => key === 'priority')
  if (!priority?.options.length) return null
  return (
    <Select
      label={priority.label}
      clearable
      placeholder={t('form.usualPriority')}
      value={value ?? null}
      data={priority.options.map((option) => ({ value: option.value, label: option.label }))}
      onChange={(next) => onChange(next ?? undefined)}
    />
  )
}

function EventForm({ step, set }: FormProps<'create_event'>) {
  const { t } = useTranslation('automation')
  return (
    <>
      <MergeText
        label={t('form.title')}
        part="title"
        lines={2}
        value={step.title}
        onChange={(title) => set({ title })}
      />
      <ValueInput
        label={t('form.startsAt')}
        part="startsAt"
        value={step.startsAt}
        onChange={(startsAt) => set({ startsAt })}
      />
      <NumberInput
        size="sm"
        label={t('form.minutes')}
        min={5}
        max={1440}
        value={step.minutes ?? ''}
        onChange={(minutes) => set({ minutes: typeof minutes === 'number' ? minutes : undefined })}
      />
      <PersonSelect
        label={t('form.assignTo')}
        part="assignTo"
        value={step.assignTo}
        onChange={(assignTo) => set({ assignTo })}
      />
    </>
  )
}

function NoteForm({ step, set }: FormProps<'create_note'>) {
  const { t } = useTranslation('automation')
  return <MergeText label={t('form.note')} part="body" lines={6} value={step.body} onChange={(body) => set({ body })} />
}

const methods = ['user', 'round_robin', 'least_loaded', 'rule'] as const

function AssignForm({ step, set }: FormProps<'assign'>) {
  const { t } = useTranslation('automation')
  const { vocabulary, problem } = useForm()
  const isAmong = step.method === 'round_robin' || step.method === 'least_loaded'
  return (
    <>
      <Select
        label={t('form.method')}
        allowDeselect={false}
        value={step.method}
        data={methods.map((method) => ({ value: method, label: t(`assign.${method}`) }))}
        onChange={(method) => set({ method: method as (typeof methods)[number] })}
      />
      {step.method === 'user' && (
        <Select
          label={t('form.person')}
          searchable
          error={problem('users')}
          value={step.users?.[0] ?? null}
          data={people(vocabulary)}
          onChange={(user) => set({ users: user ? [user] : undefined })}
        />
      )}
      {isAmong && (
        <>
          <MultiSelect
            size="sm"
            label={t('form.people')}
            searchable
            error={problem('users')}
            value={step.users ?? []}
            data={people(vocabulary)}
            onChange={(users) => set({ users: users.length > 0 ? users : undefined })}
          />
          <Select
            label={t('form.orRole')}
            clearable
            error={problem('role')}
            value={step.role ?? null}
            data={vocabulary?.roles.map(({ key, label }) => ({ value: key, label })) ?? []}
            onChange={(role) => set({ role: role ?? undefined })}
          />
        </>
      )}
      {step.method === 'rule' && <AssignRules step={step} set={set} />}
      <TargetSelect label={t('form.target')} value={step.target} onChange={(target) => set({ target })} />
    </>
  )
}

function AssignRules({ step, set }: FormProps<'assign'>) {
  const { t } = useTranslation('automation')
  const { vocabulary } = useForm()
  const rules = step.rules ?? []
  return (
    <LineList
      label={t('form.rules')}
      items={rules}
      removeLabel={(index) => t('form.removeRule', { number: index + 1 })}
      onRemove={(index) => set({ rules: rules.toSpliced(index, 1) })}
      foot={
        <AddLine label={t('form.addRule')} onClick={() => set({ rules: [...rules, { condition: null, user: '' }] })} />
      }
    >
      {(rule, index) => (
        <>
          <ConditionInput
            label={t('form.when')}
            part={`rules.${index}.condition`}
            value={rule.condition}
            onChange={(condition) => set({ rules: rules.with(index, { ...rule, condition }) })}
          />
          <Select
            label={t('form.person')}
            searchable
            value={rule.user || null}
            data={people(vocabulary)}
            onChange={(user) => set({ rules: rules.with(index, { ...rule, user: user ?? '' }) })}
          />
        </>
      )}
    </LineList>
  )
}

const people = (vocabulary: WorkflowVocabulary | undefined) =>
  vocabulary?.members.map(({ id, name }) => ({ value: id, label: name })) ?? []

const named = (who: unknown) => who as { user: string } | { role: string }

function ApprovalForm({ step, set }: FormProps<'approval'>) {
  const { t } = useTranslation('automation')
  return (
    <>
      <PersonSelect
        label={t('form.from')}
        part="from"
        named
        value={step.from}
        onChange={(from) => set({ from: named(from) })}
      />
      <MergeText
        label={t('form.question')}
        part="message"
        lines={3}
        value={step.message}
        onChange={(message) => set({ message })}
      />
      <Switch
        label={t('form.escalates')}
        checked={step.escalateAfter !== undefined}
        onChange={(event) =>
          set(
            event.currentTarget.checked
              ? { escalateAfter: 'P2D' }
              : { escalateAfter: undefined, escalateTo: undefined },
          )
        }
      />
      {step.escalateAfter !== undefined && (
        <>
          <DurationInput
            label={t('form.escalateAfter')}
            part="escalateAfter"
            value={step.escalateAfter}
            onChange={(escalateAfter) => set({ escalateAfter })}
          />
          <PersonSelect
            label={t('form.escalateTo')}
            part="escalateTo"
            named
            value={step.escalateTo}
            onChange={(escalateTo) => set({ escalateTo: named(escalateTo) })}
          />
        </>
      )}
    </>
  )
}

export const workForms: Forms<'create_task' | 'create_event' | 'create_note' | 'assign' | 'approval'> = {
  create_task: TaskForm,
  create_event: EventForm,
  create_note: NoteForm,
  assign: AssignForm,
  approval: ApprovalForm,
}
