/** The log of operations: who did what to which records, without any of their values. */
export { entryOfFailed, noteFailed } from './failures.ts'
export { forgetOperationLog, logFailure, logOperation, logStranger, prepareOperationLog } from './log.ts'
export { OperationTrail, type TrailStart } from './trail.ts'
