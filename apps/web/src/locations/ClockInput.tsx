import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { useFormatContext } from '../fields/FormatProvider.tsx'
import { formatTime } from '../fields/format.ts'
import { parseTime } from './clock.ts'
import classes from './hours.module.css'

interface ClockInputProps {
  label: string
  /** `08:30`; what is no time as it was typed. */
  value: string
  /** Midnight is the end of the day, not its beginning. */
  endsDay?: boolean
  invalid: boolean
  onChange: (value: string) => void
}

/** A time of day, typed in any usual way. Not the browser's own input: that one knows no midnight at the end of a day. */
export function ClockInput({ label, value, endsDay = false, invalid, onChange }: ClockInputProps) {
  const { locale } = useFormatContext()
  /** What is being typed; undefined once it is left. */
  const [text, setText] = useState<string>()
  const shown = parseTime(value) ? formatTime(value, locale) : value
  const type = (next: string) => {
    setText(next)
    const time = parseTime(next) ?? next
    onChange(endsDay && time === '00:00' ? '24:00' : time)
  }
  return (
    <TextInput
      className={classes.clock}
      aria-label={label}
      autoComplete="off"
      error={invalid}
      value={text ?? shown}
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => type(event.currentTarget.value)}
      onBlur={() => setText(undefined)}
    />
  )
}
