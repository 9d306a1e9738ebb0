import { Button, Group, Stack, Text, Title } from '@mantine/core'
import type { ObjectMeta } from '@oneforge/client'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useMay } from '../api/workspace.ts'
import { paths } from '../paths.ts'
import classes from './RecordPage.module.css'
import { useRestore } from './useRestore.ts'

/** Deleted, never there, or not for this person: the server does not say which, but a deleted one can come back. */
export function RecordGone({ slug, object, id }: { slug: string; object: ObjectMeta | undefined; id: string }) {
  const { t } = useTranslation('record')
  const { restore, busy } = useRestore(slug, id)
  const may = useMay(slug)
  return (
    <Stack className={classes.gone} align="flex-start">
      <Title order={1} size="h3">
        {t('gone.title', { object: object?.label })}
      </Title>
      <Text c="dimmed">{t('gone.explanation')}</Text>
      <Group>
        <Button component={Link} to={paths.list(slug)}>
          {t('gone.back', { objects: object?.labelPlural })}
        </Button>
        {may('delete') && (
          <Button variant="default" onClick={() => void restore()} loading={busy}>
            {t('deleted.restore')}
          </Button>
        )}
      </Group>
    </Stack>
  )
}
