import { Alert, Button, Checkbox, NumberInput, Skeleton, Stack, Switch, Text } from '@mantine/core'
import type { SecuritySettings } from '@oneforge/client'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { errorText } from '../api/client.ts'
import { useRoleChoices } from '../people/useRoleLabels.ts'
import { PageError } from '../ui/PageError.tsx'
import { showToast } from '../ui/toast.tsx'
import { CalendarNames } from './CalendarNames.tsx'
import { DomainSettings } from './DomainSettings.tsx'
import classes from './security.module.css'
import { useSecuritySettings, useUpdateSecuritySettings } from './settings.ts'

const usualIdleMinutes = 30

/** The workspace's rules of signing in. */
export function SecuritySettingsPage() {
  const { t } = useTranslation('security')
  const { data: settings, error } = useSecuritySettings()
  if (error) return <PageError error={error} />
  return (
    <Stack gap="md" maw={560}>
      <title>{`${t('rules.title')} · OneForge`}</title>
      <div>
        <h2 className={classes.pageHeading}>{t('rules.title')}</h2>
        <Text size="sm" c="dimmed">
          {t('rules.explanation')}
        </Text>
      </div>
      {settings ? <RulesForm key={JSON.stringify(settings)} saved={settings} /> : <Skeleton height={200} />}
      <CalendarNames />
      <DomainSettings />
    </Stack>
  )
}

function RulesForm({ saved }: { saved: SecuritySettings }) {
  const { t } = useTranslation('security')
  const choices = useRoleChoices()
  const update = useUpdateSecuritySettings()
  const [values, setValues] = useState(saved)
  const set = (part: Partial<SecuritySettings>) => setValues({ ...values, ...part })
  const isChanged = JSON.stringify(values) !== JSON.stringify(saved)
  const logsOff = values.idleMinutes !== null
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        // Not as options of mutate: this form is made anew with what was saved, and they would be forgotten with it.
        void update.mutateAsync(values).then(
          () => showToast({ message: t('rules.saved') }),
          // Shown in the form.
          () => undefined,
        )
      }}
    >
      <Stack gap="lg">
        <Checkbox.Group
          label={t('rules.secondFactor')}
          description={t('rules.secondFactorHelp')}
          value={values.requireSecondFactor}
          onChange={(requireSecondFactor) => set({ requireSecondFactor })}
        >
          <Stack gap={8} mt="xs">
            {choices.map(({ key, label }) => (
              <Checkbox key={key} value={key} label={label} />
            ))}
          </Stack>
        </Checkbox.Group>
        <Switch
          label={t('rules.idle')}
          description={t('rules.idleHelp')}
          checked={logsOff}
          onChange={(event) => set({ idleMinutes: event.currentTarget.checked ? usualIdleMinutes : null })}
        />
        {logsOff && (
          <NumberInput
            label={t('rules.minutes')}
            min={5}
            max={1440}
            maw={160}
            allowDecimal={false}
            clampBehavior="blur"
            value={values.idleMinutes ?? ''}
            onChange={(minutes) => set({ idleMinutes: Number(minutes) || usualIdleMinutes })}
          />
        )}
        {update.error && (
          <Alert color="red" variant="light" role="alert">
            {errorText(update.error)}
          </Alert>
        )}
        <Button type="submit" size="sm" className={classes.start} disabled={!isChanged} loading={update.isPending}>
          {t('save')}
        </Button>
      </Stack>
    </form>
  )
}
