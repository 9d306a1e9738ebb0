/** The door of the audit module. */
export { auditOperations } from './audit.operations.ts'
