import { Stack } from '@mantine/core'
import type { WorkflowOutcome } from '@oneforge/client'
import { useTranslation } from 'react-i18next'
import { Select } from '../../ui/Select.tsx'
import type { FlowWords } from '../canvas/useFlowWords.tsx'
import type { Assumed, Crossing } from '../flow/assumed.ts'
import classes from './builder.module.css'

interface AssumedOutcomesProps {
  crossings: Crossing[]
  assumed: Assumed
  words: FlowWords
  onAssume: (assumed: Assumed) => void
}

/** What a test takes to happen wherever it would wait for something or somebody. */
export function AssumedOutcomes({ crossings, assumed, words, onAssume }: AssumedOutcomesProps) {
  const { t } = useTranslation('automation')
  if (crossings.length === 0) return null
  return (
    <fieldset className={classes.assumed}>
      <legend>{t('test.assume')}</legend>
      <Stack gap="xs">
        {crossings.map(({ step, outcomes }) => (
          <Select
            key={step.id}
            label={words.title(step)}
            description={words.details(step)}
            allowDeselect={false}
            value={assumed[step.id] ?? outcomes[0]}
            data={outcomes.map((outcome) => ({ value: outcome, label: t(`outcome.${outcome}`) }))}
            onChange={(outcome) => onAssume({ [step.id]: outcome as WorkflowOutcome })}
          />
        ))}
      </Stack>
    </fieldset>
  )
}
