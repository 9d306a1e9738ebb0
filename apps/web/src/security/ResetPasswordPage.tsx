import { Anchor, Button } from '@mantine/core'
import { ApiError } from '@oneforge/client'
import { useMutation } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { client, errorText } from '../api/client.ts'
import { AuthFrame } from '../auth/AuthFrame.tsx'
import { NewPasswordInput, passwordLength } from '../auth/NewPasswordInput.tsx'
import { paths } from '../paths.ts'
import { useLinkToken } from './useLinkToken.ts'

/** Where the link of a forgotten password leads. Afterwards one signs in anew everywhere. */
export default function ResetPasswordPage() {
  const token = useLinkToken()
  return <NewPassword key={token} token={token} />
}

function NewPassword({ token }: { token: string }) {
  const { t } = useTranslation('security')
  const [newPassword, setNewPassword] = useState('')
  const reset = useMutation({ mutationFn: client.account.resetPassword })
  const errors = reset.error instanceof ApiError ? reset.error.byField() : {}
  const isLong = newPassword.length >= passwordLength
  if (reset.isSuccess) {
    return (
      <Ended title={t('reset.saved')} text={t('reset.done')}>
        <Button component={Link} to={paths.signIn()} size="sm">
          {t('reset.signIn')}
        </Button>
      </Ended>
    )
  }
  if (errors.token) {
    return (
      <Ended title={t('reset.dead')} text={errors.token}>
        <Button component={Link} to={paths.forgotPassword()} size="sm">
          {t('reset.another')}
        </Button>
      </Ended>
    )
  }
  return (
    <AuthFrame
      title={t('reset.title')}
      text={t('reset.text')}
      refusal={reset.error && !errors.newPassword ? errorText(reset.error) : undefined}
      onSubmit={(event) => {
        event.preventDefault()
        if (isLong) reset.mutate({ token, newPassword })
      }}
      foot={
        <Anchor component={Link} to={paths.signIn()} inherit underline="always">
          {t('forgot.signIn')}
        </Anchor>
      }
    >
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
    </AuthFrame>
  )
}

/** Nothing is left to fill in; one way leads on. */
function Ended({ title, text, children }: { title: string; text: string; children: ReactNode }) {
  return (
    <AuthFrame title={title} text={text} onSubmit={(event) => event.preventDefault()} foot={null}>
      {children}
    </AuthFrame>
  )
}
