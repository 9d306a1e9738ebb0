/** How a computed field comes to its value, while it is being described in the settings. */
import type { ComputationInput, FieldComputation, FieldType, Filter } from '@oneforge/client'

export interface ComputedDraft {
  expression: string
  /** '' leaves it to the formula. */
  resultType: FieldType | ''
  relation: string
  field: string
  op: NonNullable<FieldComputation['op']>
  filter: Filter | null
  /** Over whatever activities are about the record, in place of a relation. */
  activities: FieldComputation['activities']
  shared: boolean
}

export const computedTypes: FieldType[] = ['formula', 'lookup', 'rollup']
export const rollupOps: ComputedDraft['op'][] = ['count', 'sum', 'avg', 'min', 'max']

export const resultTypes: FieldType[] = [
  'text',
  'longtext',
  'number',
  'integer',
  'money',
  'percent',
  'duration',
  'rating',
  'boolean',
  'date',
  'datetime',
  'email',
  'phone',
  'url',
]

export function emptyComputation(): ComputedDraft {
  return {
    expression: '',
    resultType: '',
    relation: '',
    field: '',
    op: 'count',
    filter: null,
    activities: undefined,
    shared: false,
  }
}

export function draftOfComputation(computed: FieldComputation | null | undefined): ComputedDraft {
  return {
    expression: computed?.expression ?? '',
    resultType: computed?.resultType ?? '',
    relation: computed?.relation ?? '',
    field: computed?.field ?? '',
    op: computed?.op ?? 'count',
    activities: computed?.activities,
    filter: (computed?.filter as Filter | undefined) ?? null,
    shared: computed?.shared ?? false,
  }
}

export function computationInput(type: FieldType, draft: ComputedDraft): ComputationInput {
  const { expression, resultType, relation, field, op, filter, shared } = draft
  if (type === 'formula') return { expression: expression.trim(), ...(resultType ? { resultType } : {}), shared }
  if (type === 'lookup') return { relation, field, shared }
  if (draft.activities) return { activities: draft.activities, shared }
  return { relation, op, ...(op === 'count' ? {} : { field }), ...(filter ? { filter } : {}), shared }
}

/** Whether it says enough to be tried. */
export function isComputable(type: FieldType, { expression, relation, field, op, activities }: ComputedDraft): boolean {
  if (type === 'formula') return expression.trim() !== ''
  if (activities) return true
  return relation !== '' && (field !== '' || (type === 'rollup' && op === 'count'))
}
