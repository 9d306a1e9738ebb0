/** Records, their lists and their history, as the server sends them. Labels come in the caller's language. */

export interface Money {
  amount: string
  currency: string
}

export interface Address {
  street?: string | null
  street2?: string | null
  city?: string | null
  region?: string | null
  postalCode?: string | null
  country?: string | null
}

export interface RecordLink {
  id: string
  object: string
  title: string
}

export interface FileValue {
  id: string
  name: string
  size: number
  type: string
  version: number
  /** Whether there is a small picture of it. */
  thumbnail: boolean
}

export interface SystemAttributes {
  id: string
  object: string
  recordNumber: string
  version: number
  stage: string | null
  /** Since when it is in the stage of the main pipeline. */
  stageSince: string | null
  /** The same for further pipelines, by their keys; only where the object has any. */
  stagesSince?: Record<string, string>
  ownerId: string | null
  locationId: string | null
  createdAt: string
  createdBy: string | null
  updatedAt: string
  updatedBy: string | null
  deletedAt: string | null
  title: string
}

/** What is told of a record to whoever follows it: nothing of what it says. */
export interface RecordVersion {
  id: string
  version: number
  updatedAt: string
  /** In the trash, or merged into another record. */
  deleted: boolean
}

/** A record as lists and pages get it: system attributes beside the object's own fields, flat. */
export type RecordData = SystemAttributes & Record<string, unknown>

/** A record with what is said of its link. */
export type LinkedRecord = RecordData & {
  attributes: Record<string, unknown>
  /** Of the record that has the field, at both ends. */
  primary: boolean
  since: string
}

export interface LinkQuery {
  limit?: number
  cursor?: string
  sort?: 'order' | 'since' | '-since' | 'title' | '-title'
}

/** What is not named stays; null clears an attribute. */
export interface LinkChange {
  attributes?: Record<string, unknown>
  primary?: boolean
}

export interface GraphQuery {
  depth?: number
  limit?: number
  perRelation?: number
  /** Of the record itself only these are followed. */
  relations?: string[]
}

/** The neighbourhood of a record. */
export interface RecordGraph {
  nodes: { id: string; object: string; title: string | null; recordNumber: string; depth: number }[]
  edges: {
    from: string
    to: string
    relation: string
    label: string
    attributes?: Record<string, unknown>
    primary?: boolean
  }[]
  left: { id: string; relation: string; label: string; more: number | null }[]
  truncated: boolean
}

export type Filter = FilterGroup | FilterCondition
export type FilterGroup = { and: Filter[] } | { or: Filter[] } | { not: Filter }
export interface FilterCondition {
  field: string
  op: string
  value?: unknown
}

export interface ListQuery {
  filter?: Filter | null | undefined
  search?: string | undefined
  sort?: string[] | undefined
  fields?: string[] | undefined
  include?: string[] | undefined
  limit?: number | undefined
  deleted?: boolean | undefined
}

export interface Cursor<T> {
  items: T[]
  nextCursor: string | null
  hasNext: boolean
}

export interface Page<T> {
  items: T[]
  page: number
  limit: number
  total: number
  totalPages: number
}

export interface BulkResult {
  created?: number
  updated?: number
  deleted?: number
  failed: number
  results: {
    index: number
    success: boolean
    id?: string
    error?: { code: string; message: string; details?: { field: string; message: string }[] }
  }[]
}

/** Fields of one record, changed on the version that the caller has seen. */
export interface CellChange {
  id: string
  version?: number
  updates: Record<string, unknown>
}

export interface CellsResult {
  updated: number
  failed: number
  results: {
    index: number
    success: boolean
    id?: string
    version?: number
    /** As it is now; absent where the caller does not see it any more. */
    record?: RecordData
    /** Fields that stayed as they were, and why. */
    refused?: { field: string; message: string }[]
    error?: { code: string; message: string; details?: { field: string; message: string }[]; current?: RecordData }
  }[]
}

export interface AggregateInput {
  filter?: Filter | null
  search?: string
  groupBy?: (string | { field: string; interval: 'day' | 'week' | 'month' | 'quarter' | 'year' })[]
  measures: { op: 'count' | 'sum' | 'avg' | 'min' | 'max'; field?: string }[]
  /** Names of groups and measures such as `-count`. */
  sort?: string[]
  limit?: number
}

export interface HistoryEntry {
  id: string
  at: string
  action: string
  actor: { id: string | null; name: string } | null
  changes: { field: string; label: string; before: unknown; after: unknown }[]
  source?: string | null
  /** The file that it is about; without a name once that is erased. */
  file?: { id: string; name: string | null; version: number | null } | null
}

/** The values that a record had before or after an entry of its history; without `fields` all that changed since. */
export interface EarlierState {
  entry: string
  side: 'before' | 'after'
  fields?: string[]
}

export interface BroughtBack {
  record: RecordData
  /** What each is now, and what it becomes. */
  changes: HistoryEntry['changes']
  /** What stays as it is, and why. */
  kept: { field: string; label: string; message: string }[]
}

export interface Activity {
  id: string
  type: string
  body: string
  at: string
  actor: { id: string | null; name: string } | null
  /** Whom the body names by `<@id>`, as they are called now. */
  mentions: { id: string; name: string }[]
  /** Whether it stands on top of the story. */
  pinned: boolean
  /** How many comments it has. */
  comments: number
}

/** Where what was found stands, in UTF-16 units. */
export interface Mark {
  from: number
  to: number
}

export interface SearchHit {
  id: string
  object: string
  title: string
  recordNumber: string
  subtitle: string
  rank: 'exact' | 'title' | 'word' | 'field' | 'within' | 'similar' | 'listed' | 'opened'
  marks: { title: Mark[]; recordNumber: Mark[]; subtitle: Mark[] }
  /** Another field in which the words stand. */
  excerpt: { field: string; label: string; text: string; marks: Mark[] } | null
}

export interface Findings {
  hits: SearchHit[]
  /** How many were found of each object; `more` says that there may be others. */
  groups: { object: string; found: number; more: boolean }[]
  /** Words that were searched for instead of mistyped ones. */
  meant: string[]
}
