/** The SQL of what the engine reads of definitions. */
import { type Row, sql, type Transaction } from '@oneforge/kernel/database'
import type { StoredWorkflow } from '../stored-form.ts'

export interface VersionKey {
  workflowId: string
  version: number
}

type VersionRow = VersionKey & { definition: StoredWorkflow } & Row

export const readVersions = (tx: Transaction, keys: VersionKey[]): Promise<VersionRow[]> =>
  tx.query<VersionRow>(sql<VersionRow>`select v.workflow_id as "workflowId", v.version, v.definition
    from jsonb_to_recordset(${JSON.stringify(keys)}::jsonb) as k("workflowId" uuid, version int)
      join workflow_versions v on v.tenant_id = ${tx.tenantId} and v.workflow_id = k."workflowId" and v.version = k.version`)

/** What of a workflow stands beside its definition. */
export type LiveWorkflow = VersionKey & { key: string } & Row

/** Workflows of the tenant that are on. */
export const enabledWorkflows = (tenantId: string) => sql<LiveWorkflow>`
  select id as "workflowId", key, version from workflows where tenant_id = ${tenantId} and enabled order by key`

/** Workflows by their keys, whether they are on or not. */
export const workflowsByKey = (tx: Transaction, keys: string[]): Promise<(LiveWorkflow & { enabled: boolean })[]> =>
  tx.query<LiveWorkflow & { enabled: boolean }>(sql<LiveWorkflow & { enabled: boolean }>`
    select id as "workflowId", key, version, enabled from workflows
    where tenant_id = ${tx.tenantId} and key = any(${keys}::text[])`)
