import type { FieldMeta } from '@oneforge/client'
import { useFormatContext } from '../../fields/FormatProvider.tsx'
import { formatValue } from '../../fields/format.ts'
import { nameBy } from '../../fields/recordName.ts'
import { daysOfEntry, type Entry } from './entries.ts'
import type { Diary } from './useDiary.ts'
import { dayAfter, formatDay, formatDays, formatMinute, type Wall } from './zone.ts'

/** An entry in words: when it is, what it is called, and all of it for who hears it. */
export function useEntryText({ fields, locale }: Pick<Diary, 'fields' | 'locale'>) {
  const format = useFormatContext()

  function timeText(entry: Entry): string {
    const { first, after } = daysOfEntry(entry)
    const last = dayAfter(after, -1)
    if (entry.isBar) return first === last ? dayText(first) : formatDays(first, last, locale)
    return `${dayText(first)}, ${hoursText(entry)}`
  }

  const dayText = (day: string) => formatDay(day, locale, { weekday: 'short', day: 'numeric', month: 'short' })
  const hoursText = ({ from, to }: Record<'from' | 'to', Pick<Wall, 'minute'>>) =>
    `${formatMinute(from.minute, locale)}–${formatMinute(to.minute, locale)}`
  const titleText = ({ record }: Entry) => nameBy(fields.subject, record)

  const factsText = ({ record }: Entry, shown: FieldMeta[]) =>
    shown.map((field) => formatValue(field, record[field.key], format)).filter(Boolean)

  const colorText = ({ record }: Entry) => fields.color && formatValue(fields.color, record[fields.color.key], format)

  /** On hover: all of it, a line each. */
  const hoverText = (entry: Entry, shown: FieldMeta[]) =>
    [titleText(entry), timeText(entry), ...factsText(entry, shown), colorText(entry)].filter(Boolean).join('\n')

  return { timeText, dayText, hoursText, titleText, factsText, colorText, hoverText }
}
