/** The door of the customization module: how a tenant reshapes its objects, fields and views. */
export { loadSettled } from './computations.service.ts'
export { customizationOperations } from './customization.operations.ts'
export { derivationKinds } from './derivation.ts'
export { beginDay, movingKind, movingSchedule } from './moving.ts'
