import type { Stage } from '@oneforge/client'
import { IconCheck, IconX } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { optionColorStyle } from '../fields/OptionBadge.tsx'
import classes from './StagePath.module.css'
import { stateOf } from './stageState.ts'

interface StagePathProps {
  /** What the pipeline is called: the label of the stage field. */
  label: string
  stages: Stage[]
  current: string | null
  /** Whether the stage may follow; all may unless said. */
  isAllowed?: (stage: string) => boolean
  /** Without it the path is only read. */
  onMove?: ((stage: string) => void) | undefined
}

/** Where a record stands on its way; a click moves it. Stages behind it are tinted, those ahead are plain. */
export function StagePath({ label, stages, current, isAllowed = () => true, onMove }: StagePathProps) {
  const { t } = useTranslation('record')
  const active = useRef<HTMLButtonElement>(null)
  const position = stages.findIndex(({ value }) => value === current)

  function titleOf(stage: Stage, index: number): string {
    if (index === position) return stage.label
    return t(isAllowed(stage.value) ? 'stage.moveTo' : 'stage.closed', { stage: stage.label })
  }

  // On a narrow screen the path scrolls sideways: the current stage is brought into sight.
  useEffect(() => {
    if (position >= 0) active.current?.scrollIntoView({ block: 'nearest', inline: 'center' })
  }, [position])

  return (
    <nav className={classes.path} aria-label={label}>
      {stages.map((stage, index) => (
        <button
          key={stage.value}
          ref={index === position ? active : undefined}
          type="button"
          className={classes.stage}
          style={optionColorStyle(stage.color)}
          data-state={stateOf(stages, index, position)}
          data-closed={(onMove && !isAllowed(stage.value)) || undefined}
          aria-current={index === position ? 'step' : undefined}
          disabled={!onMove || !isAllowed(stage.value)}
          title={titleOf(stage, index)}
          onClick={() => index !== position && onMove?.(stage.value)}
        >
          {stage.kind === 'won' && <IconCheck size={13} aria-hidden />}
          {stage.kind === 'lost' && <IconX size={13} aria-hidden />}
          <span>{stage.label}</span>
        </button>
      ))}
    </nav>
  )
}
