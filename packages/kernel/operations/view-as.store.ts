import { newId, type RawBuilder, sql } from '../database/index.ts'
import type { RequestFacts } from '../tenancy/index.ts'

export type ViewingAction = 'view_as.started' | 'view_as.ended' | 'view_as.read'

/** The audit entry of somebody who looks at the workspace as somebody else. */
export const viewingAudited = (
  tenantId: string,
  viewerId: string,
  action: ViewingAction,
  changes: object,
  { source, requestId, ip }: RequestFacts,
): RawBuilder<unknown> =>
  sql`insert into audit_entries (tenant_id, id, actor_id, actor_kind, action, changes, source, request_id, ip)
    values (${tenantId}, ${newId()}, ${viewerId}, 'user', ${action}, ${JSON.stringify(changes)}, ${source}, ${requestId}, ${ip})`
