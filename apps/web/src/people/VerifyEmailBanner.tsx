import { Anchor, Button, CloseButton } from '@mantine/core'
import { useSessionStorage } from '@mantine/hooks'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { client } from '../api/client.ts'
import { viewedPerson } from '../api/viewAs.ts'
import { useMayAdmin } from '../api/workspace.ts'
import { paths } from '../paths.ts'
import { showError, showToast } from '../ui/toast.tsx'
import classes from './people.module.css'
import { useMe } from './people.ts'

/** Until the own address is verified: a reminder with another message, closed until the browser is opened again. */
export function VerifyEmailBanner() {
  const { t } = useTranslation('app')
  const { data: me } = useMe()
  const seesOutbox = useMayAdmin('settings')
  const [closed, setClosed] = useSessionStorage({ key: 'verify-reminder-closed', defaultValue: false })
  const resend = useMutation({
    mutationFn: client.account.resendVerification,
    onSuccess: () => showToast({ message: t('verify.sent') }),
    onError: showError,
  })
  if (closed || !me || me.user.emailVerified || viewedPerson()) return null
  return (
    <section className={classes.banner} aria-label={t('verify.label')}>
      <span>
        {t('verify.banner', { email: me.user.email })}{' '}
        {seesOutbox && (
          <Anchor component={Link} to={paths.settings('outbox')} inherit underline="always">
            {t('verify.inOutbox')}
          </Anchor>
        )}
      </span>
      <Button variant="default" loading={resend.isPending} onClick={() => resend.mutate()}>
        {t('verify.resend')}
      </Button>
      <CloseButton aria-label={t('close')} onClick={() => setClosed(true)} />
    </section>
  )
}
