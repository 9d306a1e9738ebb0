import { Anchor, Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link, useSearchParams } from 'react-router'
import { client, errorText } from '../api/client.ts'
import { AuthFrame } from '../auth/AuthFrame.tsx'
import { paths } from '../paths.ts'
import { useLinkToken } from '../security/useLinkToken.ts'

/** Where the link in a mail leads that ends them: a button, because programs look at links before people do. */
export default function UnsubscribePage() {
  const { t } = useTranslation('notifications')
  const token = useLinkToken()
  const isMarketing = useSearchParams()[0].get('of') === 'marketing'
  const end = useMutation({
    mutationFn: () => (isMarketing ? client.mail.endMarketing(token) : client.notifications.unsubscribe(token)),
  })
  const about = isMarketing ? 'unsubscribe.marketing' : 'unsubscribe'
  return (
    <AuthFrame
      title={t('unsubscribe.title')}
      text={t(end.isSuccess ? `${about}.done` : `${about}.text`)}
      refusal={end.error ? errorText(end.error) : undefined}
      onSubmit={(event) => {
        event.preventDefault()
        end.mutate()
      }}
      foot={
        // Receivers of marketing have no workspace to go to.
        !isMarketing && (
          <Anchor component={Link} to={paths.home()} inherit underline="always">
            {t('unsubscribe.goOn')}
          </Anchor>
        )
      }
    >
      {!end.isSuccess && (
        <Button type="submit" fullWidth loading={end.isPending}>
          {t('unsubscribe.end')}
        </Button>
      )}
    </AuthFrame>
  )
}
