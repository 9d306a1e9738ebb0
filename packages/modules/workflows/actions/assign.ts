import { validationError } from '@oneforge/kernel/errors'
import type { RecordContext } from '@oneforge/kernel/records'
import type { ActionOf } from '../definition.ts'
import type { ActionKind, StepContext, TargetRecord } from '../engine/action.ts'
import { storedRecord } from '../values/index.ts'
import { leastLoaded, membersWith, nextInTurn } from './people.store.ts'
import { activeMembers, membersOfRole } from './people.ts'
import { change, objectNamed, placed } from './records.ts'

type Assign = ActionOf<'assign'>

interface Prepared extends Record<string, unknown> {
  record: { object: string; id: string }
  /** Among whom it is. */
  among: string[]
}

/** Gives a record to somebody: one person, each of several in turn, who has least to do, or who a rule names. */
export const assignAction: ActionKind<Assign> = {
  type: 'assign',
  async prepare({ record, scope }, step): Promise<Prepared> {
    const target = await scope.target(step.target)
    const among = await candidates(record, target, step)
    if (among.length > 0) return { record: placed(target), among }
    throw validationError(
      [],
      'Nobody of those that the step names is an active member. Name somebody else in the step.',
    )
  },
  async perform(context, step, input) {
    const { record, among } = input as Prepared
    const ownerId = await chosen(context, step, record.object, among)
    return { ...(await change(context.record, record, { ownerId })), ownerId }
  },
}

async function candidates(context: RecordContext, target: TargetRecord, step: Assign): Promise<string[]> {
  const { users = [], role, team } = step
  if (step.method === 'rule') {
    const user = await userByRule(context, target, step)
    return user ? activeMembers(context, [user]) : []
  }
  const { tx, model } = context
  const named = users.length > 0 ? await activeMembers(context, users) : []
  const ofRole = role === undefined ? [] : await membersOfRole(context, role)
  const ofTeam = team === undefined ? [] : await membersWith(tx, model.tenantId, { team })
  return [...new Set([...named, ...ofRole, ...ofTeam])].sort()
}

async function userByRule(
  context: RecordContext,
  target: TargetRecord,
  { rules = [] }: Assign,
): Promise<string | undefined> {
  const source = storedRecord(context, target)
  for (const { condition, user } of rules) {
    if (condition === undefined || condition === null || (await source.passes(condition))) return user
  }
  return undefined
}

async function chosen(
  { record: context, run }: StepContext,
  step: Assign,
  slug: string,
  among: string[],
): Promise<string> {
  const { tx, model } = context
  const { tenantId } = model
  switch (step.method) {
    case 'round_robin':
      return nextInTurn(tx, { tenantId, workflowId: run.workflowId, stepId: step.id }, among)
    case 'least_loaded':
      return leastLoaded(tx, tenantId, objectNamed(context, slug), among)
    default:
      return among[0]!
  }
}
