import type { ObjectMeta } from '@oneforge/client'
import { useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { Link } from 'react-router'
import { keys } from '../api/keys.ts'
import { type Drill, wayTo } from './drill.ts'
import classes from './RecordsLink.module.css'

interface RecordsLinkProps {
  /** Nothing leads anywhere without it. */
  drill: Drill | null | undefined
  className?: string | undefined
  title?: string | undefined
  children: ReactNode
}

/** A figure that leads to the records behind it. */
export function RecordsLink({ drill, className, title, children }: RecordsLinkProps) {
  const cache = useQueryClient()
  const [kept] = useState(() => crypto.randomUUID().slice(0, 8))
  if (!drill) {
    return (
      <span className={className} title={title}>
        {children}
      </span>
    )
  }
  const { to, keep } = wayTo(drill, cache.getQueryData<ObjectMeta>(keys.object(drill.object)), kept)
  return (
    <Link
      to={to}
      title={title}
      className={[classes.link, className].filter(Boolean).join(' ')}
      onClick={keep}
      onAuxClick={keep}
      onContextMenu={keep}
    >
      {children}
    </Link>
  )
}
