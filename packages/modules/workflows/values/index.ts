/** What the values of steps are made of. */
export { type RecordSource, storedRecord } from './record-values.ts'
export { createScope } from './scope.ts'
