import { useTranslation } from 'react-i18next'
import { NavLink } from 'react-router'
import { useMayAdmin } from '../api/workspace.ts'
import { paths } from '../paths.ts'
import classes from './tabs.module.css'

/** The pages of automation; who only decides sees what waits for them. */
export function AutomationTabs() {
  const { t } = useTranslation('automation')
  const mayShape = useMayAdmin('automation')
  if (!mayShape) return null
  const tabs = [
    { to: paths.automation(), label: t('tabs.workflows') },
    { to: paths.workflowRuns(), label: t('tabs.runs') },
    { to: paths.approvals(), label: t('tabs.approvals') },
  ]
  return (
    <nav className={classes.tabs} aria-label={t('title')}>
      {tabs.map(({ to, label }) => (
        <NavLink key={to} to={to} end className={classes.tab ?? ''}>
          {label}
        </NavLink>
      ))}
    </nav>
  )
}
