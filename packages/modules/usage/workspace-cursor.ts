/** The place in the list of workspaces behind which a page begins, as text that programs hand back. */
import { validationError } from '@oneforge/kernel/errors'
import { z } from 'zod'
import type { Standing } from './installation.store.ts'

const standing = z.object({ text: z.string(), number: z.string().regex(/^-?\d+(\.\d+)?$/), id: z.uuid() })

export const cursorOf = ({ text, number, id }: Standing): string =>
  Buffer.from(JSON.stringify({ text, number, id })).toString('base64url')

/** Undefined for an empty cursor, which begins at the start. */
export function standingOf(cursor: string): Standing | undefined {
  if (cursor === '') return undefined
  try {
    return standing.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()))
  } catch {
    throw validationError([{ field: 'cursor', message: 'does not belong to this list; start again without it' }])
  }
}
