/** The door of the activities module: what people write down about records. */
export { activityOperations } from './activities.operations.ts'
