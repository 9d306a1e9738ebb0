import { NumberInput, type NumberInputProps, TextInput } from '@mantine/core'
import type { Money } from '@oneforge/client'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatDuration, parseDuration } from '../duration.ts'
import { useFormatContext } from '../FormatProvider.tsx'
import { type EditorProps, inputProps } from './editorProps.ts'

export function NumberEditor(props: EditorProps) {
  const { field } = props
  return (
    <DecimalInput
      {...inputProps(props)}
      value={(props.value as number | null) ?? ''}
      allowDecimal={field.type !== 'integer'}
      decimalScale={field.rules?.decimals}
      suffix={field.type === 'percent' ? ' %' : undefined}
      onChange={(value) => props.onChange(value === '' || value === '-' ? null : Number(value))}
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
      value={money?.amount ?? ''}
      decimalScale={4}
      rightSection={<span aria-hidden>{currency}</span>}
      rightSectionWidth={52}
      onChange={(value) => props.onChange(value === '' || value === '-' ? null : { amount: String(value), currency })}
    />
  )
}

/** Digits grouped and pointed as the reader's language does. */
function DecimalInput(props: NumberInputProps) {
  const { locale } = useFormatContext()
  const parts = new Intl.NumberFormat(locale, { useGrouping: 'always' }).formatToParts(1234.5)
  const separator = (type: 'group' | 'decimal') => parts.find((part) => part.type === type)?.value
  return (
    <NumberInput
      hideControls
      thousandSeparator={separator('group') ?? ','}
      decimalSeparator={separator('decimal') ?? '.'}
      allowedDecimalSeparators={['.', ',']}
      {...props}
    />
  )
}

/** Takes «90», «1:30» or «1 h 30» and keeps minutes. */
export function DurationEditor(props: EditorProps) {
  const { t } = useTranslation('fields')
  const [text, setText] = useState(() =>
    props.value === null || props.value === undefined ? '' : formatDuration(Number(props.value)),
  )
  const unread = text.trim() !== '' && parseDuration(text) === null
  return (
    <TextInput
      {...inputProps(props)}
      value={text}
      placeholder={t('duration.placeholder')}
      error={props.error ?? (unread ? t('duration.unread') : undefined)}
      onChange={(event) => {
        setText(event.currentTarget.value)
        const minutes = parseDuration(event.currentTarget.value)
        if (minutes !== null || event.currentTarget.value.trim() === '') props.onChange(minutes)
      }}
    />
  )
}
