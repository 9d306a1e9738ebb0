import { Alert, Anchor, Button } from '@mantine/core'
import { ApiError } from '@oneforge/client'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { client, errorText } from '../api/client.ts'
import { AuthFrame } from '../auth/AuthFrame.tsx'
import { NewPasswordInput, passwordLength } from '../auth/NewPasswordInput.tsx'
import { paths } from '../paths.ts'
import { useLinkToken } from './useLinkToken.ts'

/** Where the link of a forgotten password leads. Afterwards one signs in anew everywhere. */
export default function ResetPasswordPage() {
  const { t } = useTranslation('security')
  const token = useLinkToken()
  const [newPassword, setNewPassword] = useState('')
  const reset = useMutation({ mutationFn: client.account.resetPassword })
  const errors = reset.error instanceof ApiError ? reset.error.byField() : {}
  const refusal = errors.token ?? (reset.error && !errors.newPassword ? errorText(reset.error) : undefined)
  const isLong = newPassword.length >= passwordLength
  return (
    <AuthFrame
      title={t('reset.title')}
      text={t('reset.text')}
      refusal={refusal}
      onSubmit={(event) => {
        event.preventDefault()
        if (isLong) reset.mutate({ token, newPassword })
      }}
      foot={
        <Anchor component={Link} to={errors.token ? paths.forgotPassword() : paths.signIn()} inherit underline="always">
          {t(errors.token ? 'reset.another' : 'forgot.signIn')}
        </Anchor>
      }
    >
      {reset.isSuccess ? (
        <Alert color="green" variant="light" role="status">
          {t('reset.done')}
        </Alert>
      ) : (
        <>
          <NewPasswordInput
            label={t('reset.password')}
            autoFocus
            required
            value={newPassword}
            error={errors.newPassword}
            onChange={(event) => setNewPassword(event.currentTarget.value)}
          />
          <Button type="submit" size="sm" disabled={!isLong} loading={reset.isPending}>
            {t('reset.submit')}
          </Button>
        </>
      )}
    </AuthFrame>
  )
}
