import { Anchor } from '@mantine/core'
import type { RightSource } from '@oneforge/client'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { paths } from '../paths.ts'

/** Who gives or takes a right: a role, to be looked at, or an exception made for this person. */
export function SourceName({ source, link = false }: { source: RightSource; link?: boolean }) {
  const { t } = useTranslation('access')
  if (source.kind === 'system') return t('source.system')
  if (source.kind === 'exception') return t('source.exception')
  if (source.kind === 'computed') return t('source.computed', { of: source.of })
  const name = source.locations
    ? t('source.roleAt', { role: source.label, count: source.locations.length })
    : t('source.role', { role: source.label })
  if (!link) return name
  return (
    <Anchor component={Link} to={paths.settings(`roles/${source.key}`)} inherit underline="always">
      {name}
    </Anchor>
  )
}
