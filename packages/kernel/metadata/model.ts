/**
 * A tenant's metadata as the system works with it: compiled once per tenant and version, never changed afterwards,
 * shared by all requests until the version moves on.
 */
import type { Network } from '../tenancy/index.ts'
import type { Arrangements, LayoutArrangement, NavigationArrangement } from './arrangements.ts'
import type {
  ActivityKind,
  Computation,
  DuplicateSettings,
  FieldDefinition,
  FieldRole,
  FieldType,
  LinkAttribute,
  LocalizedText,
  OptionColor,
  PipelineDefinition,
  RoleDefinition,
  StageDefinition,
  ValidationRule,
} from './definition.ts'
import type { CompiledNumbering } from './numbering.ts'
import type { StoredNames } from './stored-keys.ts'

/** Typed columns of `records` that a field may fill because of its role. */
export type RoleColumn = 'title' | 'stage' | 'amount_minor' | 'starts_at' | 'ends_at' | 'due_at' | 'email' | 'phone'

/** How many fields of one object keep their own order on disk. */
export const slotCount = 10
export type SlotColumn = 's1' | 's2' | 's3' | 's4' | 's5' | 's6' | 's7' | 's8' | 's9' | 's10'

/**
 * Where a field's value can be compared. The value itself always stands in `data` under the field's key (links excepted);
 * a role column or slot holds a second, ordered form of it (see `sortKey`).
 */
export type FieldStorage =
  | { kind: 'role'; role: FieldRole; column: RoleColumn }
  | { kind: 'slot'; column: SlotColumn }
  | { kind: 'json' }
  | { kind: 'links'; relationId: string; direction: 'out' }

export interface CompiledField extends FieldDefinition {
  id: string
  position: number
  /** Of a computed field the type of its values, which is how everything reads them; what it is, says `computation`. */
  type: FieldType
  computation?: CompiledComputation
  storage: FieldStorage
  /** The job that is deriving the field's values, order or uniqueness from the records; until it ends they are incomplete. */
  derivedBy?: string
  /** Where such a job and all writes put the ordered form, while reading goes by `storage`, which is then the JSON. */
  filling?: FieldStorage
  /** Of autonumbers. */
  compiledNumbering?: CompiledNumbering
  /** Options by value, also for stage fields (their options are the stages). */
  optionByValue: Map<string, { value: string; label: LocalizedText; color?: OptionColor }>
}

export const computedKinds = ['formula', 'lookup', 'rollup'] as const
export type ComputedKind = (typeof computedKinds)[number]

export interface CompiledComputation extends Computation {
  kind: ComputedKind
  /** Why nothing can be computed now: what it is made of is not there (any more). */
  problem?: string
}

/** Where the field's ordered form goes: reading it may have to wait for a job. */
export const orderedStorage = ({ filling, storage }: Pick<CompiledField, 'filling' | 'storage'>): FieldStorage =>
  filling ?? storage

/** The slot that the field has, filled or not. */
export function slotOf(field: Pick<CompiledField, 'filling' | 'storage'>): number | null {
  const storage = orderedStorage(field)
  return storage.kind === 'slot' ? Number(storage.column.slice(1)) : null
}

/** An attribute of a link, ready to check values by. */
export interface CompiledAttribute extends LinkAttribute {
  optionByValue: CompiledField['optionByValue']
}

/** A relation seen from one of its objects. */
export interface CompiledRelation {
  relationId: string
  /** Name on this side: the relation field's key (out) or the inverse key (in). */
  key: string
  label: LocalizedText
  direction: 'out' | 'in'
  /** Slug of the object at the other side; the first of them where there are several. */
  object: string
  objectId: string
  /** All objects at the other side. */
  objects: { slug: string; id: string }[]
  /** Whether one record of this side may have several. */
  many: boolean
  /** Name at the other side. */
  inverse: string
  /** Whether one record of the other side may have several. */
  inverseMany: boolean
  /** Whether the record that has the field needs a link. */
  required: boolean
  onDelete: 'keep' | 'clear' | 'cascade' | 'refuse'
  attributes: CompiledAttribute[]
  primary: boolean
}

/** A unique key with its defaults; a field that is unique by itself is one of one field. */
export interface CompiledUniqueKey {
  /** Under which its values stand in `unique_values`; another one each time the key is turned on over what is left of it. */
  id: string
  /** The unique field's id, or one made of the object and the key's name. */
  keyId: string
  /** The job that takes the values of records which were there before the key; what is written now keeps to it already. */
  filledBy?: string
  key: string
  label?: LocalizedText
  fields: string[]
  ignoreCase: boolean
  ignoreAccents: boolean
  ignoreSpaces: boolean
}

export interface CompiledObject {
  id: string
  slug: string
  formerSlugs?: string[]
  label: LocalizedText
  labelPlural: LocalizedText
  description?: LocalizedText
  icon: string
  color?: OptionColor
  group?: LocalizedText
  order: number
  /** The version that last changed the object or one of its fields. */
  changedIn: number
  numberPrefix: string
  numbering: CompiledNumbering
  rules: ValidationRule[]
  /** The fields that are unique by themselves, and the keys of several. */
  uniqueKeys: CompiledUniqueKey[]
  /** As given; `duplicateSettings` of the record store says what holds without. */
  duplicates?: DuplicateSettings
  located?: boolean
  activity?: ActivityKind
  roles: { title: string } & Partial<Record<FieldRole, string>>
  /** Live fields in their order; retired ones are not here. */
  fields: CompiledField[]
  field: Map<string, CompiledField>
  /** Where fields are stored under other names than their own. */
  storedNames?: StoredNames
  pipelines: PipelineDefinition[]
  /** Stages of the pipeline that fills the role `stage`. */
  stages: StageDefinition[]
  relations: CompiledRelation[]
  relation: Map<string, CompiledRelation>
  /** Where its fields stand on pages; as their sections say, unless said. */
  layout?: Arrangements<LayoutArrangement>
}

/** A site of the tenant, as far as requests need to know it. */
export interface ModelLocation {
  id: string
  name: string
  /** What numbers call it. */
  code: string
  active: boolean
}

/** Where people may come from: into the workspace, or to a location of it. */
export interface NetworkRule {
  network: Network
  /** Null: the workspace as a whole. */
  locationId: string | null
}

export interface TenantModel {
  tenantId: string
  /** Grows with every change of metadata, roles or memberships. */
  version: number
  name: string
  slug: string
  /** As it was set; `planInForce` knows which one counts. */
  plan: string
  trialEndsAt: string | null
  /** What its people are told while the super admin of the installation has stopped it; null: it is in use. */
  suspendedReason: string | null
  locale: string
  currency: string
  /** ISO 3166, as chosen or else as its currency suggests; undefined where that tells nothing. */
  country: string | undefined
  timeZone: string
  template: { slug: string; version: string } | null
  /** How the sidebar is arranged; by the objects' own groups, unless said. */
  navigation?: Arrangements<NavigationArrangement>
  /** In their own order. */
  objects: CompiledObject[]
  object: Map<string, CompiledObject>
  objectById: Map<string, CompiledObject>
  roles: Map<string, RoleDefinition & { id: string }>
  /** By id, in their order; inactive ones too. */
  locations: Map<string, ModelLocation>
  /** Those in force. */
  networks: NetworkRule[]
}
