/** autonumber, formula, lookup and rollup: filled in by the system, never by a caller. */
import { refuse, type StoredValue, type ValueType } from './value-type.ts'

const written = (value: StoredValue): string => (typeof value === 'object' ? JSON.stringify(value) : String(value))

export const computed: ValueType = {
  parse: () => refuse('is filled in by the system and cannot be set'),
  search: () => '',
  display: written,
  rules: [],
}

/** A number given out once, such as a file number: text that the search box finds. */
export const autonumber: ValueType = { ...computed, search: written }
