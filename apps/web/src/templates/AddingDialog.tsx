import { Button, Group, Loader, Select, Text, TextInput } from '@mantine/core'
import type { TemplateAdding, TemplateResolution } from '@oneforge/client'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { client } from '../api/client.ts'
import { Modal } from '../ui/Modal.tsx'
import { showError, showToast } from '../ui/toast.tsx'
import { Heading, Refusal, ShapePlan } from './ShapePlan.tsx'
import classes from './templates.module.css'
import { useAdding, useTrial } from './templates.ts'

/** The slug of one that is offered, or a file, and what people call it. */
export interface Chosen {
  name: string
  template: unknown
}

/** A further template: what comes in, and what is done about names that both have. */
export function AddingDialog({ chosen, onClose }: { chosen: Chosen; onClose: () => void }) {
  const { t } = useTranslation('templates')
  const [resolutions, setResolutions] = useState<Record<string, TemplateResolution>>({})
  const wish = { template: chosen.template, resolutions }
  const trial = useTrial([chosen.name, resolutions], () => client.templates.add({ ...wish, dryRun: true }))
  const adding = useAdding()
  const apply = () =>
    adding.mutate(wish, {
      onSuccess() {
        showToast({ message: t('plan.added', { name: chosen.name }) })
        onClose()
      },
      onError: showError,
    })
  return (
    <Modal opened onClose={onClose} title={t('plan.add', { name: chosen.name })} size="lg">
      {trial.isError && <Refusal error={trial.error} />}
      {!trial.data && !trial.isError && <Loader size="sm" />}
      {trial.data && !trial.isError && (
        <ShapePlan plan={trial.data}>
          <Collisions
            collisions={trial.data.collisions}
            resolve={(id, resolution) => setResolutions({ ...resolutions, [id]: resolution })}
          />
        </ShapePlan>
      )}
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={onClose}>
          {t('plan.cancel')}
        </Button>
        <Button
          loading={adding.isPending || trial.isFetching}
          disabled={!trial.data || trial.isError || trial.data.problems.length > 0}
          onClick={apply}
        >
          {t('plan.apply')}
        </Button>
      </Group>
    </Modal>
  )
}

type Collision = TemplateAdding['collisions'][number]

function Collisions({
  collisions,
  resolve,
}: {
  collisions: Collision[]
  resolve: (id: string, resolution: TemplateResolution) => void
}) {
  const { t } = useTranslation('templates')
  if (collisions.length === 0) return null
  return (
    <>
      <Heading>{t('plan.collisions')}</Heading>
      <Text size="sm" c="dimmed" mb={8}>
        {t('plan.collisionsHelp')}
      </Text>
      {collisions.map((collision) => (
        <CollisionRow key={collision.id} collision={collision} resolve={(one) => resolve(collision.id, one)} />
      ))}
    </>
  )
}

function CollisionRow({
  collision: { kind, key, mine, theirs, choices, resolution },
  resolve,
}: {
  collision: Collision
  resolve: (resolution: TemplateResolution) => void
}) {
  const { t } = useTranslation('templates')
  const label = `${t(`kind.${kind}`)} ${key}`
  return (
    <div className={classes.choice}>
      <div className={classes.about}>
        <Text size="sm" fw={500}>
          {label}
        </Text>
        <Text size="xs" c="dimmed" className={classes.values}>
          {t('plan.both', { mine, theirs })}
        </Text>
      </div>
      <Group gap="xs">
        <Select
          size="xs"
          w={150}
          aria-label={label}
          allowDeselect={false}
          value={resolution.use}
          data={choices.map((use) => ({ value: use, label: t(`plan.use.${use}`) }))}
          onChange={(use) => use && resolve({ use: use as TemplateResolution['use'] })}
        />
        {resolution.use === 'rename' && (
          <TextInput
            size="xs"
            w={150}
            aria-label={t('plan.name', { key })}
            key={resolution.to}
            defaultValue={resolution.to}
            onBlur={({ currentTarget: { value } }) =>
              value && value !== resolution.to && resolve({ use: 'rename', to: value })
            }
          />
        )}
      </Group>
    </div>
  )
}
