/** A workspace with things that workflows are about, on a real server whose engine runs. */
import { newId } from '@oneforge/kernel/database'
import { expect } from 'vitest'
import type { ApiClient, Json } from '../../../../tests/client.ts'
import { type RunningSystem, startSystem } from '../../../../tests/server.ts'
import type { Step, Workflow } from '../definition.ts'

export interface RunSeen {
  id: string
  key: string
  state: string
  record_id: string | null
  attempt: number
  error: { path: string | null; message: string } | null
  depth: number
  wake_at: string | null
}

export interface StepSeen {
  path: string
  state: string
  attempt: number
  input: Json
  output: Json
  error: string | null
}

export class EngineWorld {
  readonly system: RunningSystem
  readonly client: ApiClient

  static async start(): Promise<EngineWorld> {
    const system = await startSystem()
    return new EngineWorld(system, await EngineWorld.workspace(system))
  }

  /** A further workspace of the same shape. */
  static async workspace(system: RunningSystem): Promise<ApiClient> {
    const client = await system.register({ template: 'blank' })
    await client.post('/objects', {
      slug: 'things',
      label: 'Thing',
      labelPlural: 'Things',
      fields: [
        { key: 'name', label: 'Name', type: 'text' },
        { key: 'trail', label: 'Trail', type: 'text' },
        { key: 'count', label: 'Count', type: 'integer' },
        { key: 'due', label: 'Due', type: 'datetime' },
      ],
    })
    await client.post('/objects', {
      slug: 'marks',
      label: 'Mark',
      labelPlural: 'Marks',
      fields: [
        { key: 'name', label: 'Name', type: 'text' },
        {
          key: 'thing',
          label: 'Thing',
          type: 'relation',
          relation: { object: 'things', many: false, inverse: { key: 'marks', label: 'Marks', many: true } },
        },
      ],
    })
    return client
  }

  constructor(system: RunningSystem, client: ApiClient) {
    this.system = system
    this.client = client
  }

  /** Stores the workflow, on from now on; one of that key has a new version. */
  async define(workflow: Partial<Workflow> & { key: string; steps: Step[] }, client = this.client): Promise<string> {
    const definition: Workflow = {
      label: { en: workflow.key },
      object: 'things',
      trigger: { type: 'record_created' },
      ...workflow,
    }
    const [row] = await this.system.sql<{ id: string }>(
      `insert into workflows (tenant_id, id, key, definition) values ($1, $2, $3, $4)
       on conflict (tenant_id, key) do update set definition = excluded.definition returning id`,
      [client.tenantId, newId(), workflow.key, JSON.stringify(definition)],
    )
    return row!.id
  }

  runs(key?: string, client = this.client): Promise<RunSeen[]> {
    return this.system.sql<RunSeen>(
      `select r.id, w.key, r.state, r.record_id, r.attempt, r.error, r.depth, r.wake_at from workflow_runs r
         join workflows w on w.tenant_id = r.tenant_id and w.id = r.workflow_id
       where r.tenant_id = $1 and ($2::text is null or w.key = $2) order by r.number`,
      [client.tenantId, key ?? null],
    )
  }

  steps(runId: string): Promise<StepSeen[]> {
    return this.system.sql<StepSeen>(
      'select path, state, attempt, input, output, error from workflow_steps where run_id = $1 order by number',
      [runId],
    )
  }

  /** The run of the workflow, once it is in that state; the last one of several. */
  async run(key: string, state: string, client = this.client): Promise<RunSeen> {
    const last = async () => (await this.runs(key, client)).at(-1)
    await expect.poll(async () => (await last())?.state ?? 'none', { timeout: 10_000 }).toBe(state)
    return (await last())!
  }

  /** Time has come for whatever the tenant's runs wait for. */
  async passTime(): Promise<void> {
    await this.system.sql(
      `with steps as (update workflow_steps set wake_at = now() - interval '1 second'
         where tenant_id = $1 and state in ('waiting', 'sent') and wake_at is not null)
       update workflow_runs set wake_at = now() - interval '1 second' where tenant_id = $1 and wake_at is not null`,
      [this.client.tenantId],
    )
    this.wake()
  }

  wake(): void {
    this.system.system.workflows.wake()
  }
}
