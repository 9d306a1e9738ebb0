import type { ObjectMeta, WorkflowVocabulary } from '@oneforge/client'
import { createContext, useContext } from 'react'
import type { Flow } from '../flow/flow.ts'

/** What the inputs of a step need to know of the workflow around it. */
export interface FormState {
  flow: Flow
  vocabulary: WorkflowVocabulary | undefined
  /** What the workflow is about; undefined where it is about no record, or not known yet. */
  object: ObjectMeta | undefined
  /** Id of the step; absent in the trigger's form. */
  stepId: string | undefined
  /** What is wrong with a part of it, by the part's name: `to`, `values.status`. */
  problem(part: string): string | undefined
  /** With which record values are shown. */
  recordId: string | undefined
}

export const FormContext = createContext<FormState | undefined>(undefined)

export function useForm(): FormState {
  const state = useContext(FormContext)
  if (!state) throw new Error('useForm needs a form around it: use it in the panel of a step.')
  return state
}
