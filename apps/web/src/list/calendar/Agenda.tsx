import { Text } from '@mantine/core'
import type { FieldMeta } from '@oneforge/client'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { OptionDot } from '../../fields/OptionBadge.tsx'
import { paths } from '../../paths.ts'
import agendaClasses from './Agenda.module.css'
import classes from './Calendar.module.css'
import { daysOfEntry, type Entry } from './entries.ts'
import { holidayOn } from './openHours.ts'
import type { Diary } from './useDiary.ts'
import { useEntryText } from './useEntryText.ts'
import { formatDay } from './zone.ts'

interface AgendaProps {
  diary: Diary
  entries: Entry[]
  shown: FieldMeta[]
  isPending: boolean
  /** Looks at the record beside the diary. */
  onPeek: (entry: Entry) => void
}

/** The days one below the other, with what they bring. Days without anything are left out. */
export function Agenda({ diary, entries, shown, isPending, onPeek }: AgendaProps) {
  const { t } = useTranslation('calendar')
  const days = diary.days
    .map((day) => ({ day, entries: entries.filter((entry) => isOn(entry, day)) }))
    .filter((one) => one.entries.length > 0)
  return (
    <section
      className={agendaClasses.agenda}
      aria-label={t('span.agenda')}
      aria-busy={isPending || undefined}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls
      tabIndex={0}
    >
      {days.length === 0 && !isPending && (
        <Text size="sm" c="dimmed" py="xl">
          {t('nothing', { objects: diary.object.labelPlural })}
        </Text>
      )}
      {days.map(({ day, entries: ofDay }) => (
        <AgendaDay key={day} diary={diary} day={day} entries={ofDay} shown={shown} onPeek={onPeek} />
      ))}
    </section>
  )
}

function isOn(entry: Entry, day: string): boolean {
  const { first, after } = daysOfEntry(entry)
  return first <= day && day < after
}

function AgendaDay({ diary, day, entries, shown, onPeek }: Omit<AgendaProps, 'isPending'> & { day: string }) {
  const { t } = useTranslation('calendar')
  const { hoursText, titleText, factsText } = useEntryText(diary)
  const holiday = holidayOn(diary.location, day)
  return (
    <>
      <h2 className={agendaClasses.agendaDay} data-today={day === diary.now.day || undefined}>
        {formatDay(day, diary.locale, { dateStyle: 'full' })}
        {holiday && ` · ${holiday.name}`}
      </h2>
      <ul className={agendaClasses.agendaList}>
        {entries.map((entry) => (
          <li key={entry.record.id}>
            <Link
              className={agendaClasses.agendaEntry}
              to={paths.record(diary.object.slug, entry.record.id)}
              data-entry={entry.record.id}
              onClick={(event) => {
                // Enter and whoever wants another tab follow the link.
                if (event.detail === 0 || event.ctrlKey || event.metaKey || event.shiftKey) return
                event.preventDefault()
                onPeek(entry)
              }}
              onKeyDown={(event) => {
                if (event.key !== ' ') return
                event.preventDefault()
                onPeek(entry)
              }}
            >
              <span className={agendaClasses.agendaTime}>{entry.isBar ? t('allDay') : hoursText(entry)}</span>
              <OptionDot color={entry.color} />
              <span className={agendaClasses.agendaTitle}>{titleText(entry)}</span>
              <span className={classes.aside}>{factsText(entry, shown).join(' · ')}</span>
            </Link>
          </li>
        ))}
      </ul>
    </>
  )
}
