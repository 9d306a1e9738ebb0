/** A field while it is being described in the settings, and the requests that come of it. */
import type {
  FieldConditions,
  FieldInput,
  FieldMeta,
  FieldRules,
  FieldType,
  LocalizedText,
  Numbering,
  ObjectMeta,
  Stage,
} from '@oneforge/client'
import {
  type ComputedDraft,
  computationInput,
  computedTypes,
  draftOfComputation,
  emptyComputation,
  isComputable,
} from './computedDraft.ts'
import { typesWithOptions } from './fieldTypes.ts'
import { anyLabel, completed, keyFrom, systemKeys } from './naming.ts'
import { draftOfOption, filledOptions, type OptionDraft, optionInputs } from './optionDraft.ts'
import { draftOfRelation, emptyRelation, type RelationDraft, relationChange, relationInput } from './relationDraft.ts'

export interface FieldDraft {
  type: FieldType
  labels: LocalizedText
  help: string
  section: string
  required: boolean
  unique: boolean
  sortable: boolean
  searchable: boolean
  options: OptionDraft[]
  rules: FieldRules
  default: unknown
  /** Works the value of new records out; '' where `default` counts. */
  defaultFormula: string
  currency: string
  /** Of a unique field. */
  ignoreAccents: boolean
  conditions: FieldConditions
  /** Of automatic numbers. */
  numbering: Numbering
  relation: RelationDraft
  computed: ComputedDraft
}

const plainNumbering: Numbering = { pattern: '{000001}', restart: 'never', perLocation: false }

export function emptyDraft(type: FieldType): FieldDraft {
  return {
    type,
    labels: { en: '' },
    help: '',
    section: '',
    required: false,
    unique: false,
    sortable: false,
    searchable: false,
    options: [],
    rules: {},
    default: null,
    defaultFormula: '',
    currency: '',
    ignoreAccents: false,
    conditions: {},
    numbering: plainNumbering,
    relation: emptyRelation(),
    computed: emptyComputation(),
  }
}

/** `stages` are those of the object when the field is its stage field: its options are the stages. */
export function draftOfField(field: FieldMeta, stages: Stage[] = []): FieldDraft {
  return {
    type: field.type,
    labels: field.labels,
    help: field.help ?? '',
    section: field.section ?? '',
    required: field.required,
    unique: field.unique,
    sortable: field.sortable,
    searchable: field.searchable,
    options: field.options.map((option) => draftOfOption(option, stages)),
    rules: field.rules ?? {},
    default: formulaOf(field.default) === undefined ? (field.default ?? null) : null,
    defaultFormula: formulaOf(field.default) ?? '',
    currency: field.currency ?? '',
    ignoreAccents: field.ignoreAccents ?? false,
    conditions: field.conditions ?? {},
    numbering: field.numbering ?? plainNumbering,
    relation: field.relation ? draftOfRelation(field.relation) : emptyRelation(),
    computed: draftOfComputation(field.computed),
  }
}

/** A default may be a formula, which the server works out when a record is made. */
function formulaOf(value: unknown): string | undefined {
  return typeof value === 'object' && value !== null && 'formula' in value ? String(value.formula) : undefined
}

/** The request that adds a field to the object, under a key that is free at both sides. */
export function newFieldInput(
  draft: FieldDraft,
  { fields, relations }: Pick<ObjectMeta, 'fields' | 'relations'>,
): FieldInput {
  const { labels: _labels, ...changeable } = changeableInput(draft)
  const taken = [...systemKeys, ...[...fields, ...relations].map((other) => other.key)]
  const key = keyFrom(anyLabel(draft.labels), taken)
  const relation =
    draft.type === 'relation'
      ? {
          relation: relationInput(
            draft.relation,
            relations.map(({ inverse }) => inverse),
          ),
        }
      : {}
  return { key, type: draft.type, label: completed(draft.labels), ...changeable, ...relation }
}

/** What differs from the field as it is: texts that were not touched keep their other languages. */
export function fieldChanges(draft: FieldDraft, field: FieldMeta, stages: Stage[] = []): Partial<FieldInput> {
  const before = changeableInput(draftOfField(field, stages))
  const after = changeableInput(draft)
  const changed = Object.entries(after).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name as keyof typeof before]),
  )
  const { labels, ...others } = Object.fromEntries(changed) as Partial<ReturnType<typeof changeableInput>>
  const relation = field.relation ? relationChange(draft.relation, field.relation) : undefined
  return { ...others, ...(labels ? { label: labels } : {}), ...(relation ? { relation } : {}) }
}

/** A default that names an option which has gone is no default. */
function knownDefault({ default: value, defaultFormula, options, type }: FieldDraft): unknown {
  if (defaultFormula.trim()) return { formula: defaultFormula.trim() }
  if (type !== 'select' && type !== 'multiselect') return value ?? null
  const values = optionInputs(filledOptions(options)).map((option) => option.value)
  if (Array.isArray(value)) return value.filter((item) => values.includes(item))
  return values.includes(String(value)) ? value : null
}

function changeableInput(draft: FieldDraft) {
  const described = {
    labels: completed(draft.labels),
    help: draft.help.trim() || null,
    section: draft.section.trim() || null,
    sortable: draft.sortable,
    searchable: draft.searchable,
    currency: draft.currency || null,
  }
  if (computedTypes.includes(draft.type))
    return { ...described, computed: computationInput(draft.type, draft.computed) }
  return {
    ...described,
    required: draft.required,
    unique: draft.unique,
    ...(draft.unique ? { ignoreAccents: draft.ignoreAccents } : {}),
    ...(typesWithOptions.includes(draft.type) ? { options: optionInputs(filledOptions(draft.options)) } : {}),
    ...(draft.type === 'autonumber' ? { numbering: draft.numbering } : {}),
    rules: filledRules(draft.rules),
    default: knownDefault(draft),
    conditions: givenConditions(draft.conditions),
  }
}

/** Conditions that say nothing are none. */
function givenConditions({ options, ...filters }: FieldConditions): FieldConditions | null {
  const given = Object.fromEntries(Object.entries(filters).filter(([, filter]) => filter))
  const limits = options?.filter(({ when, values }) => when && values.length > 0) ?? []
  const all = { ...given, ...(limits.length > 0 ? { options: limits } : {}) }
  return Object.keys(all).length > 0 ? all : null
}

function filledRules(rules: FieldRules): FieldRules | null {
  const filled = Object.entries(rules).filter(([, value]) => value !== undefined && value !== null && value !== '')
  return filled.length > 0 ? (Object.fromEntries(filled) as FieldRules) : null
}

export type DraftProblem = 'label' | 'options' | 'target' | 'inverse' | 'attributes' | 'computed'

/** What is still missing before the field can be saved, by the input it concerns. */
export function draftProblems(draft: FieldDraft): DraftProblem[] {
  const { type, options, relation } = draft
  const needsOptions = type === 'select' || type === 'multiselect'
  const isRelation = type === 'relation'
  const problems: [DraftProblem, boolean][] = [
    ['label', !anyLabel(draft.labels)],
    ['options', needsOptions && filledOptions(options).length === 0],
    ['options', filledOptions(options).some(({ labels }) => !anyLabel(labels))],
    ['target', isRelation && relation.objects.length === 0],
    ['inverse', isRelation && !relation.inverseLabel.trim()],
    ['attributes', isRelation && relation.attributes.some(({ labels }) => !anyLabel(labels))],
    ['computed', computedTypes.includes(type) && !isComputable(type, draft.computed)],
  ]
  return [...new Set(problems.filter(([, isThere]) => isThere).map(([problem]) => problem))]
}
