import { Alert, Checkbox, MultiSelect, Stack } from '@mantine/core'
import type { WorkflowText } from '@oneforge/client'
import { useTranslation } from 'react-i18next'
import { useWorkspace } from '../../api/workspace.ts'
import { timeZones } from '../../fields/timeZones.ts'
import { Select } from '../../ui/Select.tsx'
import { blankTrigger } from '../flow/blank.ts'
import type { Flow, Trigger } from '../flow/flow.ts'
import { ConditionInput } from './ConditionInput.tsx'
import { FieldSelect, RelationSelect } from './choices.tsx'
import { DurationInput } from './DurationInput.tsx'
import { useForm } from './formContext.ts'
import { MergeText } from './MergeText.tsx'
import { ScheduleInput } from './ScheduleInput.tsx'
import { ValueInput } from './ValueInput.tsx'
import { WebhookAddress } from './WebhookAddress.tsx'

interface TriggerFormProps {
  /** Of the workflow that is saved. */
  workflowId: string
  problems: string[]
  onChange: (flow: Flow, part: string) => void
}

/** What begins a run, and for which records. */
export function TriggerForm({ workflowId, problems, onChange }: TriggerFormProps) {
  const { t } = useTranslation('automation')
  const { flow, vocabulary } = useForm()
  const { trigger } = flow
  const change = (parts: Partial<Flow>) => onChange(withParts(flow, parts), Object.keys(parts).join())
  const turnTo = (next: Trigger) => change({ trigger: next })
  const offered = (vocabulary?.triggers ?? []).filter(({ needsObject }) => !needsObject || flow.object)
  return (
    <Stack gap="md">
      {problems.length > 0 && (
        <Alert color="red" role="status" p="xs">
          {problems.map((problem) => (
            <div key={problem}>{problem}</div>
          ))}
        </Alert>
      )}
      <Select
        label={t('trigger.object')}
        description={t('trigger.objectHelp')}
        clearable
        searchable
        placeholder={t('trigger.noObject')}
        value={flow.object ?? null}
        data={(vocabulary?.objects ?? []).map(({ slug, label }) => ({ value: slug, label }))}
        onChange={(object) => change({ object: object ?? undefined, condition: undefined })}
      />
      <Select
        label={t('trigger.type')}
        allowDeselect={false}
        value={trigger.type}
        data={offered.map(({ type }) => ({ value: type, label: t(`triggerName.${type}`) }))}
        onChange={(type) => turnTo(blankTrigger(type as Trigger['type']))}
      />
      <TriggerParts workflowId={workflowId} trigger={trigger} onChange={turnTo} />
      {flow.object && trigger.type !== 'schedule' && (
        <ConditionInput
          key={flow.object}
          label={t('trigger.condition')}
          part="condition"
          value={flow.condition}
          onChange={(condition) => change({ condition: condition ?? undefined })}
        />
      )}
      {flow.object && (
        <Checkbox
          label={t('trigger.blocking')}
          description={t('trigger.blockingHelp')}
          checked={flow.blocking === true}
          onChange={(event) => change({ blocking: event.currentTarget.checked || undefined })}
        />
      )}
    </Stack>
  )
}

function withParts(flow: Flow, parts: object): Flow {
  const next = Object.entries({ ...flow, ...parts }).filter(([, value]) => value !== undefined)
  return Object.fromEntries(next) as unknown as Flow
}

interface PartsProps<Type extends Trigger['type'] = Trigger['type']> {
  workflowId: string
  trigger: Extract<Trigger, { type: Type }>
  onChange: (trigger: Trigger) => void
}

function TriggerParts({ workflowId, trigger, onChange }: PartsProps) {
  const { t } = useTranslation('automation')
  const { vocabulary, problem } = useForm()
  switch (trigger.type) {
    case 'record_updated':
      return <WatchedFields workflowId={workflowId} trigger={trigger} onChange={onChange} />
    case 'field_changed':
      return <ChangedField workflowId={workflowId} trigger={trigger} onChange={onChange} />
    case 'stage_changed':
      return <ChangedStage workflowId={workflowId} trigger={trigger} onChange={onChange} />
    case 'record_linked':
      return (
        <RelationSelect
          label={t('form.relation')}
          part="relation"
          value={trigger.relation}
          onChange={(relation) => onChange({ ...trigger, relation })}
        />
      )
    case 'date_relative':
      return (
        <>
          <FieldSelect
            label={t('trigger.dateField')}
            part="field"
            only={({ type }) => type === 'date' || type === 'datetime'}
            value={trigger.field}
            onChange={(field) => onChange({ ...trigger, field })}
          />
          <DurationInput
            label={t('trigger.offset')}
            part="offset"
            signed
            value={trigger.offset}
            onChange={(offset) => onChange({ ...trigger, offset })}
          />
        </>
      )
    case 'schedule':
      return <ScheduleParts workflowId={workflowId} trigger={trigger} onChange={onChange} />
    case 'form_submitted':
      return (
        <Select
          label={t('trigger.form')}
          searchable
          placeholder={t('choose')}
          error={problem('form')}
          value={trigger.form || null}
          data={(vocabulary?.forms ?? []).map(({ key, label }) => ({ value: key, label }))}
          onChange={(form) => onChange({ ...trigger, form: form ?? '' })}
        />
      )
    case 'webhook_received':
      return <WebhookAddress workflowId={workflowId} />
    case 'message_received':
      return (
        <Select
          label={t('trigger.channel')}
          value={trigger.channel ?? 'any'}
          allowDeselect={false}
          data={(['any', 'email', 'sms'] as const).map((one) => ({ value: one, label: t(`channel.${one}`) }))}
          onChange={(channel) =>
            onChange(
              channel === 'any'
                ? { type: 'message_received' }
                : { type: 'message_received', channel: channel as 'email' | 'sms' },
            )
          }
        />
      )
    case 'button':
      return <ButtonParts workflowId={workflowId} trigger={trigger} onChange={onChange} />
    default:
      return null
  }
}

function WatchedFields({ trigger, onChange }: PartsProps<'record_updated'>) {
  const { t } = useTranslation('automation')
  const { vocabulary } = useForm()
  return (
    <MultiSelect
      size="sm"
      label={t('trigger.fields')}
      description={t('trigger.fieldsHelp')}
      searchable
      value={trigger.fields ?? []}
      data={(vocabulary?.fields ?? []).map(({ path, label }) => ({ value: path, label }))}
      onChange={(fields) => onChange(fields.length > 0 ? { ...trigger, fields } : { type: 'record_updated' })}
    />
  )
}

function ChangedField({ trigger, onChange }: PartsProps<'field_changed'>) {
  const { t } = useTranslation('automation')
  const { object } = useForm()
  const field = object?.fields.find(({ key }) => key === trigger.field)
  const isTo = trigger.to !== undefined
  return (
    <>
      <FieldSelect
        label={t('form.field')}
        part="field"
        value={trigger.field}
        onChange={(next) => onChange({ type: 'field_changed', field: next })}
      />
      {field && (
        <Checkbox
          label={t('trigger.toValue')}
          checked={isTo}
          onChange={(event) =>
            onChange({ type: 'field_changed', field: trigger.field, ...(event.currentTarget.checked && { to: null }) })
          }
        />
      )}
      {field && isTo && (
        <ValueInput
          key={field.key}
          label={t('form.newValue')}
          part="to"
          field={field}
          value={trigger.to as string}
          onChange={(to) => onChange({ ...trigger, to })}
        />
      )}
    </>
  )
}

function ChangedStage({ trigger, onChange }: PartsProps<'stage_changed'>) {
  const { t } = useTranslation('automation')
  const { vocabulary, problem } = useForm()
  const pipelines = vocabulary?.pipelines ?? []
  const pipeline = pipelines.find(({ key }) => key === trigger.pipeline) ?? pipelines[0]
  const stages = pipeline?.stages ?? []
  const set = (parts: { [Part in 'pipeline' | 'from' | 'to']?: string | null }) => {
    const next = Object.entries({ ...trigger, ...parts }).filter(([, value]) => value)
    onChange(Object.fromEntries(next) as Extract<Trigger, { type: 'stage_changed' }>)
  }
  return (
    <>
      {pipelines.length > 1 && (
        <Select
          label={t('trigger.pipeline')}
          allowDeselect={false}
          error={problem('pipeline')}
          value={pipeline?.key ?? null}
          data={pipelines.map(({ key, label }) => ({ value: key, label }))}
          onChange={(key) => set({ pipeline: key, from: null, to: null })}
        />
      )}
      {(['from', 'to'] as const).map((side) => (
        <Select
          key={side}
          label={t(`trigger.${side}Stage`)}
          clearable
          placeholder={t('trigger.anyStage')}
          error={problem(side)}
          value={trigger[side] ?? null}
          data={stages.map(({ value, label }) => ({ value, label }))}
          onChange={(stage) => set({ [side]: stage })}
        />
      ))}
    </>
  )
}

function ScheduleParts({ trigger, onChange }: PartsProps<'schedule'>) {
  const { t } = useTranslation('automation')
  const { flow } = useForm()
  const workspace = useWorkspace()
  const zone = trigger.timeZone ?? workspace.timeZone
  return (
    <>
      <ScheduleInput trigger={trigger} timeZone={zone} onChange={onChange} />
      <Select
        label={t('schedule.timeZone')}
        searchable
        allowDeselect={false}
        value={zone}
        data={timeZones(zone)}
        onChange={(timeZone) => timeZone && onChange({ ...trigger, timeZone })}
      />
      {flow.object && (
        <ConditionInput
          label={t('trigger.records')}
          part="records"
          value={trigger.records}
          onChange={(records) => onChange({ ...trigger, records: records ?? undefined })}
        />
      )}
    </>
  )
}

function ButtonParts({ trigger, onChange }: PartsProps<'button'>) {
  const { t } = useTranslation('automation')
  const { vocabulary } = useForm()
  const text = (value: WorkflowText) => (value === '' ? undefined : value)
  return (
    <>
      <MergeText
        label={t('trigger.buttonLabel')}
        part="label"
        withoutPreview
        value={trigger.label}
        onChange={(label) => onChange({ ...trigger, label })}
      />
      <MergeText
        label={t('trigger.confirm')}
        part="confirm"
        withoutPreview
        value={trigger.confirm}
        onChange={(confirm) => {
          const { confirm: _, ...rest } = trigger
          onChange(text(confirm) ? { ...rest, confirm } : rest)
        }}
      />
      <MultiSelect
        size="sm"
        label={t('trigger.roles')}
        description={t('trigger.rolesHelp')}
        value={trigger.roles ?? []}
        data={vocabulary?.roles.map(({ key, label }) => ({ value: key, label })) ?? []}
        onChange={(roles) => {
          const { roles: _, ...rest } = trigger
          onChange(roles.length > 0 ? { ...rest, roles } : rest)
        }}
      />
    </>
  )
}
