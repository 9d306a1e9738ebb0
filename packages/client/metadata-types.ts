/** Objects, fields and views: what a tenant keeps and how it calls it, as the server sends them. Labels come in the caller's language. */
import type { LayoutSection } from './arrangement-types.ts'
import type { FieldConditions, Numbering, RuleInput, UniqueKey, UniqueKeyInput, ValidationRule } from './rules-types.ts'
import type { LocalizedText, TextInput } from './text-types.ts'

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
  | 'checklist'
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

export type ObjectAction = 'create' | 'read' | 'update' | 'delete' | 'export' | 'import' | 'assign'
export type Scope = 'own' | 'team' | 'location' | 'all'
export type ObjectPermissions = Record<ObjectAction, Scope | null>

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
  /** Digits stand together, as those of a year do. */
  ungrouped?: boolean
  notBefore?: string
  notAfter?: string
  minItems?: number
  maxItems?: number
  /** Files: whether a value is a list of them. */
  several?: boolean
  /** Files: only these. */
  kinds?: FileKind[]
  /** Files: in bytes. */
  maxSize?: number
  /** Whoever or whatever it names is at one record at a time: booked twice is told of, or refused. */
  exclusive?: boolean | 'refuse'
}

export type FileKind = 'image' | 'pdf' | 'document' | 'text' | 'audio' | 'video'

/** How a computed field comes to its value, as it is asked for. */
export interface ComputationInput {
  expression?: string
  relation?: string
  field?: string
  op?: NonNullable<FieldComputation['op']>
  activities?: FieldComputation['activities']
  filter?: unknown
  resultType?: FieldType
  shared?: boolean
}

/** How a computed field comes to its value. */
export interface FieldComputation {
  expression?: string
  relation?: string
  field?: string
  op?: 'count' | 'sum' | 'avg' | 'min' | 'max'
  /** Of a rollup without a relation: when the record was last contacted, or when what is open about it is due. */
  activities?: 'last' | 'next'
  filter?: unknown
  resultType?: FieldType
  /** Whoever may read the field sees it, also over records that they cannot open. */
  shared: boolean
  /** Why it cannot be worked out now. */
  problem: string | null
}

export interface FieldMeta {
  id: string
  key: string
  label: string
  labels: LocalizedText
  type: FieldType
  /** What its values are: its type, unless it is computed. */
  resultType: FieldType
  help: string | null
  section: string | null
  required: boolean
  unique: boolean
  /** Of a unique field: José and Jose are the same. */
  ignoreAccents: boolean
  sortable: boolean
  searchable: boolean
  phi: boolean
  system: boolean
  options: FieldOption[]
  rules: FieldRules | null
  conditions: FieldConditions | null
  /** A value, today, now, me, or `{formula}`, which the server works out when a record is made. */
  default: unknown
  /** Of autonumbers. */
  numbering: Numbering | null
  currency: string | null
  relation?: RelationTarget | null
  computed?: FieldComputation | null
  /** A job works through the records: values and order are not complete yet. */
  computing: boolean
  jobId: string | null
  position: number
  access: 'read' | 'write'
}

export interface Stage {
  value: string
  label: string
  labels: LocalizedText
  color: OptionColor | null
  kind: 'open' | 'won' | 'lost'
  probability: number | null
  /** Fields that must have a value when a record enters. */
  requires: string[]
  /** Dates with a time that are filled with now when a record moves here, where they are empty. */
  moments: string[]
  /** Stages that may come next; null: any. */
  moves: string[] | null
  /** What is ticked off before a record leaves. */
  checklist: ChecklistItem[]
  /** Why a record came here: asked when it does. */
  reasons: { required: boolean; options: StageReason[] } | null
  rottingDays: number | null
}

export interface ChecklistItem {
  key: string
  label: string
  labels: LocalizedText
  required: boolean
}

export interface StageReason {
  value: string
  label: string
  labels: LocalizedText
  color: OptionColor | null
}

export interface Pipeline {
  key: string
  label: string
  labels: LocalizedText
  field: string
  /** Whether it fills the role of the stage. */
  main: boolean
  stages: Stage[]
}

export type OnDelete = 'keep' | 'clear' | 'cascade' | 'refuse'

/** Where a relation field leads. */
export interface RelationTarget {
  object: string
  /** Further objects that it may point at. */
  others: string[]
  many: boolean
  inverse: { key: string; label: string; many: boolean }
  onDelete: OnDelete
  attributes: LinkAttribute[]
  primary: boolean
}

/** What is said of each link of a relation. */
export interface LinkAttribute {
  key: string
  label: string
  labels: LocalizedText
  type: FieldType
  required: boolean
  options: FieldOption[]
  rules: FieldRules | null
}

export interface RelationMeta {
  key: string
  label: string
  /** Slug of the other side; the first of them where there are several. */
  object: string
  objects: string[]
  many: boolean
  direction: 'out' | 'in'
  /** Outgoing relations: key of the field that holds them. */
  field?: string
  /** The name of the same relation at the other side. */
  inverse: string
  /** Whether the record that has the field needs a link. */
  required: boolean
  onDelete: OnDelete
  attributes: LinkAttribute[]
  /** Whether one link of a record may be marked as the primary one. */
  primary: boolean
  access: 'read' | 'write'
}

/** What names an object or a field, and what would be lost with it. */
export interface Dependents {
  dependents: {
    kind: string
    object: string | null
    key: string
    label: string
    where: string
    message: string
    mend: 'takenOut' | 'withoutValue' | 'withdrawn' | 'none'
  }[]
  records: number
}

export interface ObjectMeta {
  id: string
  /** Of its definition: grows with every change of the object or its fields. */
  version: number
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
  numbering: Numbering
  rules: ValidationRule[]
  uniqueKeys: UniqueKey[]
  /** Whether its records belong to locations. */
  located: boolean
  /** Whether its records are tasks, meetings, calls or e-mails about other records. */
  activity: 'task' | 'meeting' | 'call' | 'email' | null
  /** Null for whoever sees only some of the records. */
  recordCount: number | null
  /** Which field fills which role of the screens. */
  roles: { title: string } & Partial<
    Record<'stage' | 'amount' | 'startsAt' | 'endsAt' | 'dueAt' | 'email' | 'phone', string>
  >
  fields: FieldMeta[]
  /** Where the fields stand on forms and record pages. */
  layout: LayoutSection[]
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
  conditions?: FieldConditions | null
  /** Of a unique field. */
  ignoreAccents?: boolean
  default?: unknown
  numbering?: Partial<Numbering> | null
  currency?: string | null
  relation?: RelationInput | RelationChange
  computed?: ComputationInput
}

export interface LinkAttributeInput {
  key: string
  label: TextInput
  type: FieldType
  required?: boolean
  options?: FieldOptionInput[]
  rules?: FieldRules | null
}

export interface RelationInput {
  object: string
  others?: string[]
  many?: boolean
  inverse: { key: string; label: TextInput; many?: boolean }
  onDelete?: OnDelete
  attributes?: LinkAttributeInput[]
  primary?: boolean
}

/** Where a relation leads and how many it takes stay as they were made. */
export interface RelationChange {
  inverse?: { label: TextInput }
  onDelete?: OnDelete
  /** Replaces the list before. */
  attributes?: LinkAttributeInput[]
  primary?: boolean
}

/** A formula while it is being written. */
export interface FormulaDraft {
  expression: string
  resultType?: FieldType
  currency?: string
  /** The record to work it out for. */
  recordId?: string
  /** The field that is being changed. */
  key?: string
}

export interface FormulaCheck {
  resultType: FieldType | null
  value: unknown
  /** The value for people. */
  text: string | null
  problems: { message: string; position: { start: number; end: number } | null }[]
  names: { name: string; label: string; type: FieldType }[]
  functions: { name: string; signature: string; help: string }[]
}

/** Records for which a computed field has no result. */
export interface FailingRecords {
  checked: number
  failing: number
  examples: { id: string; recordNumber: string; title: string | null; message: string }[]
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
  /** Null: the prefix and six digits. */
  numbering?: Partial<Numbering> | null
  /** These lists replace the ones before. */
  rules?: RuleInput[]
  uniqueKeys?: UniqueKeyInput[]
  located?: boolean
  /** A role set to null is given up. */
  roles?: { [Role in keyof ObjectMeta['roles']]?: string | null }
  fields: FieldInput[]
}
