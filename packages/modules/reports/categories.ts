/**
 * What figures are grouped by, in words: options as their field calls them, people, places and records by their names. Names
 * are looked up once for all widgets.
 */
import { type CompiledObject, inLocale, type OptionColor } from '@oneforge/kernel/metadata'
import {
  type GroupBy,
  type GroupSubject,
  groupSubject,
  type Interval,
  listRecords,
  type RecordContext,
} from '@oneforge/kernel/records'
import { namesOfLocations, namesOfUsers } from './names.store.ts'
import { isUnit, lastDayOf } from './ranges.ts'

export interface Category {
  value: unknown
  label: string
  color: OptionColor | null
  filter: unknown
}

type Named = 'user' | 'location' | { record: CompiledObject }

/** Groups of one name, ready to become categories. */
export interface GroupReader {
  interval: Interval | null
  /** Options in their order, where the values are options. */
  options: string[] | null
  category(value: unknown): Category
}

export class Categories {
  private readonly context: RecordContext
  private readonly awaited: { kind: Named; category: Category }[] = []

  constructor(context: RecordContext) {
    this.context = context
  }

  /** @returns undefined where the caller knows nothing of what is grouped by. */
  reader(object: CompiledObject, { field, interval }: GroupBy): GroupReader | undefined {
    const subject = groupSubject(this.context, object, field)
    if (!subject) return undefined
    const isDate = isMoment(subject)
    const of = isDate ? (interval ?? 'month') : null
    const options = isDate ? null : optionsOf(subject)
    return {
      interval: of,
      options: options && [...options.keys()],
      category: (value) => {
        const filter = filterOf(field, value, of)
        if (value === null || value === undefined) return { value: null, label: '', color: null, filter }
        const option = options?.get(String(value))
        const label = option ? inLocale(option.label, this.context.locale) : String(value)
        const category = { value, label, color: option?.color ?? null, filter }
        const kind = namedBy(subject)
        if (kind) this.awaited.push({ kind, category })
        return category
      },
    }
  }

  /** Gives the names to what is called by an id; what the caller may not see keeps none. */
  async name(): Promise<void> {
    const idsOf = (isMeant: (kind: Named) => boolean) => [
      ...new Set(this.awaited.filter(({ kind }) => isMeant(kind)).map(({ category }) => String(category.value))),
    ]
    const { tx, model } = this.context
    const names = new Map<string, string>()
    const users = idsOf((kind) => kind === 'user')
    const places = idsOf((kind) => kind === 'location')
    if (users.length > 0) for (const [id, name] of await namesOfUsers(tx, users)) names.set(id, name)
    if (places.length > 0)
      for (const [id, name] of await namesOfLocations(tx, model.tenantId, places)) names.set(id, name)
    const targets = new Set(this.awaited.flatMap(({ kind }) => (typeof kind === 'object' ? [kind.record] : [])))
    for (const target of targets) {
      const ids = idsOf((kind) => typeof kind === 'object' && kind.record === target)
      for (const [id, title] of await this.titles(target, ids)) names.set(id, title)
    }
    for (const { category } of this.awaited) category.label = names.get(String(category.value)) ?? ''
  }

  private async titles(object: CompiledObject, ids: string[]): Promise<[string, string][]> {
    const filter = { field: 'id', op: 'in', value: ids }
    const { rows } = await listRecords(this.context, object, { filter, limit: ids.length, only: new Set(), cursor: '' })
    return rows.map(({ id, title, record_number }) => [id, title || record_number])
  }
}

const systemMoments = new Set(['createdAt', 'updatedAt'])

export const isMoment = ({ field, key }: GroupSubject): boolean =>
  field ? field.type === 'date' || field.type === 'datetime' : systemMoments.has(key)

function optionsOf({ object, key, field }: GroupSubject) {
  const shown = field ?? (key === 'stage' ? object.field.get(object.roles.stage ?? '') : undefined)
  return shown && shown.optionByValue.size > 0 ? shown.optionByValue : null
}

const peopleKeys = new Set(['ownerId', 'createdBy', 'updatedBy'])

function namedBy({ object, key, field, isRecord }: GroupSubject): Named | undefined {
  if (isRecord) return { record: object }
  if (field) return field.type === 'user' ? 'user' : undefined
  if (key === 'locationId') return 'location'
  return peopleKeys.has(key) ? 'user' : undefined
}

/** The records of the group alone; null where the filter language has no words for them. */
function filterOf(field: string, value: unknown, interval: Interval | null): unknown {
  if (value === null || value === undefined) return { field, op: 'empty' }
  if (interval === null) return { field, op: 'eq', value }
  if (!isUnit(interval)) return null
  const first = String(value)
  if (interval === 'day') return { field, op: 'eq', value: first }
  return { field, op: 'between', value: [first, lastDayOf(interval, first)] }
}
