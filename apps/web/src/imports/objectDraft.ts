/** What a person decides about a file that is to become an object, as plain data. */
import type { FieldType, ObjectFromUpload, ObjectProposal, ProposedField } from '@oneforge/client'
import { typesThatCanBeSearched, typesThatCanBeSorted, typesThatCanBeUnique } from '../settings/fieldTypes.ts'
import { keyFrom } from '../settings/naming.ts'

export interface ColumnDraft {
  label: string
  type: FieldType
  required: boolean
  unique: boolean
  /** Not taken over. */
  skipped: boolean
}

export interface ObjectDraft {
  label: string
  labelPlural: string
  slug: string
  icon: string
  /** Key of the field that names the records. */
  title: string
  /** In the order of the proposal's columns. */
  columns: ColumnDraft[]
}

export type ProposedColumn = ObjectProposal['columns'][number]

const words: FieldType[] = ['text', 'longtext']
const titleTypes: FieldType[] = ['text', 'longtext', 'email', 'phone', 'url', 'select']

export function objectDraftOf({ object, columns }: ObjectProposal): ObjectDraft {
  const { label, labelPlural, slug, roles } = object
  const fields = fieldsByKey(object)
  return {
    label,
    labelPlural,
    slug,
    icon: 'box',
    title: roles.title,
    columns: columns.map(({ field, type }) => ({
      label: fields.get(field)?.label ?? field,
      type,
      required: false,
      unique: fields.get(field)?.unique ?? false,
      skipped: false,
    })),
  }
}

/** The slug follows the plural until somebody says otherwise. */
export function withPlural(draft: ObjectDraft, labelPlural: string, taken: readonly string[]): ObjectDraft {
  const followed = draft.slug === '' || draft.slug === keyFrom(draft.labelPlural, taken)
  return { ...draft, labelPlural, slug: followed ? keyFrom(labelPlural, taken) : draft.slug }
}

/** What becomes of a column; the records get another name when theirs goes. */
export function withColumn(
  draft: ObjectDraft,
  proposal: ObjectProposal,
  at: number,
  change: Partial<ColumnDraft>,
): ObjectDraft {
  const changed = { ...draft.columns[at]!, ...change }
  const fitting = { ...changed, unique: changed.unique && typesThatCanBeUnique.includes(changed.type) }
  const next = { ...draft, columns: draft.columns.with(at, fitting) }
  const choices = titleChoices(next, proposal)
  const isLost = !choices.some(({ value }) => value === draft.title)
  return isLost ? { ...next, title: choices[0]?.value ?? '' } : next
}

/** What could name the records: a column of words, or the name composed for a file without any. */
export function titleChoices(draft: ObjectDraft, proposal: ObjectProposal): { value: string; label: string }[] {
  const composed = composedTitle(proposal)
  const words = proposal.columns.flatMap(({ field }, at) => {
    const { label, type, skipped } = draft.columns[at]!
    return !skipped && titleTypes.includes(type) ? [{ value: field, label }] : []
  })
  return composed ? [{ value: composed.key, label: composed.label }, ...words] : words
}

/** Types that a column could have: as proposed, others that all or nearly all values fit, and words, which all fit. */
export function typeChoices({ type, alternatives }: ProposedColumn): { type: FieldType; unreadable: number }[] {
  const known = [{ type, unreadable: 0 }, ...alternatives]
  const others = words.filter((one) => !known.some((choice) => choice.type === one))
  return [...known, ...others.map((one) => ({ type: one, unreadable: 0 }))]
}

/** Values and rows that would be refused if the column became what it is to become. */
export function misfits(
  column: ProposedColumn,
  { type, required, unique }: ColumnDraft,
  rowCount: number | null,
): { unreadable: number; examples: string[]; empty: number; repeated: number } {
  const alternative = column.alternatives.find((one) => one.type === type)
  return {
    unreadable: alternative?.unreadable ?? 0,
    examples: alternative?.examples ?? [],
    empty: required && rowCount !== null ? Math.max(0, rowCount - column.filled) : 0,
    repeated: unique ? column.filled - column.distinct : 0,
  }
}

export type Obstacle = 'names' | 'slug' | 'taken' | 'nothing' | 'labels' | 'title' | 'composed'

/** Why the object cannot be made yet; null when it can. */
export function objectObstacle(
  draft: ObjectDraft,
  proposal: ObjectProposal,
  taken: readonly string[],
): Obstacle | null {
  const kept = draft.columns.filter(({ skipped }) => !skipped)
  if (!draft.label.trim() || !draft.labelPlural.trim()) return 'names'
  if (!/^[a-z][a-z0-9_]{1,62}$/.test(draft.slug)) return 'slug'
  if (taken.includes(draft.slug)) return 'taken'
  if (kept.length === 0) return 'nothing'
  if (kept.some(({ label }) => !label.trim())) return 'labels'
  if (!draft.title) return 'title'
  return isComposedOfSkipped(draft, proposal) ? 'composed' : null
}

function isComposedOfSkipped(draft: ObjectDraft, proposal: ObjectProposal): boolean {
  const composed = composedTitle(proposal)
  if (draft.title !== composed?.key) return false
  return proposal.columns.some(
    ({ field }, at) => draft.columns[at]!.skipped && composed.default?.formula.includes(`text(${field})`),
  )
}

/** The draft as the API takes it. */
export function objectFromUpload(draft: ObjectDraft, proposal: ObjectProposal): ObjectFromUpload {
  const fields = fieldsByKey(proposal.object)
  const composed = composedTitle(proposal)
  const ofColumns = proposal.columns.flatMap(({ field }, at) => {
    const column = draft.columns[at]!
    return column.skipped ? [] : [decidedField(fields.get(field)!, column)]
  })
  const { sheet } = proposal.format
  return {
    uploadId: proposal.uploadId,
    ...(sheet ? { sheet } : {}),
    object: {
      slug: draft.slug,
      label: draft.label.trim(),
      labelPlural: draft.labelPlural.trim(),
      icon: draft.icon,
      roles: { title: draft.title },
      fields: composed && draft.title === composed.key ? [composed, ...ofColumns] : ofColumns,
    },
    mapping: Object.fromEntries(
      proposal.columns.map(({ index, field }, at) => [String(index), draft.columns[at]!.skipped ? null : field]),
    ),
  }
}

/** Options and limits belong to the type that was proposed. */
function decidedField(proposed: ProposedField, { label, type, required, unique }: ColumnDraft): ProposedField {
  const { options, rules, sortable, searchable, key } = proposed
  return {
    key,
    label: label.trim(),
    type,
    ...(required ? { required } : {}),
    ...(unique ? { unique } : {}),
    ...(sortable && typesThatCanBeSorted.includes(type) ? { sortable } : {}),
    ...(searchable && typesThatCanBeSearched.includes(type) ? { searchable } : {}),
    ...(type === proposed.type && options ? { options } : {}),
    ...(type === proposed.type && rules ? { rules } : {}),
  }
}

/** The name that no column holds, worked out for a file without words. */
function composedTitle({ object, columns }: ObjectProposal): ProposedField | undefined {
  return object.fields.find(({ key }) => !columns.some(({ field }) => field === key))
}

function fieldsByKey({ fields }: ObjectProposal['object']): Map<string, ProposedField> {
  return new Map(fields.map((field) => [field.key, field]))
}
