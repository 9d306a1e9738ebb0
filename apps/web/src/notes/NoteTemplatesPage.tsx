import { Button, Group, Skeleton, Stack, Text } from '@mantine/core'
import { openConfirmModal } from '@mantine/modals'
import type { NoteTemplate } from '@oneforge/client'
import { IconPlus } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../api/client.ts'
import { useWorkspace } from '../api/workspace.ts'
import { EditDeleteMenu } from '../ui/EditDeleteMenu.tsx'
import { EmptyPage } from '../ui/EmptyPage.tsx'
import { PageError } from '../ui/PageError.tsx'
import { showError } from '../ui/toast.tsx'
import { NoteTemplateDialog } from './NoteTemplateDialog.tsx'
import { refreshNoteTemplates, useNoteTemplates } from './noteQueries.ts'
import classes from './notes.module.css'

/** The texts that notes can begin with, kept for everybody. */
export function NoteTemplatesPage() {
  const { t } = useTranslation('notes')
  const { data, error } = useNoteTemplates()
  const [edit, setEdit] = useState<{ template?: NoteTemplate }>()
  if (error) return <PageError error={error} />
  const add = (
    <Button leftSection={<IconPlus size={14} aria-hidden />} onClick={() => setEdit({})} flex="none">
      {t('templates.add')}
    </Button>
  )
  return (
    <Stack gap="md" maw={860}>
      <title>{`${t('templates.title')} · OneForge`}</title>
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <div>
          <h2 className={classes.title}>{t('templates.title')}</h2>
          <Text size="sm" c="dimmed">
            {t('templates.explanation')}
          </Text>
        </div>
        {data && data.length > 0 && add}
      </Group>
      {!data && <Skeleton height={120} />}
      {data?.length === 0 && (
        <EmptyPage icon="template" title={t('templates.none')} text={t('templates.noneText')}>
          {add}
        </EmptyPage>
      )}
      {data && data.length > 0 && (
        <ul className={classes.templates} aria-label={t('templates.title')}>
          {data.map((template) => (
            <TemplateLine key={template.id} template={template} onEdit={() => setEdit({ template })} />
          ))}
        </ul>
      )}
      {edit && <NoteTemplateDialog template={edit.template} onClose={() => setEdit(undefined)} />}
    </Stack>
  )
}

function TemplateLine({ template, onEdit }: { template: NoteTemplate; onEdit: () => void }) {
  const { t } = useTranslation('notes')
  const cache = useQueryClient()
  const { objects } = useWorkspace()
  const { id, name, body, version } = template
  const remove = useMutation({
    mutationFn: () => client.noteTemplates.remove(id, version),
    onSuccess: () => refreshNoteTemplates(cache),
    onError: showError,
  })
  const askToRemove = () =>
    openConfirmModal({
      title: t('templates.deleteTitle', { name }),
      children: <Text size="sm">{t('templates.deleteText')}</Text>,
      labels: { confirm: t('delete'), cancel: t('cancel') },
      confirmProps: { color: 'red' },
      onConfirm: () => remove.mutate(),
    })
  const forObjects = template.objects?.map((slug) => objects.find((one) => one.slug === slug)?.labelPlural ?? slug)
  return (
    <li className={classes.template}>
      <div className={classes.naming}>
        <Text size="sm" fw={500} truncate>
          {name}
        </Text>
        <Text size="xs" c="dimmed" truncate>
          {body.replaceAll('\n', ' · ')}
        </Text>
      </div>
      <Text size="xs" c="dimmed" ta="end" maw="40%">
        {forObjects?.join(', ') ?? t('templates.everywhere')}
      </Text>
      <EditDeleteMenu
        label={t('templates.actions', { name })}
        edit={t('edit')}
        remove={t('delete')}
        onEdit={onEdit}
        onRemove={askToRemove}
      />
    </li>
  )
}
