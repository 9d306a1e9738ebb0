/** The typed columns of a record, derived from its values: what lists sort, filter and count by. */
import {
  type CompiledField,
  type CompiledObject,
  orderedStorage,
  type RoleColumn,
  type SlotColumn,
} from '../metadata/index.ts'
import {
  cut,
  displayText,
  foldText,
  minorUnits,
  type StoredValue,
  searchText,
  sortKey,
} from '../metadata/values/index.ts'

export type RecordData = Record<string, StoredValue>

export interface ProjectedColumns extends Partial<Record<SlotColumn, string | null>> {
  title: string
  title_key: string
  stage: string | null
  /** As text: it may exceed what a JavaScript number holds exactly. */
  amount_minor: string | null
  currency: string | null
  starts_at: string | null
  ends_at: string | null
  due_at: string | null
  email: string | null
  phone: string | null
  search: string
}

/** Longer titles are cut in the column, never in the value. */
const maxTitle = 500
const maxSearch = 4_000

export function project(object: CompiledObject, data: RecordData): ProjectedColumns {
  const columns: ProjectedColumns = {
    title: '',
    title_key: '',
    stage: null,
    amount_minor: null,
    currency: null,
    starts_at: null,
    ends_at: null,
    due_at: null,
    email: null,
    phone: null,
    search: '',
  }
  const found: string[] = []
  for (const field of object.fields) {
    const value = data[field.key]
    if (value == null) continue
    const storage = orderedStorage(field)
    if (storage.kind === 'slot') columns[storage.column] = sortKey(field, value)
    if (storage.kind === 'role') projectRole(columns, field, storage.column, value)
    if (field.searchable || field.key === object.roles.title) found.push(searchText(field, value))
  }
  columns.search = cut(foldText(found.join(' ')), maxSearch)
  return columns
}

function projectRole(columns: ProjectedColumns, field: CompiledField, column: RoleColumn, value: StoredValue): void {
  switch (column) {
    case 'title':
      columns.title = cut(displayText(field, value, 'en'), maxTitle)
      columns.title_key = sortKey(field, value) ?? cut(foldText(columns.title), 200)
      break
    case 'amount_minor': {
      const money = value as { amount: string; currency: string }
      columns.amount_minor = String(minorUnits(money))
      columns.currency = money.currency
      break
    }
    case 'starts_at':
    case 'ends_at':
    case 'due_at':
      columns[column] = field.type === 'date' ? `${value as string}T00:00:00.000Z` : (value as string)
      break
    default:
      columns[column] = value as string
  }
}
