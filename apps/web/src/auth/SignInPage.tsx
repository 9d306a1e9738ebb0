import { Anchor, Button, PasswordInput, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { ApiError } from '@oneforge/client'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate, useSearchParams } from 'react-router'
import { errorText } from '../api/client.ts'
import { useForgetting, useSignIn } from '../api/session.ts'
import { paths } from '../paths.ts'
import { CodeInput } from '../security/CodeInput.tsx'
import { isAboutCode } from '../security/codeRefusals.ts'
import { AuthFrame } from './AuthFrame.tsx'

export default function SignInPage() {
  const { t } = useTranslation('auth')
  const navigate = useNavigate()
  const [params] = useSearchParams()
  const signIn = useSignIn()
  useForgetting()
  const [asksCode, setAsksCode] = useState(false)
  const form = useForm({
    initialValues: { email: '', password: '', otp: '' },
    validate: {
      email: (email) => (email.trim() ? null : t('email.missing')),
      password: (password) => (password ? null : t('password.missing')),
    },
  })

  const submit = form.onSubmit(({ otp, ...values }) =>
    signIn.mutate(otp ? { ...values, otp } : values, {
      onSuccess: () => navigate(ownPath(params.get('next')), { replace: true }),
      onError: (error) => {
        setAsksCode(isAboutCode(error))
        if (error instanceof ApiError && !isAboutCode(error)) form.setErrors(error.byField())
      },
    }),
  )
  const isAtField =
    signIn.error instanceof ApiError &&
    (signIn.error.details.some(({ field }) => field in form.values) || isAboutCode(signIn.error))

  return (
    <AuthFrame
      title={t('signIn.title')}
      text={t('signIn.text')}
      refusal={signIn.error && !isAtField ? errorText(signIn.error) : undefined}
      onSubmit={submit}
      foot={
        <>
          {t('signIn.noWorkspace')}{' '}
          <Anchor component={Link} to={paths.register()} inherit underline="always">
            {t('signIn.register')}
          </Anchor>
        </>
      }
    >
      <TextInput
        label={t('email.label')}
        type="email"
        autoComplete="username"
        autoFocus
        required
        {...form.getInputProps('email')}
      />
      <PasswordInput
        label={t('password.label')}
        autoComplete="current-password"
        required
        {...form.getInputProps('password')}
      />
      {asksCode && (
        <CodeInput value={form.values.otp} onChange={(otp) => form.setFieldValue('otp', otp)} error={signIn.error} />
      )}
      <Anchor component={Link} to={paths.forgotPassword()} size="sm" underline="always">
        {t('signIn.forgot')}
      </Anchor>
      <Button type="submit" size="sm" loading={signIn.isPending}>
        {t('signIn.submit')}
      </Button>
    </AuthFrame>
  )
}

/** Only a path of this page is followed, so that a link cannot send anybody elsewhere after signing in. */
function ownPath(next: string | null): string {
  return next?.startsWith('/') && !next.startsWith('//') && !next.startsWith('/\\') ? next : paths.home()
}
