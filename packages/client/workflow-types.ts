/** Workflows, their runs and approvals as the server sends them. Labels come in the caller's language. */
import type { Workflow, WorkflowTrigger } from './workflow-definition.ts'

export interface WorkflowPerson {
  id: string
  name: string
}

export interface WorkflowSummary {
  id: string
  key: string
  label: string
  description: string | null
  /** Slug of what it is about. */
  object: string | null
  trigger: WorkflowTrigger
  blocking: boolean
  enabled: boolean
  /** Whether it has steps that can run: a new one has none before its draft is published. */
  published: boolean
  version: number
  owner: WorkflowPerson | null
  folder: string | null
  hasDraft: boolean
  lastRunAt: string | null
  /** Runs under way, those that wait for a time, an event or somebody, and those that failed within the last 30 days. */
  counts: { running: number; waiting: number; failed: number }
}

/** What is wrong with a definition. */
export interface WorkflowProblem {
  /** Where it stands: `trigger.field`, `steps.0.then.1.to`. */
  path: string
  /** Id of the step it stands in. */
  step: string | null
  message: string
}

export interface WorkflowDraft {
  definition: Workflow
  /** Counts with each saving: what If-Match says. */
  version: number
  savedAt: string
  savedBy: WorkflowPerson | null
  /** The version of the workflow that it was begun on. */
  basedOn: number
  problems: WorkflowProblem[]
}

export interface WorkflowDetail extends WorkflowSummary {
  definition: Workflow
  draft: WorkflowDraft | null
  /** What is wrong with the published definition by now. */
  problems: WorkflowProblem[]
  /** The address that calls it from outside; the secret in it is told once. */
  webhook: { ending: string; madeAt: string; calledAt: string | null } | null
}

export interface WorkflowVersion {
  version: number
  createdAt: string
  createdBy: WorkflowPerson | null
  isCurrent: boolean
}

export type WorkflowRunState = 'ready' | 'waiting' | 'done' | 'failed' | 'stopped'

export interface WorkflowRecord {
  object: string
  id: string
  title: string
}

export interface WorkflowRun {
  id: string
  workflow: { id: string; label: string }
  version: number
  /** Null: about none, or about one that the viewer may not see. */
  record: WorkflowRecord | null
  state: WorkflowRunState
  /** Which kind of trigger began it. */
  startedBy: string
  error: string | null
  attempt: number
  /** When a waiting one goes on at the latest. */
  wakeAt: string | null
  createdAt: string
  startedAt: string | null
  endedAt: string | null
}

export interface WorkflowRunStep {
  /** The step's id; within a loop `loopId[3]/stepId`. */
  path: string
  step: string
  type: string
  state: 'done' | 'waiting' | 'sent' | 'failed' | 'skipped'
  attempt: number
  input: unknown
  output: unknown
  error: string | null
  startedAt: string | null
  endedAt: string | null
}

export interface WorkflowRunDetail extends WorkflowRun {
  /** What `trigger` holds in the values of its steps. */
  trigger: Record<string, unknown>
  /** As it was when the run began. */
  definition: Workflow
  steps: WorkflowRunStep[]
}

/**
 * What a trial takes to have happened: at a wait for an event, at an approval. `escalated`: nobody decided in time, others
 * were asked as well, and then it was approved.
 */
export type WorkflowOutcome = 'came' | 'timed_out' | 'approved' | 'rejected' | 'escalated'

export interface WorkflowTraceStep extends WorkflowRunStep {
  /** Null of steps that wait for nobody. */
  assumed: WorkflowOutcome | null
}

/** A walk through a workflow with a record, of which nothing stays. */
export interface WorkflowTrace {
  /** Whether the record passes the workflow's condition: the steps are walked either way. */
  passes: boolean
  state: WorkflowRunState
  error: string | null
  steps: WorkflowTraceStep[]
}

export interface WorkflowDryRun {
  days: { day: string; count: number }[]
  total: number
  examples: { at: string; record: WorkflowRecord }[]
  /** Why the number is not exact or cannot be told, in one sentence. */
  remark: string | null
}

export interface WorkflowFigures {
  states: Record<WorkflowRunState, number>
  /** How many runs wait at which step. */
  waiting: Record<string, number>
  days: { day: string; done: number; failed: number; stopped: number }[]
}

export interface VocabularyField {
  /** `full_name`, over a relation `patient.full_name`. */
  path: string
  label: string
  type: string
  writable: boolean
  options?: { value: string; label: string }[]
}

export interface VocabularyRelation {
  key: string
  label: string
  /** Slugs; several where it may lead to several objects. */
  objects: string[]
  toMany: boolean
}

export interface WorkflowVocabulary {
  triggers: { type: WorkflowTrigger['type']; needsObject: boolean }[]
  steps: { type: string; needsObject: boolean; blocking: boolean }[]
  objects: { slug: string; label: string }[]
  /** Of the object asked about, else empty. */
  fields: VocabularyField[]
  /** Fields over one relation to one record. */
  related: VocabularyField[]
  relations: VocabularyRelation[]
  pipelines: { key: string; label: string; field: string; stages: { value: string; label: string }[] }[]
  roles: { key: string; label: string }[]
  members: (WorkflowPerson & { email: string })[]
  workflows: { key: string; label: string; object: string | null }[]
  /** By their ids. */
  forms: { key: string; label: string }[]
  operations: { name: string; summary: string; tag: string; input: unknown }[]
  /** What stands beside `record` in values: `tenant.name`, `trigger.body`. */
  variables: { path: string; about: string }[]
}

export interface WorkflowButton {
  id: string
  label: string
  icon: string | null
  /** What is asked before it runs. */
  confirm: string | null
}

export interface WorkflowApproval {
  id: string
  workflow: { id: string; label: string }
  runId: string
  record: WorkflowRecord | null
  message: string
  state: 'open' | 'approved' | 'rejected' | 'withdrawn'
  askedAt: string
  escalateAt: string | null
  decidedBy: WorkflowPerson | null
  decidedAt: string | null
  note: string | null
}

/** Days for which runs are kept after their end, 7 to 730: all, and those that failed. */
export interface WorkflowRetention {
  days: number
  failedDays: number
}
