import { Button, Group, Stack, Textarea, TextInput } from '@mantine/core'
import { ApiError, type NoteTemplate, type NoteTemplateInput } from '@oneforge/client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../api/client.ts'
import { useWorkspace } from '../api/workspace.ts'
import { Modal } from '../ui/Modal.tsx'
import { MultiSelect } from '../ui/Select.tsx'
import { showError } from '../ui/toast.tsx'
import { refreshNoteTemplates } from './noteQueries.ts'

/** A text that notes begin with, new or there already. */
export function NoteTemplateDialog({ template, onClose }: { template: NoteTemplate | undefined; onClose: () => void }) {
  const { t } = useTranslation('notes')
  const cache = useQueryClient()
  const { objects } = useWorkspace()
  const [input, setInput] = useState<NoteTemplateInput>({
    name: template?.name ?? '',
    body: template?.body ?? '',
    objects: template?.objects ?? null,
  })
  const change = (part: Partial<NoteTemplateInput>) => setInput((before) => ({ ...before, ...part }))
  const save = useMutation({
    mutationFn: () =>
      template ? client.noteTemplates.update(template.id, input, template.version) : client.noteTemplates.create(input),
    onSuccess: () => {
      void refreshNoteTemplates(cache)
      onClose()
    },
    onError: (error) => {
      if (!(error instanceof ApiError) || error.details.length === 0) showError(error)
    },
  })
  const errors = save.error instanceof ApiError ? save.error.byField() : {}
  const ready = input.name.trim() !== '' && input.body.trim() !== ''
  return (
    <Modal opened onClose={onClose} title={t(template ? 'templates.edit' : 'templates.add')} size="lg">
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          if (ready) save.mutate()
        }}
      >
        <Stack gap="md">
          <TextInput
            label={t('templates.name')}
            required
            data-autofocus
            maxLength={100}
            value={input.name}
            error={errors.name}
            onChange={(event) => change({ name: event.currentTarget.value })}
          />
          <Textarea
            label={t('templates.body')}
            required
            autosize
            minRows={5}
            maxRows={16}
            maxLength={20_000}
            value={input.body}
            error={errors.body}
            onChange={(event) => change({ body: event.currentTarget.value })}
          />
          <MultiSelect
            label={t('templates.objects')}
            description={t('templates.objectsHelp')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            placeholder={input.objects ? undefined : t('templates.everywhere')}
            searchable
            clearable
            data={objects.map(({ slug, labelPlural }) => ({ value: slug, label: labelPlural }))}
            value={input.objects ?? []}
            error={errors.objects}
            onChange={(chosen) => change({ objects: chosen.length > 0 ? chosen : null })}
          />
          <Group justify="flex-end" gap="xs">
            <Button size="sm" variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button size="sm" type="submit" loading={save.isPending} disabled={!ready}>
              {t('save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
