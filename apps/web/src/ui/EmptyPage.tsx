import type { ReactNode } from 'react'
import classes from './EmptyPage.module.css'
import { ObjectIcon } from './ObjectIcon.tsx'

interface EmptyPageProps {
  /** A Tabler icon name. */
  icon: string
  title: string
  text: string
  /** The first steps that lead on. */
  children?: ReactNode
}

/** Says what belongs here and offers the first step. */
export function EmptyPage({ icon, title, text, children }: EmptyPageProps) {
  return (
    <div className={classes.empty}>
      <span className={classes.icon}>
        <ObjectIcon name={icon} size={26} />
      </span>
      <h2 className={classes.title}>{title}</h2>
      <p className={classes.text}>{text}</p>
      {children && <div className={classes.actions}>{children}</div>}
    </div>
  )
}
