/**
 * Workflows that run inside of the transaction that writes a record, before it does: they set values of it, or refuse it. They
 * leave no run behind, and cost nothing where an object has none.
 */

import { type AccessPolicy, systemPolicy } from '@oneforge/kernel/access'
import { AppError } from '@oneforge/kernel/errors'
import type { CompiledObject, TenantModel } from '@oneforge/kernel/metadata'
import { type Draft, type RecordContext, whenBeforeWritten } from '@oneforge/kernel/records'
import type { Step, Trigger, Workflow } from '../definition.ts'
import type { Scope } from '../engine/action.ts'
import { caseMet } from '../engine/cases.ts'
import { isSame } from '../engine/match.ts'
import { workflowOf } from '../stored-form.ts'
import { createScope } from '../values/index.ts'
import { blockingWorkflows } from './blocking.store.ts'
import { draftSource } from './draft-source.ts'

interface Blocking {
  id: string
  workflow: Workflow
}

/** Registered where the module is loaded: there is no road to a record without it. */
whenBeforeWritten(async (context, object, drafts) => {
  const here = (await workflowsOf(context)).get(object.slug)
  if (!here) return
  for (const draft of drafts) for (const one of here) await run(context, object, draft, one)
})

/** Whatever changes a workflow moves the version of the metadata on, and with it comes another model. */
const known = new WeakMap<TenantModel, Map<string, Blocking[]>>()

/** By the slugs of their objects. */
async function workflowsOf({ tx, model }: RecordContext): Promise<Map<string, Blocking[]>> {
  const remembered = known.get(model)
  if (remembered) return remembered
  const rows = (await blockingWorkflows(tx)).map(({ id, definition }) => ({ id, workflow: workflowOf(definition) }))
  const found = Map.groupBy(rows, ({ workflow }) => workflow.object ?? '')
  known.set(model, found)
  return found
}

const policies = new WeakMap<TenantModel, AccessPolicy>()

/** The rules are the workspace's: it makes no difference what whoever writes may see. */
function asWorkspace(context: RecordContext): RecordContext {
  const policy = policies.get(context.model) ?? systemPolicy(context.model)
  policies.set(context.model, policy)
  return { ...context, policy }
}

async function run(
  context: RecordContext,
  object: CompiledObject,
  draft: Draft,
  { id, workflow }: Blocking,
): Promise<void> {
  if (draft.isRefused || !isStarted(workflow, draft)) return
  const own = asWorkspace(context)
  const source = draftSource(own, object, draft)
  const facts = {
    context: own,
    run: {
      id: '',
      workflowId: id,
      workflow,
      object,
      recordId: draft.id ?? null,
      trigger: { type: workflow.trigger.type },
    },
    outputs: new Map<string, unknown>(),
    variables: new Map<string, unknown>(),
    loops: new Map(),
  }
  const scope = createScope(facts, source)
  try {
    if (await scope.passes(workflow.condition)) await walk(workflow.steps, { context, object, draft, scope })
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    draft.refuse({
      field: object.roles.title,
      message: `was refused by the workflow “${workflow.key}”: ${error.message}`,
    })
  }
}

function isStarted({ trigger }: Workflow, draft: Draft): boolean {
  if (trigger.type === 'record_created') return draft.id === undefined
  if (draft.id === undefined) return false
  const changed = draft.changed()
  if (trigger.type === 'field_changed') return changed.has(trigger.field) && isMeant(trigger, draft)
  if (trigger.type !== 'record_updated') return false
  return trigger.fields ? trigger.fields.some((field) => changed.has(field)) : changed.size > 0
}

function isMeant({ field, from, to }: Trigger & { type: 'field_changed' }, draft: Draft): boolean {
  const isLeft = from === undefined || isSame(from, draft.valuesBefore()[field])
  return isLeft && (to === undefined || isSame(to, draft.values()[field]))
}

interface Walk {
  context: RecordContext
  object: CompiledObject
  draft: Draft
  scope: Scope
}

/** @returns whether the workflow goes on behind the steps. */
async function walk(steps: Step[], on: Walk): Promise<boolean> {
  for (const step of steps) {
    if (step.off) continue
    if (!(await take(step, on)) || on.draft.isRefused) return false
    on.scope.forget()
  }
  return true
}

async function take(step: Step, on: Walk): Promise<boolean> {
  const { context, object, draft, scope } = on
  switch (step.type) {
    case 'set_value':
      draft.set(step.field, await scope.value(step.value))
      return true
    case 'refuse':
      draft.refuse({ field: step.field ?? object.roles.title, message: await scope.text(step.message, context.locale) })
      return false
    case 'if':
      return walk((await scope.passes(step.condition)) ? step.then : step.else, on)
    case 'switch': {
      const value = await scope.value(step.value)
      return walk(step.cases[caseMet(step, value)]?.steps ?? step.otherwise, on)
    }
    case 'stop':
      return false
    default:
      throw new AppError(
        'VALIDATION_ERROR',
        `A step “${step.type}” cannot stand in a workflow that runs before a record is written.`,
      )
  }
}
