/** The door of the customization module: how a tenant reshapes its objects, fields and views. */
export { customizationOperations } from './customization.operations.ts'
