import { Alert, Anchor } from '@mantine/core'
import type { ImportResult, ObjectMeta } from '@oneforge/client'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { paths } from '../paths.ts'

interface AlikeProps {
  object: ObjectMeta
  result: Partial<ImportResult>
}

/** How many new records may be the same as others, and where they are compared; of a trial only how many they would be. */
export function Alike({ object, result }: AlikeProps) {
  const { t } = useTranslation('imports')
  const count = result.alike ?? 0
  if (count === 0) return null
  return (
    <Alert color="yellow" mt="sm">
      {t(result.dryRun ? 'alike.trial' : 'alike.done', { count })}{' '}
      {!result.dryRun && (
        <Anchor component={Link} inherit c="inherit" underline="always" to={paths.duplicates(object.slug)}>
          {t('alike.open')}
        </Anchor>
      )}
    </Alert>
  )
}
