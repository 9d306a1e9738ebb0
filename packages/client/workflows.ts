import type { Http } from './http.ts'
import { ifMatch } from './if-match.ts'
import type { Cursor } from './record-types.ts'
import type { TextInput } from './text-types.ts'
import type { Workflow, WorkflowValue } from './workflow-definition.ts'
import type {
  WorkflowApproval,
  WorkflowButton,
  WorkflowDetail,
  WorkflowDraft,
  WorkflowDryRun,
  WorkflowFigures,
  WorkflowOutcome,
  WorkflowProblem,
  WorkflowRetention,
  WorkflowRun,
  WorkflowRunDetail,
  WorkflowRunState,
  WorkflowSummary,
  WorkflowTrace,
  WorkflowVersion,
  WorkflowVocabulary,
} from './workflow-types.ts'

export interface WorkflowTestInput {
  recordId?: string
  draft?: boolean
  /** What its steps see as `trigger` beside its type and moment: `{ body }` of a call from outside. */
  trigger?: Record<string, unknown>
  assume?: Record<string, WorkflowOutcome>
}

export interface WorkflowListQuery {
  search?: string
  folder?: string
  object?: string
}

export interface WorkflowChange {
  enabled?: boolean
  ownerId?: string | null
  folder?: string | null
  label?: TextInput
}

export interface WorkflowRunQuery {
  state?: WorkflowRunState | 'open'
  record?: string
  cursor?: string
  limit?: number
}

/** Workflows, their drafts and versions, and what can be tried with them. */
export function workflowMethods({ request, envelope }: Http) {
  const path = (id: string) => `/workflows/${id}`
  return {
    list: (query: WorkflowListQuery = {}) => request<WorkflowSummary[]>('GET', '/workflows', { query: { ...query } }),
    get: (id: string) => request<WorkflowDetail>('GET', path(id)),
    /** With problems it is kept as a draft, and off. A key that is empty is made of the label. */
    create: (input: { definition: Workflow; folder?: string; enabled?: boolean }) =>
      request<WorkflowDetail>('POST', '/workflows', { body: input }),
    update: (id: string, change: WorkflowChange) => request<WorkflowDetail>('PATCH', path(id), { body: change }),
    remove: (id: string) => request<void>('DELETE', path(id)),
    duplicate: (id: string, label?: TextInput) =>
      request<WorkflowDetail>('POST', `${path(id)}/duplicate`, { body: { label } }),
    /** `version` is that of the draft one has seen; 0 where there was none. */
    saveDraft: (id: string, definition: Workflow, version: number) =>
      request<WorkflowDraft>('PUT', `${path(id)}/draft`, { body: { definition }, headers: ifMatch(version) }),
    discardDraft: (id: string) => request<void>('DELETE', `${path(id)}/draft`),
    publish: (id: string, version: number) =>
      request<WorkflowDetail>('POST', `${path(id)}/publish`, { body: {}, headers: ifMatch(version) }),
    versions: (id: string) => request<WorkflowVersion[]>('GET', `${path(id)}/versions`),
    version: (id: string, number: number) =>
      request<WorkflowVersion & { definition: Workflow }>('GET', `${path(id)}/versions/${number}`),
    check: (definition: Workflow, signal?: AbortSignal) =>
      request<{ problems: WorkflowProblem[] }>('POST', '/workflows/check', { body: { definition }, signal }),
    vocabulary: (object?: string) => request<WorkflowVocabulary>('GET', '/workflows/vocabulary', { query: { object } }),
    /** What becomes of a value or a text with a record. */
    preview: (
      input: { object?: string; recordId?: string; value: WorkflowValue; as?: 'text' | 'value' },
      signal?: AbortSignal,
    ) => request<{ value: unknown; error: string | null }>('POST', '/workflows/preview', { body: input, signal }),
    /** Walks through it with a record; nothing of it stays. `assume` is by the ids of steps. */
    test: (id: string, input: WorkflowTestInput) => request<WorkflowTrace>('POST', `${path(id)}/test`, { body: input }),
    dryRun: (id: string, input: { days?: number; draft?: boolean } = {}) =>
      request<WorkflowDryRun>('POST', `${path(id)}/dry-run`, { body: input }),
    figures: (id: string) => request<WorkflowFigures>('GET', `${path(id)}/figures`),
    /** A new secret address; the former one leads nowhere from now on. */
    renewWebhook: (id: string) => request<{ url: string; secret: string }>('POST', `${path(id)}/webhook-address`),
    /** What calls of workflows to the outside are signed with. */
    signingSecret: () => request<{ secret: string }>('GET', '/workflow-signing-secret'),
    removeWebhook: (id: string) => request<void>('DELETE', `${path(id)}/webhook-address`),
    runs: async (id: string, query: WorkflowRunQuery = {}): Promise<Cursor<WorkflowRun>> => {
      const { data, pagination } = await envelope<WorkflowRun[]>('GET', `${path(id)}/runs`, { query: { ...query } })
      return { items: data, ...(pagination as Omit<Cursor<WorkflowRun>, 'items'>) }
    },
    /** Those that the caller may press on records of the object. */
    buttons: (object: string) => request<WorkflowButton[]>('GET', '/workflow-buttons', { query: { object } }),
    press: (id: string, recordIds: string[] = []) =>
      request<{ started: number; refused: { recordId: string; message: string }[] }>('POST', `${path(id)}/press`, {
        body: { recordIds },
      }),
  }
}

/** What has run, runs and waits. */
export function workflowRunMethods({ request, envelope }: Http) {
  return {
    list: async (query: WorkflowRunQuery & { workflow?: string } = {}): Promise<Cursor<WorkflowRun>> => {
      const { data, pagination } = await envelope<WorkflowRun[]>('GET', '/workflow-runs', { query: { ...query } })
      return { items: data, ...(pagination as Omit<Cursor<WorkflowRun>, 'items'>) }
    },
    get: (id: string) => request<WorkflowRunDetail>('GET', `/workflow-runs/${id}`),
    stop: (id: string, reason?: string) =>
      request<WorkflowRun>('POST', `/workflow-runs/${id}/stop`, { body: { reason } }),
    /** From a step on, or the whole; by its own version unless told. */
    replay: (id: string, input: { fromPath?: string; version?: 'own' | 'latest' } = {}) =>
      request<WorkflowRun>('POST', `/workflow-runs/${id}/replay`, { body: input }),
  }
}

/** How many days runs are kept after their end; those that failed for as many, or more. */
export function workflowRetentionMethods({ request }: Http) {
  return {
    get: () => request<WorkflowRetention>('GET', '/workflow-retention'),
    set: (retention: WorkflowRetention) =>
      request<WorkflowRetention>('PUT', '/workflow-retention', { body: retention }),
  }
}

/** What waits for the caller's yes or no. */
export function approvalMethods({ request }: Http) {
  return {
    list: () => request<WorkflowApproval[]>('GET', '/workflow-approvals'),
    decide: (id: string, approved: boolean, note?: string) =>
      request<WorkflowApproval>('POST', `/workflow-approvals/${id}`, { body: { approved, note } }),
  }
}
