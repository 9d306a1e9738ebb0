import { Text } from '@mantine/core'
import type { AskedForm, AskedQuestion, FormDefinition, FormDoor, FormQuestion, ObjectMeta } from '@oneforge/client'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useWorkspace } from '../../api/workspace.ts'
import { FilledForm } from '../fill/FilledForm.tsx'
import classes from './edit.module.css'
import { textIn } from './texts.ts'

/** The form as it will be filled in; nothing that is typed here goes anywhere. */
export function Preview({ form, object, id }: { form: FormDefinition; object: ObjectMeta; id: string }) {
  const { t, i18n } = useTranslation('intake')
  const { name, locale, timeZone, currency, country } = useWorkspace()
  const language = i18n.language
  const asked = useMemo((): AskedForm => {
    const workspace = { name, locale, timeZone, currency, country }
    return { ...askedIn(form, object, language), id: `preview-${id}`, workspace, challenge: { token: id, bits: 0 } }
  }, [form, object, language, id, name, locale, timeZone, currency, country])
  const door = useMemo(() => doorToNowhere(form, language), [form, language])
  return (
    <aside className={classes.preview} aria-label={t('preview')}>
      <Text size="xs" c="dimmed" mb="sm">
        {t('preview')}
      </Text>
      <FilledForm key={JSON.stringify(form.steps)} form={asked} door={door} side="inside" onOutdated={() => {}} />
    </aside>
  )
}

/** Files are taken and forgotten, and whoever sends it is thanked. */
function doorToNowhere({ thanks }: FormDefinition, language: string): FormDoor {
  return {
    open: () => Promise.reject(new Error('A preview is not opened.')),
    note: async () => {},
    addFile: async () => ({ id: crypto.randomUUID() }),
    send: async () => ({ title: textIn(thanks.title, language), text: textIn(thanks.text, language), redirect: null }),
  }
}

function askedIn(
  form: FormDefinition,
  object: ObjectMeta,
  locale: string,
): Pick<AskedForm, 'title' | 'intro' | 'submit' | 'locale' | 'steps'> {
  const orNull = (text: FormDefinition['intro']) => textIn(text, locale) || null
  return {
    title: textIn(form.title, locale),
    intro: orNull(form.intro),
    submit: orNull(form.submit),
    locale,
    steps: form.steps.map(({ id, title, questions }) => ({
      id,
      title: orNull(title),
      questions: questions.flatMap((question) => askedQuestion(question, object, locale) ?? []),
    })),
  }
}

function askedQuestion(question: FormQuestion, object: ObjectMeta, locale: string): AskedQuestion | undefined {
  const head = { id: question.id, visible: question.visible ?? null }
  switch (question.kind) {
    case 'text':
      return { ...head, kind: 'text', text: textIn(question.text, locale) }
    case 'consent': {
      const { required, field = null } = question
      return { ...head, kind: 'consent', text: textIn(question.text, locale), required, field }
    }
    case 'files': {
      const { label, help, required = false, most = 5 } = question
      const words = { label: textIn(label, locale), help: textIn(help, locale) || null }
      return { ...head, kind: 'files', ...words, required, most }
    }
    case 'field': {
      const field = object.fields.find(({ key }) => key === question.field)
      if (!field) return undefined
      const { prefill = null, hidden = false, required = field.required } = question
      const label = textIn(question.label, locale) || field.label
      const help = textIn(question.help, locale) || field.help
      return { ...head, kind: 'field', prefill, hidden, field: { ...field, label, help, required } }
    }
  }
}
