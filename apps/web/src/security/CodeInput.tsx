import { TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { isCodeRequired, isCodeWrong } from './codeRefusals.ts'

interface CodeInputProps {
  value: string
  onChange: (code: string) => void
  /** Why the last try was refused. */
  error: unknown
}

/** Six digits of the authenticator app, or one of the backup codes. */
export function CodeInput({ value, onChange, error }: CodeInputProps) {
  const { t } = useTranslation('security')
  const isOther = isCodeRequired(error) && !isCodeWrong(error) && value.length > 0
  return (
    <TextInput
      label={t('code.label')}
      description={t('code.help')}
      autoComplete="one-time-code"
      autoFocus
      required
      maxLength={20}
      value={value}
      error={isCodeWrong(error) ? t('code.wrong') : isOther ? t('code.missing') : undefined}
      onChange={(event) => onChange(event.currentTarget.value.trim())}
    />
  )
}
