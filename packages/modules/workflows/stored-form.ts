/**
 * How definitions of workflows are stored. Templates, and workspaces that were made from them, may hold the short form: a
 * list of actions. It is turned into steps where it is read; everything else knows steps only.
 */
import type { ActionStep, Workflow } from './definition.ts'

/** A workflow as it may be stored: in full, or with `actions` in place of steps. */
export type StoredWorkflow = Omit<Workflow, 'steps'> & ({ steps: Workflow['steps'] } | { actions: ActionInShort[] })

type ActionInShort = { type: ActionStep['type'] } & Record<string, unknown>

/** The workflow in full; the actions of a short one are its steps `a1`, `a2` and so on. */
export function workflowOf(stored: StoredWorkflow): Workflow {
  if (!('actions' in stored)) return stored
  const { actions, ...rest } = stored
  return { ...rest, steps: actions.map((action, index) => ({ ...action, id: `a${index + 1}` }) as ActionStep) }
}
