import { DateInput, TimeInput } from '@mantine/dates'
import { useTranslation } from 'react-i18next'
import { dateOrderOf, datePattern, fromWallClock, parseDate, parseDateAndTime, toWallClock } from '../dates.ts'
import { useFormatContext } from '../FormatProvider.tsx'
import { type EditorProps, inputProps, orNull } from './editorProps.ts'

/** Typed («3/4/2026», «3.4.26», ISO) or picked from the calendar. */
export function DateEditor(props: EditorProps) {
  const { locale } = useFormatContext()
  const { i18n } = useTranslation()
  const pattern = datePattern(locale)
  return (
    <DateInput
      {...inputProps(props)}
      locale={i18n.language}
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
  const { i18n } = useTranslation()
  const pattern = `${datePattern(locale)} HH:mm`
  const value = props.value as string | null
  return (
    <DateInput
      {...inputProps(props)}
      locale={i18n.language}
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
