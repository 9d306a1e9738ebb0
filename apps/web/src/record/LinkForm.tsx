import { Button, Group, Stack, Text } from '@mantine/core'
import type { RelationMeta } from '@oneforge/client'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { unreadInput } from '../fields/editors/unread.ts'
import { FieldEditor } from '../fields/FieldEditor.tsx'
import { missingKeys, type Values } from '../forms/initialValues.ts'
import { attributeField } from './linkAttributes.ts'
import classes from './RelatedPanel.module.css'

interface LinkFormProps {
  relation: RelationMeta
  /** Of the record at the other end. */
  title: string
  explanation?: string
  attributes: Values
  isPending: boolean
  onSave: (attributes: Values) => void
  onCancel: () => void
}

/** What is said of one link, as a small form under it. */
export function LinkForm({ relation, title, explanation, attributes, isPending, onSave, onCancel }: LinkFormProps) {
  const { t } = useTranslation('record')
  const [values, setValues] = useState(attributes)
  const [tried, setTried] = useState(false)
  const fields = relation.attributes.map(attributeField)
  const missing = missingKeys(fields, values)
  const save = () => {
    setTried(true)
    if (missing.length > 0) return
    onSave(Object.fromEntries(fields.map(({ key }) => [key, values[key] ?? null])))
  }
  return (
    <form
      noValidate
      className={classes.form}
      aria-label={t('related.linkTo', { title })}
      onSubmit={(event) => {
        event.preventDefault()
        event.stopPropagation()
        const unread = unreadInput(event.currentTarget)
        if (unread) unread.focus()
        else save()
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        onCancel()
      }}
    >
      <Stack gap="xs">
        {explanation && (
          <Text size="xs" c="dimmed">
            {explanation}
          </Text>
        )}
        {fields.map((field, index) => (
          <FieldEditor
            key={field.key}
            field={field}
            variant="form"
            value={values[field.key] ?? null}
            autoFocus={index === 0}
            error={tried && missing.includes(field.key) ? t('create.required') : undefined}
            onChange={(value) => setValues({ ...values, [field.key]: value })}
          />
        ))}
        <Group gap="xs">
          <Button size="xs" type="submit" loading={isPending}>
            {t('related.saveLink')}
          </Button>
          <Button size="xs" variant="default" onClick={onCancel}>
            {t('related.cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
