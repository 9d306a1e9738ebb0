export { customizationOperations } from './customization.operations.ts'
