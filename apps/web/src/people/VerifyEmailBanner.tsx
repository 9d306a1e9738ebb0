import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { client } from '../api/client.ts'
import { viewedPerson } from '../api/viewAs.ts'
import { showError, showToast } from '../ui/toast.tsx'
import classes from './people.module.css'
import { useMe } from './people.ts'

/** Until the own address is verified: why it matters, and another message. */
export function VerifyEmailBanner() {
  const { t } = useTranslation('people')
  const { data: me } = useMe()
  const resend = useMutation({
    mutationFn: client.account.resendVerification,
    onSuccess: () => showToast({ message: t('verify.sent') }),
    onError: showError,
  })
  if (!me || me.user.emailVerified || viewedPerson()) return null
  return (
    <section className={classes.banner} aria-label={t('verify.label')}>
      <span>{t('verify.banner', { email: me.user.email })}</span>
      <Button variant="default" loading={resend.isPending} onClick={() => resend.mutate()}>
        {t('verify.resend')}
      </Button>
    </section>
  )
}
