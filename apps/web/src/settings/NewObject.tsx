import { Alert, Button, Group, Stack, TextInput } from '@mantine/core'
import type { LocalizedText, ObjectInput } from '@oneforge/client'
import { useState } from 'react'
import { flushSync } from 'react-dom'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { errorText } from '../api/client.ts'
import { useWorkspace } from '../api/workspace.ts'
import { paths } from '../paths.ts'
import { Modal } from '../ui/Modal.tsx'
import { useCloseGuard } from '../ui/useCloseGuard.ts'
import { IconPicker } from './IconPicker.tsx'
import { LabelInputs } from './LabelInputs.tsx'
import { useAddObject } from './metadataChanges.ts'
import { anyLabel, keyFrom } from './naming.ts'
import classes from './settings.module.css'

/** A new kind of thing: its names, its icon, and the one field every record needs. The other fields follow. */
export function NewObject({ onClose }: { onClose: () => void }) {
  const { t, i18n } = useTranslation('settings')
  const navigate = useNavigate()
  const { objects } = useWorkspace()
  const add = useAddObject()
  const [label, setLabel] = useState<LocalizedText>({ en: '' })
  const [labelPlural, setLabelPlural] = useState<LocalizedText>({ en: '' })
  const [titleName, setTitleName] = useState(t('objects.titleFieldDefault'))
  const [icon, setIcon] = useState('box')
  const [tried, setTried] = useState(false)
  const close = useCloseGuard(anyLabel(label) !== '' || anyLabel(labelPlural) !== '', onClose)
  const complete = anyLabel(label) && anyLabel(labelPlural) && titleName.trim()

  const save = () => {
    setTried(true)
    if (!complete) return
    const slug = keyFrom(
      anyLabel(labelPlural),
      objects.map((object) => object.slug),
    )
    const titleKey = keyFrom(titleName)
    const input: ObjectInput = {
      slug,
      label: withEnglish(label),
      labelPlural: withEnglish(labelPlural),
      icon,
      roles: { title: titleKey },
      fields: [
        {
          key: titleKey,
          label: withEnglish({ en: '', [i18n.language]: titleName.trim() }),
          type: 'text',
          required: true,
          searchable: true,
          sortable: true,
        },
      ],
    }
    add.mutate(input, {
      onSuccess: () => {
        // Gone before the page changes: nothing in it waits to be saved any more.
        flushSync(onClose)
        void navigate(paths.settings(`objects/${slug}`))
      },
    })
  }

  return (
    <Modal opened onClose={close} title={t('objects.add')} size="lg" classNames={{ title: classes.drawerTitle }}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          save()
        }}
      >
        <Stack gap="md">
          <LabelInputs
            label={t('object.label')}
            value={label}
            onChange={setLabel}
            autoFocus
            error={tried && !anyLabel(label) ? t('problem.label') : undefined}
          />
          <LabelInputs
            label={t('object.labelPlural')}
            value={labelPlural}
            onChange={setLabelPlural}
            error={tried && !anyLabel(labelPlural) ? t('problem.label') : undefined}
          />
          <Group align="flex-end" gap="sm">
            <IconPicker value={icon} onChange={setIcon} />
            <TextInput
              flex={1}
              label={t('objects.titleField')}
              value={titleName}
              error={tried && !titleName.trim() ? t('problem.label') : undefined}
              onChange={(event) => setTitleName(event.currentTarget.value)}
            />
          </Group>
          {add.error && (
            <Alert color="red" role="alert">
              {errorText(add.error)}
            </Alert>
          )}
          <Group justify="flex-end" gap="xs">
            <Button size="sm" variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button size="sm" type="submit" loading={add.isPending}>
              {t('objects.add')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

function withEnglish(labels: LocalizedText): LocalizedText {
  return { ...labels, en: anyLabel(labels) }
}
