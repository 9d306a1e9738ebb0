export * from './definition.ts'
export * from './model.ts'
