import type { FieldType } from '@oneforge/client'

/** Worked out or numbered by the system: these have no input. */
const shownOnly: FieldType[] = ['autonumber', 'formula', 'lookup', 'rollup']

export const isEditedType = (type: FieldType): boolean => !shownOnly.includes(type)
