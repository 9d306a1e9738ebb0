import { NativeSelect } from '@mantine/core'
import type { FieldMeta, ObjectMeta } from '@oneforge/client'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { useCallback, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate, useSearchParams } from 'react-router'
import { paths } from '../../paths.ts'
import { IconButton } from '../../ui/IconButton.tsx'
import { PageError } from '../../ui/PageError.tsx'
import calendarClasses from '../calendar/Calendar.module.css'
import type { CalendarViewProps } from '../calendar/CalendarView.tsx'
import { DayHead } from '../calendar/DayHead.tsx'
import { DiaryBar } from '../calendar/DiaryBar.tsx'
import { type DiaryFields, diaryFields, isMovable, resourceField, resourceFields } from '../calendar/diaryFields.ts'
import { type Draft, newValues, putOf } from '../calendar/draft.ts'
import type { Entry } from '../calendar/entries.ts'
import { LayoutSwitch } from '../calendar/LayoutSwitch.tsx'
import { NotDrawn } from '../calendar/NotDrawn.tsx'
import type { Span } from '../calendar/spans.ts'
import { TimeGrid } from '../calendar/TimeGrid.tsx'
import { useDiary } from '../calendar/useDiary.ts'
import { useEntries } from '../calendar/useEntries.ts'
import { useEntryChange } from '../calendar/useEntryChange.ts'
import { useEntryPeek } from '../calendar/useEntryPeek.ts'
import { useNewEntry } from '../calendar/useNewEntry.tsx'
import { useShownFields } from '../calendar/useShownFields.ts'
import { useSwipe } from '../calendar/useSwipe.ts'
import { formatDay } from '../calendar/zone.ts'
import { ResourceChooser } from './ResourceChooser.tsx'
import classes from './Schedule.module.css'
import { type Resource, resourceIdOf, useResources } from './useResources.ts'

const spans: Span[] = ['day', 'week']
const narrowest = { day: 140, week: 84 }

/** Records with hours beside one another by whoever they are given to: doctors, rooms, colleagues. */
export default function ScheduleView({ object, list, query, columns }: CalendarViewProps) {
  const { t } = useTranslation('calendar')
  const [params, setParams] = useSearchParams()
  const { settings } = list.look
  const fields = useMemo(() => diaryFields(object, settings), [object, settings])
  const offered = useMemo(() => resourceFields(object), [object])
  const by = offered.find(({ key }) => key === params.get('by')) ?? resourceField(object, settings)
  if (fields?.start.type !== 'datetime' || !by) return <NotDrawn>{t('noHours')}</NotDrawn>
  const onField = (key: string) =>
    setParams((current) => new URLSearchParams([...[...current].filter(([name]) => name !== 'by'), ['by', key]]), {
      replace: true,
    })
  return (
    <Schedule
      key={by.key}
      object={object}
      query={query}
      columns={columns}
      fields={fields}
      field={by}
      offered={offered}
      onField={onField}
    />
  )
}

interface ScheduleProps extends Omit<CalendarViewProps, 'list'> {
  object: ObjectMeta
  fields: DiaryFields
  /** Whose values are the columns. */
  field: FieldMeta
  offered: FieldMeta[]
  onField: (key: string) => void
}

function Schedule({ object, query, columns: shownColumns, fields, field, offered, onField }: ScheduleProps) {
  const { t } = useTranslation('calendar')
  const navigate = useNavigate()
  const diary = useDiary(object, fields, { name: 'schedule', spans, usual: 'day' })
  const { entries, isPending, error, beyond } = useEntries(diary, query)
  const resources = useResources(object, field)
  const change = useEntryChange(diary)
  const { form, create } = useNewEntry(object)
  const shown = useShownFields(shownColumns, fields).filter(({ key }) => key !== field.key)
  const [single, setSingle] = useState(0)
  const { zone, days, span, locale, isPhone } = diary

  const one = resources.shown[Math.min(single, resources.shown.length - 1)]
  const side = isPhone && one ? [one] : resources.shown
  const turn = (direction: 1 | -1) =>
    setSingle((at) => (at + direction + resources.shown.length) % Math.max(1, resources.shown.length))
  const swipe = useSwipe(turn)
  const places = days.flatMap((day) => side.map((resource) => ({ day, resource })))
  const owners = places.map(({ resource }) => resource.id).join('\n')
  const belongs = useCallback(
    ({ record }: Entry, column: number) => resourceIdOf(record[field.key]) === owners.split('\n')[column],
    [owners, field.key],
  )
  const onPeek = useEntryPeek()
  const mayMove = isMovable(object, fields.start)

  function onPut(draft: Draft): void {
    const { entry, column } = draft
    const { day, resource } = places[column]!
    const given = { [field.key]: resource.value }
    if (!entry) create({ ...newValues(fields, day, draft, zone), ...given })
    else if (resourceIdOf(entry.record[field.key]) === resource.id) change(entry, putOf(entry, draft, day, zone))
    else if (isMovable(object, field)) change(entry, putOf(entry, draft, day, zone), given)
  }

  return (
    <div className={calendarClasses.page} {...(isPhone && swipe)}>
      <DiaryBar diary={diary} beyond={beyond}>
        {isPhone && one && (
          <SingleResource
            resources={resources.shown}
            at={resources.shown.indexOf(one)}
            onTurn={turn}
            onChoose={setSingle}
          />
        )}
        {!isPhone && <LayoutSwitch object={object} layout="schedule" />}
        <ResourceChooser fields={offered} field={field} onField={onField} resources={resources} />
      </DiaryBar>
      {error ? (
        <PageError error={error} />
      ) : places.length === 0 && !resources.isPending ? (
        <NotDrawn>{t('noneChosen')}</NotDrawn>
      ) : (
        <TimeGrid
          key={span}
          diary={diary}
          label={t('scheduleLabel', { objects: object.labelPlural, resource: field.label })}
          columns={places.map(({ day, resource }) => ({
            key: `${day} ${resource.id}`,
            day,
            head: <span title={resource.label}>{resource.label}</span>,
            name: `${resource.label}, ${formatDay(day, locale, { weekday: 'long', day: 'numeric', month: 'long' })}`,
          }))}
          groups={
            span === 'week' && (
              <div className={calendarClasses.groupRow}>
                {days.map((day) => (
                  <div key={day} className={calendarClasses.group} style={{ gridColumn: `span ${side.length || 1}` }}>
                    <DayHead diary={diary} day={day} />
                  </div>
                ))}
              </div>
            )
          }
          entries={entries}
          belongs={belongs}
          shown={shown}
          may={{
            create: Boolean(object.permissions.create),
            move: mayMove,
            stretch: mayMove && isMovable(object, fields.end),
          }}
          isPending={isPending || resources.isPending}
          narrowest={isPhone ? 0 : narrowest[span === 'week' ? 'week' : 'day']}
          onOpen={(entry) => navigate(paths.record(object.slug, entry.record.id))}
          onPeek={onPeek}
          onPut={onPut}
        />
      )}
      {form}
    </div>
  )
}

interface SingleResourceProps {
  resources: Resource[]
  at: number
  onTurn: (direction: 1 | -1) => void
  onChoose: (at: number) => void
}

/** On a phone one column stands alone: a stroke sideways or these lead to the next. */
function SingleResource({ resources, at, onTurn, onChoose }: SingleResourceProps) {
  const { t } = useTranslation('calendar')
  return (
    <div className={classes.single}>
      <IconButton label={t('previousColumn')} onClick={() => onTurn(-1)}>
        <IconChevronLeft size={16} />
      </IconButton>
      <NativeSelect
        size="xs"
        aria-label={t('columns')}
        value={String(at)}
        onChange={({ currentTarget }) => onChoose(Number(currentTarget.value))}
        data={resources.map(({ label }, index) => ({ value: String(index), label }))}
      />
      <IconButton label={t('nextColumn')} onClick={() => onTurn(1)}>
        <IconChevronRight size={16} />
      </IconButton>
    </div>
  )
}
