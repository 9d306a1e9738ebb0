import { ActionIcon, UnstyledButton } from '@mantine/core'
import type { Stage } from '@oneforge/client'
import { IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useFormatContext } from '../fields/FormatProvider.tsx'
import { formatPercent } from '../fields/format.ts'
import { OptionDot } from '../fields/OptionBadge.tsx'
import settings from '../settings/settings.module.css'
import classes from './PipelineSettings.module.css'

interface StageRowProps {
  stage: Stage
  editable: boolean
  onEdit: () => void
  /** Absent for the last stage of a pipeline. */
  onRemove: (() => void) | undefined
}

/** A stage in the list of its pipeline: what it is called, and in short what it asks for. */
export function StageRow({ stage, editable, onEdit, onRemove }: StageRowProps) {
  const { t } = useTranslation('pipelinesettings')
  const { locale } = useFormatContext()
  const facts = [
    t(`kind.${stage.kind}`),
    stage.probability !== null && formatPercent(stage.probability, locale),
    stage.requires.length > 0 && t('row.requires', { count: stage.requires.length }),
    stage.checklist.length > 0 && t('row.checklist', { count: stage.checklist.length }),
    stage.reasons && t('row.reasons', { count: stage.reasons.options.length }),
    stage.rottingDays && t('row.rotting', { count: stage.rottingDays }),
  ].filter(Boolean)
  return (
    <>
      <UnstyledButton className={settings.fieldButton} onClick={onEdit} disabled={!editable}>
        <OptionDot color={stage.color} />
        <span className={settings.name}>{stage.label}</span>
        <span className={classes.facts}>{facts.join(' · ')}</span>
      </UnstyledButton>
      {editable && onRemove && (
        <ActionIcon size="sm" aria-label={t('removeStage', { stage: stage.label })} onClick={onRemove}>
          <IconX size={14} />
        </ActionIcon>
      )}
    </>
  )
}
