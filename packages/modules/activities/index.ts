/** The door of the activities module: what people write down about records, and do about them. */
import './repeating.ts'
import type { AnyOperation } from '@oneforge/kernel/operations'
import { activityOperations as noteOperations } from './activities.operations.ts'
import { commentOperations } from './comments.operations.ts'
import { noteTemplateOperations } from './note-templates.operations.ts'

export { dateKeeper } from './dates.listener.ts'
export { remindingKind, remindingSchedule } from './reminders.ts'

export const activityOperations: AnyOperation[] = [...noteOperations, ...commentOperations, ...noteTemplateOperations]
