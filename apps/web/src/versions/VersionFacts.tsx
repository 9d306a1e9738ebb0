import { Badge, Group, Text } from '@mantine/core'
import type { MetadataVersion } from '@oneforge/client'
import { useTranslation } from 'react-i18next'
import { useFormatContext } from '../fields/FormatProvider.tsx'
import { formatDateTime, formatRelative } from '../fields/format.ts'

/** Who made the version and when, and whether it takes others back or was taken back itself. */
export function VersionFacts({ version }: { version: MetadataVersion }) {
  const { t } = useTranslation('versions')
  const format = useFormatContext()
  const { by, at, undoes, restores, undoneBy } = version
  const marks = [
    undoes !== null && t('mark.undoes', { number: undoes }),
    restores !== null && t('mark.restores', { number: restores }),
    undoneBy !== null && t('mark.undoneBy', { number: undoneBy }),
  ].filter((mark) => mark !== false)
  return (
    <Group gap={6} component="div">
      <Text span size="xs" c="dimmed">
        {by?.name ?? t('bySystem')}
        {' · '}
        <time dateTime={at} title={formatDateTime(at, format)}>
          {formatRelative(at, format.locale)}
        </time>
      </Text>
      {marks.map((mark) => (
        <Badge key={mark} size="xs" variant="default" tt="none" fw={500}>
          {mark}
        </Badge>
      ))}
    </Group>
  )
}
