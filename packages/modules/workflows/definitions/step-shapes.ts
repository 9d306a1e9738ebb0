/**
 * What each kind of trigger and step has to look like by itself. The steps that a step holds are looked at one by one
 * (check.ts): here they only have to be lists.
 */
import { z } from 'zod'
import type { StepType, Trigger } from '../definition.ts'

const longest = 100_000

const words = (most = longest) => z.string('must be text').trim().min(1, 'must not be empty').max(most)
const localized = z
  .record(z.string().max(35), z.string().max(longest))
  .refine((texts) => Object.values(texts).some((one) => one.trim()), 'must not be empty')
const text = z.union([words(), localized], 'must be text that is not empty')
const value = z.json()
const values = z.record(z.string(), value, 'must be values by the keys of fields')
const condition = z.record(z.string(), z.unknown(), 'must be a filter')
const steps = z.array(z.unknown(), 'must be a list of steps')
const user = z.strictObject({ user: z.uuid('must be the id of a member') })
const role = z.strictObject({ role: words(100) })
const target = z.union(
  [
    z.strictObject({ step: words(100) }),
    z.strictObject({ loop: words(100) }),
    z.strictObject({ relation: words(200) }),
  ],
  'must be {"step": …}, {"loop": …} or {"relation": …}',
)
const assignee = z.union([z.enum(['owner', 'creator']), user, role], 'must be owner, creator, a member or a role')
const key = words(200)
const duration = words(60)

/** The parts of each kind of trigger, beside its `type`. */
export const triggerShapes: Record<Trigger['type'], z.ZodRawShape> = {
  record_created: {},
  record_updated: { fields: z.array(key).max(100).optional() },
  field_changed: { field: key, from: z.unknown().optional(), to: z.unknown().optional() },
  stage_changed: { pipeline: key.optional(), from: key.optional(), to: key.optional() },
  record_linked: { relation: key },
  record_deleted: {},
  date_relative: { field: key, offset: duration },
  schedule: {
    cron: words(200).optional(),
    rrule: words(1_000).optional(),
    timeZone: words(100).optional(),
    records: condition.optional(),
  },
  form_submitted: { form: key },
  webhook_received: {},
  message_received: { channel: z.enum(['email', 'sms']).optional() },
  button: {
    label: text,
    icon: words(60).optional(),
    roles: z.array(key).max(100).optional(),
    confirm: text.optional(),
  },
  called: {},
}

/** Triggers that tell of a record: their workflows need an object. */
export const triggersOfRecords: ReadonlySet<Trigger['type']> = new Set([
  'record_created',
  'record_updated',
  'field_changed',
  'stage_changed',
  'record_linked',
  'record_deleted',
  'date_relative',
  'form_submitted',
  'message_received',
])

/** The parts of each kind of step, beside those that all have. */
export const stepShapes: Record<StepType, z.ZodRawShape> = {
  send_email: {
    to: words(1_000),
    cc: words(1_000).optional(),
    template: words(100).optional(),
    subject: text.optional(),
    body: text.optional(),
  },
  send_sms: { to: words(1_000), text },
  notify: { to: z.union([words(200), user, role], 'must be owner, creator, a role or a member'), message: text },
  create_record: { object: key, values, relation: key.optional() },
  update_field: { field: key, value, target: target.optional() },
  update_record: { values, target: target.optional() },
  delete_record: { target: target.optional() },
  link_records: linking(),
  unlink_records: linking(),
  assign: {
    method: z.enum(['user', 'round_robin', 'least_loaded', 'rule']),
    users: z.array(z.uuid('must be the id of a member')).max(1_000).optional(),
    role: key.optional(),
    team: key.optional(),
    rules: z
      .array(z.strictObject({ condition, user: z.uuid('must be the id of a member') }))
      .max(100)
      .optional(),
    target: target.optional(),
  },
  create_task: {
    title: text,
    description: text.optional(),
    dueIn: duration.optional(),
    assignTo: assignee.optional(),
    priority: key.optional(),
    target: target.optional(),
  },
  create_event: {
    title: text,
    startsAt: value,
    minutes: z.int().min(1).max(100_000).optional(),
    assignTo: assignee.optional(),
  },
  create_note: { body: text },
  webhook: {
    url: words(2_000),
    method: z.enum(['POST', 'PUT', 'PATCH']).optional(),
    headers: z.record(z.string().max(200), z.string().max(10_000)).optional(),
    body: value.optional(),
  },
  call_operation: { operation: key, input: values },
  set_variable: { variable: z.string().regex(/^[a-z_]\w{0,62}$/i, 'must be a word such as total'), value },
  ask_ai: { prompt: text },
  set_value: { field: key, value },
  refuse: { message: text, field: key.optional() },
  // biome-ignore lint/suspicious/noThenProperty: steps are never awaited
  if: { condition, then: steps, else: steps },
  switch: {
    value,
    cases: z
      .array(z.strictObject({ is: z.array(z.unknown()).min(1, 'must name a value'), steps }))
      .min(1, 'must have a case')
      .max(50),
    otherwise: steps,
  },
  wait: { for: duration },
  wait_until: { moment: value },
  wait_event: {
    event: z.enum([
      'record_updated',
      'field_changed',
      'stage_changed',
      'record_linked',
      'record_deleted',
      'message_received',
    ]),
    field: key.optional(),
    to: z.unknown().optional(),
    relation: key.optional(),
    timeout: duration,
    onTimeout: steps,
  },
  loop: {
    over: z.union(
      [
        z.strictObject({ relation: key }),
        z.strictObject({ object: key, filter: condition.optional(), sort: words(500).optional() }),
      ],
      'must be {"relation": …} or {"object": …}',
    ),
    limit: z.int().min(1).max(1_000, 'must be 1,000 or less').optional(),
    steps,
  },
  parallel: {
    branches: z
      .array(z.strictObject({ name: z.string().max(200).optional(), steps }))
      .min(1, 'must have a branch')
      .max(20),
  },
  run_workflow: { workflow: key, wait: z.boolean().optional() },
  approval: {
    from: z.union([user, role], 'must be a member or a role'),
    message: text,
    escalateAfter: duration.optional(),
    escalateTo: z.union([user, role], 'must be a member or a role').optional(),
    approved: steps,
    rejected: steps,
  },
  stop: { reason: z.string().max(1_000).optional() },
}

function linking(): z.ZodRawShape {
  return {
    relation: key,
    to: z.union([target, z.strictObject({ record: value })], 'must be a record'),
    target: target.optional(),
  }
}

/** Steps that a workflow may have which runs before its record is written. */
export const blockingSteps: ReadonlySet<StepType> = new Set(['set_value', 'refuse', 'if', 'switch', 'stop'])

/** Of those, the ones that no other workflow may have. */
export const onlyBlocking: ReadonlySet<StepType> = new Set(['set_value', 'refuse'])

/** Steps that are about the run's own record, unless they name another: their workflows need an object. */
export const stepsOfRecords: ReadonlySet<StepType> = new Set([
  'update_field',
  'update_record',
  'delete_record',
  'link_records',
  'unlink_records',
  'assign',
  'if',
  'wait_event',
  'set_value',
])

/** The parts that every step has. */
export const everyStep = {
  id: z.string().regex(/^[A-Za-z][\w-]{0,59}$/, 'must begin with a letter, then letters, digits, - or _'),
  type: z.string(),
  name: z.string().max(200).optional(),
  off: z.boolean().optional(),
} satisfies z.ZodRawShape
