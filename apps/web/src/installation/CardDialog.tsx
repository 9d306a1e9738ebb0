import { Button, Group, Stack, Text, Textarea, TextInput } from '@mantine/core'
import type { InstallationTemplate } from '@oneforge/client'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { languages } from '../i18n/index.ts'
import { Modal } from '../ui/Modal.tsx'
import { showError, showToast } from '../ui/toast.tsx'
import classes from './installation.module.css'
import { useChangeCard } from './installation.ts'

/** What the card of a published template says, in all languages, with the card as people see it. */
export function CardDialog({ template, onClose }: { template: InstallationTemplate; onClose: () => void }) {
  const { t, i18n } = useTranslation('installation')
  const change = useChangeCard(template.slug)
  const [name, setName] = useState(template.name)
  const [description, setDescription] = useState(template.description)
  const save = () =>
    change.mutate(
      { name: spoken(name), description: spoken(description) },
      {
        onSuccess() {
          showToast({ message: t('card.saved') })
          onClose()
        },
        onError: showError,
      },
    )
  const shown = (texts: Record<string, string>) => texts[i18n.language] || texts.en
  return (
    <Modal opened onClose={onClose} title={t('card.title', { slug: template.slug })} size="lg">
      <Stack gap="sm">
        {languages.map(({ code: language }) => (
          <TextInput
            key={language}
            label={t(`card.name.${language}`)}
            required={language === 'en'}
            maxLength={500}
            value={name[language] ?? ''}
            onChange={(event) => setName({ ...name, [language]: event.currentTarget.value })}
          />
        ))}
        {languages.map(({ code: language }) => (
          <Textarea
            key={language}
            label={t(`card.description.${language}`)}
            required={language === 'en'}
            autosize
            minRows={2}
            maxLength={500}
            value={description[language] ?? ''}
            onChange={(event) => setDescription({ ...description, [language]: event.currentTarget.value })}
          />
        ))}
        <div>
          <Text size="sm" fw={500} mb={4}>
            {t('card.preview')}
          </Text>
          <div className={classes.card}>
            <Text size="sm" fw={600}>
              {shown(name)}
            </Text>
            <Text size="sm" c="dimmed">
              {shown(description)}
            </Text>
          </div>
        </div>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button disabled={!name.en?.trim() || !description.en?.trim()} loading={change.isPending} onClick={save}>
            {t('card.save')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}

/** A language that nothing is said in is left to English. */
const spoken = (texts: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(texts).filter(([, text]) => text.trim() !== ''))
