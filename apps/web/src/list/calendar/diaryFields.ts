/** Which fields of an object a calendar and a schedule are drawn from: those that the view names, else the usual ones. */
import type { FieldMeta, ObjectMeta } from '@oneforge/client'
import { subjectField } from '../../fields/recordName.ts'

/** Keys of fields, as a view keeps them; what names no fitting field counts as absent. */
export interface DiarySettings {
  dateField?: string | null
  endField?: string | null
  resourceField?: string | null
}

export interface DiaryFields {
  /** A date or a moment. */
  start: FieldMeta
  /** The same, or how long it takes. Without it everything takes as long as `usualMinutes`. */
  end: FieldMeta | undefined
  /** What the colours stand for. */
  color: FieldMeta | undefined
  /** Whom it is for, by whom it is known: the patient of a visit. */
  subject?: FieldMeta | undefined
}

/** How long an entry takes of which nobody has said it. */
export const usualMinutes = 30

/** How long something takes: a duration, or a whole number that calls itself minutes. */
export const isLength = ({ key, type }: Pick<FieldMeta, 'key' | 'type'>): boolean =>
  type === 'duration' || (type === 'integer' && /(^|_)minutes$/.test(key))

const isDate = ({ type }: FieldMeta) => type === 'date' || type === 'datetime'

/** Undefined for objects without any date: they have no calendar. */
export function diaryFields(object: ObjectMeta, settings: DiarySettings = {}): DiaryFields | undefined {
  const find = fieldFinder(object)
  const { roles } = object
  const start = find(isDate, settings.dateField, roles.startsAt, roles.dueAt) ?? onlyOne(object.fields.filter(isDate))
  if (!start) return undefined
  const color = find(({ type }) => type === 'select', roles.stage)
  return { start, end: endField(object, start, settings.endField), color, subject: subjectField(object) }
}

/** The end belongs to the start: a date to a date, a moment or a length to a moment. */
function endField(object: ObjectMeta, start: FieldMeta, chosen: string | null | undefined): FieldMeta | undefined {
  const fits = ({ key, type }: FieldMeta) =>
    key !== start.key && (type === start.type || (isLength({ key, type }) && start.type === 'datetime'))
  const usual = start.key === object.roles.startsAt ? object.roles.endsAt : undefined
  const named = fieldFinder(object)(fits, chosen, usual)
  return named ?? onlyOne(object.fields.filter((field) => isLength(field) && fits(field)))
}

/** What the columns of a schedule can stand for; the first is the usual one. */
export function resourceFields(object: ObjectMeta): FieldMeta[] {
  return object.fields
    .filter(({ type, relation }) => type in resourceRanks && !relation?.many && !relation?.others.length)
    .toSorted((a, b) => rankOf(a) - rankOf(b))
}

const resourceRanks: Partial<Record<FieldMeta['type'], number>> = { relation: 2, user: 3, select: 4 }

/** Whom a record is deleted with it is for; whom it needs besides is busy with it: a visit's patient, and its doctor. */
function rankOf({ type, relation, required, rules }: FieldMeta): number {
  if (relation?.onDelete === 'cascade') return 5
  if (rules?.exclusive && relation) return 0
  return relation && required ? 1 : resourceRanks[type]!
}

/** Undefined where a schedule makes no sense: nothing to stand side by side, or no hours. */
export function resourceField(object: ObjectMeta, settings: DiarySettings = {}): FieldMeta | undefined {
  if (diaryFields(object, settings)?.start.type !== 'datetime') return undefined
  const fields = resourceFields(object)
  return fields.find(({ key }) => key === settings.resourceField) ?? fields[0]
}

/** Whether the field may be changed by dragging; computed ones never are. */
export function isMovable(object: ObjectMeta, field: FieldMeta | undefined): boolean {
  return Boolean(object.permissions.update) && field?.access === 'write' && !field.computed
}

function fieldFinder(object: ObjectMeta) {
  return (fits: (field: FieldMeta) => boolean, ...candidates: (string | null | undefined)[]): FieldMeta | undefined =>
    candidates
      .map((key) => object.fields.find((field) => field.key === key && fits(field)))
      .find((field) => field !== undefined)
}

const onlyOne = <T>(found: T[]): T | undefined => (found.length === 1 ? found[0] : undefined)
