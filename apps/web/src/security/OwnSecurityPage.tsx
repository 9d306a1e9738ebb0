import { useTranslation } from 'react-i18next'
import { viewedPerson } from '../api/viewAs.ts'
import { EmptyPage } from '../ui/EmptyPage.tsx'
import { PageHeader } from '../ui/PageHeader.tsx'
import { SecondFactorSection } from './SecondFactorSection.tsx'
import { SessionList } from './SessionList.tsx'
import classes from './security.module.css'

/** The own sign-in: second factor, and where one is signed in. */
export default function OwnSecurityPage() {
  const { t } = useTranslation('security')
  if (viewedPerson()) return <EmptyPage icon="eye" title={t('own.title')} text={t('own.notWhileViewing')} />
  return (
    <>
      <PageHeader title={t('own.title')} />
      <div className={classes.page}>
        <SecondFactorSection />
        <SessionList />
      </div>
    </>
  )
}
