import { TextInput, type TextInputProps } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useFormatContext } from '../FormatProvider.tsx'
import { decimalDigits, writeDigits } from '../numbers.ts'
import { useTypedText } from './useTypedText.ts'

type DecimalInputProps = Omit<TextInputProps, 'value' | 'onChange'> & {
  /** Decimal digits with a point; null for none. */
  value: string | null
  onChange: (digits: string | null) => void
  whole?: boolean
  /** Digits stand together, as those of a year do. */
  ungrouped?: boolean | undefined
  /** What people write beside the number, such as %. */
  sign?: string | undefined
}

/** Digits grouped and pointed as the reader's language does, read as they are meant, and written out on leaving. */
export function DecimalInput({ value, onChange, whole = false, ungrouped, sign, error, ...props }: DecimalInputProps) {
  const { t } = useTranslation('fields')
  const { locale } = useFormatContext()
  const read = (text: string) => {
    const digits = decimalDigits(sign ? text.replace(sign, '') : text, locale)
    return digits === undefined || (whole && digits.includes('.')) ? null : digits
  }
  const write = (digits: string) => writeDigits(digits, locale, ungrouped)
  const { input, text, isTold, type, leave } = useTypedText({ value, write, read, onChange })
  const example = writeDigits(whole ? '85000' : '85000.5', locale)
  return (
    <TextInput
      {...props}
      ref={input}
      inputMode="decimal"
      value={text}
      error={isTold ? t(whole ? 'number.unreadWhole' : 'number.unread', { example }) : error}
      rightSection={sign && <span aria-hidden>{sign}</span>}
      onChange={(event) => type(event.currentTarget.value)}
      onKeyDown={(event) => event.key === 'Enter' && leave()}
      onBlur={leave}
    />
  )
}
