import { Button, Menu, ScrollArea } from '@mantine/core'
import type { FormDefinition, FormQuestion, ObjectMeta } from '@oneforge/client'
import { IconCheckbox, IconForms, IconLetterT, IconPaperclip, IconPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { fieldsToAsk, newId } from './questions.ts'

interface AddQuestionProps {
  object: ObjectMeta
  form: FormDefinition
  onAdd: (question: FormQuestion) => void
}

/** What a step can ask or say next: a field that is not asked yet, a consent, files, or words. */
export function AddQuestion({ object, form, onAdd }: AddQuestionProps) {
  const { t } = useTranslation('intake')
  const add = {
    text: () => onAdd({ id: newId(), kind: 'text', text: t('newText') }),
    consent: () => onAdd({ id: newId(), kind: 'consent', text: t('newConsent'), required: true }),
    files: () => onAdd({ id: newId(), kind: 'files', label: t('newFiles') }),
  }
  const icons = { text: IconLetterT, consent: IconCheckbox, files: IconPaperclip }
  return (
    <Menu position="bottom-start" width={260}>
      <Menu.Target>
        <Button variant="subtle" mt={4} leftSection={<IconPlus size={14} aria-hidden />}>
          {t('addQuestion')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {(['text', 'consent', 'files'] as const).map((kind) => {
          const Icon = icons[kind]
          return (
            <Menu.Item key={kind} leftSection={<Icon size={14} aria-hidden />} onClick={add[kind]}>
              {t(`kind.${kind}`)}
            </Menu.Item>
          )
        })}
        <Menu.Label>{t('fieldsOf', { object: object.labelPlural })}</Menu.Label>
        <ScrollArea.Autosize mah={280}>
          {fieldsToAsk(object, form).map(({ key, label }) => (
            <Menu.Item
              key={key}
              leftSection={<IconForms size={14} aria-hidden />}
              onClick={() => onAdd({ id: newId(), kind: 'field', field: key })}
            >
              {label}
            </Menu.Item>
          ))}
        </ScrollArea.Autosize>
      </Menu.Dropdown>
    </Menu>
  )
}
