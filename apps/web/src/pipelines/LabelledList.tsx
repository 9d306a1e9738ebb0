import { ActionIcon, Button, Checkbox, Group, Input, Stack, TextInput } from '@mantine/core'
import type { LocalizedText } from '@oneforge/client'
import { IconPlus, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { readersFirst } from '../settings/LabelInputs.tsx'
import { anyLabel } from '../settings/naming.ts'

interface Labelled {
  id: string
  labels: LocalizedText
  required?: boolean
}

interface LabelledListProps {
  title: string
  help: string
  /** What the button says that adds one. */
  add: string
  /** What the box says beside each; none without it. */
  required?: string
  items: Labelled[]
  /** A name for a new one, unlike those that are taken. */
  newId: (taken: string[]) => string
  onChange: (items: Labelled[]) => void
}

/** Things with a name in each language: items of a checklist, reasons. */
export function LabelledList({ title, help, add, required, items, newId, onChange }: LabelledListProps) {
  const { t, i18n } = useTranslation('pipelinesettings')
  const change = (id: string, part: Partial<Labelled>) =>
    onChange(items.map((item) => (item.id === id ? { ...item, ...part } : item)))
  return (
    <Input.Wrapper label={title} description={help} labelElement="div">
      <Stack gap={6} mt={6}>
        {items.map((item) => (
          <Group key={item.id} gap={6} wrap="nowrap">
            {readersFirst(i18n.language).map(({ code, name }) => (
              <TextInput
                key={code}
                size="xs"
                flex={1}
                miw={0}
                placeholder={name}
                aria-label={t('list.name', { list: title, language: name })}
                value={item.labels[code] ?? ''}
                onChange={({ currentTarget }) =>
                  change(item.id, { labels: { ...item.labels, [code]: currentTarget.value } })
                }
              />
            ))}
            {required && (
              <Checkbox
                size="xs"
                label={required}
                checked={item.required ?? false}
                onChange={({ currentTarget }) => change(item.id, { required: currentTarget.checked })}
              />
            )}
            <ActionIcon
              size="sm"
              aria-label={t('list.remove', { item: anyLabel(item.labels) })}
              onClick={() => onChange(items.filter(({ id }) => id !== item.id))}
            >
              <IconX size={14} />
            </ActionIcon>
          </Group>
        ))}
      </Stack>
      <Button
        variant="subtle"
        mt={4}
        leftSection={<IconPlus size={14} aria-hidden />}
        onClick={() => onChange([...items, { id: newId(items.map(({ id }) => id)), labels: { en: '' } }])}
      >
        {add}
      </Button>
    </Input.Wrapper>
  )
}
