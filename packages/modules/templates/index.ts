/** The door of the templates module. */
export { templateOperations } from './templates.operations.ts'
export { applyTemplate } from './templates.service.ts'
