import type { ListQuery, ObjectMeta } from '@oneforge/client'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { paths } from '../../paths.ts'
import { PageError } from '../../ui/PageError.tsx'
import type { Column } from '../columns/columnSettings.ts'
import type { ListControls } from '../useListState.ts'
import { Agenda } from './Agenda.tsx'
import classes from './Calendar.module.css'
import { DayHead } from './DayHead.tsx'
import { DiaryBar } from './DiaryBar.tsx'
import { type DiaryFields, diaryFields, isMovable, usualMinutes } from './diaryFields.ts'
import { type Draft, newValues, putOf } from './draft.ts'
import { type Entry, shifted } from './entries.ts'
import { LayoutSwitch } from './LayoutSwitch.tsx'
import { MonthGrid } from './MonthGrid.tsx'
import { NotDrawn } from './NotDrawn.tsx'
import { opensAt } from './openHours.ts'
import { spans } from './spans.ts'
import { TimeGrid } from './TimeGrid.tsx'
import { useDiary } from './useDiary.ts'
import { useEntries } from './useEntries.ts'
import { useEntryChange } from './useEntryChange.ts'
import { useEntryPeek } from './useEntryPeek.ts'
import { useNewEntry } from './useNewEntry.tsx'
import { useShownFields } from './useShownFields.ts'
import { useSwipe } from './useSwipe.ts'
import { formatDay } from './zone.ts'

export interface CalendarViewProps {
  object: ObjectMeta
  list: ListControls
  /** Filter, search and fields of the list; the days shown come on top. */
  query: ListQuery
  /** Those of the view: what entries say beside their title. */
  columns: Column[]
}

const narrowestDay = 96
/** When something new on a day begins, where the location does not say when it opens. */
const usualBeginning = 9 * 60

/** Records of any object with a date, in days, weeks and months. */
export default function CalendarView({ object, list, query, columns }: CalendarViewProps) {
  const { t } = useTranslation('calendar')
  const { settings } = list.look
  const fields = useMemo(() => diaryFields(object, settings), [object, settings])
  if (!fields) return <NotDrawn>{t('noDate')}</NotDrawn>
  return <Calendar object={object} fields={fields} query={query} columns={columns} />
}

function Calendar({ object, fields, query, columns }: Omit<CalendarViewProps, 'list'> & { fields: DiaryFields }) {
  const { t } = useTranslation('calendar')
  const navigate = useNavigate()
  const diary = useDiary(object, fields, {
    name: 'calendar',
    spans,
    usual: fields.start.type === 'date' ? 'month' : 'week',
  })
  const { entries, isPending, error, beyond } = useEntries(diary, query)
  const change = useEntryChange(diary)
  const { form, create } = useNewEntry(object)
  const swipe = useSwipe(diary.step)
  const { span, days, zone, locale } = diary
  const shown = useShownFields(columns, fields)
  const mayMove = isMovable(object, fields.start)
  const mayCreate = Boolean(object.permissions.create)
  const onOpen = (entry: Entry) => navigate(paths.record(object.slug, entry.record.id))
  const onPeek = useEntryPeek()
  const label = t('label', { objects: object.labelPlural })

  function onPut(draft: Draft): void {
    const { entry, column } = draft
    const day = days[column]!
    if (entry) change(entry, putOf(entry, draft, day, zone))
    else create(newValues(fields, day, draft, zone))
  }

  const onNewDay = (day: string) => {
    const from = opensAt(diary.location, [day]) ?? usualBeginning
    create(newValues(fields, day, { from, to: from + usualMinutes }, zone))
  }

  return (
    <div className={classes.page} {...(diary.isPhone && swipe)}>
      <DiaryBar diary={diary} beyond={beyond}>
        {!diary.isPhone && <LayoutSwitch object={object} layout="calendar" />}
      </DiaryBar>
      {error ? (
        <PageError error={error} />
      ) : span === 'agenda' ? (
        <Agenda diary={diary} entries={entries} shown={shown} isPending={isPending} onPeek={onPeek} />
      ) : span === 'month' ? (
        <div className={classes.monthScroller}>
          <MonthGrid
            diary={diary}
            label={label}
            entries={entries}
            shown={shown}
            isPending={isPending}
            mayMove={mayMove}
            onOpen={onOpen}
            onPeek={onPeek}
            onShift={(entry, by) => change(entry, { ...shifted(entry, by, zone), isStretched: false })}
            onCreate={mayCreate ? onNewDay : undefined}
          />
        </div>
      ) : (
        <TimeGrid
          key={span}
          diary={diary}
          label={label}
          columns={days.map((day) => ({
            key: day,
            day,
            head: <DayHead diary={diary} day={day} />,
            name: formatDay(day, locale, { weekday: 'long', day: 'numeric', month: 'long' }),
          }))}
          entries={entries}
          belongs={everywhere}
          shown={shown}
          may={{ create: mayCreate, move: mayMove, stretch: mayMove && isMovable(object, fields.end) }}
          isPending={isPending}
          narrowest={span === 'day' ? 0 : narrowestDay}
          onOpen={onOpen}
          onPeek={onPeek}
          onPut={onPut}
        />
      )}
      {form}
    </div>
  )
}

const everywhere = () => true
