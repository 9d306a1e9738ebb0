import { DateInput, TimeInput } from '@mantine/dates'
import 'dayjs/locale/de.js'
import 'dayjs/locale/es.js'
import { useTranslation } from 'react-i18next'
import { dateOrderOf, datePattern, fromWallClock, parseDate, parseDateAndTime, toWallClock } from '../dates.ts'
import { useFormatContext } from '../FormatProvider.tsx'
import { type EditorProps, inputProps, orNull } from './editorProps.ts'

const controls = ['previousMonth', 'nextMonth', 'previousYear', 'nextYear', 'previousDecade', 'nextDecade'] as const

/** The calendar in the reader's language, with names for its arrows. */
function useCalendar() {
  const { t, i18n } = useTranslation('fields')
  const ariaLabels = Object.fromEntries(controls.map((control) => [control, t(`calendar.${control}`)]))
  return { locale: i18n.language, hideOutsideDates: true, weekendDays: [], ariaLabels }
}

/** Typed («3/4/2026», «3.4.26», ISO) or picked from the calendar. */
export function DateEditor(props: EditorProps) {
  const { locale } = useFormatContext()
  const calendar = useCalendar()
  const pattern = datePattern(locale)
  return (
    <DateInput
      {...inputProps(props)}
      {...calendar}
      value={(props.value as string | null) ?? null}
      valueFormat={pattern}
      placeholder={pattern}
      dateParser={(text) => parseDate(text, dateOrderOf(locale))}
      clearable={!props.field.required && props.variant === 'form'}
      allowDeselect={!props.field.required}
      onChange={props.onChange}
    />
  )
}

/** One input for day and time in the workspace's zone; the server gets the moment in UTC. */
export function DateTimeEditor(props: EditorProps) {
  const { locale, timeZone } = useFormatContext()
  const calendar = useCalendar()
  const pattern = `${datePattern(locale)} HH:mm`
  const value = props.value as string | null
  return (
    <DateInput
      {...inputProps(props)}
      {...calendar}
      withTime
      value={value ? toWallClock(value, timeZone) : null}
      valueFormat={pattern}
      placeholder={pattern}
      dateParser={(text) => parseDateAndTime(text, dateOrderOf(locale))}
      clearable={!props.field.required && props.variant === 'form'}
      allowDeselect={!props.field.required}
      onChange={(wallClock) => props.onChange(wallClock ? fromWallClock(wallClock, timeZone) : null)}
    />
  )
}

export function TimeEditor(props: EditorProps) {
  return (
    <TimeInput
      {...inputProps(props)}
      value={String(props.value ?? '').slice(0, 5)}
      onChange={(event) => props.onChange(orNull(event.currentTarget.value))}
    />
  )
}
