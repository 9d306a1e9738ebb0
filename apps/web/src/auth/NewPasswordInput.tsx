import { PasswordInput, type PasswordInputProps, Progress, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { passwordStrength } from './passwordStrength.ts'

/** The server refuses shorter ones. */
export const passwordLength = 12

const colors = ['red', 'orange', 'yellow', 'teal'] as const

/** A password being chosen, with a hint how well it would hold. */
export function NewPasswordInput(props: PasswordInputProps & { value?: string }) {
  const { t } = useTranslation('auth')
  const value = props.value ?? ''
  const strength = passwordStrength(value, passwordLength)
  return (
    <div>
      <PasswordInput
        autoComplete="new-password"
        description={t('password.help', { length: passwordLength })}
        {...props}
      />
      {value && (
        <div aria-live="polite">
          <Progress value={(strength + 1) * 25} color={colors[strength]} size={4} mt={8} aria-hidden />
          <Text size="xs" c="dimmed" mt={4}>
            {t(`password.strength.${strength}`)}
          </Text>
        </div>
      )}
    </div>
  )
}
