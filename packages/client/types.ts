/** The shapes of the HTTP contract, as the server sends them. Labels come in the caller's language. */

export type FieldType =
  | 'text'
  | 'longtext'
  | 'richtext'
  | 'number'
  | 'integer'
  | 'money'
  | 'percent'
  | 'boolean'
  | 'date'
  | 'datetime'
  | 'time'
  | 'duration'
  | 'select'
  | 'multiselect'
  | 'tags'
  | 'email'
  | 'phone'
  | 'url'
  | 'address'
  | 'user'
  | 'relation'
  | 'file'
  | 'rating'
  | 'autonumber'
  | 'formula'
  | 'lookup'
  | 'rollup'
  | 'json'

export type OptionColor =
  | 'gray'
  | 'red'
  | 'pink'
  | 'grape'
  | 'violet'
  | 'indigo'
  | 'blue'
  | 'cyan'
  | 'teal'
  | 'green'
  | 'lime'
  | 'yellow'
  | 'orange'

export type LocalizedText = { en: string } & Record<string, string>
/** What requests take: one string is stored under the caller's language. */
export type TextInput = string | LocalizedText

export type ObjectAction = 'create' | 'read' | 'update' | 'delete' | 'export' | 'import' | 'assign'
export type Scope = 'own' | 'team' | 'location' | 'all'
export type ObjectPermissions = Record<ObjectAction, Scope | null>

// Identity

export interface User {
  id: string
  email: string
  name: string
  /** Null until the person chose one. */
  locale: string | null
  timeZone: string | null
  emailVerified: boolean
  /** Looks after the installation as a whole. */
  superAdmin?: boolean
  secondFactor?: boolean
}

export interface Session {
  user: User
  tenant: { id: string; name: string; slug: string }
  roles?: string[]
  /** After so long without doing anything one is signed out. */
  idleMinutes?: number | null
}

/** Signing in as a program also yields tokens; the web page gets cookies instead. */
export interface SignedIn extends Session {
  accessToken?: string
  refreshToken?: string
  expiresIn?: number
}

export interface Member {
  /** The user's id: what user fields and owners hold. */
  id: string
  name: string
  email: string
  /** A service account is what API keys act as. */
  kind?: 'person' | 'service'
  roles: string[]
  /** `active`, `deactivated` or `left`. */
  status: string
  joinedAt?: string
  /** Told to those who administer members. */
  lastSeenAt?: string | null
  secondFactor?: boolean
}

// Workspace

export interface ObjectSummary {
  slug: string
  label: string
  labelPlural: string
  icon: string
  color: OptionColor | null
  group: string | null
  order: number
  /** Null for whoever sees only some of the records. */
  recordCount: number | null
}

export interface Workspace {
  id: string
  name: string
  slug: string
  locale: string
  currency: string
  timeZone: string
  template: { slug: string; name: string; version: string } | null
  user: User
  roles: { key: string; label: string }[]
  permissions: { admin: string[]; objects: Record<string, ObjectPermissions> }
  objects: ObjectSummary[]
  metadataVersion: number
}

export interface TemplateSummary {
  slug: string
  version: string
  name: string
  industry: string
  description: string
  highlights: string[]
  icon: string
  color: string
  objects: { slug: string; labelPlural: string; icon: string }[]
  sampleCount: number
}

// Metadata

export interface FieldOption {
  value: string
  label: string
  labels?: LocalizedText
  color?: OptionColor | null
}

export interface FieldRules {
  minLength?: number
  maxLength?: number
  pattern?: string
  patternMessage?: TextInput
  min?: number
  max?: number
  decimals?: number
  notBefore?: string
  notAfter?: string
  minItems?: number
  maxItems?: number
}

export interface FieldMeta {
  id: string
  key: string
  label: string
  labels: LocalizedText
  type: FieldType
  help: string | null
  section: string | null
  required: boolean
  unique: boolean
  sortable: boolean
  searchable: boolean
  phi: boolean
  system: boolean
  options: FieldOption[]
  rules: FieldRules | null
  default: unknown
  currency: string | null
  relation?: { object: string; many: boolean; inverse: { key: string; label: string } } | null
  computed?: { expression?: string; resultType?: FieldType } | null
  position: number
  access: 'read' | 'write'
}

export interface Stage {
  value: string
  label: string
  color?: OptionColor | null
  kind?: 'open' | 'won' | 'lost'
  probability?: number | null
}

export interface Pipeline {
  key: string
  label: string
  field: string
  stages: Stage[]
}

export interface RelationMeta {
  key: string
  label: string
  /** Slug of the other side. */
  object: string
  many: boolean
  direction: 'out' | 'in'
  /** Outgoing relations: key of the field that holds them. */
  field?: string
  /** The name of the same relation at the other side. */
  inverse: string
}

export interface ObjectMeta {
  id: string
  slug: string
  label: string
  labelPlural: string
  labels: { label: LocalizedText; labelPlural: LocalizedText }
  description: string | null
  icon: string
  color: OptionColor | null
  group: string | null
  order: number
  numberPrefix: string
  /** Null for whoever sees only some of the records. */
  recordCount: number | null
  /** Which field fills which role of the screens. */
  roles: { title: string } & Partial<
    Record<'stage' | 'amount' | 'startsAt' | 'endsAt' | 'dueAt' | 'email' | 'phone', string>
  >
  fields: FieldMeta[]
  stages: Stage[]
  pipelines: Pipeline[]
  relations: RelationMeta[]
  permissions: ObjectPermissions
}

export interface FieldOptionInput {
  value: string
  label: TextInput
  color?: OptionColor | null
  /** Options of a stage field: what the stage means for the way through the pipeline. */
  kind?: 'open' | 'won' | 'lost'
  probability?: number | null
}

export interface FieldInput {
  key: string
  label: TextInput
  type: FieldType
  help?: TextInput | null
  section?: TextInput | null
  required?: boolean
  unique?: boolean
  sortable?: boolean
  searchable?: boolean
  phi?: boolean
  options?: (string | FieldOptionInput)[]
  rules?: FieldRules | null
  default?: unknown
  currency?: string | null
  relation?: { object: string; many?: boolean; inverse: { key: string; label: TextInput } }
}

export interface ObjectInput {
  slug: string
  label: TextInput
  labelPlural: TextInput
  description?: TextInput | null
  icon?: string
  color?: OptionColor | null
  group?: TextInput | null
  /** Can change until the first record carries a number. */
  numberPrefix?: string
  /** A role set to null is given up. */
  roles?: { [Role in keyof ObjectMeta['roles']]?: string | null }
  fields: FieldInput[]
}

export type ViewType = 'table' | 'kanban' | 'calendar'

export interface View {
  id: string
  key: string
  label: string
  type: ViewType
  filter: Filter | null
  sort: string[] | null
  columns: string[] | null
  groupBy: string | null
  visibility: 'private' | 'everyone'
  ownedByMe: boolean
  system: boolean
}

export type ViewInput = Partial<Pick<View, 'type' | 'filter' | 'sort' | 'columns' | 'groupBy' | 'visibility'>> & {
  label: TextInput
  key?: string
}

// Records

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
}

export interface SystemAttributes {
  id: string
  object: string
  recordNumber: string
  version: number
  stage: string | null
  ownerId: string | null
  locationId: string | null
  createdAt: string
  createdBy: string | null
  updatedAt: string
  updatedBy: string | null
  deletedAt: string | null
  title: string
}

/** A record as lists and pages get it: system attributes beside the object's own fields, flat. */
export type RecordData = SystemAttributes & Record<string, unknown>

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

export interface AggregateInput {
  filter?: Filter | null
  groupBy?: (string | { field: string; interval: 'day' | 'week' | 'month' | 'quarter' | 'year' })[]
  measures: { op: 'count' | 'sum' | 'avg' | 'min' | 'max'; field?: string }[]
}

export interface HistoryEntry {
  id: string
  at: string
  action: string
  actor: { id: string | null; name: string } | null
  changes: { field: string; label: string; before: unknown; after: unknown }[]
  source?: string | null
}

export interface Activity {
  id: string
  type: string
  body: string
  at: string
  actor: { id: string | null; name: string } | null
}

export interface SearchHit {
  id: string
  object: string
  title: string
  recordNumber: string
  subtitle: string | null
}

// Import and jobs

export interface ImportPreview {
  uploadId: string
  fileName: string
  format: {
    kind: 'csv' | 'xlsx'
    delimiter?: string
    encoding?: string
    headerRow: boolean
    sheet?: string
    sheets?: string[]
  }
  rowCount: number | null
  columns: {
    index: number
    name: string
    samples: string[]
    field: string | null
    confidence: number
    reason: 'name' | 'synonym' | 'content' | null
    /** How the dates of the column are read, and what that follows from. */
    dateOrder?: { order: 'DMY' | 'MDY' | 'YMD'; source: 'content' | 'locale' | 'chosen' }
  }[]
  rows: { line: number; values: string[]; errors: { column: number; field: string; message: string }[] }[]
  /** What must be settled before the import can start. */
  problems?: { field: string; message: string }[]
  summary: { checked: number; withErrors: number }
}

export type DateOrder = 'DMY' | 'MDY' | 'YMD' | 'auto'

export interface ImportInput {
  uploadId: string
  /** Column index to field key; null leaves the column out. Without it columns are matched anew. */
  mapping?: Record<string, string | null>
  mode?: 'create' | 'update' | 'upsert'
  matchOn?: string
  dateOrder?: DateOrder
  edits?: { line: number; column: number; value: string }[]
  dryRun?: boolean
  /** Name of a workbook's sheet; the first without it. */
  sheet?: string
}

export interface JobAccepted {
  jobId: string
  status: JobStatus
  statusUrl: string
}

export type JobStatus = 'pending' | 'processing' | 'completed' | 'failed' | 'cancelled'

export interface ImportResult {
  total: number
  created: number
  updated: number
  duplicates: number
  refused: number
  /** Rows that said nothing new about their record. */
  unchanged?: number
  dryRun: boolean
  refusedUrl?: string
  undoable?: boolean
  importId?: string
  /** Taking an import back: records moved to the trash, put back as they were, and left because they changed since. */
  deleted?: number
  restored?: number
  kept?: number
  downloadUrl?: string
}

export interface Job {
  id: string
  type: string
  object: string | null
  status: JobStatus
  progress: number
  startedAt: string | null
  finishedAt: string | null
  result: Partial<ImportResult> | null
  errors: { line?: number; field?: string; message: string }[]
}

export interface ImportSummary {
  id: string
  object: string
  fileName?: string
  status: JobStatus | string
  createdAt: string
  jobId?: string
  result?: Partial<ImportResult> | null
}
