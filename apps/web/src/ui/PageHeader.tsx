import type { ReactNode } from 'react'
import classes from './PageHeader.module.css'

interface PageHeaderProps {
  /** Before the title: an icon, or where the page hangs in the tree. */
  before?: ReactNode
  title: ReactNode
  /** The browser tab's title, when `title` is not plain text. */
  documentTitle?: string
  /** Right: the page's actions, the main one last. */
  children?: ReactNode
}

/** The line on top of every page: where I am, and what can be done here. */
export function PageHeader({ before, title, documentTitle, children }: PageHeaderProps) {
  const tabTitle = documentTitle ?? (typeof title === 'string' ? title : undefined)
  return (
    <header className={classes.header}>
      {tabTitle && <title>{`${tabTitle} · OneForge`}</title>}
      {before}
      <h1 className={classes.title}>{title}</h1>
      <div className={classes.actions}>{children}</div>
    </header>
  )
}
