import { Button, Group, Select } from '@mantine/core'
import { DateInput } from '@mantine/dates'
import type { InstallationWorkspace } from '@oneforge/client'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { showError, showToast } from '../ui/toast.tsx'
import classes from './installation.module.css'
import { usePlans, useSetPlan } from './installation.ts'

/** Gives the workspace another plan, for good or until the end of a trial. */
export function PlanForm({
  workspace,
}: {
  workspace: Pick<InstallationWorkspace, 'id' | 'name' | 'plan' | 'trialEndsAt'>
}) {
  const { t } = useTranslation(['installation', 'usage'])
  const { data: plans = [] } = usePlans()
  const setPlan = useSetPlan(workspace)
  const [plan, choosePlan] = useState(workspace.plan)
  const [endsOn, setEndsOn] = useState(workspace.trialEndsAt ? dayOf(workspace.trialEndsAt) : null)
  const isChanged = plan !== workspace.plan || endsOn !== (workspace.trialEndsAt ? dayOf(workspace.trialEndsAt) : null)
  // Not as options of mutate: this form is made anew with what was saved, and they would be forgotten with it.
  const save = () =>
    setPlan
      .mutateAsync({ plan, trialEndsAt: endsOn && endOf(endsOn) })
      .then(() => showToast({ message: t('plan.saved', { name: workspace.name }) }), showError)
  return (
    <section aria-label={t('plan.title')}>
      <h3 className={classes.subheading}>{t('plan.title')}</h3>
      <Group align="flex-end" gap="sm">
        <Select
          label={t('list.plan')}
          w={180}
          allowDeselect={false}
          value={plan}
          data={plans.map(({ name }) => ({
            value: name,
            label: t(`usage:plan.names.${name}`, { defaultValue: name }),
          }))}
          onChange={(chosen) => chosen && choosePlan(chosen)}
        />
        <DateInput
          label={t('plan.trialEnds')}
          placeholder={t('plan.noTrial')}
          w={200}
          clearable
          clearButtonProps={{ 'aria-label': t('plan.noTrial') }}
          value={endsOn}
          onChange={setEndsOn}
        />
        <Button size="sm" disabled={!isChanged} loading={setPlan.isPending} onClick={save}>
          {t('plan.save')}
        </Button>
      </Group>
    </section>
  )
}

const two = (number: number): string => String(number).padStart(2, '0')

/** The day on which the moment lies where the super admin sits. */
function dayOf(moment: string): string {
  const date = new Date(moment)
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}

/** The last moment of the day where the super admin sits. */
const endOf = (day: string): string => new Date(`${day}T23:59:59`).toISOString()
