import {
  Alert,
  Button,
  Group,
  NumberInput,
  PasswordInput,
  SimpleGrid,
  Skeleton,
  Stack,
  Text,
  TextInput,
} from '@mantine/core'
import { useForm } from '@mantine/form'
import { ApiError, type MailServer } from '@oneforge/client'
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { client } from '../api/client.ts'
import { RelativeTime } from '../record/RelativeTime.tsx'
import { PageError } from '../ui/PageError.tsx'
import { Select } from '../ui/Select.tsx'
import { showError, showToast } from '../ui/toast.tsx'
import { BouncesHint } from './BouncesHint.tsx'
import { useMailServer, useServerChange } from './mailQueries.ts'

/** The workspace's own mail server; without one, messages go out by the installation's. */
export function ServerForm() {
  const { data, error } = useMailServer()
  if (error) return <PageError error={error} />
  if (data === undefined) return <Skeleton height={240} maw={680} />
  return <LoadedForm key={data?.host ?? ''} server={data} />
}

const usual = {
  host: '',
  port: 587,
  security: 'starttls' as MailServer['security'],
  username: '',
  password: '',
  fromName: '',
  fromAddress: '',
  perMinute: 60,
  perDay: 2_000,
}
const portOf = { tls: 465, starttls: 587, none: 25 } as const

function LoadedForm({ server }: { server: MailServer | null }) {
  const { t } = useTranslation('mail')
  const form = useForm({
    initialValues: server ? { ...usual, ...server, username: server.username ?? '', password: '' } : usual,
  })
  const save = useServerChange(client.mail.setServer)
  const remove = useServerChange(client.mail.removeServer)
  const submit = form.onSubmit(({ host, port, security, fromName, fromAddress, perMinute, perDay, ...secret }) => {
    const username = secret.username.trim() || null
    const password = secret.password || undefined
    const input = {
      host,
      port,
      security,
      username,
      fromName,
      fromAddress,
      perMinute,
      perDay,
      ...(password && { password }),
    }
    // Not as options of mutate: this form is made anew with another host, and they would be forgotten with it.
    void save.mutateAsync(input).then(
      () => {
        form.setFieldValue('password', '')
        form.resetDirty()
        showToast({ message: t('server.saved') })
      },
      (error) => {
        if (error instanceof ApiError && error.details.length > 0) form.setErrors(error.byField())
        else showError(error)
      },
    )
  })
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md" maw={680}>
        <Text size="sm" c="dimmed">
          {t('server.explanation')}
        </Text>
        {server && <Standing server={server} />}
        {server && <BouncesHint sender={server.fromAddress} />}
        <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
          <TextInput label={t('server.host')} placeholder="smtp.example.com" required {...form.getInputProps('host')} />
          <Select
            size="sm"
            label={t('server.security')}
            allowDeselect={false}
            data={(['starttls', 'tls', 'none'] as const).map((value) => ({ value, label: t(`server.of.${value}`) }))}
            {...form.getInputProps('security')}
            onChange={(next) => form.setValues({ security: next as 'tls', port: portOf[next as 'tls'] })}
          />
          <NumberInput label={t('server.port')} min={1} max={65_535} required {...form.getInputProps('port')} />
          <span />
          <TextInput label={t('server.username')} autoComplete="off" {...form.getInputProps('username')} />
          <PasswordInput
            label={t('server.password')}
            autoComplete="new-password"
            placeholder={server?.hasPassword ? t('server.passwordKept') : undefined}
            {...form.getInputProps('password')}
          />
          <TextInput label={t('server.fromName')} required {...form.getInputProps('fromName')} />
          <TextInput label={t('server.fromAddress')} type="email" required {...form.getInputProps('fromAddress')} />
          <NumberInput label={t('server.perMinute')} min={1} max={10_000} {...form.getInputProps('perMinute')} />
          <NumberInput label={t('server.perDay')} min={1} max={1_000_000} {...form.getInputProps('perDay')} />
        </SimpleGrid>
        <Group gap="xs">
          <Button type="submit" loading={save.isPending} disabled={!form.isDirty()}>
            {t('save')}
          </Button>
          {server && (
            <Button
              variant="subtle"
              loading={remove.isPending}
              onClick={() => void remove.mutateAsync(undefined).catch(showError)}
            >
              {t('server.remove')}
            </Button>
          )}
        </Group>
      </Stack>
    </form>
  )
}

/** Whether it can be reached, said only after it was tried. */
function Standing({ server }: { server: MailServer }) {
  const { t } = useTranslation('mail')
  const check = useServerChange(client.mail.checkServer)
  const button = (
    <Button size="xs" variant="default" loading={check.isPending} onClick={() => check.mutate(undefined)}>
      {t('server.check')}
    </Button>
  )
  if (check.error) {
    return (
      <Alert color="red" icon={<IconAlertTriangle size={16} />} title={t('server.failed')}>
        <Stack gap="xs" align="flex-start">
          {check.error.message}
          {button}
        </Stack>
      </Alert>
    )
  }
  return (
    <Alert color={server.checkedAt ? 'green' : 'yellow'} icon={server.checkedAt ? <IconCheck size={16} /> : undefined}>
      <Group justify="space-between" gap="xs">
        <span>
          {server.checkedAt ? t('server.checked') : t('server.unchecked')}{' '}
          {server.checkedAt && <RelativeTime at={server.checkedAt} />}
        </span>
        {button}
      </Group>
    </Alert>
  )
}
