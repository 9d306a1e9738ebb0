import { Group, Input, NumberInput, Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { readDuration, type Unit, units, writeDuration } from '../flow/duration.ts'
import { useForm } from './formContext.ts'

interface DurationInputProps {
  label: string
  part: string
  /** ISO 8601. */
  value: string | undefined
  onChange: (value: string) => void
  /** Whether it may also lie before the moment. */
  signed?: boolean
}

/** «2 days before»: an amount, its unit, and to which side. */
export function DurationInput({ label, part, value, onChange, signed = false }: DurationInputProps) {
  const { t } = useTranslation('automation')
  const { problem } = useForm()
  const duration = readDuration(value ?? '') ?? { amount: 1, unit: 'days' as const, before: false }
  const change = (next: Partial<typeof duration>) => onChange(writeDuration({ ...duration, ...next }))
  return (
    <Input.Wrapper label={label} labelElement="div" error={problem(part)}>
      <Group gap={8} wrap="nowrap">
        <NumberInput
          w={90}
          size="sm"
          min={0}
          max={9999}
          allowDecimal={false}
          aria-label={t('duration.amount', { label })}
          value={duration.amount}
          onChange={(amount) => typeof amount === 'number' && change({ amount })}
        />
        <Select
          flex={1}
          aria-label={t('duration.unit', { label })}
          allowDeselect={false}
          value={duration.unit}
          data={units.map((unit) => ({ value: unit, label: t(`duration.name.${unit}`) }))}
          onChange={(unit) => change({ unit: unit as Unit })}
        />
        {signed && (
          <Select
            flex={1}
            aria-label={t('duration.side')}
            allowDeselect={false}
            value={duration.before ? 'before' : 'after'}
            data={(['before', 'after'] as const).map((side) => ({ value: side, label: t(`duration.${side}`) }))}
            onChange={(side) => change({ before: side === 'before' })}
          />
        )}
      </Group>
    </Input.Wrapper>
  )
}
