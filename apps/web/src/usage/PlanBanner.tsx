import { Anchor, CloseButton } from '@mantine/core'
import { useSessionStorage } from '@mantine/hooks'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'react-router'
import { viewedPerson } from '../api/viewAs.ts'
import { useWorkspace } from '../api/workspace.ts'
import { paths } from '../paths.ts'
import classes from './usage.module.css'

/**
 * On top of every page, for who administers the settings: what of the plan runs out, the most pressing first. Closed
 * it stays away until the browser is opened again, or until something else runs out.
 */
export function PlanBanner() {
  const { t } = useTranslation('usage')
  const { warnings } = useWorkspace()
  const { pathname } = useLocation()
  const [closed, setClosed] = useSessionStorage<string[]>({ key: 'plan-notices-closed', defaultValue: [] })
  const nameOf = ({ kind, level }: (typeof warnings)[number]) => `${kind} ${level}`
  const open = warnings.filter((warning) => !closed.includes(nameOf(warning)))
  const warning = open.find(({ level }) => level === 'now') ?? open[0]
  // The page of usage says it itself.
  if (!warning || viewedPerson() || pathname === paths.settings('usage')) return null
  return (
    <section className={classes.banner} aria-label={t('banner.label')}>
      <span>{warning.message}</span>
      <Anchor component={Link} to={paths.settings('usage')} size="sm" underline="always">
        {t('banner.open')}
      </Anchor>
      <CloseButton aria-label={t('close')} onClick={() => setClosed([...closed, nameOf(warning)])} />
    </section>
  )
}
