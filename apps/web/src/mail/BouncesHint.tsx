import { Anchor, Button, Code, CopyButton, Group, Text } from '@mantine/core'
import { IconCopy } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { client } from '../api/client.ts'
import { paths } from '../paths.ts'

/** What comes back from a workspace's own server reaches its sender, and has to be passed on to be told of here. */
export function BouncesHint({ sender }: { sender: string }) {
  const { t } = useTranslation('mail')
  const { data } = useQuery({ queryKey: ['mail address'], queryFn: client.account.mailAddress })
  if (!data) return null
  const { address, receives } = data
  return (
    <section aria-labelledby="bounces">
      <Text id="bounces" size="sm" fw={500} mb={4}>
        {t('server.bounces')}
      </Text>
      <Text size="sm" c="dimmed" mb={6}>
        {t(receives ? 'server.bouncesHelp' : 'server.bouncesUnheard', { sender })}
      </Text>
      {receives && address && (
        <Group gap="xs">
          <Code>{address}</Code>
          <CopyButton value={address}>
            {({ copied, copy }) => (
              <Button variant="subtle" leftSection={<IconCopy size={14} aria-hidden />} onClick={copy}>
                {t(copied ? 'server.copied' : 'server.copyAddress')}
              </Button>
            )}
          </CopyButton>
        </Group>
      )}
      {receives && !address && (
        <Anchor component={Link} to={paths.profile()} size="sm">
          {t('server.makeAddress')}
        </Anchor>
      )}
    </section>
  )
}
