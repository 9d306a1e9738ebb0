import { TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { codeMessage, isCodeWrong } from './codeRefusals.ts'

interface CodeInputProps {
  value: string
  onChange: (code: string) => void
  /** Why the last try was refused. */
  error: unknown
  /** Where the code comes from; an app or the backup codes unless said. */
  help?: string
}

/** Six digits of the authenticator app, or one of the backup codes. */
export function CodeInput({ value, onChange, error, help }: CodeInputProps) {
  const { t } = useTranslation('security')
  return (
    <TextInput
      label={t('code.label')}
      description={help ?? t('code.help')}
      autoComplete="one-time-code"
      autoFocus
      data-autofocus
      required
      maxLength={20}
      value={value}
      error={isCodeWrong(error) ? t('code.wrong') : codeMessage(error)}
      onChange={(event) => onChange(event.currentTarget.value.trim())}
    />
  )
}
