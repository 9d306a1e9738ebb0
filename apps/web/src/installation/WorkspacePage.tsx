import { Alert, Anchor, Button, Group, SimpleGrid, Skeleton, Stack, Text } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import type { InstallationWorkspaceDetail } from '@oneforge/client'
import { IconArrowLeft } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { useFormatContext } from '../fields/FormatProvider.tsx'
import { formatDate, formatNumber } from '../fields/format.ts'
import { paths } from '../paths.ts'
import { RelativeTime } from '../record/RelativeTime.tsx'
import settings from '../settings/settings.module.css'
import { PageError } from '../ui/PageError.tsx'
import { showError, showToast } from '../ui/toast.tsx'
import { formatBytes } from '../usage/amounts.ts'
import { Meter } from '../usage/Meter.tsx'
import classes from './installation.module.css'
import { useInstallationWorkspace, usePlans, useResume } from './installation.ts'
import { PlanForm } from './PlanForm.tsx'
import { SuspendDialog } from './SuspendDialog.tsx'

/** One workspace: how much it keeps of what its plan allows, whom to talk to, and whether it is in use. */
export function WorkspacePage() {
  const { t } = useTranslation('installation')
  const { workspace: id = '' } = useParams()
  const { data: workspace, error } = useInstallationWorkspace(id)
  if (error) return <PageError error={error} />
  return (
    <Stack gap="xl" maw={760}>
      <Anchor component={Link} to={paths.settings('installation/workspaces')} size="sm" className={settings.back}>
        <IconArrowLeft size={14} aria-hidden />
        {t('one.back')}
      </Anchor>
      {workspace ? <Parts workspace={workspace} /> : <Skeleton height={480} />}
    </Stack>
  )
}

interface PartProps {
  workspace: InstallationWorkspaceDetail
}

function Parts({ workspace }: PartProps) {
  return (
    <>
      <Head workspace={workspace} />
      <Sizes workspace={workspace} />
      <PlanForm key={`${workspace.plan} ${workspace.trialEndsAt}`} workspace={workspace} />
      <Owners workspace={workspace} />
      <Objects workspace={workspace} />
    </>
  )
}

function Head({ workspace }: PartProps) {
  const { t } = useTranslation('installation')
  const { locale } = useFormatContext()
  const resume = useResume(workspace)
  const [suspending, { open, close }] = useDisclosure()
  const { name, slug, domain, createdAt, lastSeenAt, template, suspended } = workspace
  return (
    <Stack gap="sm">
      <Group justify="space-between" align="flex-start" wrap="nowrap">
        <div>
          <h3 className={classes.title}>{name}</h3>
          <Text size="sm" c="dimmed">
            {[
              domain ?? slug,
              template ? t('one.template', template) : t('one.noTemplate'),
              t('one.since', { date: formatDate(createdAt, locale) }),
            ].join(' · ')}
          </Text>
          <Text size="sm" c="dimmed">
            {t('list.lastSeenAt')}: {lastSeenAt ? <RelativeTime at={lastSeenAt} /> : t('list.never')}
          </Text>
        </div>
        {!suspended && (
          <Button variant="default" color="red" flex="none" onClick={open}>
            {t('suspend.open')}
          </Button>
        )}
      </Group>
      {suspended && (
        <Alert color="red" variant="light" title={t('suspended.since', { date: formatDate(suspended.at, locale) })}>
          <Stack gap="sm" align="flex-start">
            <Text size="sm">{suspended.reason}</Text>
            <Button
              variant="default"
              loading={resume.isPending}
              onClick={() =>
                resume.mutate(undefined, {
                  onSuccess: () => showToast({ message: t('suspended.resumed', { name }) }),
                  onError: showError,
                })
              }
            >
              {t('suspended.resume')}
            </Button>
          </Stack>
        </Alert>
      )}
      {suspending && <SuspendDialog workspace={workspace} onClose={close} />}
    </Stack>
  )
}

function Sizes({ workspace }: PartProps) {
  const { t } = useTranslation(['installation', 'usage'])
  const { locale } = useFormatContext()
  const { data: plans } = usePlans()
  const number = (amount: number) => formatNumber(amount, locale)
  const hasTrialEnded = workspace.trialEndsAt !== null && Date.parse(workspace.trialEndsAt) <= Date.now()
  const plan = plans?.find(({ name }) => name === (hasTrialEnded ? 'starter' : workspace.plan))
  const { members, invited, records, storageBytes, services, apiKeys, requestsInMonth } = workspace
  return (
    <div>
      <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="md">
        <Meter
          label={t('usage:meter.members')}
          used={members + invited}
          limit={plan?.members ?? null}
          format={number}
          note={t('usage:meter.people', { active: members, invited })}
        />
        <Meter label={t('usage:meter.records')} used={records} limit={plan?.records ?? null} format={number} />
        <Meter
          label={t('usage:meter.storage')}
          used={storageBytes}
          limit={plan?.storageBytes ?? null}
          format={(bytes) => formatBytes(bytes, locale)}
        />
      </SimpleGrid>
      <Text size="sm" c="dimmed" mt="sm">
        {[
          t('one.requests', { count: requestsInMonth }),
          t('one.keys', { count: apiKeys }),
          t('one.services', { count: services }),
        ].join(' · ')}
      </Text>
    </div>
  )
}

function Owners({ workspace: { owners } }: PartProps) {
  const { t } = useTranslation('installation')
  return (
    <section aria-label={t('one.owners')}>
      <h3 className={classes.subheading}>{t('one.owners')}</h3>
      <ul className={classes.plain}>
        {owners.map(({ name, email }) => (
          <li key={email}>
            <Text size="sm">
              {name} · <Anchor href={`mailto:${email}`}>{email}</Anchor>
            </Text>
          </li>
        ))}
      </ul>
    </section>
  )
}

function Objects({ workspace: { objects } }: PartProps) {
  const { t } = useTranslation('installation')
  const { locale } = useFormatContext()
  const filled = objects.filter(({ records }) => records > 0)
  return (
    <section aria-label={t('one.objects')}>
      <h3 className={classes.subheading}>{t('one.objects')}</h3>
      <Text size="sm" c="dimmed">
        {t('one.objectCount', { count: objects.length })}
      </Text>
      <dl className={classes.counts}>
        {filled.map(({ slug, records }) => (
          <div key={slug}>
            <dt>{slug}</dt>
            <dd>{formatNumber(records, locale)}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
