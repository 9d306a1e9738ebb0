/** The door of the activities module: what people write down about records, and do about them. */
import './repeating.ts'

export { activityOperations } from './activities.operations.ts'
