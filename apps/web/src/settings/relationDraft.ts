/** Where a relation leads, while it is being described in the settings, and the requests that come of it. */
import type {
  FieldRules,
  FieldType,
  LinkAttribute,
  LinkAttributeInput,
  LocalizedText,
  OnDelete,
  RelationChange,
  RelationInput,
  RelationTarget,
} from '@oneforge/client'
import { anyLabel, completed, keyFrom } from './naming.ts'
import { draftOfOption, filledOptions, type OptionDraft, optionInputs } from './optionDraft.ts'

export interface AttributeDraft {
  /** Stable while it is edited. */
  id: string
  /** '' for a new one: its key is made of its name. */
  key: string
  labels: LocalizedText
  type: FieldType
  required: boolean
  options: OptionDraft[]
  rules: FieldRules | null
}

export interface RelationDraft {
  /** Slugs: the first is where it leads, the others are further objects that it may lead to. */
  objects: string[]
  many: boolean
  inverseLabel: string
  inverseMany: boolean
  onDelete: OnDelete
  attributes: AttributeDraft[]
  primary: boolean
}

export const onDeleteChoices: OnDelete[] = ['keep', 'clear', 'refuse', 'cascade']

/** What can be said of a link. */
export const attributeTypes: FieldType[] = [
  'text',
  'longtext',
  'select',
  'multiselect',
  'tags',
  'boolean',
  'integer',
  'number',
  'money',
  'percent',
  'date',
  'datetime',
  'time',
  'duration',
  'rating',
  'email',
  'phone',
  'url',
]

export function emptyRelation(): RelationDraft {
  return {
    objects: [],
    many: false,
    inverseLabel: '',
    inverseMany: true,
    onDelete: 'keep',
    attributes: [],
    primary: false,
  }
}

export function draftOfRelation(target: RelationTarget): RelationDraft {
  return {
    objects: [target.object, ...(target.others ?? [])],
    many: target.many,
    inverseLabel: target.inverse.label,
    inverseMany: target.inverse.many ?? true,
    onDelete: target.onDelete ?? 'keep',
    attributes: (target.attributes ?? []).map(draftOfAttribute),
    primary: target.primary ?? false,
  }
}

function draftOfAttribute({ key, labels, label, type, required, options, rules }: LinkAttribute): AttributeDraft {
  const drafts = options.map((option) => draftOfOption(option))
  return { id: key, key, labels: labels ?? { en: label }, type, required, options: drafts, rules }
}

export function newAttribute(): AttributeDraft {
  return {
    id: crypto.randomUUID(),
    key: '',
    labels: { en: '' },
    type: 'text',
    required: false,
    options: [],
    rules: null,
  }
}

/** The part of the request that adds the field; `taken` are names that the other side has for links from here. */
export function relationInput(draft: RelationDraft, taken: readonly string[]): RelationInput {
  const [first = '', ...others] = draft.objects
  return {
    object: first,
    ...(others.length > 0 ? { others } : {}),
    many: draft.many,
    inverse: { key: keyFrom(draft.inverseLabel, taken), label: draft.inverseLabel, many: draft.inverseMany },
    ...changeable(draft),
  }
}

/** What differs from the relation as it is; nothing when it is the same. */
export function relationChange(draft: RelationDraft, before: RelationTarget): RelationChange | undefined {
  const was = draftOfRelation(before)
  const old = changeable(was)
  const changed = Object.entries(changeable(draft)).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(old[name as keyof typeof old]),
  )
  const renamed = draft.inverseLabel !== was.inverseLabel ? { inverse: { label: draft.inverseLabel } } : {}
  const change = { ...Object.fromEntries(changed), ...renamed }
  return Object.keys(change).length > 0 ? change : undefined
}

function changeable({ onDelete, attributes, primary }: RelationDraft) {
  return { onDelete, attributes: attributeInputs(attributes), primary }
}

function attributeInputs(attributes: AttributeDraft[]): LinkAttributeInput[] {
  const taken = attributes.map(({ key }) => key).filter(Boolean)
  return attributes.map(({ key, labels, type, required, options, rules }) => {
    const known = key || keyFrom(anyLabel(labels), taken)
    if (!key) taken.push(known)
    const choices = options.length > 0 ? { options: optionInputs(filledOptions(options)) } : {}
    return { key: known, label: completed(labels), type, required, ...choices, ...(rules ? { rules } : {}) }
  })
}
