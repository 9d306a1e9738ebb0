import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { errorText } from '../api/client.ts'
import { EmptyPage } from '../ui/EmptyPage.tsx'
import type { ListControls } from './useListState.ts'

/** The server would not give this list: a filter that names a field which is gone, say. */
export function ListRefused({ error, list }: { error: Error; list: ListControls }) {
  const { t } = useTranslation('list')
  return (
    <EmptyPage icon="lock" title={t('refused')} text={errorText(error)}>
      {list.filter && (
        <Button variant="default" onClick={() => list.setFilter(null)}>
          {t('filter.clear')}
        </Button>
      )}
      <Button variant="default" onClick={() => window.location.reload()}>
        {t('reload')}
      </Button>
    </EmptyPage>
  )
}
