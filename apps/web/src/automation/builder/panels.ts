import type { Change } from '../flow/difference.ts'
import type { Flow } from '../flow/flow.ts'

/** What stands beside the canvas. */
export type PanelName = 'step' | 'problems' | 'test' | 'runs' | 'versions' | 'settings'

/** Another version beside the one that is changed: its steps are drawn with what is different in them. */
export interface Compared {
  version: number
  flow: Flow
  changes: ReadonlyMap<string, Change>
}
