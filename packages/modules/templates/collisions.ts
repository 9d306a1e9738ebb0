/** Telling apart what a template and the workspace both call by the same name. */
import { type Shape, shapeOf, type Template } from '@oneforge/templates'

/** What is done about a name that both have: keep the workspace's, add the template's fields to it, or rename the template's. */
export interface Resolution {
  use: 'mine' | 'merge' | 'rename'
  /** The new name of the template's. */
  to?: string
}
export type Resolutions = Record<string, Resolution>

/** What the template brings, in the names that it is given in the workspace. */
export function adapted(template: Template | Shape, _resolutions: Resolutions): Shape {
  return shapeOf(template)
}
