/** All kinds of actions, by their types. */
import type { LanguageModel } from '../../ai/index.ts'
import type { RecordMail } from '../../correspondence/index.ts'
import type { Mailer, SmsGateway } from '../../messaging/index.ts'
import type { ActionKind, ActionKinds } from '../engine/action.ts'
import { askAiAction } from './ask-ai.ts'
import { assignAction } from './assign.ts'
import { callOperationAction } from './call-operation.ts'
import { createEventAction } from './create-event.ts'
import { createNoteAction } from './create-note.ts'
import { createRecordAction } from './create-record.ts'
import { createTaskAction } from './create-task.ts'
import { deleteRecordAction } from './delete-record.ts'
import { linkRecordsAction, unlinkRecordsAction } from './link-records.ts'
import { notifyAction } from './notify.ts'
import type { OperationCalls } from './operation-calls.ts'
import type { OutsideCalls } from './outside-calls.port.ts'
import { sendEmailAction } from './send-email.ts'
import { sendSmsAction } from './send-sms.ts'
import { setVariableAction } from './set-variable.ts'
import { updateFieldAction, updateRecordAction } from './update-record.ts'
import { webhookAction } from './webhook.ts'

export { isCallable } from './operation-calls.ts'
export { CallRefused, type OutsideCalls, type OutsideRequest } from './outside-calls.port.ts'

/** What actions reach the world by. */
export interface ActionPorts {
  mailer: Mailer
  /** By which answers to e-mails come back. */
  recordMail: RecordMail
  operations: OperationCalls
  outside: OutsideCalls
  /** What calls to the outside are signed with, for each workspace another. */
  signingSecret(tenantId: string): string
  /** None unless the installation has one. */
  sms?: SmsGateway
  languageModel?: LanguageModel
}

export function createActions(ports: ActionPorts): ActionKinds {
  const kinds = [
    createRecordAction,
    updateFieldAction,
    updateRecordAction,
    deleteRecordAction,
    linkRecordsAction,
    unlinkRecordsAction,
    assignAction,
    createTaskAction,
    createEventAction,
    createNoteAction(ports.operations),
    sendEmailAction(ports.mailer, ports.recordMail),
    sendSmsAction(ports.sms),
    notifyAction,
    webhookAction({ calls: ports.outside, signingSecret: ports.signingSecret }),
    callOperationAction(ports.operations),
    setVariableAction,
    askAiAction(ports.languageModel),
  ] as ActionKind[]
  return new Map(kinds.map((kind) => [kind.type, kind]))
}
