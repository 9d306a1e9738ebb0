import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate, useSearchParams } from 'react-router'
import { useFormatContext } from '../../fields/FormatProvider.tsx'
import { paths } from '../../paths.ts'
import { PageError } from '../../ui/PageError.tsx'
import calendarClasses from '../calendar/Calendar.module.css'
import type { CalendarViewProps } from '../calendar/CalendarView.tsx'
import { type DiaryFields, diaryFields, isMovable } from '../calendar/diaryFields.ts'
import type { Entry } from '../calendar/entries.ts'
import { NotDrawn } from '../calendar/NotDrawn.tsx'
import { firstWeekday } from '../calendar/spans.ts'
import { dayOf, useClock } from '../calendar/useDiary.ts'
import { useEntries } from '../calendar/useEntries.ts'
import { useEntryChange } from '../calendar/useEntryChange.ts'
import { useEntryPeek } from '../calendar/useEntryPeek.ts'
import { useListFields } from '../useListFields.ts'
import { putOfHeld } from './drag.ts'
import { groupFields, rowsOf } from './rows.ts'
import { scaleOf, turned } from './scale.ts'
import { TimelineBar } from './TimelineBar.tsx'
import { TimelineGrid } from './TimelineGrid.tsx'

/** Records of any object with a date as bars over days, weeks, months or quarters, one below the other. */
export default function TimelineView(props: Omit<CalendarViewProps, 'columns'>) {
  const { t } = useTranslation('calendar')
  const { object, list } = props
  const { settings } = list.look
  const fields = useMemo(() => diaryFields(object, settings), [object, settings])
  if (!fields) return <NotDrawn>{t('noDate')}</NotDrawn>
  return <Timeline {...props} fields={fields} />
}

function Timeline({ object, list, query, fields }: Omit<CalendarViewProps, 'columns'> & { fields: DiaryFields }) {
  const { t } = useTranslation('calendar')
  const navigate = useNavigate()
  const format = useFormatContext()
  const clock = useClock(object)
  const { day, show } = useShownDay(clock.now.day)
  const { zoom = 'week' } = list.look.settings
  const firstOfWeek = firstWeekday(clock.locale)
  const scale = useMemo(() => scaleOf(zoom, day, firstOfWeek, clock.locale), [zoom, day, firstOfWeek, clock.locale])
  const asked = useMemo(
    () => ({ object, fields, zone: clock.zone, days: scale.days, neighbours: [] }),
    [object, fields, clock.zone, scale.days],
  )
  const { entries, isPending, error, beyond } = useEntries(asked, query)
  const change = useEntryChange({ object, fields, zone: clock.zone, locale: clock.locale })
  const offered = groupFields(useListFields(object))
  const group = offered.find(({ key }) => key === list.look.settings.laneField)
  const rows = useMemo(
    () => rowsOf(entries, group, t('timeline.none', { label: group?.label }), format),
    [entries, group, format, t],
  )
  const onPeek = useEntryPeek()
  const mayMove = isMovable(object, fields.start)

  return (
    <div className={calendarClasses.page}>
      <TimelineBar
        object={object}
        list={list}
        scale={scale}
        zoom={zoom}
        group={group}
        offered={offered}
        beyond={beyond}
        onToday={() => show(clock.now.day)}
        onTurn={(direction) => show(turned(zoom, day, direction))}
      />
      {error ? (
        <PageError error={error} />
      ) : (
        <TimelineGrid
          label={t('timeline.label', { objects: object.labelPlural })}
          object={object}
          fields={fields}
          clock={clock}
          scale={scale}
          zoom={zoom}
          rows={rows}
          isPending={isPending}
          may={{ move: mayMove, stretch: mayMove && isMovable(object, fields.end) }}
          onPut={(held) => change(held.entry, putOfHeld(held, clock.zone))}
          onOpen={(entry: Entry) => navigate(paths.record(object.slug, entry.record.id))}
          onPeek={onPeek}
        />
      )}
    </div>
  )
}

/** The day of the address, around which the timeline is drawn. */
function useShownDay(today: string) {
  const [params, setParams] = useSearchParams()
  const show = (day: string) => {
    const next = new URLSearchParams(window.location.search)
    next.set('day', day)
    setParams(next, { replace: true })
  }
  return { day: dayOf(params) ?? today, show }
}
