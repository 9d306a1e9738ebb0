import { TextInput } from '@mantine/core'
import { useRef } from 'react'
import type { Focused } from './focused.ts'

interface MergeInputProps {
  label: string
  value: string
  required?: boolean
  onChange: (value: string) => void
  onFocus: Focused
}

/** A line into which merge fields can be put, where the caret stands. */
export function MergeInput({ label, value, required, onChange, onFocus }: MergeInputProps) {
  const input = useRef<HTMLInputElement>(null)
  const insert = (text: string) => {
    const element = input.current
    if (!element) return
    element.setRangeText(text, element.selectionStart ?? 0, element.selectionEnd ?? 0, 'end')
    onChange(element.value)
    element.focus()
  }
  return (
    <TextInput
      ref={input}
      label={label}
      required={required ?? false}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      onFocus={() => onFocus(insert)}
    />
  )
}
