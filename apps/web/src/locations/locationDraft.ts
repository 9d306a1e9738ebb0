import type { Location, LocationInput } from '@oneforge/client'
import { tidyHolidays, tidyHours } from './hours.ts'

/** What the page of a location edits. */
export type LocationDraft = Pick<Location, 'name' | 'address' | 'timeZone' | 'hours' | 'holidays'>

export function draftOf({ name, address, timeZone, hours, holidays }: Location): LocationDraft {
  return { name, address, timeZone, hours: tidyHours(hours), holidays: tidyHolidays(holidays) }
}

/** In the order of calendar and clock: what the server says of the third line is about the third line. */
export function tidyDraft(draft: LocationDraft): LocationDraft {
  return { ...draft, hours: tidyHours(draft.hours), holidays: tidyHolidays(draft.holidays) }
}

/** Only what is another than before travels. */
export function changedParts(before: LocationDraft, draft: LocationDraft): LocationInput {
  const next = tidyDraft(draft)
  const changed = Object.entries(next).filter(
    ([key, value]) => JSON.stringify(value) !== JSON.stringify(before[key as keyof LocationDraft]),
  )
  return Object.fromEntries(changed)
}
