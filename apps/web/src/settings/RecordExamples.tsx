import { Children, type ReactNode } from 'react'
import classes from './modelling.module.css'

/** Some records, one under the other; nothing where there are none. */
export function RecordExamples({ children }: { children: ReactNode }) {
  return Children.count(children) > 0 ? <ul className={classes.examples}>{children}</ul> : null
}
