/** The door of the following module: what people keep an eye on. */
import type { AnyOperation } from '@oneforge/kernel/operations'
import { favouriteOperations } from './favourites.operations.ts'
import { followingOperations } from './following.operations.ts'

export { type FollowerRow, followersOf } from './following.store.ts'
export { type RecordReference, type SeenTitle, seenTitles } from './seen-titles.ts'

export const keepingOperations: AnyOperation[] = [...followingOperations, ...favouriteOperations]
