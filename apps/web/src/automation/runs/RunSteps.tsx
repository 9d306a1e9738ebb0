import { UnstyledButton } from '@mantine/core'
import type { WorkflowRunStep } from '@oneforge/client'
import { useTranslation } from 'react-i18next'
import type { FlowWords } from '../canvas/useFlowWords.tsx'
import type { Step } from '../flow/flow.ts'
import { findStep } from '../flow/tree.ts'
import classes from './runs.module.css'
import { roundsOf } from './stepValues.ts'

interface RunStepsProps {
  /** Of the run, in the order in which they were done. */
  done: WorkflowRunStep[]
  steps: Step[]
  words: FlowWords
  onSelect: (id: string) => void
}

/** What a run has done, line by line: to be read where the canvas has no room. */
export function RunSteps({ done, steps, words, onSelect }: RunStepsProps) {
  const { t } = useTranslation('automation')
  const titleOf = (id: string) => {
    const step = findStep(steps, id)
    return step ? words.title(step) : id
  }
  return (
    <ol className={classes.list} aria-label={t('run.steps')}>
      {done.map(({ path, step, state }) => (
        <li key={path}>
          <UnstyledButton className={classes.line} onClick={() => onSelect(step)}>
            <span className={classes.names}>
              <span className={classes.name}>{titleOf(step)}</span>
            </span>
            <span className={classes.stepState} data-state={state}>
              {[...roundsOf(path).map((count) => t('run.round', { count })), t(`stepState.${state}`)].join(' · ')}
            </span>
          </UnstyledButton>
        </li>
      ))}
    </ol>
  )
}
