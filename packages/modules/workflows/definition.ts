/**
 * What a workflow is made of, as it is stored, sent and drawn: a trigger and a tree of steps. A tree, no free graph: what
 * comes after a branch comes after whichever branch was taken, so that it can be read from top to bottom, every path of
 * it is known beforehand and there is no way back up (docs/decisions/0040).
 */
import type { LocalizedText } from '@oneforge/kernel/metadata'

/** A text in one language, or in several: then the language of whoever it is for is taken. */
export type Text = string | LocalizedText

/**
 * A value given to a step. Text with `{{ record.email }}` is merged (Liquid); `{ formula: 'record.amount * 2' }` is
 * worked out (CEL); everything else is meant as it stands.
 */
export type Value = { formula: string } | string | number | boolean | null | Value[] | { [key: string]: Value }

/** The one filter language; its fields are those of the workflow's object, or of what a loop goes over. */
export type Condition = unknown

export type Trigger =
  | { type: 'record_created' }
  | { type: 'record_updated'; fields?: string[] }
  | { type: 'field_changed'; field: string; from?: unknown; to?: unknown }
  | { type: 'stage_changed'; pipeline?: string; from?: string; to?: string }
  | { type: 'record_linked'; relation: string }
  | { type: 'record_deleted' }
  /** `offset` is an ISO 8601 duration before (negative) or after the field's moment: `-PT24H`. */
  | { type: 'date_relative'; field: string; offset: string }
  /** Either of them; in `timeZone`, or the workspace's. Runs once, or once for each record that passes `records`. */
  | { type: 'schedule'; cron?: string; rrule?: string; timeZone?: string; records?: Condition }
  | { type: 'form_submitted'; form: string }
  /** Called from outside at an address with a secret; its body is at hand as `trigger.body`. */
  | { type: 'webhook_received' }
  /** A message has come in for a record of the object, by whichever channel. */
  | { type: 'message_received'; channel?: 'email' | 'sms' }
  /** Pressed by a person on a record or on those selected in a list. */
  | { type: 'button'; label: Text; icon?: string; roles?: string[]; confirm?: Text }
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
export type Target = { step: string } | { loop: string } | { relation: string }

export type ActionStep = StepBase &
  (
    | {
        type: 'send_email'
        to: string
        cc?: string
        /** A stored e-mail template in place of subject and body. */
        template?: string
        subject?: Text
        body?: Text
      }
    | { type: 'send_sms'; to: string; text: Text }
    /** `to` is owner or creator of the record, or a role by its key (in an object where it is called as these are). */
    | { type: 'notify'; to: string | { user: string } | { role: string }; message: Text }
    | { type: 'create_record'; object: string; values: Record<string, Value>; relation?: string }
    | { type: 'update_field'; field: string; value: Value; target?: Target }
    | { type: 'update_record'; values: Record<string, Value>; target?: Target }
    | { type: 'delete_record'; target?: Target }
    | { type: 'link_records' | 'unlink_records'; relation: string; to: Target | { record: Value }; target?: Target }
    | {
        type: 'assign'
        method: 'user' | 'round_robin' | 'least_loaded' | 'rule'
        /** Among these; those who left or are away no more. */
        users?: string[]
        role?: string
        team?: string
        /** The first whose condition the record passes. */
        rules?: { condition: Condition; user: string }[]
        target?: Target
      }
    | {
        type: 'create_task'
        title: Text
        description?: Text
        dueIn?: string
        assignTo?: TaskAssignee
        priority?: string
        /** What it is about; the owner it goes to stays that of the run's record. */
        target?: Target
      }
    | { type: 'create_event'; title: Text; startsAt: Value; minutes?: number; assignTo?: TaskAssignee }
    | { type: 'create_note'; body: Text }
    | {
        type: 'webhook'
        url: string
        method?: 'POST' | 'PUT' | 'PATCH'
        headers?: Record<string, string>
        body?: Value
      }
    | { type: 'call_operation'; operation: string; input: Record<string, Value> }
    | { type: 'set_variable'; variable: string; value: Value }
    | { type: 'ask_ai'; prompt: Text }
    /** Blocking workflows only: alters the record before it is written, or refuses it. */
    | { type: 'set_value'; field: string; value: Value }
    | { type: 'refuse'; message: Text; field?: string }
  )

/** The action steps of one type. */
export type ActionOf<T extends ActionStep['type']> = Extract<ActionStep, { type: T }>

export type ControlStep = StepBase &
  (
    | { type: 'if'; condition: Condition; then: Step[]; else: Step[] }
    | { type: 'switch'; value: Value; cases: { is: unknown[]; steps: Step[] }[]; otherwise: Step[] }
    /** For a time (ISO 8601 duration), or until a moment of a value. */
    | { type: 'wait'; for: string }
    | { type: 'wait_until'; moment: Value }
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
        onTimeout: Step[]
      }
    | {
        type: 'loop'
        over: { relation: string } | { object: string; filter?: Condition; sort?: string }
        /** At the most so many; 100 unless said, 1,000 at the most. */
        limit?: number
        steps: Step[]
      }
    | { type: 'parallel'; branches: { name?: string; steps: Step[] }[] }
    | { type: 'run_workflow'; workflow: string; wait?: boolean }
    | {
        type: 'approval'
        from: { user: string } | { role: string }
        message: Text
        /** When nobody has decided for so long (ISO 8601), these are asked as well. */
        escalateAfter?: string
        escalateTo?: { user: string } | { role: string }
        approved: Step[]
        rejected: Step[]
      }
    | { type: 'stop'; reason?: string }
  )

export type Step = ActionStep | ControlStep
export type StepType = Step['type']

export interface Workflow {
  key: string
  label: LocalizedText
  description?: string
  /** Slug of what it is about; absent where it is about no record: schedules, incoming webhooks, called ones. */
  object?: string
  trigger: Trigger
  /** The filter language; absent means always. */
  condition?: Condition
  /** Also for records that are imported; unless said, an import starts nothing. */
  onImport?: boolean
  /** Runs inside of the transaction that writes the record, and may alter or refuse it. */
  blocking?: boolean
  /** Key of the role whose rights its runs have; absent: those of the system. */
  runAs?: string
  steps: Step[]
}

/** The parts of a step that hold steps themselves, in the order in which they are read. */
export function bodiesOf(step: Step): { part: string; steps: Step[] }[] {
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
export function* stepsWithin(steps: Step[]): Generator<Step> {
  for (const step of steps) {
    yield step
    for (const body of bodiesOf(step)) yield* stepsWithin(body.steps)
  }
}
