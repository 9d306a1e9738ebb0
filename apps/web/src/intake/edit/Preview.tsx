import { Text } from '@mantine/core'
import type {
  AskedField,
  AskedForm,
  AskedQuestion,
  FieldMeta,
  FieldQuestion,
  Form,
  FormDefinition,
  FormDoor,
  FormQuestion,
  ObjectMeta,
} from '@oneforge/client'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useWorkspace } from '../../api/workspace.ts'
import { FilledForm } from '../fill/FilledForm.tsx'
import classes from './edit.module.css'
import { textIn } from './texts.ts'
import { type Choices, useOfferedChoices } from './useOfferedChoices.ts'

interface PreviewProps {
  form: FormDefinition
  object: ObjectMeta
  id: string
  audience: Form['audience']
}

/** The form as it will be filled in; nothing that is typed here goes anywhere. */
export function Preview({ form, object, id, audience }: PreviewProps) {
  const { t, i18n } = useTranslation('intake')
  const { name, locale, timeZone, currency, country } = useWorkspace()
  const language = i18n.language
  const choices = useOfferedChoices(form, object, audience)
  const asked = useMemo((): AskedForm => {
    const workspace = { name, locale, timeZone, currency, country }
    return {
      ...askedIn(form, { object, locale: language, choices }),
      id: `preview-${id}`,
      workspace,
      challenge: { token: id, bits: 0 },
    }
  }, [form, object, choices, language, id, name, locale, timeZone, currency, country])
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
    beginFile: async ({ size }) => ({ id: crypto.randomUUID(), offset: 0, size }),
    appendFile: async (id, offset, { size }) => ({ id, offset: offset + size, size: offset + size }),
    send: async () => ({ title: textIn(thanks.title, language), text: textIn(thanks.text, language), redirect: null }),
  }
}

interface Around {
  object: ObjectMeta
  locale: string
  choices: Choices | undefined
}

function askedIn(
  form: FormDefinition,
  around: Around,
): Pick<AskedForm, 'title' | 'intro' | 'submit' | 'locale' | 'steps'> {
  const { locale } = around
  const orNull = (text: FormDefinition['intro']) => textIn(text, locale) || null
  return {
    title: textIn(form.title, locale),
    intro: orNull(form.intro),
    submit: orNull(form.submit),
    locale,
    steps: form.steps.map(({ id, title, questions }) => ({
      id,
      title: orNull(title),
      questions: questions.flatMap((question) => askedQuestion(question, around) ?? []),
    })),
  }
}

function askedQuestion(question: FormQuestion, around: Around): AskedQuestion | undefined {
  const { object, locale } = around
  const head = { id: question.id, visible: question.visible ?? null }
  switch (question.kind) {
    case 'text':
      return { ...head, kind: 'text', text: textIn(question.text, locale) }
    case 'consent': {
      const { required, field = null } = question
      return { ...head, kind: 'consent', text: textIn(question.text, locale), required, field }
    }
    case 'files': {
      const { label, help, required = false, most = 5, megabytes = largestMegabytes } = question
      const words = { label: textIn(label, locale), help: textIn(help, locale) || null }
      return { ...head, kind: 'files', ...words, required, most, largest: megabytes * 1024 ** 2 }
    }
    case 'field': {
      const field = object.fields.find(({ key }) => key === question.field)
      if (!field) return undefined
      const { prefill = null, hidden = false } = question
      return { ...head, kind: 'field', prefill, hidden, field: askedFieldOf(question, field, around) }
    }
  }
}

function askedFieldOf(question: FieldQuestion, field: FieldMeta, { locale, choices }: Around): AskedField {
  const { type, relation, rules } = field
  return {
    ...field,
    label: textIn(question.label, locale) || field.label,
    help: textIn(question.help, locale) || field.help,
    required: question.required ?? field.required,
    files:
      type === 'file'
        ? { most: rules?.several ? Math.min(rules.maxItems ?? mostFiles, mostFiles) : 1, largest: largestOf(field) }
        : null,
    relation:
      type === 'relation' && relation
        ? {
            many: relation.many ?? false,
            object: choices ? null : relation.object,
            choices: choices ? (choices.get(question.id) ?? []) : null,
          }
        : null,
  }
}

/** As the server has them: packages/modules/forms/sent-files.ts and received-files.ts. */
const largestMegabytes = 100
const mostFiles = 10

function largestOf({ rules }: FieldMeta): number {
  const largest = largestMegabytes * 1024 ** 2
  return Math.min(rules?.maxSize ?? largest, largest)
}
