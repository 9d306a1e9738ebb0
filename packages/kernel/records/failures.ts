/** What the database refused, told in the words of the tenant. */
import { StaleModel } from '../database/index.ts'
import { type AppError, conflict } from '../errors/index.ts'
import type { CompiledObject } from '../metadata/index.ts'
import { planExhausted, shortageOf } from '../tenancy/index.ts'

interface DatabaseError {
  code?: string
  message?: string
  constraint?: string
}

/** The records that lost a unique value to another, with the fields; empty for every other error. */
export function losersOf(error: unknown): Map<string, string[]> {
  const losers = new Map<string, string[]>()
  const { code, message } = error as DatabaseError
  if (code !== 'OF002' || !message) return losers
  for (const loser of JSON.parse(message) as { field_id: string; record_id: string }[]) {
    losers.set(loser.record_id, [...(losers.get(loser.record_id) ?? []), loser.field_id])
  }
  return losers
}

/** Says only that a value is taken, never by whom: the other record may be hidden from the caller. */
export function duplicateError(object: CompiledObject, fieldIds: string[]): AppError {
  const details = object.fields
    .filter((field) => fieldIds.includes(field.id))
    .map((field) => ({ field: field.key, message: `is already used by another of ${object.slug}` }))
  const names = details.map((detail) => detail.field).join(', ')
  return conflict(
    `The value of ${names || 'a unique field'} is already taken. Choose another or open the record that has it.`,
    {
      details,
    },
  )
}

export const linkedElsewhere = (): AppError =>
  conflict('One of the records is already linked to a different one and takes only one link.')

/** The error as the caller should see it; where the object itself is gone, all is to be tried again with what is there. */
export function writeError(object: CompiledObject, error: unknown): unknown {
  const losers = losersOf(error)
  if (losers.size > 0) return duplicateError(object, [...losers.values()].flat())
  const shortage = shortageOf(error)
  if (shortage) return planExhausted(shortage)
  const { code, constraint } = error as DatabaseError
  if (code === 'OF003') return new StaleModel()
  if (code === '23505' && (constraint === 'links_to_single' || constraint === 'links_from_single')) {
    return linkedElsewhere()
  }
  if (code === '23503' && constraint?.startsWith('links')) {
    return conflict('A record that this one points to has just been removed. Choose another.')
  }
  return error
}
