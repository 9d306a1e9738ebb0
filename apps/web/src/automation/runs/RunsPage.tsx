import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { PageHeader } from '../../ui/PageHeader.tsx'
import { AutomationTabs } from '../AutomationTabs.tsx'
import { Retention } from './Retention.tsx'
import { RunList, StateFilter } from './RunList.tsx'
import classes from './runs.module.css'

/** What all workflows do and did. */
export default function RunsPage() {
  const { t } = useTranslation('automation')
  const [params, setParams] = useSearchParams()
  const state = params.get('state') ?? ''
  return (
    <>
      <PageHeader title={t('run.title')} />
      <AutomationTabs />
      <div className={classes.page} style={{ paddingTop: 16 }}>
        <div className={classes.controls}>
          <StateFilter value={state} onChange={(next) => setParams(next ? { state: next } : {}, { replace: true })} />
          <Retention />
        </div>
        <RunList state={state} />
      </div>
    </>
  )
}
