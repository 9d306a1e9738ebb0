import { Select, TextInput } from '@mantine/core'
import type { DateRange } from '@oneforge/client'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './RangeSelect.module.css'
import { offeredDays, offeredPresets, rangeName, rangeNamed } from './ranges.ts'

interface RangeSelectProps {
  label: string
  /** What it says without a range: all the time there is, or that of the board. */
  without: string
  range: DateRange | null
  onChange: (range: DateRange | null) => void
  size?: 'xs' | 'sm'
}

const custom = 'custom'

/** A stretch of days that moves with the calendar, or days chosen one by one. */
export function RangeSelect({ label, without, range, onChange, size = 'xs' }: RangeSelectProps) {
  const { t } = useTranslation(['dashboards', 'list'])
  const isDays = range !== null && !('preset' in range)
  const [isChoosing, setChoosing] = useState(false)
  const current = range && rangeName(range)
  const offered = [...offeredPresets, ...offeredDays.map((n) => `lastNDays.${n}`)]
  const known = !current || isDays || offered.includes(current) ? offered : [...offered, current]

  function nameOf(name: string): string {
    const [preset = '', n = ''] = name.split('.')
    return capitalised(t(`list:filter.period.${preset}`).replace('…', n))
  }

  function choose(name: string | null): void {
    setChoosing(name === custom)
    if (name !== custom) onChange((name && rangeNamed(name)) || null)
  }

  return (
    <div className={classes.range}>
      <Select
        size={size}
        className={classes.name}
        aria-label={label}
        placeholder={without}
        clearable={range !== null}
        clearButtonProps={{ 'aria-label': without }}
        comboboxProps={{ width: 200, position: 'bottom-start' }}
        maxDropdownHeight={420}
        value={isChoosing || isDays ? custom : current}
        onChange={choose}
        data={[
          ...known.map((name) => ({ value: name, label: nameOf(name) })),
          { value: custom, label: t('range.custom') },
        ]}
      />
      {(isChoosing || isDays) && <Days days={isDays ? range : undefined} onChange={onChange} size={size} />}
    </div>
  )
}

interface DaysProps {
  days: { from: string; to: string } | undefined
  onChange: (range: DateRange) => void
  size: 'xs' | 'sm'
}

/** Both days are needed before anything is asked. */
function Days({ days, onChange, size }: DaysProps) {
  const { t } = useTranslation('dashboards')
  const [typed, setTyped] = useState({ from: days?.from ?? '', to: days?.to ?? '' })
  function change(name: 'from' | 'to', value: string): void {
    const next = { ...typed, [name]: value }
    setTyped(next)
    if (next.from && next.to && next.from <= next.to) onChange(next)
  }
  return (['from', 'to'] as const).map((name) => (
    <TextInput
      key={name}
      size={size}
      type="date"
      aria-label={t(`range.${name}`)}
      value={typed[name]}
      onChange={({ currentTarget }) => change(name, currentTarget.value)}
    />
  ))
}

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
