import { useTranslation } from 'react-i18next'
import { useFormatContext } from '../fields/FormatProvider.tsx'
import { formatDateTime } from '../fields/format.ts'
import classes from './activities.module.css'
import { isPast } from './moments.ts'

/** When what is open about a record is due: in red, and with the word, where that has passed. */
export function NextActivity({ at }: { at: string }) {
  const { t } = useTranslation('activities')
  const context = useFormatContext()
  const late = isPast(at)
  return (
    <time dateTime={at} className={classes.next} data-late={late || undefined}>
      {late ? `${t('dates.overdue')} · ${formatDateTime(at, context)}` : formatDateTime(at, context)}
    </time>
  )
}
