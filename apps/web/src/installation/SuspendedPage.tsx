import { Button, Stack, Text, Title } from '@mantine/core'
import type { ApiError } from '@oneforge/client'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { errorText } from '../api/client.ts'
import { useSignOut } from '../api/session.ts'
import { paths } from '../paths.ts'
import { OtherWorkspaces } from '../people/OtherWorkspaces.tsx'

/** Instead of a workspace that is suspended: why it is, and the ways on. */
export function SuspendedPage({ refusal }: { refusal: ApiError }) {
  const { t } = useTranslation('installation')
  const navigate = useNavigate()
  const signOut = useSignOut()
  return (
    <Stack maw={480} mx="auto" px="md" py={96} align="flex-start" role="alert">
      <Title order={1} size="h3">
        {t('suspended.title')}
      </Title>
      <Text c="dimmed">{errorText(refusal)}</Text>
      <OtherWorkspaces />
      <Button
        variant="default"
        loading={signOut.isPending}
        onClick={() => signOut.mutate(undefined, { onSettled: () => navigate(paths.signIn()) })}
      >
        {t('suspended.signOut')}
      </Button>
    </Stack>
  )
}
