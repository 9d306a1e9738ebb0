/** Which tasks belong to which part of a day, and in which order a whole day is told. */
import type { ObjectMeta, RecordData } from '@oneforge/client'
import { isPast } from './moments.ts'

export interface DayTasks {
  overdue: RecordData[]
  today: RecordData[]
  upcoming: RecordData[]
  undated: RecordData[]
}

/** @param bounds when today and tomorrow begin for the reader, in UTC. */
export function tasksByDay(
  tasks: RecordData[],
  dueKey: string | undefined,
  { today, tomorrow }: { today: string; tomorrow: string },
): DayTasks {
  const found: DayTasks = { overdue: [], today: [], upcoming: [], undated: [] }
  for (const task of tasks) {
    const due = dueKey ? task[dueKey] : undefined
    if (typeof due !== 'string') found.undated.push(task)
    else if (due < today) found.overdue.push(task)
    else if (due < tomorrow) found.today.push(task)
    else found.upcoming.push(task)
  }
  return found
}

export interface DayLine {
  object: ObjectMeta
  record: RecordData
}

/** No lines of an object that is on its way, or that the person has none of. */
export const linesOf = (object: ObjectMeta | undefined, records: RecordData[]): DayLine[] =>
  object ? records.map((record) => ({ object, record })) : []

/** Tasks whose time is over come first, also those of an hour ago; all else, meetings too, goes by the clock. */
export function lateFirst(lines: DayLine[], now = new Date()): DayLine[] {
  const isLate = (line: DayLine) => line.object.activity === 'task' && isPast(momentOf(line), now)
  return lines.toSorted((a, b) => Number(isLate(b)) - Number(isLate(a)) || momentOf(a).localeCompare(momentOf(b)))
}

/** When it is due, or begins. */
const momentOf = ({ object: { roles }, record }: DayLine): string => String(record[roles.dueAt ?? roles.startsAt ?? ''])
