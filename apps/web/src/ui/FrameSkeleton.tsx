import { Skeleton } from '@mantine/core'
import classes from './FrameSkeleton.module.css'

/** The page's outline while its code or the workspace is on its way: same places, so nothing jumps. */
export function FrameSkeleton() {
  return (
    <div className={classes.frame} aria-busy="true">
      <div className={classes.nav}>
        {Array.from({ length: 9 }, (_, row) => (
          <Skeleton key={row} height={20} width={`${60 + ((row * 37) % 40)}%`} />
        ))}
      </div>
      <div className={classes.page}>
        <Skeleton height={24} width={180} />
        <Skeleton height={16} width="70%" />
        <Skeleton height={16} width="55%" />
      </div>
    </div>
  )
}
