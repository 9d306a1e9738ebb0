/**
 * What stands in a person's own calendar: the meetings and bookings that are theirs, and their open tasks that are due. What
 * they may not read is not there.
 */
import { followWay, scopeOf } from '@oneforge/kernel/access'
import { isProtectedField } from '@oneforge/kernel/expressions'
import { type CompiledField, type CompiledObject, inLocale } from '@oneforge/kernel/metadata'
import {
  accessOfField,
  endingField,
  isProtected,
  listRecords,
  mostMinutes,
  type PresentedRecord,
  presentRecord,
  type RecordContext,
  usualMinutes,
} from '@oneforge/kernel/records'
import { calendarTimes } from '@oneforge/modules/meetings'
import { isBooked } from '@oneforge/modules/workspace'

export interface DiaryEntry {
  record: PresentedRecord
  object: CompiledObject
  title: string
  place: string
  start: Date
  end: Date
  allDay: boolean
  isTask: boolean
}

const day = 24 * 3_600_000
const daysBack = 90
const daysAhead = 400
/** Of each object, ahead and back: who has more sees what is nearest to today. */
const mostEntries = 1_000

export interface DiaryOptions {
  tasks: boolean
  /** Whether records with protected health information show their titles and people. */
  names: boolean
  /** Of the person. */
  email: string
}

export async function diaryOf(context: RecordContext, options: DiaryOptions): Promise<DiaryEntry[]> {
  const { objects } = context.model
  const found: DiaryEntry[] = []
  for (const object of objects) {
    const start = startOf(context, object, options)
    if (start) found.push(...(await entriesOf(context, object, start, options)))
  }
  return found
}

/** The field that says when records of the object are; undefined for objects that stand in no calendar of their own. */
function startOf(context: RecordContext, object: CompiledObject, { tasks }: DiaryOptions): CompiledField | undefined {
  if (!scopeOf(context.policy, object, 'read')) return undefined
  if (object.activity === 'task') return tasks ? seenField(context, object, object.roles.dueAt) : undefined
  const stands = object.activity === 'meeting' || (object.activity === undefined && isBooked(object))
  return stands ? seenField(context, object, object.roles.startsAt) : undefined
}

function seenField(context: RecordContext, object: CompiledObject, key: string | undefined): CompiledField | undefined {
  const field = key === undefined ? undefined : object.field.get(key)
  return field && accessOfField(context, object, field) !== 'hidden' ? field : undefined
}

async function entriesOf(
  context: RecordContext,
  object: CompiledObject,
  start: CompiledField,
  { names, email }: DiaryOptions,
): Promise<DiaryEntry[]> {
  const own = [ownCondition(context, object, email), ...stillOn(context, object)]
  const within = (from: number, to: number, sort: string) =>
    listRecords(context, object, {
      filter: { and: [...own, ...between(context, start, from, to)] },
      sort: [sort],
      limit: mostEntries,
    })
  const ahead = await within(0, daysAhead, start.key)
  const back = await within(-daysBack, 0, `-${start.key}`)
  return [...back.rows.toReversed(), ...ahead.rows].map((row) => {
    const record = presentRecord(context.model, context.policy, object, row)
    return {
      record,
      object,
      title: titleOf(context, object, record, names),
      place: placeOf(context, object, record),
      ...timesOf(context, object, record, start),
      isTask: object.activity === 'task',
    }
  })
}

/** Theirs by owner, named in a field for colleagues, or the one whose hours it takes. */
function ownCondition(context: RecordContext, object: CompiledObject, email: string): object {
  const naming = object.fields.filter(
    (field) => field.type === 'user' && accessOfField(context, object, field) !== 'hidden',
  )
  const mine = ['ownerId', ...naming.map(({ key }) => key)].map((field) => ({ field, op: 'eq', value: { me: true } }))
  const ways = object.fields.flatMap((field) => wayToAddress(context, object, field) ?? [])
  return { or: [...mine, ...ways.map((field) => ({ field, op: 'eq', value: email }))] }
}

/** Of a visit, from its doctor, who is not booked twice, to the address by which they are known to be the person. */
function wayToAddress(
  { model, policy }: RecordContext,
  object: CompiledObject,
  { key, rules }: CompiledField,
): string | undefined {
  const relation = rules?.exclusive ? object.relation.get(key) : undefined
  const address = relation?.objects.length === 1 ? model.objectById.get(relation.objectId)?.roles.email : undefined
  if (address === undefined || !followWay(policy, model, object, [key])?.sees(address)) return undefined
  return `${key}.${address}`
}

/** @param from of days from now, as `to` is, which is not among them. */
function between({ now }: RecordContext, start: CompiledField, from: number, to: number): object[] {
  const bound = (days: number) => {
    const moment = new Date(now.getTime() + days * day).toISOString()
    return start.type === 'date' ? moment.slice(0, 10) : moment
  }
  return [
    { field: start.key, op: 'gte', value: bound(from) },
    { field: start.key, op: 'lt', value: bound(to) },
  ]
}

/** Nothing that was called off, and of tasks none that is done. */
function stillOn(context: RecordContext, object: CompiledObject): object[] {
  const stage = seenField(context, object, object.roles.stage)
  const isOver = (kind: string | undefined) => kind === 'lost' || (object.activity === 'task' && kind === 'won')
  const over = object.stages.flatMap(({ kind, value }) => (isOver(kind) ? [value] : []))
  return stage && over.length > 0 ? [{ field: stage.key, op: 'nin', value: over }] : []
}

function timesOf(
  context: RecordContext,
  object: CompiledObject,
  record: PresentedRecord,
  start: CompiledField,
): { start: Date; end: Date; allDay: boolean } {
  const startsAt = record[start.key] as string
  const allDay = start.type === 'date' || record.all_day === true
  const endsAt = start.key === object.roles.startsAt ? endOf(object, record, startsAt) : null
  return calendarTimes(
    { startsAt, endsAt: endsAt ?? (allDay ? null : after(startsAt, usualMinutes)), allDay },
    context.model.timeZone,
  )
}

/** As the record says it: by an end after its start, or by how long it takes. */
function endOf(object: CompiledObject, record: PresentedRecord, startsAt: string): string | null {
  const field = endingField(object)
  const said = field && record[field.key]
  if (typeof said === 'string') return said > startsAt ? said : null
  return typeof said === 'number' && said > 0 ? after(startsAt, Math.min(said, mostMinutes)) : null
}

const after = (moment: string, minutes: number): string => new Date(Date.parse(moment) + minutes * 60_000).toISOString()

/** Whom it is for and what it is about; of protected records only what kind they are, unless the workspace allows more. */
function titleOf(context: RecordContext, object: CompiledObject, record: PresentedRecord, names: boolean): string {
  const { model, locale } = context
  if (isProtected(model, object) && !names) return inLocale(object.label, locale)
  const title = typeof record.title === 'string' && record.title ? record.title : String(record.recordNumber)
  const subject = object.fields.find(
    ({ required, relation }) => required && relation?.onDelete === 'cascade' && !relation.many,
  )
  const link = subject && (record[subject.key] as { title?: string | null } | null | undefined)
  return link?.title && !title.includes(link.title) ? `${link.title} · ${title}` : title
}

/** Where: as the record says it, and at which of the workspace's locations. */
function placeOf({ model }: RecordContext, object: CompiledObject, record: PresentedRecord): string {
  const said = ['place', 'room'].flatMap((key) => {
    const field = object.field.get(key)
    const value = field && isProtectedField(model, field) ? null : record[key]
    return typeof value === 'string' && value !== '' ? [value] : []
  })
  const location = model.locations.get(String(record.locationId))
  return [...said, ...(location ? [location.name] : [])].join(', ')
}
