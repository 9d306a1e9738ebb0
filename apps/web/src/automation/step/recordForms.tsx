/** What becomes of records and of the links between them. */
import { Text } from '@mantine/core'
import type { WorkflowTarget, WorkflowValue } from '@oneforge/client'
import { useTranslation } from 'react-i18next'
import { Select } from '../../ui/Select.tsx'
import { findStep } from '../flow/tree.ts'
import { FieldSelect, ObjectSelect, RelationSelect, TargetSelect } from './choices.tsx'
import { useForm } from './formContext.ts'
import type { FormProps, Forms } from './formOf.ts'
import { MergeText } from './MergeText.tsx'
import { ValueInput } from './ValueInput.tsx'
import { ValuesInput } from './ValuesInput.tsx'

function CreateForm({ step, set }: FormProps<'create_record'>) {
  const { t } = useTranslation('automation')
  const { flow } = useForm()
  return (
    <>
      <ObjectSelect
        label={t('form.object')}
        part="object"
        value={step.object}
        onChange={(object) => set({ object, values: {}, relation: undefined })}
      />
      {step.object && <ValuesInput object={step.object} values={step.values} onChange={(values) => set({ values })} />}
      {flow.object && step.object && (
        <RelationSelect
          label={t('form.linkBy')}
          part="relation"
          to={step.object}
          value={step.relation}
          onChange={(relation) => set({ relation: relation || undefined })}
        />
      )}
    </>
  )
}

/** Setting one field of the record, or of the one that is being saved. */
function FieldForm({ step, set }: FormProps<'update_field'> | FormProps<'set_value'>) {
  const { t } = useTranslation('automation')
  const { object } = useForm()
  const change = set as (parts: { field?: string; value?: WorkflowValue }) => void
  return (
    <>
      <FieldSelect
        label={t('form.field')}
        part="field"
        only={({ writable }) => writable}
        value={step.field}
        onChange={(field) => change({ field, value: null })}
      />
      {step.field && (
        <ValueInput
          key={step.field}
          label={t('form.newValue')}
          part="value"
          field={object?.fields.find(({ key }) => key === step.field)}
          value={step.value}
          onChange={(value) => change({ value })}
        />
      )}
    </>
  )
}

function UpdateFieldForm({ step, set }: FormProps<'update_field'>) {
  const { t } = useTranslation('automation')
  return (
    <>
      <FieldForm step={step} set={set} />
      <TargetSelect label={t('form.target')} value={step.target} onChange={(target) => set({ target })} />
    </>
  )
}

function SetValueForm(props: FormProps<'set_value'>) {
  return <FieldForm {...props} />
}

function UpdateForm({ step, set }: FormProps<'update_record'>) {
  const { t } = useTranslation('automation')
  const object = useTargetObject(step.target)
  return (
    <>
      <TargetSelect label={t('form.target')} value={step.target} onChange={(target) => set({ target, values: {} })} />
      {object && <ValuesInput object={object} values={step.values} onChange={(values) => set({ values })} />}
    </>
  )
}

/** Slug of what a target is: of the workflow's object, of what a step made, of what a loop goes over. */
function useTargetObject(target: WorkflowTarget | undefined): string | undefined {
  const { flow, vocabulary } = useForm()
  if (!target) return flow.object
  const relationTo = (key: string) => vocabulary?.relations.find((relation) => relation.key === key)?.objects[0]
  if ('relation' in target) return relationTo(target.relation)
  const step = findStep(flow.steps, 'step' in target ? target.step : target.loop)
  if (step?.type === 'create_record') return step.object
  if (step?.type !== 'loop') return flow.object
  return 'object' in step.over ? step.over.object : relationTo(step.over.relation)
}

function DeleteForm({ step, set }: FormProps<'delete_record'>) {
  const { t } = useTranslation('automation')
  return (
    <>
      <TargetSelect label={t('form.target')} value={step.target} onChange={(target) => set({ target })} />
      <Text size="xs" c="dimmed">
        {t('form.deleteHelp')}
      </Text>
    </>
  )
}

function LinkForm({ step, set }: FormProps<'link_records'> | FormProps<'unlink_records'>) {
  const { t } = useTranslation('automation')
  const isRecord = 'record' in step.to
  return (
    <>
      <RelationSelect
        label={t('form.relation')}
        part="relation"
        value={step.relation}
        onChange={(relation) => set({ relation })}
      />
      <Select
        label={t('form.linkTo')}
        allowDeselect={false}
        value={isRecord ? 'record' : 'target'}
        data={(['record', 'target'] as const).map((way) => ({ value: way, label: t(`form.linkWay.${way}`) }))}
        onChange={(way) => set({ to: way === 'record' ? { record: '' } : { step: '' } })}
      />
      {'record' in step.to ? (
        <ValueInput
          label={t('form.recordId')}
          part="to"
          value={step.to.record}
          onChange={(record) => set({ to: { record } })}
        />
      ) : (
        <TargetSelect
          label={t('form.linkedRecord')}
          value={step.to}
          onChange={(to) => set({ to: to ?? { record: '' } })}
        />
      )}
    </>
  )
}

function RefuseForm({ step, set }: FormProps<'refuse'>) {
  const { t } = useTranslation('automation')
  return (
    <>
      <MergeText
        label={t('form.refusal')}
        part="message"
        lines={2}
        value={step.message}
        onChange={(message) => set({ message })}
      />
      <FieldSelect
        label={t('form.refusedAt')}
        part="field"
        value={step.field}
        onChange={(field) => set({ field: field || undefined })}
      />
    </>
  )
}

export const recordForms: Forms<
  | 'create_record'
  | 'update_field'
  | 'update_record'
  | 'delete_record'
  | 'link_records'
  | 'unlink_records'
  | 'set_value'
  | 'refuse'
> = {
  create_record: CreateForm,
  update_field: UpdateFieldForm,
  update_record: UpdateForm,
  delete_record: DeleteForm,
  link_records: LinkForm,
  unlink_records: LinkForm,
  set_value: SetValueForm,
  refuse: RefuseForm,
}
