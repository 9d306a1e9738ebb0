export * from './operation.ts'
export { OperationRegistry } from './registry.ts'
export { type Call, OperationRunner, type Principal } from './runner.ts'
