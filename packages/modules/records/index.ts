/** The door of the records module: the generic operations that serve every object. */
export { recordOperations } from './records.operations.ts'
export { idOf, listInput, objectOf } from './records.requests.ts'
