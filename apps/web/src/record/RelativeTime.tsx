import { useFormatContext } from '../fields/FormatProvider.tsx'
import { formatDateTime, formatRelative } from '../fields/format.ts'
import classes from './StoryPanel.module.css'

/** «5 minutes ago», with the exact moment on hover. */
export function RelativeTime({ at }: { at: string }) {
  const context = useFormatContext()
  return (
    <time dateTime={at} title={formatDateTime(at, context)} className={classes.time}>
      {formatRelative(at, context.locale)}
    </time>
  )
}
