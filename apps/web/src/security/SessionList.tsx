import { Button, Group, Skeleton, Text } from '@mantine/core'
import type { OwnSession } from '@oneforge/client'
import { IconDeviceDesktop, IconDeviceMobile, IconDeviceTablet, IconTerminal2 } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { OptionBadge } from '../fields/OptionBadge.tsx'
import { RelativeTime } from '../record/RelativeTime.tsx'
import { showError, showToast } from '../ui/toast.tsx'
import { useEndOtherSessions, useEndSession, useSessions } from './account.ts'
import classes from './security.module.css'

const icons = {
  desktop: IconDeviceDesktop,
  mobile: IconDeviceMobile,
  tablet: IconDeviceTablet,
  program: IconTerminal2,
}

/** Where one is signed in; each can be ended, and all others at once. */
export function SessionList() {
  const { t } = useTranslation('security')
  const { data: sessions } = useSessions()
  const endOthers = useEndOtherSessions()
  return (
    <section className={classes.section}>
      <Group justify="space-between" className={classes.sectionHeading}>
        <h2 className={classes.heading}>{t('sessions.title')}</h2>
        {sessions && sessions.length > 1 && (
          <Button
            variant="default"
            loading={endOthers.isPending}
            onClick={() =>
              endOthers.mutate(undefined, {
                onSuccess: ({ ended }) => showToast({ message: t('sessions.othersEnded', { count: ended }) }),
                onError: showError,
              })
            }
          >
            {t('sessions.endOthers')}
          </Button>
        )}
      </Group>
      <Text size="sm" c="dimmed">
        {t('sessions.text')}
      </Text>
      {!sessions && <Skeleton height={80} />}
      <ul className={classes.list}>
        {sessions?.map((session) => (
          <SessionLine key={session.id} session={session} />
        ))}
      </ul>
    </section>
  )
}

function SessionLine({ session }: { session: OwnSession }) {
  const { t } = useTranslation('security')
  const end = useEndSession()
  const { device, workspace, ip, lastUsedAt, current } = session
  const DeviceIcon = icons[device.kind] ?? IconDeviceDesktop
  const name =
    device.kind === 'program'
      ? t('sessions.program')
      : [device.browser ?? t('sessions.browser'), device.system].filter(Boolean).join(' · ')
  return (
    <li className={classes.session}>
      <DeviceIcon size={20} stroke={1.5} aria-hidden />
      <div className={classes.grow}>
        <Text size="sm" fw={500}>
          {name}
        </Text>
        <Text size="xs" c="dimmed">
          {workspace.name} · {ip ?? t('sessions.noAddress')} · {t('sessions.used')} <RelativeTime at={lastUsedAt} />
        </Text>
      </div>
      {current ? (
        <OptionBadge label={t('sessions.current')} color="green" />
      ) : (
        <Button
          variant="default"
          loading={end.isPending}
          aria-label={t('sessions.endNamed', { name })}
          onClick={() => void end.mutateAsync(session.id).catch(showError)}
        >
          {t('sessions.end')}
        </Button>
      )}
    </li>
  )
}
