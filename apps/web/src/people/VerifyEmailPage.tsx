import { Anchor } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { client, errorText, queryClient } from '../api/client.ts'
import { AuthFrame } from '../auth/AuthFrame.tsx'
import { paths } from '../paths.ts'
import { useLinkToken } from '../security/useLinkToken.ts'
import { meKey } from './people.ts'

/** Where the link that proves an address leads: nothing to fill in, it counts by being opened. */
export default function VerifyEmailPage() {
  const { t } = useTranslation('people')
  const token = useLinkToken()
  const { data, error } = useQuery({
    queryKey: ['verify', token],
    queryFn: async () => {
      const verified = await client.account.verifyEmail(token)
      await queryClient.invalidateQueries({ queryKey: meKey })
      return verified
    },
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const title = error ? t('verify.failed') : data ? t('verify.done') : t('verify.checking')
  const text = error ? errorText(error) : data ? t('verify.doneText', { email: data.email }) : ''
  return (
    <AuthFrame
      title={title}
      text={text}
      onSubmit={(event) => event.preventDefault()}
      foot={
        <Anchor component={Link} to={paths.home()} inherit underline="always">
          {t('verify.goOn')}
        </Anchor>
      }
    >
      {null}
    </AuthFrame>
  )
}
