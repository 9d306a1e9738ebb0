/** What a value can be made of: fields of the record and of those it is linked to, and what else the run knows. */
import type { WorkflowVocabulary } from '@oneforge/client'
import { type Flow, type Step, stepsWithin } from '../flow/flow.ts'

export interface ValueSource {
  /** As it stands in texts and formulas: `record.patient.email`. */
  path: string
  label: string
}

export interface SourceGroup {
  group: 'fields' | 'related' | 'steps' | 'variables'
  sources: ValueSource[]
}

const makers: Step['type'][] = ['create_record', 'create_task', 'create_event', 'create_note']

/** @param stepName what a step is called. */
export function sourcesOf(
  flow: Flow,
  vocabulary: WorkflowVocabulary | undefined,
  stepName: (step: Step) => string,
): SourceGroup[] {
  const ofRecord = ({ path, label }: { path: string; label: string }) => ({ path: `record.${path}`, label })
  const steps = [...stepsWithin(flow.steps)]
  const variables = steps.flatMap((step) =>
    step.type === 'set_variable' && step.variable ? [{ path: `vars.${step.variable}`, label: step.variable }] : [],
  )
  const made = steps
    .filter(({ type }) => makers.includes(type))
    .map((step) => ({ path: `steps.${step.id}.id`, label: stepName(step) }))
  const known = (vocabulary?.variables ?? []).map(({ path, about }) => ({ path, label: about || path }))
  const groups: SourceGroup[] = [
    { group: 'fields', sources: (vocabulary?.fields ?? []).map(ofRecord) },
    { group: 'related', sources: (vocabulary?.related ?? []).map(ofRecord) },
    { group: 'steps', sources: made },
    { group: 'variables', sources: [...variables, ...known] },
  ]
  return groups.filter(({ sources }) => sources.length > 0)
}
