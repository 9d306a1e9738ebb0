import { useTranslation } from 'react-i18next'
import { CommentThread } from '../notes/CommentThread.tsx'
import { ActivityLine } from './ActivityLine.tsx'
import classes from './activities.module.css'
import type { AboutActivity } from './useActivitiesAbout.ts'

interface OpenActivitiesProps {
  activities: AboutActivity[]
  /** How many comments the record of an activity has. */
  commentsOf: (id: string) => number
}

/** What is still to be done about a record, the next first. */
export function OpenActivities({ activities, commentsOf }: OpenActivitiesProps) {
  const { t } = useTranslation('activities')
  if (activities.length === 0) return null
  return (
    <section aria-label={t('ahead')}>
      <h2 className={classes.heading}>{t('ahead')}</h2>
      <ul className={classes.lines}>
        {activities.map(({ object, record }) => (
          <li key={record.id}>
            <ActivityLine object={object} record={record} withAbout={false} />
            <div className={classes.said}>
              <CommentThread
                thread={{ slug: object.slug, id: record.id }}
                count={commentsOf(record.id)}
                about={record.title ?? ''}
              />
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}
