import { Button, TextInput } from '@mantine/core'
import { useForm } from '@mantine/form'
import { ApiError } from '@oneforge/client'
import { useTranslation } from 'react-i18next'
import { useUpdateProfile } from '../api/session.ts'
import { useWorkspace } from '../api/workspace.ts'
import { useLanguageSwitch } from '../app/useLanguageSwitch.ts'
import { timeZones } from '../fields/timeZones.ts'
import { currentLanguage, type Language, languages, loadWords } from '../i18n/index.ts'
import { onDemand } from '../ui/onDemand.tsx'
import { PageHeader } from '../ui/PageHeader.tsx'
import { Select } from '../ui/Select.tsx'
import { showError, showToast } from '../ui/toast.tsx'
import { MailAddress } from './MailAddress.tsx'
import { PasswordForm } from './PasswordForm.tsx'
import classes from './ProfilePage.module.css'

const SignatureForm = onDemand(async () => {
  const [{ SignatureForm: Form }] = await Promise.all([import('../mail/SignatureForm.tsx'), loadWords('mail')])
  return Form
})
// Both ask for what they show first, and show nothing before.
const CalendarFeed = onDemand(async () => (await import('./CalendarFeed.tsx')).CalendarFeed)
const NotificationPreferences = onDemand(
  async () => (await import('../notifications/NotificationPreferences.tsx')).NotificationPreferences,
)

/** The signed-in person's own settings. */
export default function ProfilePage() {
  const { t } = useTranslation('profile')
  return (
    <>
      <PageHeader title={t('title')} />
      <div className={classes.page}>
        <PersonForm />
        <PasswordForm />
        <NotificationPreferences className={classes.section} headingClass={classes.heading} />
        <SignatureForm className={classes.section} headingClass={classes.heading} />
        <MailAddress />
        <CalendarFeed />
      </div>
    </>
  )
}

function PersonForm() {
  const { t } = useTranslation('profile')
  const { user, timeZone } = useWorkspace()
  const update = useUpdateProfile()
  const switchLanguage = useLanguageSwitch()
  const form = useForm({
    initialValues: { name: user.name, timeZone: user.timeZone ?? timeZone },
    validate: { name: (name) => (name.trim() ? null : t('name.missing')) },
  })
  const submit = form.onSubmit((values) =>
    update.mutate(values, {
      onSuccess: () => {
        form.resetDirty()
        showToast({ message: t('saved') })
      },
      onError: (error) => {
        if (error instanceof ApiError && error.details.length) form.setErrors(error.byField())
        else showError(error)
      },
    }),
  )
  return (
    <form className={classes.section} onSubmit={submit}>
      <h2 className={classes.heading}>{t('person')}</h2>
      <TextInput label={t('name.label')} autoComplete="name" {...form.getInputProps('name')} />
      <TextInput label={t('email')} value={user.email} readOnly />
      <Select
        label={t('language')}
        data={languages.map(({ code, name }) => ({ value: code, label: name }))}
        value={currentLanguage()}
        onChange={(code) => code && switchLanguage(code as Language)}
        allowDeselect={false}
        size="sm"
      />
      <Select
        label={t('timeZone')}
        data={timeZones(user.timeZone ?? timeZone)}
        searchable
        allowDeselect={false}
        size="sm"
        {...form.getInputProps('timeZone')}
      />
      <Button type="submit" className={classes.submit} loading={update.isPending} disabled={!form.isDirty()}>
        {t('save')}
      </Button>
    </form>
  )
}
