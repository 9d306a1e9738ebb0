/** A field while it is being described in the settings, and the requests that come of it. */
import type {
  FieldInput,
  FieldMeta,
  FieldOption,
  FieldOptionInput,
  FieldRules,
  FieldType,
  LocalizedText,
  OptionColor,
  Stage,
} from '@oneforge/client'
import { typesWithOptions } from './fieldTypes.ts'

export interface OptionDraft {
  /** Stable while the option is edited; the value is made from the label when it is new. */
  id: string
  value: string
  labels: LocalizedText
  color: OptionColor
  /** Options of the stage field only. */
  kind?: Stage['kind']
  probability?: Stage['probability']
}

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
  currency: string
  target: string
  many: boolean
  inverseLabel: string
}

/** The colours options may wear, in the order in which new options get them. */
export const optionColors: OptionColor[] = [
  'blue',
  'teal',
  'green',
  'yellow',
  'orange',
  'red',
  'pink',
  'grape',
  'violet',
  'indigo',
  'cyan',
  'lime',
  'gray',
]

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
    currency: '',
    target: '',
    many: false,
    inverseLabel: '',
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
    default: field.default ?? null,
    currency: field.currency ?? '',
    target: field.relation?.object ?? '',
    many: field.relation?.many ?? false,
    inverseLabel: field.relation?.inverse.label ?? '',
  }
}

function draftOfOption({ value, label, labels, color }: FieldOption, stages: Stage[]): OptionDraft {
  const stage = stages.find((one) => one.value === value)
  const meaning = stage ? { kind: stage.kind ?? 'open', probability: stage.probability ?? null } : {}
  return { id: value, value, labels: labels ?? { en: label }, color: color ?? 'gray', ...meaning }
}

/** snake_case made of a label: «Date of birth» is `date_of_birth`. A number is added while the key is taken. */
export function keyFrom(label: string, taken: readonly string[] = []): string {
  const words = label
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, 50)
  const base = /^[a-z]/.test(words) ? words : `field_${words}`.replace(/_$/, '')
  let key = base
  for (let number = 2; taken.includes(key); number += 1) key = `${base}_${number}`
  return key
}

/** The name in whichever language was filled in first. */
export function anyLabel(labels: LocalizedText): string {
  return labels.en.trim() || Object.values(labels).find((label) => label.trim() !== '') || ''
}

/** English stands in for every other language, so it takes what was typed in another when it is empty. */
function completed(labels: LocalizedText): LocalizedText {
  const filled = Object.entries(labels).filter(([, label]) => label.trim() !== '')
  return { ...Object.fromEntries(filled), en: anyLabel(labels) }
}

/** The request that adds the field. `object` names this side of a relation, `taken` the keys in use. */
export function newFieldInput(draft: FieldDraft, object: string, taken: readonly string[]): FieldInput {
  const { labels: _labels, ...changeable } = changeableInput(draft)
  const key = keyFrom(anyLabel(draft.labels), taken)
  const relation =
    draft.type === 'relation'
      ? {
          object: draft.target,
          many: draft.many,
          inverse: { key: keyFrom(draft.inverseLabel || object), label: draft.inverseLabel },
        }
      : undefined
  return { key, type: draft.type, label: completed(draft.labels), ...changeable, ...(relation ? { relation } : {}) }
}

/** What differs from the field as it is: texts that were not touched keep their other languages. */
export function fieldChanges(draft: FieldDraft, field: FieldMeta, stages: Stage[] = []): Partial<FieldInput> {
  const before = changeableInput(draftOfField(field, stages))
  const after = changeableInput(draft)
  const changed = Object.entries(after).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name as keyof typeof before]),
  )
  const { labels, ...others } = Object.fromEntries(changed) as Partial<ReturnType<typeof changeableInput>>
  return { ...others, ...(labels ? { label: labels } : {}) }
}

/** A default that names an option which has gone is no default. */
function knownDefault({ default: value, options, type }: FieldDraft): unknown {
  if (type !== 'select' && type !== 'multiselect') return value ?? null
  const values = optionInputs(options).map((option) => option.value)
  if (Array.isArray(value)) return value.filter((item) => values.includes(item))
  return values.includes(String(value)) ? value : null
}

function changeableInput(draft: FieldDraft) {
  return {
    labels: completed(draft.labels),
    help: draft.help.trim() || null,
    section: draft.section.trim() || null,
    required: draft.required,
    unique: draft.unique,
    sortable: draft.sortable,
    searchable: draft.searchable,
    ...(typesWithOptions.includes(draft.type) ? { options: optionInputs(draft.options) } : {}),
    rules: filledRules(draft.rules),
    default: knownDefault(draft),
    currency: draft.currency || null,
  }
}

/** Options with the values they will have; new ones get theirs from their names. */
export function optionInputs(options: OptionDraft[]): FieldOptionInput[] {
  const taken = options.map(({ value }) => value).filter(Boolean)
  return options.map(({ value, labels, color, kind, probability }) => {
    const known = value || keyFrom(anyLabel(labels), taken)
    if (!value) taken.push(known)
    return { value: known, label: completed(labels), color, ...(kind ? { kind, probability } : {}) }
  })
}

function filledRules(rules: FieldRules): FieldRules | null {
  const filled = Object.entries(rules).filter(([, value]) => value !== undefined && value !== null && value !== '')
  return filled.length > 0 ? (Object.fromEntries(filled) as FieldRules) : null
}

/** What is still missing before the field can be saved, by the input it concerns. */
export function draftProblems(draft: FieldDraft): ('label' | 'options' | 'target' | 'inverse')[] {
  const problems: ReturnType<typeof draftProblems> = []
  if (!anyLabel(draft.labels)) problems.push('label')
  const needsOptions = draft.type === 'select' || draft.type === 'multiselect'
  if (needsOptions && draft.options.length === 0) problems.push('options')
  if (draft.options.some(({ labels }) => !anyLabel(labels))) problems.push('options')
  if (draft.type === 'relation' && !draft.target) problems.push('target')
  if (draft.type === 'relation' && !draft.inverseLabel.trim()) problems.push('inverse')
  return problems
}
