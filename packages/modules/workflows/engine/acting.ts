/** In whose name a run acts: the system's, or that of a role that its workflow names. */
import { type AccessPolicy, compilePolicy } from '@oneforge/kernel/access'
import { validationError } from '@oneforge/kernel/errors'
import { inLocale, type TenantModel } from '@oneforge/kernel/metadata'
import type { RecordContext } from '@oneforge/kernel/records'
import type { Workflow } from '../definition.ts'

const policies = new WeakMap<TenantModel, Map<string, AccessPolicy>>()

/** The rights of the role by itself, held everywhere and by nobody. */
function policyOf(model: TenantModel, key: string): AccessPolicy {
  const known = policies.get(model) ?? new Map<string, AccessPolicy>()
  policies.set(model, known)
  const policy =
    known.get(key) ??
    compilePolicy(model, { userId: null, roles: [{ key, locationId: null }], exceptions: [], colleagues: [] })
  known.set(key, policy)
  return policy
}

/**
 * @param context the system's own.
 * @throws VALIDATION_ERROR where the role is no more.
 */
export function actingFor(context: RecordContext, workflow: Workflow, runId?: string): RecordContext {
  const { model } = context
  if (workflow.runAs !== undefined && !model.roles.has(workflow.runAs)) {
    throw validationError(
      [],
      `The role “${workflow.runAs}”, whose rights this workflow has, is no more. Choose another one.`,
    )
  }
  return {
    ...context,
    policy: workflow.runAs === undefined ? context.policy : policyOf(model, workflow.runAs),
    actor: { kind: 'system', userId: null, name: `Workflow «${inLocale(workflow.label, model.locale)}»` },
    source: 'workflow',
    ...(runId ? { requestId: `run ${runId}` } : {}),
  }
}
