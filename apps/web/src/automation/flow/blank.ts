/** Steps as they are when they have just been put in: what has to be said of them is empty, so that it is asked for. */
import type { Flow, Step, StepOf, StepType, Trigger } from './flow.ts'

type Blank = { [Type in StepType]: Omit<StepOf<Type>, 'id'> }

const blanks: Blank = {
  send_email: { type: 'send_email', to: '', subject: '', body: '' },
  send_sms: { type: 'send_sms', to: '', text: '' },
  notify: { type: 'notify', to: 'owner', message: '' },
  create_record: { type: 'create_record', object: '', values: {} },
  update_field: { type: 'update_field', field: '', value: null },
  update_record: { type: 'update_record', values: {} },
  delete_record: { type: 'delete_record' },
  link_records: { type: 'link_records', relation: '', to: { record: '' } },
  unlink_records: { type: 'unlink_records', relation: '', to: { record: '' } },
  assign: { type: 'assign', method: 'round_robin' },
  create_task: { type: 'create_task', title: '', assignTo: 'owner' },
  create_event: { type: 'create_event', title: '', startsAt: '', assignTo: 'owner' },
  create_note: { type: 'create_note', body: '' },
  webhook: { type: 'webhook', url: '', method: 'POST' },
  call_operation: { type: 'call_operation', operation: '', input: {} },
  set_variable: { type: 'set_variable', variable: '', value: '' },
  ask_ai: { type: 'ask_ai', prompt: '' },
  set_value: { type: 'set_value', field: '', value: null },
  refuse: { type: 'refuse', message: '' },
  // biome-ignore lint/suspicious/noThenProperty: the branch of a step is called so
  if: { type: 'if', condition: null, then: [], else: [] },
  switch: { type: 'switch', value: { formula: '' }, cases: [{ is: [], steps: [] }], otherwise: [] },
  wait: { type: 'wait', for: 'P1D' },
  wait_until: { type: 'wait_until', moment: { formula: '' } },
  wait_event: { type: 'wait_event', event: 'record_updated', timeout: 'P7D', onTimeout: [] },
  loop: { type: 'loop', over: { relation: '' }, steps: [] },
  parallel: { type: 'parallel', branches: [{ steps: [] }, { steps: [] }] },
  run_workflow: { type: 'run_workflow', workflow: '' },
  approval: { type: 'approval', from: { role: '' }, message: '', approved: [], rejected: [] },
  stop: { type: 'stop' },
}

export const stepTypes = Object.keys(blanks) as StepType[]

export const blankStep = (type: StepType, id: string): Step => ({ ...structuredClone(blanks[type]), id }) as Step

const triggers: { [Type in Trigger['type']]: Extract<Trigger, { type: Type }> } = {
  record_created: { type: 'record_created' },
  record_updated: { type: 'record_updated' },
  field_changed: { type: 'field_changed', field: '' },
  stage_changed: { type: 'stage_changed' },
  record_linked: { type: 'record_linked', relation: '' },
  record_deleted: { type: 'record_deleted' },
  date_relative: { type: 'date_relative', field: '', offset: '-P1D' },
  schedule: { type: 'schedule', cron: '0 8 * * 1,2,3,4,5' },
  form_submitted: { type: 'form_submitted', form: '' },
  webhook_received: { type: 'webhook_received' },
  message_received: { type: 'message_received' },
  button: { type: 'button', label: '' },
  called: { type: 'called' },
}

export const triggerTypes = Object.keys(triggers) as Trigger['type'][]

export const blankTrigger = (type: Trigger['type']): Trigger => structuredClone(triggers[type])

/** About records of the object; without one it is about none. */
export function blankFlow(label: string, language: string, object: string | null): Flow {
  const trigger = blankTrigger(object ? 'record_created' : 'schedule')
  const labels = { en: label, ...(language !== 'en' && { [language]: label }) }
  return { key: '', label: labels, ...(object && { object }), trigger, steps: [] }
}
