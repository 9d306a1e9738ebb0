/** A person's own entries as calendars read them (RFC 5545). */
import { inLocale } from '@oneforge/kernel/metadata'
import { calendarWriter, uidOf } from '@oneforge/modules/meetings'
import ical, { ICalEventStatus, ICalEventTransparency } from 'ical-generator'
import type { DiaryEntry } from './diary.ts'

/** How often a calendar is asked to look again. */
const hourInSeconds = 3_600

/**
 * The same for the same entries, whenever it is asked for: what is new is told by its digest.
 *
 * @param facts.page where the workspace's page is, without a slash at the end.
 */
export function calendarFile(
  entries: DiaryEntry[],
  facts: { name: string; page: string; locale: string; timeZone: string },
): string {
  const calendar = ical({
    name: facts.name,
    prodId: calendarWriter,
    ttl: hourInSeconds,
  })
  calendar.x('X-WR-TIMEZONE', facts.timeZone)
  for (const { record, object, title, place, start, end, allDay, isTask } of entries) {
    const changedAt = new Date(String(record.updatedAt))
    calendar.createEvent({
      id: uidOf(record.id),
      sequence: record.version,
      stamp: changedAt,
      lastModified: changedAt,
      start,
      end,
      allDay,
      summary: title,
      location: place || null,
      url: `${facts.page}/o/${object.slug}/${record.id}`,
      categories: [{ name: inLocale(object.label, facts.locale) }],
      status: ICalEventStatus.CONFIRMED,
      // A task is due at a time and takes none of the person's.
      transparency: isTask ? ICalEventTransparency.TRANSPARENT : ICalEventTransparency.OPAQUE,
    })
  }
  return calendar.toString()
}
