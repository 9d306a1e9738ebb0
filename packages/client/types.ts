/** The shapes of the HTTP contract, by subject. */
export type * from './import-types.ts'
export type * from './metadata-types.ts'
export type * from './people-types.ts'
export type * from './record-types.ts'
export type * from './rules-types.ts'
export type * from './text-types.ts'
export type * from './usage-types.ts'
export type * from './workspace-types.ts'
