import { Button, Group, Text } from '@mantine/core'
import { openConfirmModal } from '@mantine/modals'
import type { Workspace } from '@oneforge/client'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { client } from '../api/client.ts'
import { useLoadSamples, useMayAdmin } from '../api/workspace.ts'
import { showError, showToast } from '../ui/toast.tsx'
import classes from './settings.module.css'

/** The template the workspace was made from, and its sample records: tried out, then swept away. */
export function TemplateSettings({ workspace }: { workspace: Workspace }) {
  const { t } = useTranslation('settings')
  const may = useMayAdmin('templates')
  const cache = useQueryClient()
  const load = useLoadSamples()
  const remove = useMutation({
    mutationFn: client.workspace.removeSamples,
    onSuccess: ({ removed }) => {
      showToast({ message: t('samples.removed', { count: removed }) })
      return cache.invalidateQueries()
    },
    onError: showError,
  })
  const loadSamples = () =>
    load.mutate(undefined, { onSuccess: () => showToast({ message: t('samples.loaded') }), onError: showError })
  const confirmRemoval = () =>
    openConfirmModal({
      title: t('samples.removeTitle'),
      children: <Text size="sm">{t('samples.removeExplanation')}</Text>,
      labels: { confirm: t('samples.remove'), cancel: t('cancel') },
      confirmProps: { color: 'red' },
      onConfirm: () => remove.mutate(),
    })
  return (
    <section aria-label={t('template.title')}>
      <h2 className={classes.heading}>{t('template.title')}</h2>
      <Text size="sm" mb="md">
        {workspace.template
          ? t('template.inUse', { name: workspace.template.name, version: workspace.template.version })
          : t('template.none')}
      </Text>
      {may && workspace.template && (
        <div className={classes.sample}>
          <Text size="sm" fw={500}>
            {t('samples.title')}
          </Text>
          <Text size="sm" c="dimmed" mb="sm">
            {t('samples.explanation')}
          </Text>
          <Group gap="xs">
            <Button variant="default" loading={load.isPending} onClick={loadSamples}>
              {t('samples.load')}
            </Button>
            <Button variant="default" loading={remove.isPending} onClick={confirmRemoval}>
              {t('samples.remove')}
            </Button>
          </Group>
        </div>
      )}
    </section>
  )
}
