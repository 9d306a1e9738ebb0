/** The door of the workspace module. */
export { presentGroup, presentSection } from './arrangements.presentation.ts'
export { layoutSection, navigationGroup } from './arrangements.schemas.ts'
export { workspaceOperations } from './workspace.operations.ts'
export {
  isBooked,
  presentAsked,
  presentObject,
  presentWorkspace,
  type Viewer,
  visibleObjects,
} from './workspace.presentation.ts'
export { fieldShape, objectShape, workspace } from './workspace.schemas.ts'
export { type ObjectCount, objectCounts } from './workspace.store.ts'
