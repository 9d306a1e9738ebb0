import { Anchor, Button, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { ApiError } from '@oneforge/client'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import { client, errorText } from '../api/client.ts'
import { useRegister } from '../api/session.ts'
import { currentLanguage } from '../i18n/index.ts'
import { paths } from '../paths.ts'
import { AuthFrame } from './AuthFrame.tsx'
import { NewPasswordInput, passwordLength } from './NewPasswordInput.tsx'

export default function RegisterPage() {
  const { t } = useTranslation('auth')
  const navigate = useNavigate()
  const register = useRegister()
  const form = useForm({
    initialValues: { name: '', email: '', password: '', workspace: '' },
    validate: {
      name: (name) => (name.trim() ? null : t('name.missing')),
      email: (email) => (/^\S+@\S+\.\S+$/.test(email.trim()) ? null : t('email.malformed')),
      password: (password) =>
        password.length < passwordLength ? t('password.short', { length: passwordLength }) : null,
      workspace: (workspace) => (workspace.trim() ? null : t('workspace.missing')),
    },
  })

  const submit = form.onSubmit((values) =>
    register.mutate(values, {
      onSuccess: async () => {
        await startWithOwnLanguage()
        navigate(paths.firstRun(), { replace: true })
      },
      onError: (error) => error instanceof ApiError && form.setErrors(error.byField()),
    }),
  )
  const isAtField = register.error instanceof ApiError && register.error.details.length > 0

  return (
    <AuthFrame
      title={t('register.title')}
      text={t('register.text')}
      refusal={register.error && !isAtField ? errorText(register.error) : undefined}
      onSubmit={submit}
      foot={
        <>
          {t('register.haveOne')}{' '}
          <Anchor component={Link} to={paths.signIn()} inherit underline="always">
            {t('register.signIn')}
          </Anchor>
        </>
      }
    >
      <TextInput label={t('name.label')} autoComplete="name" autoFocus required {...form.getInputProps('name')} />
      <TextInput
        label={t('email.label')}
        type="email"
        autoComplete="username"
        required
        {...form.getInputProps('email')}
      />
      <NewPasswordInput label={t('password.label')} required {...form.getInputProps('password')} />
      <TextInput
        label={t('workspace.label')}
        description={t('workspace.help')}
        autoComplete="organization"
        required
        {...form.getInputProps('workspace')}
      />
      <Button type="submit" size="sm" loading={register.isPending}>
        {t('register.submit')}
      </Button>
    </AuthFrame>
  )
}

/** The workspace starts in the language and time zone of whoever made it; failing to say so would only leave defaults. */
async function startWithOwnLanguage(): Promise<void> {
  const settings = { locale: currentLanguage(), timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone }
  await Promise.allSettled([client.identity.updateMe(settings), client.workspace.update(settings)])
}
