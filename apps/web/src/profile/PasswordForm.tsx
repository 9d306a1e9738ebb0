import { Button, PasswordInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { ApiError } from '@oneforge/client'
import { useTranslation } from 'react-i18next'
import { useChangePassword } from '../api/session.ts'
import { NewPasswordInput, passwordLength } from '../auth/NewPasswordInput.tsx'
import { showError, showToast } from '../ui/toast.tsx'
import classes from './ProfilePage.module.css'

export function PasswordForm() {
  const { t } = useTranslation('profile')
  const change = useChangePassword()
  const form = useForm({
    initialValues: { currentPassword: '', newPassword: '' },
    validate: {
      currentPassword: (password) => (password ? null : t('password.currentMissing')),
      newPassword: (password) =>
        password.length < passwordLength ? t('password.short', { length: passwordLength }) : null,
    },
  })
  const submit = form.onSubmit((values) =>
    change.mutate(values, {
      onSuccess: () => {
        form.reset()
        showToast({ message: t('password.changed') })
      },
      onError: (error) => {
        if (error instanceof ApiError && error.details.length) form.setErrors(error.byField())
        else showError(error)
      },
    }),
  )
  return (
    <form className={classes.section} onSubmit={submit} noValidate>
      <h2 className={classes.heading}>{t('password.title')}</h2>
      <PasswordInput
        label={t('password.current')}
        autoComplete="current-password"
        {...form.getInputProps('currentPassword')}
      />
      <NewPasswordInput label={t('password.new')} {...form.getInputProps('newPassword')} />
      <Button type="submit" className={classes.submit} loading={change.isPending}>
        {t('password.submit')}
      </Button>
    </form>
  )
}
