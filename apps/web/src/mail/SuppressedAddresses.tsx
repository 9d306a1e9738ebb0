import { Button, Group, Skeleton, Stack, Text, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../api/client.ts'
import { RelativeTime } from '../record/RelativeTime.tsx'
import { EmptyPage } from '../ui/EmptyPage.tsx'
import { PageError } from '../ui/PageError.tsx'
import { showError, showToast } from '../ui/toast.tsx'
import classes from './mail.module.css'
import { useSuppressed, useSuppressionChange } from './mailQueries.ts'

/** Who is written to no more, and why. */
export function SuppressedAddresses() {
  const { t } = useTranslation('mail')
  const [text, setText] = useState('')
  const [search] = useDebouncedValue(text, 200)
  const { data, error } = useSuppressed(search)
  const lift = useSuppressionChange(client.mail.lift)
  const add = useSuppressionChange(client.mail.suppress)
  if (error) return <PageError error={error} />
  const isAddress = /^[^@\s]+@[^@\s]+$/.test(text) && data?.length === 0
  return (
    <Stack gap="md" maw={860}>
      <Text size="sm" c="dimmed">
        {t('addresses.explanation')}
      </Text>
      <Group gap="xs">
        <TextInput
          aria-label={t('addresses.search')}
          placeholder={t('addresses.search')}
          w={300}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        {isAddress && (
          <Button variant="default" loading={add.isPending} onClick={() => void add.mutateAsync(text).catch(showError)}>
            {t('addresses.add')}
          </Button>
        )}
      </Group>
      {!data && <Skeleton height={120} />}
      {data?.length === 0 && search === '' && (
        <EmptyPage icon="mail-off" title={t('addresses.none')} text={t('addresses.noneText')} />
      )}
      <ul className={classes.list}>
        {data?.map(({ address, scope, reason, detail, createdAt }) => (
          <li key={`${address} ${scope}`} className={classes.line}>
            <div className={classes.naming}>
              <Text size="sm" fw={500} truncate>
                {address}
              </Text>
              <Text size="xs" c="dimmed" lineClamp={2}>
                {t(`addresses.reason.${reason}`)} {detail}
              </Text>
            </div>
            <Text size="xs" c="dimmed" flex="none">
              {t(`addresses.scope.${scope}`)} · <RelativeTime at={createdAt} />
            </Text>
            <Button
              size="compact-sm"
              variant="subtle"
              aria-label={t('addresses.liftOf', { address })}
              onClick={() =>
                // Not as options of mutate: those of an address lifted right afterwards would take their place.
                void lift
                  .mutateAsync({ address, scope })
                  .then(() => showToast({ message: t('addresses.lifted', { address }) }), showError)
              }
            >
              {t('addresses.lift')}
            </Button>
          </li>
        ))}
      </ul>
    </Stack>
  )
}
