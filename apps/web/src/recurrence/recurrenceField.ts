import type { FieldMeta } from '@oneforge/client'

/** Whether a text of the field must be a rule of recurrence, such as that by which tasks repeat. */
export const holdsRecurrence = ({ type, rules }: FieldMeta): boolean =>
  type === 'text' && rules?.pattern?.startsWith('FREQ=(') === true
