import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { paths } from '../paths.ts'
import { EmptyPage } from '../ui/EmptyPage.tsx'

export default function NotFoundPage() {
  const { t } = useTranslation('app')
  return (
    <EmptyPage icon="map-pin" title={t('notFound.title')} text={t('notFound.text')}>
      <Button component={Link} to={paths.home()}>
        {t('notFound.home')}
      </Button>
    </EmptyPage>
  )
}
