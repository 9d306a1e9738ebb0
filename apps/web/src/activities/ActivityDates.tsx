import type { ObjectMeta, RecordData } from '@oneforge/client'
import { useTranslation } from 'react-i18next'
import { RelativeTime } from '../record/RelativeTime.tsx'
import classes from './activities.module.css'
import { NextActivity } from './NextActivity.tsx'

/** In the head of a record: when somebody was last in contact about it, and what is next. */
export function ActivityDates({ object, record }: { object: ObjectMeta; record: RecordData }) {
  const { t } = useTranslation('activities')
  const fields = object.fields.filter(({ computed }) => computed?.activities)
  if (fields.length === 0) return null
  return (
    <dl className={classes.dates}>
      {fields.map(({ key, label, computed }) => {
        const at = record[key] as string | null | undefined
        const isNext = computed?.activities === 'next'
        const value = isNext ? at && <NextActivity at={at} /> : at && <RelativeTime at={at} />
        return (
          <div key={key}>
            <dt>{label}</dt>
            <dd data-empty={!at || undefined}>{value || t(isNext ? 'dates.nothing' : 'dates.never')}</dd>
          </div>
        )
      })}
    </dl>
  )
}
