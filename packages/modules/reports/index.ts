/** The door of the reports module: dashboards, the figures in them, and their way out. */
import type { JobKind } from '@oneforge/kernel/jobs'
import type { AnyOperation } from '@oneforge/kernel/operations'
import { dashboardOperations } from './dashboards.operations.ts'
import { figureOperations } from './figures.operations.ts'
import { type MailingParts, mailingKind, sendingKind } from './mailing.ts'
import { scheduleOperations } from './schedules.operations.ts'

export { mailingSchedule } from './mailing.ts'

export const reportOperations: AnyOperation[] = [...dashboardOperations, ...figureOperations, ...scheduleOperations]

/** What sends dashboards by mail: the first is to come by as `mailingSchedule` says. */
export function reportMailing(parts: MailingParts): { mailing: JobKind; sending: JobKind } {
  return { mailing: mailingKind(parts), sending: sendingKind(parts) as JobKind }
}
