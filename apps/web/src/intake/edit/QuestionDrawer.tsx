import { Checkbox, NumberInput, Stack, Textarea, TextInput } from '@mantine/core'
import type {
  ConsentQuestion,
  FieldMeta,
  FieldQuestion,
  FilesQuestion,
  Form,
  FormDefinition,
  FormQuestion,
  FormText,
  ObjectMeta,
} from '@oneforge/client'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { FilterSwitch } from '../../settings/FilterSwitch.tsx'
import { Drawer } from '../../ui/Drawer.tsx'
import { Select } from '../../ui/Select.tsx'
import { OfferParts } from './OfferParts.tsx'
import { fieldsAsked } from './questions.ts'
import { textIn, withText } from './texts.ts'

interface QuestionDrawerProps {
  question: FormQuestion
  object: ObjectMeta
  form: FormDefinition
  audience: Form['audience']
  onChange: (question: FormQuestion) => void
  onMove: (stepId: string) => void
  onClose: () => void
}

/** How one question is asked, and when. */
export function QuestionDrawer(props: QuestionDrawerProps) {
  const { question, object, form, audience, onChange, onMove, onClose } = props
  const { t, i18n } = useTranslation('intake')
  const asked = useMemo(() => withAskedOnly(object, form), [object, form])
  const field = question.kind === 'field' ? object.fields.find(({ key }) => key === question.field) : undefined
  const target = field?.relation?.object
  const step = form.steps.find(({ questions }) => questions.some(({ id }) => id === question.id))
  return (
    <Drawer
      opened
      onClose={onClose}
      position="right"
      title={field?.label ?? t(`kind.${question.kind as Exclude<FormQuestion['kind'], 'field'>}`)}
    >
      <Stack gap="md">
        <Parts question={question} object={object} onChange={onChange} />
        {target && question.kind === 'field' && audience === 'public' && (
          <OfferParts question={question} target={target} onChange={onChange} />
        )}
        <FilterSwitch
          label={t('visible')}
          description={t('visibleHelp')}
          object={asked}
          hops={0}
          {...(question.kind === 'field' && { without: question.field })}
          filter={question.visible ?? null}
          onChange={(visible) => onChange({ ...question, visible: visible ?? undefined } as FormQuestion)}
        />
        {form.steps.length > 1 && (
          <Select
            label={t('inStep')}
            allowDeselect={false}
            data={form.steps.map(({ id, title }, index) => ({
              value: id,
              label: textIn(title, i18n.language) || t('stepNumber', { number: index + 1 }),
            }))}
            value={step?.id ?? null}
            onChange={(id) => id && onMove(id)}
          />
        )}
      </Stack>
    </Drawer>
  )
}

/** A condition looks at what the form itself asks, and not at what is chosen or added. */
function withAskedOnly(object: ObjectMeta, form: FormDefinition): ObjectMeta {
  const asked = fieldsAsked(form)
  const isRead = ({ key, type }: FieldMeta) => asked.has(key) && type !== 'file' && type !== 'relation'
  return { ...object, fields: object.fields.filter(isRead), relations: [] }
}

type PartsProps<Q extends FormQuestion> = {
  question: Q
  object: ObjectMeta
  onChange: (question: FormQuestion) => void
}

function Parts({ question, object, onChange }: PartsProps<FormQuestion>) {
  const { t } = useTranslation('intake')
  if (question.kind === 'field') return <FieldParts question={question} object={object} onChange={onChange} />
  if (question.kind === 'consent') return <ConsentParts question={question} object={object} onChange={onChange} />
  if (question.kind === 'files') return <FilesParts question={question} object={object} onChange={onChange} />
  return (
    <Words
      long
      label={t('text')}
      text={question.text}
      onChange={(text) => onChange({ ...question, text: text ?? '' })}
    />
  )
}

function FieldParts({ question, object, onChange }: PartsProps<FieldQuestion>) {
  const { t } = useTranslation('intake')
  const field = object.fields.find(({ key }) => key === question.field)
  return (
    <>
      <Words
        label={t('label')}
        placeholder={field?.label}
        text={question.label}
        onChange={(label) => onChange({ ...question, label })}
      />
      <Words
        label={t('help')}
        placeholder={field?.help ?? undefined}
        text={question.help}
        onChange={(help) => onChange({ ...question, help })}
      />
      <Checkbox
        label={t('required')}
        checked={question.required ?? field?.required ?? false}
        disabled={field?.required}
        onChange={(event) => onChange({ ...question, required: event.currentTarget.checked })}
      />
      <TextInput
        label={t('prefill')}
        description={t('prefillHelp')}
        value={question.prefill ?? ''}
        onChange={(event) =>
          onChange({ ...question, prefill: event.currentTarget.value.replaceAll(/[^\w.-]/g, '') || undefined })
        }
      />
      <Checkbox
        label={t('hiddenLabel')}
        description={t('hiddenHelp')}
        checked={question.hidden ?? false}
        disabled={!question.prefill}
        onChange={(event) => onChange({ ...question, hidden: event.currentTarget.checked || undefined })}
      />
    </>
  )
}

function ConsentParts({ question, object, onChange }: PartsProps<ConsentQuestion>) {
  const { t } = useTranslation('intake')
  const fields = object.fields.filter(({ type, computed }) => type === 'boolean' && !computed)
  return (
    <>
      <Words
        long
        label={t('consentText')}
        text={question.text}
        onChange={(text) => onChange({ ...question, text: text ?? '' })}
      />
      <Checkbox
        label={t('consentRequired')}
        checked={question.required}
        onChange={(event) => onChange({ ...question, required: event.currentTarget.checked })}
      />
      <Select
        label={t('consentField')}
        description={t('consentFieldHelp')}
        clearable
        data={fields.map(({ key: value, label }) => ({ value, label }))}
        value={question.field ?? null}
        onChange={(field) => onChange({ ...question, field: field ?? undefined })}
      />
    </>
  )
}

function FilesParts({ question, onChange }: PartsProps<FilesQuestion>) {
  const { t } = useTranslation('intake')
  return (
    <>
      <Words
        label={t('label')}
        text={question.label}
        onChange={(label) => onChange({ ...question, label: label ?? '' })}
      />
      <Words label={t('help')} text={question.help} onChange={(help) => onChange({ ...question, help })} />
      <NumberInput
        label={t('mostFiles')}
        min={1}
        max={10}
        value={question.most ?? 5}
        onChange={(most) => onChange({ ...question, most: Number(most) || 1 })}
      />
      <NumberInput
        label={t('largestFile')}
        min={1}
        max={100}
        suffix=" MB"
        value={question.megabytes ?? 100}
        onChange={(megabytes) => onChange({ ...question, megabytes: Number(megabytes) || 1 })}
      />
      <Checkbox
        label={t('required')}
        checked={question.required ?? false}
        onChange={(event) => onChange({ ...question, required: event.currentTarget.checked })}
      />
    </>
  )
}

interface WordsProps {
  label: string
  text: FormText | undefined
  onChange: (text: FormText | undefined) => void
  description?: string
  placeholder?: string | undefined
  long?: boolean
}

/** A text in the reader's language. */
export function Words({ text, onChange, long = false, ...input }: WordsProps) {
  const { i18n } = useTranslation('intake')
  const shared = {
    ...input,
    value: textIn(text, i18n.language),
    onChange: (event: { currentTarget: { value: string } }) =>
      onChange(withText(text, i18n.language, event.currentTarget.value)),
  }
  return long ? <Textarea autosize minRows={3} {...shared} /> : <TextInput {...shared} />
}
