import { TextInput } from '@mantine/core'
import type { Money } from '@oneforge/client'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatDuration, parseDuration } from '../duration.ts'
import { useFormatContext } from '../FormatProvider.tsx'
import { DecimalInput } from './DecimalInput.tsx'
import { type EditorProps, inputProps } from './editorProps.ts'
import { useUnread } from './unread.ts'

export function NumberEditor(props: EditorProps) {
  const { field, value } = props
  return (
    <DecimalInput
      {...inputProps(props)}
      value={value === null || value === undefined ? null : String(value)}
      whole={field.type === 'integer'}
      ungrouped={field.rules?.ungrouped}
      sign={field.type === 'percent' ? '%' : undefined}
      onChange={(digits) => props.onChange(digits === null ? null : Number(digits))}
    />
  )
}

/** The amount with its currency beside it; another currency than the field's own stays what it was. */
export function MoneyEditor(props: EditorProps) {
  const context = useFormatContext()
  const money = props.value as Money | null
  const currency = money?.currency ?? props.field.currency ?? context.currency
  return (
    <DecimalInput
      {...inputProps(props)}
      value={money ? String(money.amount) : null}
      sign={currency}
      rightSectionWidth={52}
      onChange={(amount) => props.onChange(amount === null ? null : { amount, currency })}
    />
  )
}

/** Takes «90», «1:30» or «1 h 30» and keeps minutes. */
export function DurationEditor(props: EditorProps) {
  const { t } = useTranslation('fields')
  const [text, setText] = useState(() =>
    props.value === null || props.value === undefined ? '' : formatDuration(Number(props.value)),
  )
  const unread = text.trim() !== '' && parseDuration(text) === null ? t('duration.unread') : undefined
  const input = useUnread<HTMLInputElement>(unread)
  return (
    <TextInput
      {...inputProps(props)}
      ref={input}
      value={text}
      placeholder={t('duration.placeholder')}
      error={props.error ?? unread}
      onChange={(event) => {
        setText(event.currentTarget.value)
        const minutes = parseDuration(event.currentTarget.value)
        if (minutes !== null || event.currentTarget.value.trim() === '') props.onChange(minutes)
      }}
    />
  )
}
