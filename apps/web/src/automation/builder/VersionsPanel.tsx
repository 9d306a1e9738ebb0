import { Button, Group, Skeleton, Stack, Text } from '@mantine/core'
import type { WorkflowDetail } from '@oneforge/client'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { RelativeTime } from '../../record/RelativeTime.tsx'
import { showToast } from '../../ui/toast.tsx'
import { differenceOf } from '../flow/difference.ts'
import { useVersion, useVersions } from '../queries.ts'
import classes from './builder.module.css'
import { DifferenceList } from './DifferenceList.tsx'
import type { Compared } from './panels.ts'
import type { Draft } from './useDraft.ts'

interface VersionsPanelProps {
  workflow: WorkflowDetail
  draft: Draft
  compared: Compared | undefined
  onCompare: (compared: Compared | undefined) => void
}

/** Every version that ran; one that is chosen is drawn with what is different since, and can be taken up again. */
export function VersionsPanel({ workflow, draft, compared, onCompare }: VersionsPanelProps) {
  const { t } = useTranslation('automation')
  const { data: versions } = useVersions(workflow.id)
  const [number, setNumber] = useState<number>()
  const { data: chosen } = useVersion(workflow.id, number)
  const difference = chosen && chosen.version === number ? differenceOf(chosen.definition, draft.flow) : undefined
  useEffect(() => {
    if (!chosen || chosen.version !== number) return
    // What it has and the draft has no more is drawn as removed.
    const { steps } = differenceOf(chosen.definition, draft.flow)
    const changes = new Map(steps.map(({ step, change }) => [step.id, change]))
    onCompare({ version: chosen.version, flow: chosen.definition, changes })
  }, [chosen, number, draft.flow, onCompare])

  function restore(): void {
    if (!chosen) return
    draft.change(chosen.definition)
    setNumber(undefined)
    onCompare(undefined)
    showToast({ message: t('version.restored', { version: chosen.version }) })
  }

  return (
    <Stack gap="md">
      {!versions && <Skeleton height={120} />}
      <ul className={classes.versions}>
        {versions?.map((version) => (
          <li key={version.version}>
            <Button
              variant={version.version === number ? 'light' : 'subtle'}
              color="gray"
              fullWidth
              justify="space-between"
              aria-pressed={version.version === number}
              rightSection={<RelativeTime at={version.createdAt} />}
              onClick={() => setNumber(version.version)}
            >
              {t(version.isCurrent ? 'version.current' : 'version.name', { version: version.version })}
            </Button>
            {version.createdBy && (
              <Text size="xs" c="dimmed" ps={14}>
                {version.createdBy.name}
              </Text>
            )}
          </li>
        ))}
      </ul>
      {versions?.length === 0 && <Text size="sm">{t('version.none')}</Text>}
      {compared && difference && (
        <section aria-label={t('version.since', { version: compared.version })}>
          <Text size="sm" fw={600} mb={4}>
            {t('version.since', { version: compared.version })}
          </Text>
          <DifferenceList difference={difference} />
          <Group mt="sm" gap="xs">
            <Button onClick={restore}>{t('version.restore')}</Button>
            <Button
              variant="default"
              onClick={() => {
                setNumber(undefined)
                onCompare(undefined)
              }}
            >
              {t('version.back')}
            </Button>
          </Group>
        </section>
      )}
    </Stack>
  )
}
