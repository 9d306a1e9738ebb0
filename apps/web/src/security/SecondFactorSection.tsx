import { Button, Group, Skeleton, Text } from '@mantine/core'
import { openConfirmModal } from '@mantine/modals'
import { IconShieldCheck } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { OptionBadge } from '../fields/OptionBadge.tsx'
import { RelativeTime } from '../record/RelativeTime.tsx'
import { Modal } from '../ui/Modal.tsx'
import { onDemand } from '../ui/onDemand.tsx'
import { showError, showToast } from '../ui/toast.tsx'
import { useRemoveSecondFactor, useRenewBackupCodes, useSecondFactor } from './account.ts'
import { BackupCodes } from './BackupCodes.tsx'
import classes from './security.module.css'

const SecondFactorSetup = onDemand(async () => (await import('./SecondFactorSetup.tsx')).SecondFactorSetup)

/** The code that signing in asks for beside the password: off, or on with its backup codes. */
export function SecondFactorSection() {
  const { t } = useTranslation('security')
  const { data: factor } = useSecondFactor()
  const [settingUp, setSettingUp] = useState(false)
  return (
    <section className={classes.section}>
      <Group justify="space-between" className={classes.sectionHeading}>
        <h2 className={classes.heading}>{t('factor.title')}</h2>
        {factor && (
          <OptionBadge
            label={t(factor.enrolled ? 'factor.on' : 'factor.off')}
            color={factor.enrolled ? 'green' : 'gray'}
          />
        )}
      </Group>
      <Text size="sm" c="dimmed">
        {t('factor.text')}
      </Text>
      {!factor && <Skeleton height={36} />}
      {factor?.enrolled === false && (
        <Button
          size="sm"
          className={classes.start}
          leftSection={<IconShieldCheck size={16} />}
          onClick={() => setSettingUp(true)}
        >
          {t('factor.setUp')}
        </Button>
      )}
      {factor?.enrolled && <Enrolled factor={factor} />}
      <Modal
        opened={settingUp}
        onClose={() => setSettingUp(false)}
        title={t('factor.setUp')}
        closeOnClickOutside={false}
        closeButtonProps={{ 'aria-label': t('close') }}
      >
        <SecondFactorSetup
          onDone={() => {
            setSettingUp(false)
            showToast({ message: t('factor.isOn') })
          }}
        />
      </Modal>
    </section>
  )
}

type Factor = NonNullable<ReturnType<typeof useSecondFactor>['data']>

function Enrolled({ factor }: { factor: Factor }) {
  const { t } = useTranslation('security')
  const remove = useRemoveSecondFactor()
  const renew = useRenewBackupCodes()
  const askToRemove = () =>
    openConfirmModal({
      title: t('factor.removeTitle'),
      children: <Text size="sm">{t('factor.removeText')}</Text>,
      labels: { confirm: t('factor.remove'), cancel: t('cancel') },
      confirmProps: { color: 'red' },
      onConfirm: () => void remove.mutateAsync(undefined).catch(showError),
    })
  return (
    <>
      <Text size="sm">
        {t('factor.codesLeft', { count: factor.backupCodesLeft })}{' '}
        {factor.enrolledAt && (
          <Text span size="sm" c="dimmed">
            {t('factor.since')} <RelativeTime at={factor.enrolledAt} />
          </Text>
        )}
      </Text>
      <Group gap="xs">
        <Button
          variant="default"
          loading={renew.isPending}
          onClick={() => renew.mutate(undefined, { onError: showError })}
        >
          {t('factor.newCodes')}
        </Button>
        {factor.required ? (
          <Text size="xs" c="dimmed">
            {t('factor.required')}
          </Text>
        ) : (
          <Button variant="default" c="var(--mantine-color-error)" loading={remove.isPending} onClick={askToRemove}>
            {t('factor.remove')}
          </Button>
        )}
      </Group>
      <Modal
        opened={renew.data !== undefined}
        onClose={renew.reset}
        title={t('backup.title')}
        closeOnClickOutside={false}
        closeButtonProps={{ 'aria-label': t('close') }}
      >
        {renew.data && <BackupCodes codes={renew.data.backupCodes} onDone={renew.reset} />}
      </Modal>
    </>
  )
}
