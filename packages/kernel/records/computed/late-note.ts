/**
 * Values that follow a moment later. «Last contacted» and «next activity» change with each activity, and all who write
 * about one record would wait for one another there, with what else they hold. So a writer only notes the records, with
 * its last round trip; they are worked out together by a transaction of their own, which the writer's events begin.
 */
import { type RawBuilder, sql } from '../../database/index.ts'
import type { ComputedField } from '../../expressions/index.ts'
import type { RecordContext } from '../context.ts'
import type { Route } from './deferred-work.ts'
import { dependentsStatement } from './dependents.ts'

/** Far more than a change leads to; it has to have an end. */
const mostNoted = 1_000_000

export const isLate = ({ plan }: ComputedField): boolean => plan.kind === 'activities'

/** Notes the records at the end of these ways. */
export const noteLate = (context: RecordContext, routes: Route[]): RawBuilder<unknown> =>
  sql`insert into late_values (tenant_id, record_id) select ${context.model.tenantId}, late.id
    from (${dependentsStatement(context, routes, { limit: mostNoted })}) as late`
