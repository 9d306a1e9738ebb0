/** The SQL of workflows as they are built: definitions, drafts, versions. */
import { newId, type Row, sql, type Transaction } from '@oneforge/kernel/database'
import { authorNamed, type LocalizedText } from '@oneforge/kernel/metadata'
import type { Workflow } from '../definition.ts'
import type { StoredWorkflow } from '../stored-form.ts'

export interface WorkflowRow extends Row {
  id: string
  key: string
  definition: StoredWorkflow
  version: number
  enabled: boolean
  folder: string | null
  owner_id: string | null
  owner_name: string | null
  has_draft: boolean
  last_run_at: string | null
  running: number
  waiting: number
  failed: number
}

/** Runs are counted up to here: more are as good as many. */
const mostCounted = 10_000

const counted = (condition: ReturnType<typeof sql>) => sql`(select count(*) from (select from workflow_runs r
  where r.tenant_id = w.tenant_id and r.workflow_id = w.id and ${condition} limit ${mostCounted}) c)`

const columns = sql`w.id, w.key, w.definition, w.version, w.enabled, w.folder, w.owner_id, u.name as owner_name,
  exists (select from workflow_drafts d where d.tenant_id = w.tenant_id and d.workflow_id = w.id) as has_draft,
  (select r.created_at from workflow_runs r where r.tenant_id = w.tenant_id and r.workflow_id = w.id
    order by r.number desc limit 1) as last_run_at,
  ${counted(sql`r.state = 'ready'`)} as running, ${counted(sql`r.state = 'waiting'`)} as waiting,
  ${counted(sql`r.state = 'failed' and r.created_at > now() - interval '30 days'`)} as failed`

export const listWorkflows = (tx: Transaction): Promise<WorkflowRow[]> =>
  tx.query<WorkflowRow>(sql<WorkflowRow>`select ${columns} from workflows w left join users u on u.id = w.owner_id
    where w.tenant_id = ${tx.tenantId} order by w.folder nulls first, w.key`)

export async function findWorkflow(tx: Transaction, id: string): Promise<WorkflowRow | undefined> {
  const [row] = await tx.query<WorkflowRow>(sql<WorkflowRow>`select ${columns}
    from workflows w left join users u on u.id = w.owner_id where w.tenant_id = ${tx.tenantId} and w.id = ${id}`)
  return row
}

export const keysOfWorkflows = (
  tx: Transaction,
): Promise<(Row & { id: string; key: string; definition: StoredWorkflow })[]> =>
  tx.query(sql<Row & { id: string; key: string; definition: StoredWorkflow }>`
    select id, key, definition from workflows where tenant_id = ${tx.tenantId} order by key`)

export interface MemberRow extends Row {
  id: string
  name: string
  email: string
}

export const listMembers = (tx: Transaction): Promise<MemberRow[]> =>
  tx.query<MemberRow>(sql<MemberRow>`select u.id, u.name, u.email from memberships m join users u on u.id = m.user_id
    where m.tenant_id = ${tx.tenantId} order by u.name, u.id`)

export async function insertWorkflow(
  tx: Transaction,
  workflow: { definition: Workflow; enabled: boolean; folder: string | null; ownerId: string | null },
): Promise<string> {
  const id = newId()
  const { definition, enabled, folder, ownerId } = workflow
  await tx.batch([
    authorNamed(tx),
    sql`insert into workflows (tenant_id, id, key, definition, enabled, folder, owner_id)
      values (${tx.tenantId}, ${id}, ${definition.key}, ${JSON.stringify(definition)}, ${enabled}, ${folder}, ${ownerId})`,
  ])
  return id
}

export async function writeDefinition(tx: Transaction, id: string, definition: Workflow): Promise<void> {
  await tx.batch([
    authorNamed(tx),
    sql`update workflows set definition = ${JSON.stringify(definition)} where tenant_id = ${tx.tenantId} and id = ${id}`,
  ])
}

/** What stands beside the definition, and is no version of it. */
export async function writeSettings(
  tx: Transaction,
  id: string,
  { enabled, folder, ownerId }: { enabled: boolean; folder: string | null; ownerId: string | null },
): Promise<void> {
  await tx.query(sql`update workflows set enabled = ${enabled}, folder = ${folder}, owner_id = ${ownerId}
    where tenant_id = ${tx.tenantId} and id = ${id}`)
}

export async function deleteWorkflow(tx: Transaction, id: string): Promise<void> {
  await tx.batch([authorNamed(tx), sql`delete from workflows where tenant_id = ${tx.tenantId} and id = ${id}`])
}

export interface DraftRow extends Row {
  definition: Workflow
  version: number
  based_on: number
  saved_at: string
  saved_by: string | null
  saver_name: string | null
}

/** Locked until the transaction ends, where it is to be changed. */
export async function findDraft(
  tx: Transaction,
  workflowId: string,
  { lock = false } = {},
): Promise<DraftRow | undefined> {
  const [row] = await tx.query<DraftRow>(sql<DraftRow>`
    select d.definition, d.version, d.based_on, d.saved_at, d.saved_by, u.name as saver_name
    from workflow_drafts d left join users u on u.id = d.saved_by
    where d.tenant_id = ${tx.tenantId} and d.workflow_id = ${workflowId} ${lock ? sql`for update of d` : sql``}`)
  return row
}

/** Writes the draft over the version that was seen, 0 for none; returns whether it still was that one. */
export async function writeDraft(
  tx: Transaction,
  draft: { workflowId: string; definition: Workflow; seen: number; basedOn: number; savedBy: string | null },
): Promise<boolean> {
  const { workflowId, seen, basedOn, savedBy } = draft
  const definition = JSON.stringify(draft.definition)
  const rows = await tx.query(
    seen === 0
      ? sql`insert into workflow_drafts (tenant_id, workflow_id, definition, based_on, saved_by)
          values (${tx.tenantId}, ${workflowId}, ${definition}, ${basedOn}, ${savedBy}) on conflict do nothing returning version`
      : sql`update workflow_drafts set definition = ${definition}, version = version + 1, saved_at = now(), saved_by = ${savedBy}
          where tenant_id = ${tx.tenantId} and workflow_id = ${workflowId} and version = ${seen} returning version`,
  )
  return rows.length > 0
}

/** The draft has the new name too, and is of the version that it made where it was of the one before. */
export async function renameDraft(
  tx: Transaction,
  workflowId: string,
  { label, version }: { label: LocalizedText; version: number },
): Promise<void> {
  await tx.query(sql`update workflow_drafts d set definition = d.definition || ${JSON.stringify({ label })}::jsonb,
      based_on = case when d.based_on = ${version} then w.version else d.based_on end
    from workflows w where d.tenant_id = ${tx.tenantId} and d.workflow_id = ${workflowId}
      and w.tenant_id = d.tenant_id and w.id = d.workflow_id`)
}

export async function deleteDraft(tx: Transaction, workflowId: string): Promise<void> {
  await tx.query(sql`delete from workflow_drafts where tenant_id = ${tx.tenantId} and workflow_id = ${workflowId}`)
}

export interface VersionRow extends Row {
  version: number
  created_at: string
  created_by: string | null
  author_name: string | null
}

const versionColumns = sql.raw('v.version, v.created_at, v.created_by, u.name as author_name')

export const listWorkflowVersions = (tx: Transaction, workflowId: string): Promise<VersionRow[]> =>
  tx.query<VersionRow>(sql<VersionRow>`select ${versionColumns} from workflow_versions v left join users u on u.id = v.created_by
    where v.tenant_id = ${tx.tenantId} and v.workflow_id = ${workflowId} order by v.version desc limit 500`)

export async function findWorkflowVersion(
  tx: Transaction,
  workflowId: string,
  version: number,
): Promise<(VersionRow & { definition: StoredWorkflow }) | undefined> {
  const [row] = await tx.query<VersionRow & { definition: StoredWorkflow }>(sql<
    VersionRow & { definition: StoredWorkflow }
  >`select ${versionColumns}, v.definition from workflow_versions v left join users u on u.id = v.created_by
    where v.tenant_id = ${tx.tenantId} and v.workflow_id = ${workflowId} and v.version = ${version}`)
  return row
}

export interface HookRow extends Row {
  ending: string
  made_at: string
  called_at: string | null
}

export async function findHook(tx: Transaction, workflowId: string): Promise<HookRow | undefined> {
  const [row] = await tx.query<HookRow>(sql<HookRow>`select ending, made_at, called_at from workflow_hooks
    where tenant_id = ${tx.tenantId} and workflow_id = ${workflowId}`)
  return row
}
