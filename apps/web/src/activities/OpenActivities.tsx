import { useTranslation } from 'react-i18next'
import { ActivityLine } from './ActivityLine.tsx'
import classes from './activities.module.css'
import type { AboutActivity } from './useActivitiesAbout.ts'

/** What is still to be done about a record, the next first. */
export function OpenActivities({ activities }: { activities: AboutActivity[] }) {
  const { t } = useTranslation('activities')
  if (activities.length === 0) return null
  return (
    <section aria-label={t('ahead')}>
      <h2 className={classes.heading}>{t('ahead')}</h2>
      <ul className={classes.lines}>
        {activities.map(({ object, record }) => (
          <li key={record.id}>
            <ActivityLine object={object} record={record} withAbout={false} />
          </li>
        ))}
      </ul>
    </section>
  )
}
