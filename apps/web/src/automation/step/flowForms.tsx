/** Which way a run goes on, when, and how often. */
import { Checkbox, NumberInput, SegmentedControl, TagsInput, TextInput } from '@mantine/core'
import type { FieldMeta } from '@oneforge/client'
import { useTranslation } from 'react-i18next'
import { MultiSelect, Select } from '../../ui/Select.tsx'
import { fieldRead } from '../flow/reading.ts'
import { ConditionInput } from './ConditionInput.tsx'
import { FieldSelect, ObjectSelect, RelationSelect } from './choices.tsx'
import { DurationInput } from './DurationInput.tsx'
import { useForm } from './formContext.ts'
import type { FormProps, Forms } from './formOf.ts'
import { AddLine, LineList } from './LineList.tsx'
import { ValueInput } from './ValueInput.tsx'

function IfForm({ step, set }: FormProps<'if'>) {
  const { t } = useTranslation('automation')
  return (
    <ConditionInput
      label={t('form.condition')}
      part="condition"
      value={step.condition}
      onChange={(condition) => set({ condition })}
    />
  )
}

function SwitchForm({ step, set }: FormProps<'switch'>) {
  const { t } = useTranslation('automation')
  const { object } = useForm()
  const field = object?.fields.find(({ key }) => key === fieldRead(step.value))
  return (
    <>
      <FieldSelect
        label={t('form.byField')}
        part="value"
        value={field?.key}
        onChange={(key) => set({ value: { formula: key ? `record.${key}` : '' } })}
      />
      {!field && (
        <ValueInput label={t('form.value')} part="value" value={step.value} onChange={(value) => set({ value })} />
      )}
      <LineList
        label={t('form.cases')}
        items={step.cases}
        fewest={1}
        removeLabel={(index) => t('form.removeCase', { number: index + 1 })}
        onRemove={(index) => set({ cases: step.cases.toSpliced(index, 1) })}
        foot={
          <AddLine label={t('form.addCase')} onClick={() => set({ cases: [...step.cases, { is: [], steps: [] }] })} />
        }
      >
        {(entry, index) => (
          <CaseValues
            field={field}
            label={t('form.caseIs')}
            values={entry.is}
            onChange={(is) => set({ cases: step.cases.with(index, { ...entry, is }) })}
          />
        )}
      </LineList>
    </>
  )
}

interface CaseValuesProps {
  field: FieldMeta | undefined
  label: string
  values: unknown[]
  onChange: (values: unknown[]) => void
}

function CaseValues({ field, label, values, onChange }: CaseValuesProps) {
  const chosen = values.map(String)
  if (!field?.options.length) return <TagsInput size="sm" label={label} value={chosen} onChange={onChange} />
  const data = field.options.map(({ value, label: name }) => ({ value, label: name }))
  return <MultiSelect size="sm" label={label} data={data} value={chosen} onChange={onChange} />
}

function WaitForm({ step, set }: FormProps<'wait'>) {
  const { t } = useTranslation('automation')
  return (
    <DurationInput label={t('form.waitFor')} part="for" value={step.for} onChange={(value) => set({ for: value })} />
  )
}

function WaitUntilForm({ step, set }: FormProps<'wait_until'>) {
  const { t } = useTranslation('automation')
  return (
    <ValueInput label={t('form.moment')} part="moment" value={step.moment} onChange={(moment) => set({ moment })} />
  )
}

const events = [
  'record_updated',
  'field_changed',
  'stage_changed',
  'record_linked',
  'record_deleted',
  'message_received',
] as const

function WaitEventForm({ step, set }: FormProps<'wait_event'>) {
  const { t } = useTranslation('automation')
  return (
    <>
      <Select
        label={t('form.event')}
        allowDeselect={false}
        value={step.event}
        data={events.map((event) => ({ value: event, label: t(`event.${event}`) }))}
        onChange={(event) => set({ event: event as (typeof events)[number], field: undefined, relation: undefined })}
      />
      {step.event === 'field_changed' && (
        <FieldSelect label={t('form.field')} part="field" value={step.field} onChange={(field) => set({ field })} />
      )}
      {step.event === 'record_linked' && (
        <RelationSelect
          label={t('form.relation')}
          part="relation"
          value={step.relation}
          onChange={(relation) => set({ relation })}
        />
      )}
      <DurationInput
        label={t('form.timeout')}
        part="timeout"
        value={step.timeout}
        onChange={(timeout) => set({ timeout })}
      />
    </>
  )
}

function LoopForm({ step, set }: FormProps<'loop'>) {
  const { t } = useTranslation('automation')
  const { flow } = useForm()
  const over = step.over
  return (
    <>
      {flow.object && (
        <SegmentedControl
          aria-label={t('form.over')}
          value={'relation' in over ? 'relation' : 'object'}
          data={(['relation', 'object'] as const).map((way) => ({ value: way, label: t(`form.overWay.${way}`) }))}
          onChange={(way) => set({ over: way === 'relation' ? { relation: '' } : { object: '' } })}
        />
      )}
      {'relation' in over ? (
        <RelationSelect
          label={t('form.relation')}
          part="over"
          many
          value={over.relation}
          onChange={(relation) => set({ over: { relation } })}
        />
      ) : (
        <>
          <ObjectSelect
            label={t('form.object')}
            part="over"
            value={over.object}
            onChange={(object) => set({ over: { object } })}
          />
          {over.object && (
            <ConditionInput
              label={t('form.filter')}
              part="over.filter"
              of={over.object}
              value={over.filter}
              onChange={(filter) => set({ over: filter ? { ...over, filter } : { object: over.object } })}
            />
          )}
        </>
      )}
      <NumberInput
        size="sm"
        label={t('form.limit')}
        min={1}
        max={1000}
        placeholder="100"
        value={step.limit ?? ''}
        onChange={(limit) => set({ limit: typeof limit === 'number' ? limit : undefined })}
      />
    </>
  )
}

function ParallelForm({ step, set }: FormProps<'parallel'>) {
  const { t } = useTranslation('automation')
  const { branches } = step
  return (
    <LineList
      label={t('form.branches')}
      items={branches}
      fewest={1}
      removeLabel={(index) => t('form.removeBranch', { number: index + 1 })}
      onRemove={(index) => set({ branches: branches.toSpliced(index, 1) })}
      foot={<AddLine label={t('form.addBranch')} onClick={() => set({ branches: [...branches, { steps: [] }] })} />}
    >
      {(branch, index) => (
        <TextInput
          label={t('form.branchName')}
          placeholder={t('branch.parallel', { number: index + 1 })}
          value={branch.name ?? ''}
          onChange={(event) => set({ branches: branches.with(index, { ...branch, name: event.currentTarget.value }) })}
        />
      )}
    </LineList>
  )
}

function RunForm({ step, set }: FormProps<'run_workflow'>) {
  const { t } = useTranslation('automation')
  const { vocabulary, problem, flow } = useForm()
  return (
    <>
      <Select
        label={t('form.workflow')}
        searchable
        error={problem('workflow')}
        value={step.workflow || null}
        data={(vocabulary?.workflows ?? [])
          .filter(({ key }) => key !== flow.key)
          .map(({ key, label }) => ({ value: key, label }))}
        onChange={(workflow) => set({ workflow: workflow ?? '' })}
      />
      <Checkbox
        label={t('form.waitForIt')}
        checked={step.wait === true}
        onChange={(event) => set({ wait: event.currentTarget.checked || undefined })}
      />
    </>
  )
}

function StopForm({ step, set }: FormProps<'stop'>) {
  const { t } = useTranslation('automation')
  return (
    <TextInput
      label={t('form.reason')}
      value={step.reason ?? ''}
      onChange={(event) => set({ reason: event.currentTarget.value || undefined })}
    />
  )
}

export const flowForms: Forms<
  'if' | 'switch' | 'wait' | 'wait_until' | 'wait_event' | 'loop' | 'parallel' | 'run_workflow' | 'stop'
> = {
  if: IfForm,
  switch: SwitchForm,
  wait: WaitForm,
  wait_until: WaitUntilForm,
  wait_event: WaitEventForm,
  loop: LoopForm,
  parallel: ParallelForm,
  run_workflow: RunForm,
  stop: StopForm,
}
