import { Alert, Button, CopyButton, Group, Skeleton, Stack, Text, TextInput } from '@mantine/core'
import { openConfirmModal } from '@mantine/modals'
import { ApiError, type WorkspaceDomain } from '@oneforge/client'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client, errorText } from '../api/client.ts'
import { OptionBadge } from '../fields/OptionBadge.tsx'
import { RelativeTime } from '../record/RelativeTime.tsx'
import { IconButton } from '../ui/IconButton.tsx'
import { showError, showToast } from '../ui/toast.tsx'
import classes from './security.module.css'
import { useDomain, useDomainChange } from './settings.ts'

/** The workspace under a name of its own, and the steps that prove whose it is. */
export function DomainSettings() {
  const { t } = useTranslation('security')
  const { data: own, error } = useDomain()
  return (
    <section className={classes.domain} aria-labelledby="own-domain">
      <h3 id="own-domain" className={classes.heading}>
        {t('domain.title')}
      </h3>
      <Text size="sm" c="dimmed" mb="md">
        {t('domain.explanation')}
      </Text>
      {error && (
        <Alert color="red" variant="light" role="alert">
          {errorText(error)}
        </Alert>
      )}
      {!own && !error && <Skeleton height={60} />}
      {own && (own.domain ? <OwnDomain own={own} domain={own.domain} /> : <DomainForm />)}
    </section>
  )
}

function DomainForm() {
  const { t } = useTranslation('security')
  const [domain, setDomain] = useState('')
  const change = useDomainChange()
  const refusal = change.error instanceof ApiError ? (change.error.byField().domain ?? errorText(change.error)) : null
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (domain.trim()) change.mutate(() => client.security.setDomain(domain.trim()))
      }}
    >
      <Group align="flex-start" gap="xs">
        <TextInput
          aria-label={t('domain.name')}
          placeholder={t('domain.placeholder')}
          error={refusal}
          w={280}
          value={domain}
          onChange={(event) => setDomain(event.currentTarget.value)}
        />
        <Button size="sm" type="submit" variant="default" disabled={!domain.trim()} loading={change.isPending}>
          {t('domain.set')}
        </Button>
      </Group>
    </form>
  )
}

function OwnDomain({ own, domain }: { own: WorkspaceDomain; domain: string }) {
  const { t } = useTranslation('security')
  const remove = useDomainChange()
  const isVerified = own.status === 'verified'
  const askToRemove = () =>
    openConfirmModal({
      title: t('domain.removeTitle', { domain }),
      children: <Text size="sm">{t('domain.removeText')}</Text>,
      labels: { confirm: t('domain.remove'), cancel: t('cancel') },
      confirmProps: { color: 'red' },
      onConfirm: () =>
        // Not as options of mutate: all of this makes room for another form before the answer.
        void remove
          .mutateAsync(client.security.removeDomain)
          .then(() => showToast({ message: t('domain.removed', { domain }) }), showError),
    })
  return (
    <Stack gap="md">
      <Group gap="sm">
        <Text fw={500}>{domain}</Text>
        <OptionBadge
          color={isVerified ? 'green' : 'orange'}
          label={t(isVerified ? 'domain.state.verified' : 'domain.state.pending')}
        />
        {own.verifiedAt && <RelativeTime at={own.verifiedAt} />}
        <Button variant="default" loading={remove.isPending} onClick={askToRemove}>
          {t('domain.remove')}
        </Button>
      </Group>
      {!isVerified && own.record && <Steps domain={domain} record={own.record} />}
      {isVerified && own.next && <NextDomain current={domain} next={own.next} />}
      {isVerified && !own.next && (
        <div>
          <Text size="sm" c="dimmed" mb={8}>
            {t('domain.another')}
          </Text>
          <DomainForm />
        </div>
      )}
    </Stack>
  )
}

/** What is to take the place of the verified domain, and the steps there. */
function NextDomain({ current, next }: { current: string; next: NonNullable<WorkspaceDomain['next']> }) {
  const { t } = useTranslation('security')
  const keep = useDomainChange()
  return (
    <>
      <Group gap="sm">
        <Text fw={500}>{next.domain}</Text>
        <OptionBadge color="orange" label={t('domain.state.pending')} />
        <Button
          variant="default"
          loading={keep.isPending}
          onClick={() => void keep.mutateAsync(() => client.security.setDomain(current)).catch(showError)}
        >
          {t('domain.keep', { domain: current })}
        </Button>
      </Group>
      <Steps domain={next.domain} record={next.record} />
    </>
  )
}

const hints = ['DOMAIN_RECORD_MISSING', 'DOMAIN_UNREACHABLE', 'DOMAIN_TAKEN'] as const

function Steps({ domain, record }: { domain: string; record: NonNullable<WorkspaceDomain['record']> }) {
  const { t } = useTranslation('security')
  const verify = useDomainChange()
  const told = verify.error instanceof ApiError ? verify.error.reasons[0]?.message : undefined
  const hint = hints.find((known) => known === told)
  return (
    <>
      <Text size="sm">{t('domain.step1')}</Text>
      <dl className={classes.record}>
        {(['type', 'name', 'value'] as const).map((part) => (
          <div key={part}>
            <dt>{t(`domain.record.${part}`)}</dt>
            <dd>
              <span className={classes.key}>{record[part]}</span>
              {part !== 'type' && <Copy what={t(`domain.record.${part}`)} value={record[part]} />}
            </dd>
          </div>
        ))}
      </dl>
      <Text size="sm">{t('domain.step2')}</Text>
      <Text size="sm">{t('domain.step3')}</Text>
      {verify.error && (
        <Alert color="yellow" variant="light" role="alert">
          {hint ? t(`domain.hint.${hint}`) : errorText(verify.error)}
        </Alert>
      )}
      <Button
        size="sm"
        className={classes.start}
        loading={verify.isPending}
        onClick={() =>
          void verify.mutateAsync(client.security.verifyDomain).then(
            () => showToast({ message: t('domain.verified', { domain }) }),
            // Shown above.
            () => undefined,
          )
        }
      >
        {t('domain.verify')}
      </Button>
    </>
  )
}

function Copy({ what, value }: { what: string; value: string }) {
  const { t } = useTranslation('security')
  return (
    <CopyButton value={value}>
      {({ copied, copy }) => (
        <IconButton label={copied ? t('domain.copied') : t('domain.copy', { what })} size={26} onClick={copy}>
          {copied ? <IconCheck size={15} /> : <IconCopy size={15} />}
        </IconButton>
      )}
    </CopyButton>
  )
}
