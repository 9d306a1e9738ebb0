/** What a workflow is made of: the same as packages/modules/workflows/definition.ts, which a test holds it to. */
import type { LocalizedText } from './text-types.ts'

/** A text in one language, or in several: then the language of whoever it is for is taken. */
export type WorkflowText = string | LocalizedText

/**
 * A value given to a step. WorkflowText with `{{ record.email }}` is merged (Liquid); `{ formula: 'record.amount * 2' }` is
 * worked out (CEL); everything else is meant as it stands.
 */
export type WorkflowValue =
  | { formula: string }
  | string
  | number
  | boolean
  | null
  | WorkflowValue[]
  | { [key: string]: WorkflowValue }

/** The one filter language; its fields are those of the workflow's object, or of what a loop goes over. */
export type WorkflowCondition = unknown

export type WorkflowTrigger =
  | { type: 'record_created' }
  | { type: 'record_updated'; fields?: string[] }
  | { type: 'field_changed'; field: string; from?: unknown; to?: unknown }
  | { type: 'stage_changed'; pipeline?: string; from?: string; to?: string }
  | { type: 'record_linked'; relation: string }
  | { type: 'record_deleted' }
  /** `offset` is an ISO 8601 duration before (negative) or after the field's moment: `-PT24H`. */
  | { type: 'date_relative'; field: string; offset: string }
  /** Either of them; in `timeZone`, or the workspace's. Runs once, or once for each record that passes `records`. */
  | { type: 'schedule'; cron?: string; rrule?: string; timeZone?: string; records?: WorkflowCondition }
  | { type: 'form_submitted'; form: string }
  /** Called from outside at an address with a secret; its body is at hand as `trigger.body`. */
  | { type: 'webhook_received' }
  /** A message has come in for a record of the object, by whichever channel. */
  | { type: 'message_received'; channel?: 'email' | 'sms' }
  /** Pressed by a person on a record or on those selected in a list. */
  | { type: 'button'; label: WorkflowText; icon?: string; roles?: string[]; confirm?: WorkflowText }
  /** Started by a step of another workflow alone. */
  | { type: 'called' }

interface StepBase {
  /** Unique in its workflow; part of the key under which each effect is done once. */
  id: string
  /** What its author calls it. */
  name?: string
  /** A step that is off is passed over. */
  off?: boolean
}

export type TaskAssignee = 'owner' | 'creator' | { user: string } | { role: string }

/** Which record a step is about: the run's own unless said, or what an earlier step made or a loop goes over. */
export type WorkflowTarget = { step: string } | { loop: string } | { relation: string }

export type WorkflowActionStep = StepBase &
  (
    | {
        type: 'send_email'
        to: string
        cc?: string
        /** A stored e-mail template in place of subject and body. */
        template?: string
        subject?: WorkflowText
        body?: WorkflowText
      }
    | { type: 'send_sms'; to: string; text: WorkflowText }
    /** `to` is owner or creator of the record, or a role by its key (in an object where it is called as these are). */
    | { type: 'notify'; to: string | { user: string } | { role: string }; message: WorkflowText }
    | { type: 'create_record'; object: string; values: Record<string, WorkflowValue>; relation?: string }
    | { type: 'update_field'; field: string; value: WorkflowValue; target?: WorkflowTarget }
    | { type: 'update_record'; values: Record<string, WorkflowValue>; target?: WorkflowTarget }
    | { type: 'delete_record'; target?: WorkflowTarget }
    | {
        type: 'link_records' | 'unlink_records'
        relation: string
        to: WorkflowTarget | { record: WorkflowValue }
        target?: WorkflowTarget
      }
    | {
        type: 'assign'
        method: 'user' | 'round_robin' | 'least_loaded' | 'rule'
        /** Among these; those who left or are away no more. */
        users?: string[]
        role?: string
        team?: string
        /** The first whose condition the record passes. */
        rules?: { condition: WorkflowCondition; user: string }[]
        target?: WorkflowTarget
      }
    | {
        type: 'create_task'
        title: WorkflowText
        description?: WorkflowText
        dueIn?: string
        assignTo?: TaskAssignee
        priority?: string
        /** What it is about; the owner it goes to stays that of the run's record. */
        target?: WorkflowTarget
      }
    | { type: 'create_event'; title: WorkflowText; startsAt: WorkflowValue; minutes?: number; assignTo?: TaskAssignee }
    | { type: 'create_note'; body: WorkflowText }
    | {
        type: 'webhook'
        url: string
        method?: 'POST' | 'PUT' | 'PATCH'
        headers?: Record<string, string>
        body?: WorkflowValue
      }
    | { type: 'call_operation'; operation: string; input: Record<string, WorkflowValue> }
    | { type: 'set_variable'; variable: string; value: WorkflowValue }
    | { type: 'ask_ai'; prompt: WorkflowText }
    /** Blocking workflows only: alters the record before it is written, or refuses it. */
    | { type: 'set_value'; field: string; value: WorkflowValue }
    | { type: 'refuse'; message: WorkflowText; field?: string }
  )

export type WorkflowControlStep = StepBase &
  (
    | { type: 'if'; condition: WorkflowCondition; then: WorkflowStep[]; else: WorkflowStep[] }
    | {
        type: 'switch'
        value: WorkflowValue
        cases: { is: unknown[]; steps: WorkflowStep[] }[]
        otherwise: WorkflowStep[]
      }
    /** For a time (ISO 8601 duration), or until a moment of a value. */
    | { type: 'wait'; for: string }
    | { type: 'wait_until'; moment: WorkflowValue }
    | {
        type: 'wait_event'
        event:
          | 'record_updated'
          | 'field_changed'
          | 'stage_changed'
          | 'record_linked'
          | 'record_deleted'
          | 'message_received'
        field?: string
        to?: unknown
        relation?: string
        /** ISO 8601 duration; what is not met by then goes on with `onTimeout`. */
        timeout: string
        onTimeout: WorkflowStep[]
      }
    | {
        type: 'loop'
        over: { relation: string } | { object: string; filter?: WorkflowCondition; sort?: string }
        /** At the most so many; 100 unless said, 1,000 at the most. */
        limit?: number
        steps: WorkflowStep[]
      }
    | { type: 'parallel'; branches: { name?: string; steps: WorkflowStep[] }[] }
    | { type: 'run_workflow'; workflow: string; wait?: boolean }
    | {
        type: 'approval'
        from: { user: string } | { role: string }
        message: WorkflowText
        /** When nobody has decided for so long (ISO 8601), these are asked as well. */
        escalateAfter?: string
        escalateTo?: { user: string } | { role: string }
        approved: WorkflowStep[]
        rejected: WorkflowStep[]
      }
    | { type: 'stop'; reason?: string }
  )

export type WorkflowStep = WorkflowActionStep | WorkflowControlStep
export type WorkflowStepType = WorkflowStep['type']

export interface Workflow {
  key: string
  label: LocalizedText
  description?: string
  /** Slug of what it is about; absent where it is about no record: schedules, incoming webhooks, called ones. */
  object?: string
  trigger: WorkflowTrigger
  /** The filter language; absent means always. */
  condition?: WorkflowCondition
  /** Runs inside of the transaction that writes the record, and may alter or refuse it. */
  blocking?: boolean
  /** Key of the role whose rights its runs have; absent: those of the system. */
  runAs?: string
  /** Whether imported records start it too. */
  onImport?: boolean
  steps: WorkflowStep[]
}

/** The parts of a step that hold steps themselves, in the order in which they are read. */
export function bodiesOf(step: WorkflowStep): { part: string; steps: WorkflowStep[] }[] {
  switch (step.type) {
    case 'if':
      return [
        { part: 'then', steps: step.then },
        { part: 'else', steps: step.else },
      ]
    case 'switch':
      return [
        ...step.cases.map(({ steps }, index) => ({ part: `cases.${index}`, steps })),
        { part: 'otherwise', steps: step.otherwise },
      ]
    case 'wait_event':
      return [{ part: 'onTimeout', steps: step.onTimeout }]
    case 'loop':
      return [{ part: 'steps', steps: step.steps }]
    case 'parallel':
      return step.branches.map(({ steps }, index) => ({ part: `branches.${index}`, steps }))
    case 'approval':
      return [
        { part: 'approved', steps: step.approved },
        { part: 'rejected', steps: step.rejected },
      ]
    default:
      return []
  }
}

/** Every step of the tree, each before those that it holds. */
export function* stepsWithin(steps: WorkflowStep[]): Generator<WorkflowStep> {
  for (const step of steps) {
    yield step
    for (const body of bodiesOf(step)) yield* stepsWithin(body.steps)
  }
}
