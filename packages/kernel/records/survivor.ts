/** Where the address of a record that was merged away leads: to the one that took it over. */
import { AppError } from '../errors/index.ts'
import type { CompiledObject } from '../metadata/index.ts'
import type { RecordContext } from './context.ts'
import { survivorId } from './merge.store.ts'
import { readRow } from './read.ts'
import type { RecordRow } from './row.ts'

/** The survivor's row, as far as the caller may see it; undefined where the record was not merged. */
export async function readSurvivor(
  context: RecordContext,
  object: CompiledObject,
  id: string,
): Promise<RecordRow | undefined> {
  const survivor = await survivorId(context, object, id)
  return survivor === undefined ? undefined : readRow(context, object, survivor)
}

/** Whether the error says that the caller knows of no such thing. */
export const isNotFound = (error: unknown): boolean => error instanceof AppError && error.code === 'NOT_FOUND'
