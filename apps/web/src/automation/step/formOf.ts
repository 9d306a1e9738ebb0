import type { ComponentType } from 'react'
import type { StepOf, StepType } from '../flow/flow.ts'

export interface FormProps<Type extends StepType> {
  step: StepOf<Type>
  /** Changes parts of the step; an optional part set to undefined is left out. */
  set: (parts: { [Part in keyof StepOf<Type>]?: StepOf<Type>[Part] | undefined }) => void
}

export type Forms<Type extends StepType> = { [Each in Type]: ComponentType<FormProps<Each>> }
