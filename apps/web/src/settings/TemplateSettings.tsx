import { Button, Group, Text } from '@mantine/core'
import type { Workspace } from '@oneforge/client'
import { useTranslation } from 'react-i18next'
import { useLoadSamples, useMayAdmin } from '../api/workspace.ts'
import { RemoveSamples } from '../samples/RemoveSamples.tsx'
import { showError, showToast } from '../ui/toast.tsx'
import classes from './settings.module.css'

/** The template the workspace was made from, and its sample records: tried out, then swept away. */
export function TemplateSettings({ workspace }: { workspace: Workspace }) {
  const { t } = useTranslation('settings')
  const may = useMayAdmin('templates')
  const load = useLoadSamples()
  const loadSamples = () =>
    load.mutate(undefined, { onSuccess: () => showToast({ message: t('samples.loaded') }), onError: showError })
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
            <RemoveSamples />
          </Group>
        </div>
      )}
    </section>
  )
}
