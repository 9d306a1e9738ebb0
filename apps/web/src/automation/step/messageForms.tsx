/** What is written to people, in the system and outside of it. */
import { useTranslation } from 'react-i18next'
import { Select } from '../../ui/Select.tsx'
import { useMailTemplates } from '../queries.ts'
import { PersonSelect } from './choices.tsx'
import { useForm } from './formContext.ts'
import type { FormProps, Forms } from './formOf.ts'
import { MergeText } from './MergeText.tsx'

function EmailForm({ step, set }: FormProps<'send_email'>) {
  const { t } = useTranslation('automation')
  return (
    <>
      <MergeText
        label={t('form.to')}
        part="to"
        oneLanguage
        value={step.to}
        onChange={(to) => set({ to: String(to) })}
      />
      <MergeText
        label={t('form.cc')}
        part="cc"
        oneLanguage
        value={step.cc}
        onChange={(cc) => set({ cc: String(cc) || undefined })}
      />
      <TemplateSelect step={step} set={set} />
      {step.template === undefined && (
        <>
          <MergeText
            label={t('form.subject')}
            part="subject"
            value={step.subject}
            onChange={(subject) => set({ subject })}
          />
          <MergeText
            label={t('form.body')}
            part="body"
            lines={8}
            value={step.body}
            onChange={(body) => set({ body })}
          />
        </>
      )}
    </>
  )
}

/** A template that is kept, in place of a text of its own. */
function TemplateSelect({ step, set }: FormProps<'send_email'>) {
  const { t } = useTranslation('automation')
  const { flow, problem } = useForm()
  const { data: templates = [] } = useMailTemplates(flow.object)
  if (templates.length === 0 && step.template === undefined) return null
  return (
    <Select
      label={t('form.template')}
      clearable
      searchable
      placeholder={t('form.ownText')}
      error={problem('template')}
      value={step.template ?? null}
      data={templates.map(({ id, name }) => ({ value: id, label: name }))}
      onChange={(template) =>
        set(
          template ? { template, subject: undefined, body: undefined } : { template: undefined, subject: '', body: '' },
        )
      }
    />
  )
}

function SmsForm({ step, set }: FormProps<'send_sms'>) {
  const { t } = useTranslation('automation')
  return (
    <>
      <MergeText
        label={t('form.number')}
        part="to"
        oneLanguage
        value={step.to}
        onChange={(to) => set({ to: String(to) })}
      />
      <MergeText label={t('form.text')} part="text" lines={4} value={step.text} onChange={(text) => set({ text })} />
    </>
  )
}

function NotifyForm({ step, set }: FormProps<'notify'>) {
  const { t } = useTranslation('automation')
  return (
    <>
      <PersonSelect label={t('form.whom')} part="to" value={step.to} onChange={(to) => set({ to })} />
      <MergeText
        label={t('form.message')}
        part="message"
        lines={3}
        value={step.message}
        onChange={(message) => set({ message })}
      />
    </>
  )
}

export const messageForms: Forms<'send_email' | 'send_sms' | 'notify'> = {
  send_email: EmailForm,
  send_sms: SmsForm,
  notify: NotifyForm,
}
