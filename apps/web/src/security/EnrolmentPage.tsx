import { Anchor } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { useSignOut } from '../api/session.ts'
import authClasses from '../auth/AuthFrame.module.css'
import { paths } from '../paths.ts'
import { SecondFactorSetup } from './SecondFactorSetup.tsx'
import classes from './security.module.css'

/** The workspace demands a second factor of this person: nothing else opens before. */
export default function EnrolmentPage() {
  const { t } = useTranslation('security')
  const navigate = useNavigate()
  const signOut = useSignOut()
  return (
    <main className={authClasses.frame}>
      <title>{`${t('required.title')} · OneForge`}</title>
      <div className={authClasses.box}>
        <img src="/favicon.svg" alt="OneForge" width={36} height={36} />
        <h1 className={authClasses.title}>{t('required.title')}</h1>
        <p className={authClasses.text}>{t('required.text')}</p>
        <div className={classes.enrolment}>
          <SecondFactorSetup onDone={() => navigate(paths.home(), { replace: true })} />
        </div>
        <Anchor
          component="button"
          type="button"
          size="sm"
          underline="always"
          onClick={() => signOut.mutate(undefined, { onSettled: () => navigate(paths.signIn()) })}
        >
          {t('required.signOut')}
        </Anchor>
      </div>
    </main>
  )
}
