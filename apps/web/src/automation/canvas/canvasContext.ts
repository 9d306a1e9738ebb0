import type { WorkflowOutcome, WorkflowRunStep } from '@oneforge/client'
import { createContext, useContext } from 'react'
import type { Change } from '../flow/difference.ts'
import type { Place } from '../flow/flow.ts'
import type { Way } from '../runs/states.ts'
import type { FlowWords } from './useFlowWords.tsx'

/** What is shown on the cards besides what they do, by the id of their step. */
export interface Overlay {
  /** Of a run or a test: how far each step came. */
  states?: ReadonlyMap<string, WorkflowRunStep['state']>
  /** Of a run or a test: which branches were taken, by their heads. */
  ways?: ReadonlyMap<string, Way>
  /** Of a test: what was taken to have happened there. */
  assumed?: ReadonlyMap<string, WorkflowOutcome>
  /** How many runs wait there. */
  waiting?: Record<string, number>
  /** Compared with another version. */
  changes?: ReadonlyMap<string, Change>
}

export interface CanvasState {
  words: FlowWords
  editable: boolean
  /** The mark that the keys act on. */
  selected: string
  /** How many problems each step has; those of the trigger under its own id. */
  problems: ReadonlyMap<string, number>
  overlay: Overlay
  /** Where what is dragged would be put. */
  target: Place | undefined
  select(id: string): void
  open(id: string): void
  /** Opens it and goes on inside of what is opened; the same as `open` where nothing is to be filled in. */
  enter?: (id: string) => void
  add(place: Place): void
}

export const CanvasContext = createContext<CanvasState | undefined>(undefined)

export function useCanvas(): CanvasState {
  const state = useContext(CanvasContext)
  if (!state) throw new Error('useCanvas needs a canvas around it: use it in what FlowCanvas draws.')
  return state
}

export const samePlace = (one: Place | undefined, other: Place | undefined): boolean =>
  one !== undefined && one.parent === other?.parent && one.part === other.part && one.index === other.index
