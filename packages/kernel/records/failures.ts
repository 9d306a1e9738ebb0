/** What the database refused, told in the words of the tenant. */
import { StaleModel } from '../database/index.ts'
import { type AppError, conflict, says } from '../errors/index.ts'
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

/** Says only that the values of a unique key are taken, never by whom: the other record may be hidden from the caller. */
export function duplicateError(object: CompiledObject, fieldIds: string[]): AppError {
  const keys = object.uniqueKeys.filter((key) => fieldIds.includes(key.id))
  const details = keys.flatMap(({ fields }) => {
    return fields.map((field) => {
      const others = fields.filter((other) => other !== field)
      const together = others.length > 0 ? ` with the same ${others.join(' and ')}` : ''
      const said = says('taken', { objects: object.slug })
      return together ? { field, message: said.message + together } : { field, ...said }
    })
  })
  const taken = object.relations.filter(
    ({ direction, relationId }) => direction === 'out' && fieldIds.includes(relationId),
  )
  if (taken.length > 0) return linkedElsewhere(taken.map(({ key }) => key))
  const names = keys.map((key) => key.fields.join(' with ')).join(', ')
  return conflict(
    `The value of ${names || 'a unique field'} is already taken. Choose another or open the record that has it.`,
    { details },
  )
}

/** @param relations their names, where it is known which of a record's relations met another link. */
export const linkedElsewhere = (relations: string[] = []): AppError =>
  conflict('One of the records is already linked to a different one and takes only one link.', {
    details: relations.map((field) => ({ field, message: 'leads to a record that is linked to another' })),
  })

const singleLinks = new Set(['links_to_single', 'links_from_single', 'links_primary'])

/** The error as the caller should see it; where the object itself is gone, all is to be tried again with what is there. */
export function writeError(object: CompiledObject, error: unknown): unknown {
  const losers = losersOf(error)
  if (losers.size > 0) return duplicateError(object, [...losers.values()].flat())
  const shortage = shortageOf(error)
  if (shortage) return planExhausted(shortage)
  const { code, constraint } = error as DatabaseError
  if (code === 'OF003') return new StaleModel()
  if (code === '23505' && constraint && singleLinks.has(constraint)) {
    return linkedElsewhere()
  }
  if (code === '23505' && constraint?.includes('record_number')) {
    return conflict(`The next number of ${object.slug} is already taken. An administrator has to change its pattern.`)
  }
  if (code === '23503' && constraint?.startsWith('links')) {
    return conflict('A record that this one points to has just been removed. Choose another.')
  }
  return error
}
