/** The door of the pipelines module: stays of records in stages, checklists and figures. */
export { movingOperations } from './pipelines.operations.ts'
export { summingKind, summingSchedule } from './summing.ts'
