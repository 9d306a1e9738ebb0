/** The people that steps name: whose record it is, who made it, who has a role. */
import { memberRights } from '@oneforge/kernel/access'
import { validationError } from '@oneforge/kernel/errors'
import type { PresentedRecord, RecordContext } from '@oneforge/kernel/records'
import type { TaskAssignee } from '../definition.ts'
import type { StepContext } from '../engine/action.ts'
import { membersWith, nextInTurn } from './people.store.ts'

/** The record that a step without a choice is about: where a loop is at, else the run's; none where there is neither. */
export async function subjectOf({ run, scope }: StepContext): Promise<PresentedRecord | undefined> {
  const item = (await scope.value('{{ item }}')) as PresentedRecord | null
  if (item) return item
  return run.recordId ? ((await scope.value('{{ record }}')) as PresentedRecord) : undefined
}

/** Active members with the role, by id. @throws VALIDATION_ERROR where there is no such role. */
export function membersOfRole({ tx, model }: RecordContext, role: string): Promise<string[]> {
  if (model.roles.has(role)) return membersWith(tx, model.tenantId, { role })
  throw validationError([], `There is no role “${role}” in this workspace. Choose another one in the step.`)
}

/** Those of the people who are active members. */
export async function activeMembers({ tx, model }: RecordContext, ids: string[]): Promise<string[]> {
  return (await memberRights(tx, model.tenantId, ids)).map(({ userId }) => userId)
}

/**
 * Who is given what a step makes; null: nobody, where the record has no such person or they have left. Of a role each
 * member in turn.
 */
export async function assigneeOf(
  { record: context, run }: StepContext,
  stepId: string,
  assignTo: TaskAssignee,
  subject: PresentedRecord | undefined,
): Promise<string | null> {
  if (typeof assignTo === 'object' && 'role' in assignTo) {
    const members = await membersOfRole(context, assignTo.role)
    const { tx, model } = context
    const step = { tenantId: model.tenantId, workflowId: run.workflowId, stepId }
    return members.length > 0 ? nextInTurn(tx, step, members) : null
  }
  const id = personOf(assignTo, subject)
  return id ? ((await activeMembers(context, [id]))[0] ?? null) : null
}

function personOf(
  assignTo: 'owner' | 'creator' | { user: string },
  subject: PresentedRecord | undefined,
): string | null {
  if (typeof assignTo === 'object') return assignTo.user
  return ((assignTo === 'owner' ? subject?.ownerId : subject?.createdBy) as string | null | undefined) ?? null
}

/** In which language to write to the person. */
export async function localeOf({ tx, model }: RecordContext, userId: string | null): Promise<string> {
  const [member] = userId ? await memberRights(tx, model.tenantId, [userId]) : []
  return member?.locale ?? model.locale
}
