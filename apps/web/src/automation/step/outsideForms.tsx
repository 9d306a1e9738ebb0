/** What is asked of others: addresses outside, operations, a language model; and what is remembered of it. */
import { TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Select } from '../../ui/Select.tsx'
import { useForm } from './formContext.ts'
import type { FormProps, Forms } from './formOf.ts'
import { MergeText } from './MergeText.tsx'
import { SigningSecret } from './SigningSecret.tsx'
import { ValueInput } from './ValueInput.tsx'
import { PairsInput } from './ValuesInput.tsx'

const methods = ['POST', 'PUT', 'PATCH'] as const

function WebhookForm({ step, set }: FormProps<'webhook'>) {
  const { t } = useTranslation('automation')
  return (
    <>
      <MergeText
        label={t('form.url')}
        part="url"
        oneLanguage
        value={step.url}
        onChange={(url) => set({ url: String(url) })}
      />
      <Select
        label={t('form.httpMethod')}
        allowDeselect={false}
        value={step.method ?? 'POST'}
        data={[...methods]}
        onChange={(method) => set({ method: method as (typeof methods)[number] })}
      />
      <ValueInput label={t('form.sent')} part="body" value={step.body} onChange={(body) => set({ body })} />
      <SigningSecret />
    </>
  )
}

function OperationForm({ step, set }: FormProps<'call_operation'>) {
  const { t } = useTranslation('automation')
  const { vocabulary, problem } = useForm()
  const operation = vocabulary?.operations.find(({ name }) => name === step.operation)
  return (
    <>
      <Select
        label={t('form.operation')}
        searchable
        error={problem('operation')}
        value={step.operation || null}
        data={(vocabulary?.operations ?? []).map(({ name, summary }) => ({
          value: name,
          label: `${name} · ${summary}`,
        }))}
        onChange={(name) => set({ operation: name ?? '', input: {} })}
      />
      {operation && (
        <PairsInput
          label={t('form.addInput')}
          names={inputsOf(operation.input)}
          values={step.input}
          onChange={(input) => set({ input })}
        />
      )}
    </>
  )
}

/** The names that an operation takes, of its JSON schema. */
function inputsOf(schema: unknown): string[] {
  const { properties } = (typeof schema === 'object' && schema !== null ? schema : {}) as { properties?: object }
  return Object.keys(properties ?? {})
}

function VariableForm({ step, set }: FormProps<'set_variable'>) {
  const { t } = useTranslation('automation')
  const { problem } = useForm()
  return (
    <>
      <TextInput
        label={t('form.variable')}
        error={problem('variable')}
        value={step.variable}
        onChange={(event) => set({ variable: event.currentTarget.value })}
      />
      <ValueInput label={t('form.value')} part="value" value={step.value} onChange={(value) => set({ value })} />
    </>
  )
}

function AskForm({ step, set }: FormProps<'ask_ai'>) {
  const { t } = useTranslation('automation')
  return (
    <MergeText
      label={t('form.prompt')}
      part="prompt"
      lines={6}
      value={step.prompt}
      onChange={(prompt) => set({ prompt })}
    />
  )
}

export const outsideForms: Forms<'webhook' | 'call_operation' | 'set_variable' | 'ask_ai'> = {
  webhook: WebhookForm,
  call_operation: OperationForm,
  set_variable: VariableForm,
  ask_ai: AskForm,
}
