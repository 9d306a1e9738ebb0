import { TimeInput } from '@mantine/dates'
import { fromWallClock, parseDate, parseDateAndTime, toWallClock } from '../dates.ts'
import { useFormatContext } from '../FormatProvider.tsx'
import { type EditorProps, inputProps, orNull } from './editorProps.ts'
import { TypedDate } from './TypedDate.tsx'

/** Typed («3/4/2026», «3.4.26», ISO, «tomorrow») or picked from the calendar. */
export function DateEditor(props: EditorProps) {
  const context = useFormatContext()
  return (
    <TypedDate
      editor={props}
      value={(props.value as string | null) ?? null}
      read={(text) => parseDate(text, context)}
      onChange={props.onChange}
    />
  )
}

/** One input for day and time in the workspace's zone; the server gets the moment in UTC. */
export function DateTimeEditor(props: EditorProps) {
  const context = useFormatContext()
  const value = props.value as string | null
  return (
    <TypedDate
      withTime
      editor={props}
      value={value ? toWallClock(value, context.timeZone) : null}
      read={(text) => parseDateAndTime(text, context)}
      onChange={(wallClock) => props.onChange(wallClock && fromWallClock(wallClock, context.timeZone))}
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
