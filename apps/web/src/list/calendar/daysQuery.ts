import type { ListQuery, ObjectMeta } from '@oneforge/client'
import { isSortable } from '../listFields.ts'
import type { DiaryFields } from './diaryFields.ts'
import { rangeFilter } from './entries.ts'
import { dayAfter } from './zone.ts'

interface Asked {
  object: ObjectMeta
  fields: DiaryFields
  zone: string
}

/** What a list asks for, of these days alone. */
export function daysQuery({ object, fields, zone }: Asked, query: ListQuery, days: string[]): ListQuery {
  const range = rangeFilter(fields, days[0]!, dayAfter(days.at(-1)!), zone)
  return {
    ...query,
    filter: query.filter ? { and: [query.filter, range] } : range,
    sort: isSortable(object, fields.start) ? [fields.start.key] : undefined,
  }
}
