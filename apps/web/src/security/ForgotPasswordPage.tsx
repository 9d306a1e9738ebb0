import { Alert, Anchor, Button, TextInput } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { client, errorText } from '../api/client.ts'
import { AuthFrame } from '../auth/AuthFrame.tsx'
import { paths } from '../paths.ts'

/** Asks for the link that sets a new password. The answer is the same whether the account exists or not. */
export default function ForgotPasswordPage() {
  const { t } = useTranslation('security')
  const [email, setEmail] = useState('')
  const ask = useMutation({ mutationFn: client.account.forgotPassword })
  return (
    <AuthFrame
      title={t('forgot.title')}
      text={t('forgot.text')}
      refusal={ask.error ? errorText(ask.error) : undefined}
      onSubmit={(event) => {
        event.preventDefault()
        if (email.trim()) ask.mutate(email.trim())
      }}
      foot={
        <Anchor component={Link} to={paths.signIn()} inherit underline="always">
          {t('forgot.signIn')}
        </Anchor>
      }
    >
      {ask.isSuccess ? (
        <Alert color="green" variant="light" role="status">
          {t('forgot.sent', { email: email.trim() })}
        </Alert>
      ) : (
        <>
          <TextInput
            label={t('forgot.email')}
            type="email"
            autoComplete="username"
            autoFocus
            required
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
          <Button type="submit" size="sm" disabled={!email.trim()} loading={ask.isPending}>
            {t('forgot.submit')}
          </Button>
        </>
      )}
    </AuthFrame>
  )
}
