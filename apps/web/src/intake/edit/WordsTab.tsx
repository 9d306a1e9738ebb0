import { Radio, Stack, TextInput } from '@mantine/core'
import type { FormDefinition, FormMatch, ObjectMeta } from '@oneforge/client'
import { useTranslation } from 'react-i18next'
import { MultiSelect, Select } from '../../ui/Select.tsx'
import { Words } from './QuestionDrawer.tsx'
import { fieldsAsked } from './questions.ts'

interface WordsTabProps {
  object: ObjectMeta
  name: string
  onName: (name: string) => void
  form: FormDefinition
  onChange: (form: FormDefinition) => void
}

/** What a form says before and after, and what becomes of answers about somebody who is known already. */
export function WordsTab({ object, name, onName, form, onChange }: WordsTabProps) {
  const { t } = useTranslation('intake')
  const { thanks } = form
  return (
    <Stack gap="md" maw={520}>
      <TextInput
        label={t('name')}
        description={t('nameHelp')}
        required
        maxLength={100}
        value={name}
        onChange={(event) => onName(event.currentTarget.value)}
      />
      <Words label={t('formTitle')} text={form.title} onChange={(title) => onChange({ ...form, title: title ?? '' })} />
      <Words long label={t('intro')} text={form.intro} onChange={(intro) => onChange({ ...form, intro })} />
      <Words label={t('submit')} text={form.submit} onChange={(submit) => onChange({ ...form, submit })} />
      <Words
        label={t('thanks')}
        text={thanks.title}
        onChange={(title) => onChange({ ...form, thanks: { ...thanks, title: title ?? '' } })}
      />
      <Words
        long
        label={t('thanksText')}
        text={thanks.text}
        onChange={(text) => onChange({ ...form, thanks: { ...thanks, text } })}
      />
      <TextInput
        label={t('redirect')}
        description={t('redirectHelp')}
        placeholder="https://"
        value={thanks.redirect ?? ''}
        onChange={(event) =>
          onChange({ ...form, thanks: { ...thanks, redirect: event.currentTarget.value || undefined } })
        }
      />
      <MatchForm
        object={object}
        match={form.match}
        asked={[...fieldsAsked(form)]}
        onChange={(match) => onChange({ ...form, match })}
      />
    </Stack>
  )
}

interface MatchFormProps {
  object: ObjectMeta
  match: FormMatch
  /** Keys of the fields that the form asks for. */
  asked: string[]
  onChange: (match: FormMatch) => void
}

function MatchForm({ object, match, asked, onChange }: MatchFormProps) {
  const { t } = useTranslation('intake')
  const known = match.by === 'nothing' ? 'fill' : match.known
  const by = (kind: string): FormMatch => {
    if (kind === 'rules') return { by: 'rules', known }
    return kind === 'fields' ? { by: 'fields', fields: asked.slice(0, 1), known } : { by: 'nothing' }
  }
  const fields = object.fields.filter(({ key }) => asked.includes(key))
  return (
    <>
      <Radio.Group label={t('match.label')} value={match.by} onChange={(kind) => onChange(by(kind))}>
        <Stack gap="xs" mt={6}>
          <Radio value="nothing" label={t('match.nothing')} />
          <Radio value="rules" label={t('match.rules')} />
          <Radio value="fields" label={t('match.fields')} disabled={asked.length === 0} />
        </Stack>
      </Radio.Group>
      {match.by === 'fields' && (
        <MultiSelect
          label={t('match.which')}
          data={fields.map(({ key: value, label }) => ({ value, label }))}
          value={match.fields}
          onChange={(chosen) => onChange({ ...match, fields: chosen })}
        />
      )}
      {match.by !== 'nothing' && (
        <Select
          label={t('match.then')}
          allowDeselect={false}
          data={(['fill', 'overwrite'] as const).map((value) => ({ value, label: t(`match.${value}`) }))}
          value={match.known}
          onChange={(value) => value && onChange({ ...match, known: value as 'fill' | 'overwrite' })}
        />
      )}
    </>
  )
}
