import { Anchor, Button, Stack, Text, Title } from '@mantine/core'
import type { ApiError } from '@oneforge/client'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { client, errorText } from '../api/client.ts'
import { paths } from '../paths.ts'

/** As many as one would write to. */
const askedAtMost = 3

/** A page that the person has no right to: which right it takes, and whom to ask for it. */
export function NotAllowed({ refusal }: { refusal: ApiError }) {
  const { t } = useTranslation('app')
  return (
    <Stack maw={480} mx="auto" px="md" py={96} align="flex-start" role="alert">
      <Title order={1} size="h3">
        {t('notAllowed.title')}
      </Title>
      <Text c="dimmed">{errorText(refusal)}</Text>
      <WhomToAsk refusal={refusal} />
      <Button variant="default" component={Link} to={paths.home()}>
        {t('notFound.home')}
      </Button>
    </Stack>
  )
}

function WhomToAsk({ refusal }: { refusal: ApiError }) {
  const { t } = useTranslation('app')
  const lacking = refusal.reasons.find(({ message }) => message === 'PERMISSION_NEEDED')?.field
  const isRight = lacking !== undefined || refusal.reasons.some(({ message }) => message === 'ACTION_NOT_ALLOWED')
  const { data: people = [] } = useQuery({
    queryKey: ['access', 'administrators', lacking ?? ''],
    queryFn: () => client.access.administrators(lacking),
    enabled: isRight,
  })
  if (!people.length) return null
  return (
    <div>
      <Text size="sm">{t('notAllowed.ask')}</Text>
      <ul>
        {people.slice(0, askedAtMost).map(({ userId, name, email }) => (
          <li key={userId}>
            <Text size="sm" span>
              {name} · <Anchor href={`mailto:${email}`}>{email}</Anchor>
            </Text>
          </li>
        ))}
      </ul>
    </div>
  )
}
