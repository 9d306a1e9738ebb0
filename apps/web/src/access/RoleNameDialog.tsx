import { Alert, Button, Group, Stack } from '@mantine/core'
import type { LocalizedText, Role } from '@oneforge/client'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { errorText } from '../api/client.ts'
import { paths } from '../paths.ts'
import { LabelInputs } from '../settings/LabelInputs.tsx'
import { anyLabel } from '../settings/naming.ts'
import { Modal } from '../ui/Modal.tsx'

export interface RoleNames {
  label: LocalizedText
  description: LocalizedText | null
}

interface RoleNameDialogProps {
  title: string
  submit: string
  initial?: RoleNames
  saving: { isPending: boolean; error: Error | null }
  onSave: (names: RoleNames) => Promise<Role>
  onClose: () => void
}

/** What a role is called and what it is for, in the languages of the page; then it is shown. */
export function RoleNameDialog({ title, submit, initial, saving, onSave, onClose }: RoleNameDialogProps) {
  const { t } = useTranslation('access')
  const navigate = useNavigate()
  const [label, setLabel] = useState<LocalizedText>(initial?.label ?? { en: '' })
  const [description, setDescription] = useState<LocalizedText>(initial?.description ?? { en: '' })
  const [tried, setTried] = useState(false)

  const save = async () => {
    setTried(true)
    if (!anyLabel(label)) return
    const names = { label: filled(label), description: anyLabel(description) ? filled(description) : null }
    const role = await onSave(names).catch(() => undefined)
    if (!role) return
    onClose()
    void navigate(paths.settings(`roles/${role.key}`))
  }

  return (
    <Modal opened onClose={onClose} title={title} size="lg" closeButtonProps={{ 'aria-label': t('close') }}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <Stack gap="md">
          <LabelInputs
            label={t('names.label')}
            value={label}
            onChange={setLabel}
            autoFocus
            error={tried && !anyLabel(label) ? t('names.missing') : undefined}
          />
          <LabelInputs label={t('names.description')} value={description} onChange={setDescription} />
          {saving.error && (
            <Alert color="red" variant="light" role="alert">
              {errorText(saving.error)}
            </Alert>
          )}
          <Group justify="flex-end" gap="xs">
            <Button size="sm" variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button size="sm" type="submit" loading={saving.isPending}>
              {submit}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

/** Languages left empty are left out; English is always there, since the others fall back to it. */
function filled(text: LocalizedText): LocalizedText {
  const entries = Object.entries(text).filter(([, words]) => words.trim())
  return { ...Object.fromEntries(entries), en: anyLabel(text) }
}
