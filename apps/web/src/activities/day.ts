/** Which tasks belong to which part of the day page. */
import type { RecordData } from '@oneforge/client'

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
