/** What a workspace keeps of its workflows, each row with the victim's canary, and what a stranger tries with them. */
import type { ApiClient } from '../client.ts'
import type { RunningSystem } from '../server.ts'

/** What a stranger knows of it. */
interface Target {
  name: string
  userId: string
  patientId: string
  idsOf: Record<string, string[]>
}

/** One row in each table of workflows; none of them is ever due. */
export async function keepWorkflows(system: RunningSystem, victim: ApiClient, recordId: string): Promise<void> {
  const { id } = await victim.post('/workflows', {
    definition: {
      label: 'qx7a-workflow',
      object: 'patients',
      trigger: { type: 'button', label: 'qx7a-button' },
      steps: [{ id: 'note', type: 'create_note', body: 'qx7a-body' }],
    },
    folder: 'qx7a-folder',
  })
  await system.sql(
    `with draft as (
       insert into workflow_drafts (tenant_id, workflow_id, definition, based_on)
       values ($1, $2, '{"label": {"en": "qx7a-draft"}, "trigger": {"type": "called"}, "steps": []}', 1)
     ), clock as (
       insert into workflow_clocks (tenant_id, workflow_id, next_at, is_set) values ($1, $2, '2099-01-01', true)
     ), timer as (
       insert into workflow_timers (tenant_id, workflow_id, record_id, fires_at) values ($1, $2, $3, '2099-01-01')
     ), hook as (
       insert into workflow_hooks (tenant_id, workflow_id, secret_hash, ending) values ($1, $2, sha256('qx7a-hook'), 'qx7a')
     ), assigned as (
       insert into workflow_assignments (tenant_id, workflow_id, step_id, user_id) values ($1, $2, 'qx7a-step', $4)
     ), usage as (
       insert into workflow_usage (tenant_id, hour, steps) values ($1, '2020-01-01', 7)
     ), kept as (
       insert into workflow_retention (tenant_id, keep_days, keep_failed_days) values ($1, 77, 700)
     ), run as (
       insert into workflow_runs (tenant_id, id, workflow_id, version, object_id, record_id, cause_key, trigger, state, wake_at)
       select $1, gen_random_uuid(), $2, 1, object_id, id, 'qx7a-cause', '{"by": "qx7a-trigger"}', 'waiting', '2099-01-01'
       from records where tenant_id = $1 and id = $3 returning id
     ), step as (
       insert into workflow_steps (tenant_id, run_id, path, state, input, output)
       select $1, id, 'note', 'waiting', '"qx7a-input"', '"qx7a-output"' from run
     ), wait as (
       insert into workflow_waits (tenant_id, run_id, path, record_id, awaited)
       select $1, id, 'qx7a', $3, '{"event": "record_linked", "relation": "qx7a"}' from run
     )
     insert into workflow_approvals (tenant_id, id, run_id, path, asked, message)
     select $1, gen_random_uuid(), id, 'note', jsonb_build_array(jsonb_build_object('user', $4::uuid)), 'qx7a-message' from run`,
    [victim.tenantId, id, recordId, victim.userId],
  )
}

type Probe = (target: Target) => { query?: string; body?: unknown }[]

const plain: Probe = () => [{}]
const bodies =
  (make: (target: Target) => unknown[]): Probe =>
  (target) =>
    make(target).map((body) => ({ body }))

const definition = (condition?: unknown) => ({
  label: 'Own',
  object: 'patients',
  trigger: { type: 'button', label: 'Own' },
  ...(condition ? { condition } : {}),
  steps: [{ id: 'a', type: 'create_note', body: '{{ record.full_name }}' }],
})
const pointing = ({ userId }: Target) => ({
  ...definition({ field: 'ownerId', op: 'eq', value: userId }),
  steps: [{ id: 'a', type: 'notify', to: { user: userId }, message: 'Own' }],
})

export const workflowProbes: Record<string, Probe> = {
  'workflows.list': () => [
    {},
    { query: '?search=qx7a' },
    { query: '?folder=qx7a-folder' },
    { query: '?object=qx7a_things' },
  ],
  'workflows.create': bodies((target) => [{ definition: pointing(target), enabled: false }]),
  'workflows.check': bodies((target) => [{ definition: pointing(target) }]),
  'workflows.vocabulary': () => [{}, { query: '?object=qx7a_things' }, { query: '?object=patients' }],
  'workflows.get': plain,
  'workflows.update': bodies(({ userId }) => [{ enabled: false }, { folder: 'Taken over' }, { ownerId: userId }]),
  'workflows.delete': plain,
  'workflows.duplicate': bodies(() => [{}, { label: 'Copy' }]),
  'workflows.saveDraft': bodies(() => [{ definition: definition() }]),
  'workflows.discardDraft': plain,
  'workflows.publish': bodies(() => [{}]),
  'workflows.versions': plain,
  'workflows.version': plain,
  'workflows.figures': plain,
  'workflows.test': bodies(({ patientId }) => [{}, { recordId: patientId }]),
  'workflows.dryRun': bodies(() => [{}, { days: 90 }]),
  'workflows.preview': bodies(({ patientId }) => [
    { value: '{{ record.full_name }}', object: 'patients', recordId: patientId },
    { value: { formula: 'tenant.name' } },
  ]),
  'workflows.renewAddress': plain,
  'workflows.removeAddress': plain,
  'workflows.signingSecret': plain,
  'workflows.call': bodies(() => [{}, { who: 'stranger' }]),
  'workflowRuns.ofWorkflow': () => [{}, { query: '?state=open' }],
  'workflowRuns.list': ({ idsOf, patientId }) => [
    {},
    ...idsOf.workflows!.map((id) => ({ query: `?workflow=${id}` })),
    { query: `?record=${patientId}` },
  ],
  'workflowRuns.get': plain,
  'workflowRuns.stop': bodies(() => [{}, { reason: 'Taken over' }]),
  'workflowRuns.replay': bodies(() => [{}, { fromPath: 'note', version: 'latest' }]),
  'workflowRetention.get': plain,
  'workflowRetention.update': bodies(() => [{ days: 8, failedDays: 9 }]),
  'workflowApprovals.list': plain,
  'workflowApprovals.decide': bodies(() => [{ approved: true }, { approved: false, note: 'No' }]),
  'workflowButtons.list': () => [{ query: '?object=patients' }, { query: '?object=qx7a_things' }],
  'workflowButtons.press': bodies(({ patientId }) => [{}, { recordIds: [patientId] }]),
}
