import { Button, Checkbox, Group, Select, Stack, Text, TextInput } from '@mantine/core'
import type { Numbering } from '@oneforge/client'
import { useTranslation } from 'react-i18next'
import { HelpButton } from '../help/HelpButton.tsx'
import classes from './modelling.module.css'
import { numberingProblem } from './numberExample.ts'
import { useNumberExample } from './useNumberExample.ts'

interface NumberingFormProps {
  numbering: Numbering
  /** Whether records belong to locations, whose code may stand in their number. */
  located: boolean
  onChange: (numbering: Numbering) => void
  disabled?: boolean
}

const pieces = ['{YYYY}', '{YY}', '{MM}', '{LOC}', '{0001}'] as const

/** How numbers are made, with the next ones as an example that follows as one types. */
export function NumberingForm({ numbering, located, onChange, disabled = false }: NumberingFormProps) {
  const { t } = useTranslation('modelling')
  const example = useNumberExample()
  const set = (part: Partial<Numbering>) => onChange({ ...numbering, ...part })
  const problem = numberingProblem(numbering)
  const examples = [1, 2, 3].map((count) => example(numbering.pattern, count))
  const offered = pieces.filter((piece) => piece !== '{LOC}' || located)
  return (
    <Stack gap="sm" pos="relative">
      <div className={classes.help}>
        <HelpButton topic="numbering" />
      </div>
      <TextInput
        label={t('numbering.pattern')}
        description={t('numbering.patternHelp')}
        maxLength={60}
        readOnly={disabled}
        value={numbering.pattern}
        error={problem && t(`numbering.problem.${problem}`)}
        onChange={(event) => set({ pattern: event.currentTarget.value })}
      />
      {!disabled && (
        <Group gap={4} role="group" aria-label={t('numbering.pieces')}>
          {offered.map((piece) => (
            <Button
              key={piece}
              size="compact-xs"
              variant="default"
              title={t(`numbering.piece.${piece.slice(1, -1)}`)}
              onClick={() => set({ pattern: numbering.pattern + piece })}
            >
              {t(`numbering.piece.${piece.slice(1, -1)}`)} {piece}
            </Button>
          ))}
        </Group>
      )}
      <Text size="sm" role="status">
        {t('numbering.example')} <span className={classes.example}>{problem ? '–' : `${examples.join(', ')} …`}</span>
      </Text>
      <Select
        label={t('numbering.restart')}
        allowDeselect={false}
        disabled={disabled}
        value={numbering.restart}
        data={(['never', 'year', 'month'] as const).map((value) => ({
          value,
          label: t(`numbering.restarts.${value}`),
        }))}
        onChange={(restart) => set({ restart: (restart ?? 'never') as Numbering['restart'] })}
      />
      {located && (
        <Checkbox
          label={t('numbering.perLocation')}
          description={t('numbering.perLocationHelp')}
          disabled={disabled}
          checked={numbering.perLocation}
          onChange={(event) => set({ perLocation: event.currentTarget.checked })}
        />
      )}
    </Stack>
  )
}
