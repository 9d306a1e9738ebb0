import { Text } from '@mantine/core'
import type { InstallationWorkspace } from '@oneforge/client'
import { useTranslation } from 'react-i18next'
import { useFormatContext } from '../fields/FormatProvider.tsx'
import { formatDate } from '../fields/format.ts'

/** The plan of a workspace, and when its trial ends or ended. */
export function PlanName({
  workspace: { plan, trialEndsAt },
}: {
  workspace: Pick<InstallationWorkspace, 'plan' | 'trialEndsAt'>
}) {
  const { t } = useTranslation(['installation', 'usage'])
  const { locale } = useFormatContext()
  const hasEnded = trialEndsAt !== null && Date.parse(trialEndsAt) <= Date.now()
  return (
    <>
      {t(`usage:plan.names.${plan}`, { defaultValue: plan })}
      {trialEndsAt && (
        <Text size="xs" c="dimmed">
          {t(hasEnded ? 'plan.trialEnded' : 'plan.trialUntil', { date: formatDate(trialEndsAt, locale) })}
        </Text>
      )}
    </>
  )
}
