import type { CalendarData } from '@oneforge/client'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useFormatContext } from '../../fields/FormatProvider.tsx'
import { OptionDot } from '../../fields/OptionBadge.tsx'
import { formatDay, formatMinute, wallOf } from '../../list/calendar/zone.ts'
import { paths } from '../../paths.ts'
import type { BodyProps } from './bodyProps.ts'
import { NothingHere } from './NothingHere.tsx'
import classes from './Records.module.css'

type Entry = CalendarData['entries'][number]

/** What stands in the diary, day for day. */
export function CalendarBody({ widget, data }: BodyProps<'calendar'>) {
  const { t } = useTranslation('dashboards')
  const { locale, timeZone } = useFormatContext()
  const days = Map.groupBy(data.entries, ({ start, allDay }) =>
    allDay ? start.slice(0, 10) : wallOf(Date.parse(start), timeZone).day,
  )
  if (days.size === 0) return <NothingHere />
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is within reach of the keys
    <section className={classes.scroll} tabIndex={0} aria-label={t('tableOf', { title: widget.title })}>
      {[...days].map(([day, entries]) => (
        <div key={day}>
          <h3 className={classes.day}>
            {formatDay(day, locale, { weekday: 'short', day: 'numeric', month: 'short' })}
          </h3>
          <ul className={classes.list}>
            {entries.map((entry) => (
              <li key={`${entry.id} ${entry.start}`}>
                <Link to={paths.record(entry.object, entry.id)} className={classes.entry}>
                  <span className={classes.time}>{timeOf(entry, locale, timeZone) || t('allDay')}</span>
                  <OptionDot color={entry.color} />
                  <span className={classes.entryTitle}>{entry.title}</span>
                </Link>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  )
}

/** '' for what takes whole days. */
function timeOf({ start, allDay }: Entry, locale: string, timeZone: string): string {
  return allDay ? '' : formatMinute(wallOf(Date.parse(start), timeZone).minute, locale)
}
