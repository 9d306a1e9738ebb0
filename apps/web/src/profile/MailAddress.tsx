import { Button, CopyButton, Group, Text, TextInput } from '@mantine/core'
import { openConfirmModal } from '@mantine/modals'
import type { MailAddress as Address } from '@oneforge/client'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { client } from '../api/client.ts'
import { IconButton } from '../ui/IconButton.tsx'
import { showError, showToast } from '../ui/toast.tsx'
import classes from './ProfilePage.module.css'

const key = ['mail address']

/** Where the person forwards mail that is to be kept with records; nothing where no mail arrives. */
export function MailAddress() {
  const { t } = useTranslation('profile')
  const { data } = useQuery({ queryKey: key, queryFn: client.account.mailAddress })
  const renew = useAddressChange(client.account.renewMailAddress)
  if (!data?.receives) return null
  return (
    <section className={classes.section} aria-labelledby="mail-address">
      <h2 id="mail-address" className={classes.heading}>
        {t('mail.title')}
      </h2>
      <Text size="sm" c="dimmed">
        {t('mail.explanation')}
      </Text>
      {data.address ? (
        <OwnAddress address={data.address} onRenew={() => renew.mutate(t('mail.renewed'))} isBusy={renew.isPending} />
      ) : (
        <Group justify="space-between">
          <Text size="sm">{t('mail.none')}</Text>
          <Button variant="default" loading={renew.isPending} onClick={() => renew.mutate(t('mail.made'))}>
            {t('mail.make')}
          </Button>
        </Group>
      )}
    </section>
  )
}

function OwnAddress({ address, onRenew, isBusy }: { address: string; onRenew: () => void; isBusy: boolean }) {
  const { t } = useTranslation('profile')
  const remove = useAddressChange(async () => {
    await client.account.removeMailAddress()
    return { address: null, receives: true }
  })
  const askToRenew = () =>
    openConfirmModal({
      title: t('mail.renewTitle'),
      children: <Text size="sm">{t('mail.renewText')}</Text>,
      labels: { confirm: t('mail.renew'), cancel: t('mail.cancel') },
      onConfirm: onRenew,
    })
  return (
    <>
      <TextInput
        aria-labelledby="mail-address"
        value={address}
        readOnly
        rightSection={
          <CopyButton value={address}>
            {({ copied, copy }) => (
              <IconButton label={copied ? t('mail.copied') : t('mail.copy')} variant="subtle" size={28} onClick={copy}>
                {copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
              </IconButton>
            )}
          </CopyButton>
        }
      />
      <Group gap="xs">
        <Button variant="default" loading={isBusy} onClick={askToRenew}>
          {t('mail.renew')}
        </Button>
        <Button variant="subtle" loading={remove.isPending} onClick={() => remove.mutate(t('mail.removed'))}>
          {t('mail.remove')}
        </Button>
      </Group>
    </>
  )
}

/** A change of the address; its variable is what is said once it is made. */
function useAddressChange(change: () => Promise<Address>) {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (_said: string) => change(),
    onSuccess: (address, message) => {
      cache.setQueryData(key, address)
      showToast({ message })
    },
    onError: showError,
  })
}
