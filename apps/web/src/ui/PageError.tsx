import { Button, Stack, Text, Title } from '@mantine/core'
import { ApiError } from '@oneforge/client'
import { useTranslation } from 'react-i18next'
import { useRouteError } from 'react-router'
import { errorText } from '../api/client.ts'
import { NotAllowed } from './NotAllowed.tsx'

/** A page that could not be shown says why, and how to go on. */
export function PageError({ error }: { error?: unknown }) {
  const { t } = useTranslation('app')
  const routeError = useRouteError()
  const thrown = error ?? routeError
  if (thrown instanceof ApiError && thrown.status === 403) return <NotAllowed refusal={thrown} />
  return (
    <Stack maw={480} mx="auto" px="md" py={96} align="flex-start" role="alert">
      <Title order={1} size="h3">
        {t('error.title')}
      </Title>
      <Text c="dimmed">{errorText(thrown)}</Text>
      <Button onClick={() => window.location.reload()}>{t('error.reload')}</Button>
    </Stack>
  )
}
