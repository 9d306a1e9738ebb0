import type { DashboardSummary } from '@oneforge/client'
import { IconLock } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { paths } from '../paths.ts'
import classes from './BoardTabs.module.css'

/** All boards that the person sees, one beside the other; that which is shown is in sight. */
export function BoardTabs({ boards, shown }: { boards: DashboardSummary[]; shown: string }) {
  const { t } = useTranslation('dashboards')
  const current = useRef<HTMLAnchorElement>(null)
  useEffect(() => {
    if (shown) current.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [shown])
  return (
    <nav className={classes.tabs} aria-label={t('boards')}>
      {boards.map(({ id, label, visibility }) => (
        <Link
          key={id}
          ref={id === shown ? current : undefined}
          to={paths.dashboards(id)}
          className={classes.tab}
          aria-current={id === shown ? 'page' : undefined}
        >
          {label}
          {visibility === 'private' && <IconLock size={12} role="img" aria-label={t('private')} />}
        </Link>
      ))}
    </nav>
  )
}
