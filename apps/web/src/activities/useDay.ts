/** A person's day: their open tasks, today's meetings, and what they have done today. A request each, however much there is. */
import type { ListQuery, ObjectMeta, RecordData } from '@oneforge/client'
import { useMemo } from 'react'
import { useObject } from '../api/objects.ts'
import { useRecords } from '../api/records.ts'
import { useFormatContext } from '../fields/FormatProvider.tsx'
import { type DayTasks, tasksByDay } from './day.ts'
import { isOpen, stageIn, useActivityObjects } from './kinds.ts'
import { startOfDay } from './moments.ts'

export interface Day extends DayTasks {
  /** Undefined while it is being asked for, and where the person has none. */
  task: ObjectMeta | undefined
  meeting: ObjectMeta | undefined
  meetings: RecordData[]
  isPending: boolean
  /** The workspace has no tasks that the person may see. */
  isMissing: boolean
}

const mine = { field: 'ownerId', op: 'eq', value: { me: true } }
/** Nobody looks through more in one day. */
const most = 200

export function useDay(): Day {
  const objects = useActivityObjects()
  const { timeZone } = useFormatContext()
  const task = useObject(objects.task?.slug ?? '', objects.task !== undefined).data
  const meeting = useObject(objects.meeting?.slug ?? '', objects.meeting !== undefined).data
  const today = startOfDay(0, timeZone)
  const tomorrow = startOfDay(1, timeZone)
  const open = useRecordsOf(task, openQuery)
  const meetings = useRecordsOf(meeting, meetingQuery, today, tomorrow)
  const dueKey = task?.roles.dueAt
  // What has just been ticked stays where it was until the page is asked for anew, so that nothing jumps under the hand.
  const groups = tasksByDay(open.rows, dueKey, { today, tomorrow })
  return {
    ...groups,
    task,
    meeting,
    meetings: meetings.rows,
    isPending: Boolean(objects.task && open.isPending) || Boolean(objects.meeting && meetings.isPending),
    isMissing: objects.task === undefined,
  }
}

/** The tasks that the person has done today. */
export function useDoneToday(task: ObjectMeta | undefined): RecordData[] {
  const { timeZone } = useFormatContext()
  const { rows } = useRecordsOf(task, doneQuery, startOfDay(0, timeZone))
  return task ? rows.filter((record) => !isOpen(task, stageIn(task, record))) : []
}

type QueryOf = (object: ObjectMeta, ...moments: string[]) => ListQuery

/** The records of the object by a query that is made of its metadata; none while these are on their way. */
function useRecordsOf(object: ObjectMeta | undefined, queryOf: QueryOf, ...moments: string[]) {
  const when = moments.join()
  const query = useMemo(() => (object ? queryOf(object, ...moments) : {}), [object, queryOf, when])
  return useRecords(object?.slug ?? '', query, object !== undefined)
}

const stagesOfKind = ({ stages }: ObjectMeta, wanted: string): string[] =>
  stages.flatMap(({ kind, value }) => (kind === wanted ? [value] : []))

function openQuery(object: ObjectMeta): ListQuery {
  const { stage, dueAt } = object.roles
  const isStillOpen = stage ? [{ field: stage, op: 'in', value: stagesOfKind(object, 'open') }] : []
  return { filter: { and: [mine, ...isStillOpen] }, sort: dueAt ? [dueAt] : ['createdAt'], limit: most }
}

function doneQuery(object: ObjectMeta, today = ''): ListQuery {
  const { stage } = object.roles
  if (!stage) return { filter: { and: [mine, { field: 'id', op: 'empty' }] }, limit: 1 }
  const done = { field: stage, op: 'in', value: stagesOfKind(object, 'won') }
  return {
    filter: { and: [mine, done, { field: 'stageSince', op: 'gte', value: today }] },
    sort: ['-updatedAt'],
    limit: most,
  }
}

function meetingQuery(object: ObjectMeta, today = '', tomorrow = ''): ListQuery {
  const { startsAt = 'createdAt', endsAt, stage } = object.roles
  const begins = { field: startsAt, op: 'gte', value: today }
  const lasts = endsAt ? { or: [begins, { field: endsAt, op: 'gt', value: today }] } : begins
  const takesPlace = stage ? [{ field: stage, op: 'nin', value: stagesOfKind(object, 'lost') }] : []
  const parts = [mine, { field: startsAt, op: 'lt', value: tomorrow }, lasts, ...takesPlace]
  return { filter: { and: parts }, sort: [startsAt], limit: most }
}
