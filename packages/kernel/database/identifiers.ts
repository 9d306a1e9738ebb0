import { v7 } from 'uuid'

/** A new id: UUID version 7, so that ids grow with time and indexes stay dense. Made here, not by the database. */
export const newId = (): string => v7()

const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

export const isId = (value: unknown): value is string => typeof value === 'string' && uuidPattern.test(value)
