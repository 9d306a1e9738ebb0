import { Button, Group, Loader, SegmentedControl, Text } from '@mantine/core'
import type { TemplateOrigin, TemplatePlan } from '@oneforge/client'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../api/client.ts'
import { Modal } from '../ui/Modal.tsx'
import { showError, showToast } from '../ui/toast.tsx'
import { Heading, Refusal, ShapePlan } from './ShapePlan.tsx'
import classes from './templates.module.css'
import { useTrial, useUpgrade } from './templates.ts'

type Decisions = Record<string, 'mine' | 'theirs'>

/** A new version of a template: what it changes, what both changed, tried out as it stands. */
export function UpgradeDialog({ origin, onClose }: { origin: TemplateOrigin; onClose: () => void }) {
  const { t } = useTranslation('templates')
  const [decisions, setDecisions] = useState<Decisions>({})
  const wish = { origin: origin.slug, decisions }
  const trial = useTrial([wish], () => client.templates.upgrade({ ...wish, dryRun: true }))
  const upgrade = useUpgrade()
  const apply = () =>
    upgrade.mutate(wish, {
      onSuccess({ to }) {
        showToast({ message: t('plan.upgraded', { version: to }) })
        onClose()
      },
      onError: showError,
    })
  const title = t('plan.upgrade', { name: origin.name, version: origin.latest })
  return (
    <Modal opened onClose={onClose} title={title} size="lg">
      {origin.notes && (
        <Text size="sm" className={classes.notes} mb="md">
          {origin.notes}
        </Text>
      )}
      {trial.isError && <Refusal error={trial.error} />}
      {!trial.data && !trial.isError && <Loader size="sm" />}
      {trial.data && (
        <ShapePlan plan={trial.data}>
          <Conflicts
            conflicts={trial.data.conflicts}
            decide={(id, side) => setDecisions({ ...decisions, [id]: side })}
          />
        </ShapePlan>
      )}
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={onClose}>
          {t('plan.cancel')}
        </Button>
        <Button
          loading={upgrade.isPending || trial.isFetching}
          disabled={!trial.data || trial.data.problems.length > 0}
          onClick={apply}
        >
          {t('plan.apply')}
        </Button>
      </Group>
    </Modal>
  )
}

function Conflicts({
  conflicts,
  decide,
}: {
  conflicts: TemplatePlan['conflicts']
  decide: (id: string, side: 'mine' | 'theirs') => void
}) {
  const { t } = useTranslation('templates')
  if (conflicts.length === 0) return null
  const shown = (value: unknown) =>
    value == null ? t('plan.empty') : typeof value === 'object' ? JSON.stringify(value) : String(value)
  return (
    <>
      <Heading>{t('plan.conflicts')}</Heading>
      <Text size="sm" c="dimmed" mb={8}>
        {t('plan.conflictsHelp')}
      </Text>
      {conflicts.map(({ id, label, base, mine, theirs, decision }) => (
        <div key={id} className={classes.choice}>
          <div className={classes.about}>
            <Text size="sm" fw={500}>
              {label}
            </Text>
            <Text size="sm" className={classes.values}>
              {shown(mine)} → {shown(theirs)}
            </Text>
            <Text size="xs" c="dimmed" className={classes.values}>
              {t('plan.base', { value: shown(base) })}
            </Text>
          </div>
          <SegmentedControl
            size="xs"
            aria-label={label}
            value={decision}
            data={[
              { value: 'mine', label: t('plan.mine') },
              { value: 'theirs', label: t('plan.theirs') },
            ]}
            onChange={(side) => decide(id, side as 'mine' | 'theirs')}
          />
        </div>
      ))}
    </>
  )
}
