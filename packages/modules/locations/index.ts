/** The door of the locations module. */
export { locationOperations } from './locations.operations.ts'
