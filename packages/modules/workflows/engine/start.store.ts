/** The SQL by which runs come to be. */
import { type Row, sql, type Transaction } from '@oneforge/kernel/database'

export interface NewRun {
  id: string
  workflow_id: string
  version: number
  object_id: string | null
  record_id: string | null
  cause: object
  cause_key: string
  trigger: object
  state: 'ready' | 'stopped' | 'failed'
  wake_at: string | null
  ended_at: string | null
  error: object | null
  depth: number
  chain: string[]
  parent_id: string | null
  parent_path: string | null
}

/** Adds them in their order; returns the ids of those whose cause had made none yet. */
export async function insertRuns(tx: Transaction, runs: NewRun[]): Promise<string[]> {
  const columns =
    sql.raw(`id, workflow_id, version, object_id, record_id, cause, cause_key, trigger, state, wake_at, ended_at,
    error, depth, chain, parent_id, parent_path`)
  const rows = await tx.query<{ id: string } & Row>(sql<{ id: string } & Row>`
    insert into workflow_runs (tenant_id, ${columns})
    select ${tx.tenantId}, ${columns}
    from jsonb_to_recordset(${JSON.stringify(runs.map((run, at) => ({ ...run, at })))}::jsonb) as r(at int, id uuid, workflow_id uuid,
      version int, object_id uuid, record_id uuid, cause jsonb, cause_key text, trigger jsonb, state text,
      wake_at timestamptz, ended_at timestamptz, error jsonb, depth int, chain text[], parent_id uuid, parent_path text)
    order by r.at
    on conflict (tenant_id, workflow_id, cause_key) do nothing
    returning id`)
  return rows.map(({ id }) => id)
}
