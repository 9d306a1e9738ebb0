import { Button, Group, Radio, Stack, TextInput } from '@mantine/core'
import type { Form } from '@oneforge/client'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useObject } from '../../api/objects.ts'
import { useWorkspace } from '../../api/workspace.ts'
import { paths } from '../../paths.ts'
import { Modal } from '../../ui/Modal.tsx'
import { Select } from '../../ui/Select.tsx'
import { showError } from '../../ui/toast.tsx'
import { useCreateForm } from './formQueries.ts'
import { startingForm } from './questions.ts'

/** What a new form is called, what it makes, and who fills it in; the rest is put together on its own page. */
export function NewFormDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('intake')
  const { objects } = useWorkspace()
  const go = useNavigate()
  const create = useCreateForm()
  const [name, setName] = useState('')
  const [slug, setSlug] = useState<string | null>(null)
  const [audience, setAudience] = useState<Form['audience']>('public')
  const { data: object } = useObject(slug ?? '', slug !== null)
  const ready = name.trim() !== '' && object !== undefined
  const save = () =>
    object &&
    create.mutate(
      { name, object: object.slug, audience, definition: startingForm(object, name, t('thanksTitle')) },
      {
        onSuccess: (form) => form && go(paths.settings(`forms/${form.id}`)),
        onError: showError,
      },
    )
  return (
    <Modal opened onClose={onClose} title={t('add')}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          if (ready) save()
        }}
      >
        <Stack gap="md">
          <TextInput
            label={t('name')}
            required
            data-autofocus
            maxLength={100}
            placeholder={t('nameExample')}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Select
            label={t('object')}
            description={t('objectHelp')}
            required
            searchable
            data={objects.map(({ slug: value, labelPlural: label }) => ({ value, label }))}
            value={slug}
            onChange={setSlug}
          />
          <Radio.Group
            label={t('audience.label')}
            value={audience}
            onChange={(value) => setAudience(value as Form['audience'])}
          >
            <Stack gap="xs" mt={6}>
              <Radio value="public" label={t('audience.public')} description={t('audience.publicHelp')} />
              <Radio value="internal" label={t('audience.internal')} description={t('audience.internalHelp')} />
            </Stack>
          </Radio.Group>
          <Group justify="flex-end" gap="xs">
            <Button size="sm" variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button size="sm" type="submit" loading={create.isPending} disabled={!ready}>
              {t('create')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
