import { Anchor, Button, Group, Skeleton, Stack, Text } from '@mantine/core'
import { IconArrowBackUp, IconArrowLeft, IconGitCompare, IconHistory } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { paths } from '../paths.ts'
import settings from '../settings/settings.module.css'
import { PageError } from '../ui/PageError.tsx'
import { ChangeList } from './ChangeList.tsx'
import { TakeBackDialog } from './TakeBackDialog.tsx'
import { VersionFacts } from './VersionFacts.tsx'
import classes from './versions.module.css'
import { useVersion, type Way } from './versions.ts'

/** One version with all that it changed, property by property, and the two ways back. */
export function VersionPage() {
  const { t } = useTranslation('versions')
  const number = Number(useParams().number)
  const { data: version, error } = useVersion(number)
  const [way, setWay] = useState<Way>()
  if (error) return <PageError error={error} />
  if (!version) return <Skeleton height={320} maw={860} />
  return (
    <Stack gap="md" maw={860}>
      <title>{`${t('one', { number })} · OneForge`}</title>
      <BackToHistory />
      <div>
        <h2 className={settings.heading}>{t('one', { number })}</h2>
        <VersionFacts version={version} />
      </div>
      {version.changes.length > 1 && <Text size="sm">{version.summary}</Text>}
      <Group gap="xs">
        <Button
          variant="default"
          leftSection={<IconArrowBackUp size={14} aria-hidden />}
          disabled={version.undoneBy !== null}
          onClick={() => setWay('undo')}
        >
          {t('undo.look')}
        </Button>
        <Button variant="default" leftSection={<IconHistory size={14} aria-hidden />} onClick={() => setWay('restore')}>
          {t('restore.look')}
        </Button>
        <Anchor
          component={Link}
          to={paths.settings(`history/compare?from=${number}`)}
          size="sm"
          className={classes.link}
        >
          <IconGitCompare size={14} aria-hidden />
          {t('compare.withNow')}
        </Anchor>
      </Group>
      <ChangeList changes={version.changes} />
      {way && <TakeBackDialog way={way} number={number} onClose={() => setWay(undefined)} />}
    </Stack>
  )
}

export function BackToHistory() {
  const { t } = useTranslation('versions')
  return (
    <Anchor component={Link} to={paths.settings('history')} size="sm" c="dimmed" className={settings.back}>
      <IconArrowLeft size={14} aria-hidden />
      {t('title')}
    </Anchor>
  )
}
