/**
 * What a tenant's world is made of. Templates, the metadata API and the compiled model all speak these shapes, so a
 * field that a template brings and one that an administrator adds at noon are the same thing.
 */
import type { ActivityKind } from './activity-definition.ts'
import type { DuplicateSettings } from './duplicate-definition.ts'
import type { FieldRules } from './field-rules.ts'
import type { FieldOption, LocalizedText, OptionColor } from './option-definition.ts'
import type { PipelineDefinition } from './pipeline-definition.ts'

export { type ActivityKind, activityKinds, anyObject } from './activity-definition.ts'
export {
  type DuplicateComparison,
  type DuplicateRule,
  type DuplicateSettings,
  duplicateComparisons,
} from './duplicate-definition.ts'
export { type FieldRules, type FileKind, fileKinds } from './field-rules.ts'
export { type FieldOption, type LocalizedText, type OptionColor, optionColors } from './option-definition.ts'
export type { ChecklistItem, PipelineDefinition, StageDefinition, StageReasons } from './pipeline-definition.ts'

export const fieldTypes = [
  'text',
  'longtext',
  'richtext',
  'number',
  'integer',
  'money',
  'percent',
  'boolean',
  'date',
  'datetime',
  'time',
  'duration',
  'select',
  'multiselect',
  'tags',
  'email',
  'phone',
  'url',
  'address',
  'user',
  'relation',
  'file',
  'rating',
  'checklist',
  'autonumber',
  'formula',
  'lookup',
  'rollup',
  'json',
] as const
export type FieldType = (typeof fieldTypes)[number]

/** A relation seen from the field that holds it. Each relation has a name for both directions. */
export interface RelationTarget {
  /** Slug of the object at the other side, or `anyObject`. */
  object: string
  /** Further objects that it may point at: a note is about a patient or a deal. */
  others?: string[]
  /** Whether one record may point to several others. */
  many?: boolean
  /** How the other side calls it: doctors have `patients`. */
  inverse: { key: string; label: LocalizedText; many?: boolean }
  /** What happens to the link when the record pointed at is deleted: kept (hidden), cleared, cascaded, or refused. */
  onDelete?: 'keep' | 'clear' | 'cascade' | 'refuse'
  /** What is said of the link itself: the role of a person at a company, since when. */
  attributes?: LinkAttribute[]
  /** Whether one of a record's links may be marked as the primary one. */
  primary?: boolean
}

/** Types that an attribute of a link may have: values that stand for themselves. */
export const attributeTypes = [
  'text',
  'longtext',
  'number',
  'integer',
  'money',
  'percent',
  'boolean',
  'date',
  'datetime',
  'time',
  'duration',
  'select',
  'multiselect',
  'tags',
  'email',
  'phone',
  'url',
  'rating',
] as const satisfies readonly FieldType[]
export type AttributeType = (typeof attributeTypes)[number]

/** A typed attribute of the links of a relation; its values are checked as those of fields are. */
export interface LinkAttribute {
  /** snake_case, unique in the relation, never changed. */
  key: string
  label: LocalizedText
  type: AttributeType
  required?: boolean
  options?: FieldOption[]
  rules?: FieldRules
}

export const rollupOps = ['count', 'sum', 'avg', 'min', 'max'] as const

/** When a record was last contacted (called, met, written to), and when what is open about it is due first. */
export const activityDates = ['last', 'next'] as const

/**
 * How a computed field comes to its value. A formula is CEL over the record and what it points to; a lookup shows a field
 * of the record (or records) at the other side of a relation; a rollup counts or adds up over a relation.
 */
export interface Computation {
  expression?: string
  /** Name of the relation on this object, in either direction. */
  relation?: string
  field?: string
  op?: (typeof rollupOps)[number]
  /** Of a rollup: only those records at the other side (the filter language). */
  filter?: unknown
  /** Of a rollup over whatever activities are about the record, in place of a relation. */
  activities?: (typeof activityDates)[number]
  /** What the values of a formula are; worked out when it is defined unless named. */
  resultType?: FieldType
  /** Whoever may read this field sees it, also over records and fields that they cannot open. */
  shared?: boolean
}

/**
 * When a field is shown, required, closed, or takes only some of its options: filters (the filter language) over the
 * record as it is going to be, seen with the eyes of whoever changes it. What is absent is as the definition says.
 */
export interface FieldConditions {
  /** While it does not hold, the field has no value. */
  visible?: unknown
  required?: unknown
  /** A value may not be changed while it holds before and after the change. */
  readOnly?: unknown
  /** The first whose `when` holds names the options that may be chosen; all of them where none does. */
  options?: { when: unknown; values: string[] }[]
}

/** How numbers are made: `INV-{YYYY}-{0001}`; see numbering.ts for the pattern. */
export interface Numbering {
  pattern: string
  /** When counting begins anew; never, unless said. */
  restart?: 'never' | 'year' | 'month'
  /** Whether each location counts for itself. */
  perLocation?: boolean
}

/** A default that is worked out when a record is made: CEL over its other values. */
export interface DefaultFormula {
  formula: string
}

export interface FieldDefinition {
  /** snake_case, unique in the object, never changed. */
  key: string
  label: LocalizedText
  type: FieldType
  help?: LocalizedText
  /** Heading under which forms and record pages group it. */
  section?: LocalizedText
  required?: boolean
  unique?: boolean
  /** Of a unique field: `José` and `Jose` are the same. Case never makes a difference. */
  ignoreAccents?: boolean
  /** Kept in an order that lists sort and compare by without reading the whole object. */
  sortable?: boolean
  /** Found by the search box. */
  searchable?: boolean
  /** Protected health information: never logged, masked where the caller's role says so. */
  phi?: boolean
  options?: FieldOption[]
  rules?: FieldRules
  conditions?: FieldConditions
  /** A value, `today`, `now` or `me` where the type knows them, or a `DefaultFormula`. */
  default?: unknown
  /** Autonumbers: how they are made. */
  numbering?: Numbering
  /** Money: the currency used when a value comes without one (ISO 4217). */
  currency?: string
  relation?: RelationTarget
  computed?: Computation
  /** Names that it had, which go on to work and are not given to others. */
  formerKeys?: string[]
  /** Where its values stand in the records, if not under its key; see stored-keys.ts. */
  storedAs?: string
  /** Its values in another type, kept in step with each change: what it is to become, or was. */
  twin?: FieldTwin
}

export interface FieldTwin {
  /** With `storedAs`. */
  definition: Omit<FieldDefinition, 'key' | 'twin'>
  /** The job that fills it for the records there are; null once it has. */
  job: string | null
}

/**
 * The attributes that every CRM screen sorts, filters or counts by. An object's metadata says which of its fields
 * fills which; calendar, kanban, forecast and campaigns work on roles and so on any object.
 */
export const fieldRoles = ['title', 'stage', 'amount', 'startsAt', 'endsAt', 'dueAt', 'email', 'phone'] as const
export type FieldRole = (typeof fieldRoles)[number]

export const viewTypes = ['table', 'kanban', 'calendar', 'schedule', 'gallery', 'timeline'] as const
export const densities = ['compact', 'normal', 'tall'] as const
export const totalOps = ['sum', 'avg', 'min', 'max', 'count'] as const
export const timelineZooms = ['day', 'week', 'month', 'quarter'] as const
export const groupIntervals = ['day', 'week', 'month', 'quarter', 'year'] as const

/** How a view is drawn, beyond what it shows. What is absent is as usual. */
export interface ViewSettings {
  /** Within the groups of `groupBy`. */
  thenBy?: string
  /** Of groups by dates; months unless said. */
  interval?: (typeof groupIntervals)[number]
  density?: (typeof densities)[number]
  /** Widths in pixels; a total stands at the foot of the table and of each group. */
  columnSettings?: { field: string; width?: number; pinned?: boolean; total?: (typeof totalOps)[number] }[]
  /** Rows that pass a filter stand out in its colour; the first one that fits counts. */
  colors?: { filter: unknown; color: OptionColor }[]
  /** The field whose values are the lanes of a board and the groups of a timeline; none unless said. */
  laneField?: string
  /** How many cards a column of a board should hold at most; null is the column of records without a value. */
  columnLimits?: { value: string | null; most: number }[]
  /** How much time a timeline shows at once. */
  zoom?: (typeof timelineZooms)[number]
  /** Of a calendar, a schedule and a timeline; the object's roles unless said. */
  dateField?: string
  endField?: string
  resourceField?: string
  colorField?: string
  /** Of the cards of a gallery. */
  cardFields?: string[]
  imageField?: string
}

export interface ViewDefinition {
  key: string
  label: LocalizedText
  type: (typeof viewTypes)[number]
  /** The filter language (see kernel/expressions). */
  filter?: unknown
  /** `-createdAt`, `full_name`: a minus sorts downwards. */
  sort?: string[]
  columns?: string[]
  groupBy?: string
  settings?: ViewSettings
  /** Keys of the roles that see a shared view; everybody unless said. */
  roles?: string[]
  /** Keys of the roles for which a shared view opens first. */
  defaultFor?: string[]
  /** A shared view that whoever uses it may change; otherwise only those who administer views. */
  unlocked?: boolean
}

/** What every record must fulfil: wherever `when` holds (always, unless said), `check` must hold too. */
export interface ValidationRule {
  /** snake_case, unique in the object. */
  key: string
  /** What whoever breaks it is told. */
  message: LocalizedText
  when?: unknown
  /** A filter, or a CEL formula that gives true or false. */
  check: unknown
  /** The field at which the message stands; the first that the check reads unless said. */
  field?: string
  /** False: kept, but not asked. */
  active?: boolean
}

/** Values that no two records share, taken together. Records that lack one of them are not compared. */
export interface UniqueKey {
  /** snake_case, unique in the object. */
  key: string
  label?: LocalizedText
  /** Field keys, `ownerId` or `locationId`. */
  fields: string[]
  /** `ANN` and `ann` are the same; they are unless said. */
  ignoreCase?: boolean
  ignoreAccents?: boolean
  /** `AB 12` and `AB12` are the same. */
  ignoreSpaces?: boolean
}

export interface ObjectDefinition {
  /** Plural, snake_case: it is the path of the API. */
  slug: string
  label: LocalizedText
  labelPlural: LocalizedText
  description?: LocalizedText
  /** Name of a Tabler icon in kebab-case: `user-heart`. */
  icon: string
  color?: OptionColor
  /** Heading in the sidebar. */
  group?: LocalizedText
  /** `PAT-` gives PAT-000001, unless `numbering` says otherwise. */
  numberPrefix: string
  numbering?: Numbering
  roles: { title: string } & Partial<Record<FieldRole, string>>
  fields: FieldDefinition[]
  rules?: ValidationRule[]
  uniqueKeys?: UniqueKey[]
  /** Which records may be the same; by e-mail, telephone and name, unless said. */
  duplicates?: DuplicateSettings
  pipelines?: PipelineDefinition[]
  views?: ViewDefinition[]
  /** Names that it had, which go on to work and are not given to others. */
  formerSlugs?: string[]
  /** Its records belong to locations: one without a location is not for roles that are held at locations. */
  located?: boolean
  /** Its records are such activities; what they are about stands in its relation to every object. */
  activity?: ActivityKind
}

export const objectActions = ['create', 'read', 'update', 'delete', 'export', 'import', 'assign'] as const
export type ObjectAction = (typeof objectActions)[number]

/**
 * Whose records: the caller's own; also those of their teams and sub-teams; also those of the locations they work at;
 * or every one. Absent means none.
 */
export const scopes = ['own', 'team', 'location', 'all'] as const
export type Scope = (typeof scopes)[number]

export const fieldAccesses = ['hidden', 'read', 'write'] as const
export type FieldAccess = (typeof fieldAccesses)[number]

/** A scope, or of the records in it only those that pass a filter (the filter language, seen with all fields). */
export type ActionGrant = Scope | { scope: Scope; filter?: unknown }

/** What may be done over one relation, seen from the object that grants it. */
export interface RelationRule {
  /** Whether it may be followed at all; it may unless said. */
  follow?: boolean
  /** How many steps a way that goes on through it may have, itself included. */
  depth?: number
  /** Fields and relations seen of the record at the other side; all that the role shows there unless said. */
  fields?: string[]
}

export interface ObjectGrant extends Partial<Record<ObjectAction, ActionGrant>> {
  /** What is not named here follows the object: readable where `read`, writable where `update`. */
  fields?: Record<string, FieldAccess>
  /** By the relation's name on this object, in either direction. */
  relations?: Record<string, RelationRule>
}

export const adminPermissions = [
  'objects',
  'users',
  'roles',
  'templates',
  'views',
  'automation',
  'audit',
  'imports',
  'settings',
] as const
export type AdminPermission = (typeof adminPermissions)[number]

/** How many relations a filter or a role may follow at the most. */
export const maxDepth = 8

export interface RoleDefinition {
  key: string
  label: LocalizedText
  description?: LocalizedText
  /** By object slug; `*` stands for every object that is not named. */
  objects: Record<string, ObjectGrant>
  /** Administrative permissions; `*` is all of them. */
  admin?: (AdminPermission | '*')[]
  /** How many relations may be followed one after the other; 0 is none. */
  depth?: number
  /** Ways over relations that may not be gone, with all that lies beyond: `patients.primary_doctor.department`. */
  forbiddenPaths?: string[]
}
