/** What a run may note of its steps: it is stored, read again each time the run goes on, and shown to people. */
import { validationError } from '@oneforge/kernel/errors'

/** Bytes of JSON of what went into a step, or came of it. */
const mostOfStep = 256 * 1024

/** Bytes of JSON of all variables of a run. */
export const mostOfVariables = 1024 * 1024

/** In JSON: characters that the database does not take, which are NUL and halves of characters. */
const unstorable = /(?:^|[^\\])(?:\\\\)*\\u(?:0000|d[89a-f])/

/** @throws VALIDATION_ERROR for what is too large, or cannot be stored */
export function checkNoted(value: unknown): void {
  const json = jsonOf(value)
  if (Buffer.byteLength(json) > mostOfStep) {
    throw validationError(
      [],
      `What goes into this step, or comes of it, is larger than ${mostOfStep / 1024} KB. Let it have less, or leave parts to other steps.`,
    )
  }
  if (unstorable.test(json)) {
    throw validationError(
      [],
      'A text of this step holds a character that cannot be stored (NUL, or half of a character). Leave it out.',
    )
  }
}

/** Bytes of it as JSON. */
export const sizeOf = (value: unknown): number => Buffer.byteLength(jsonOf(value))

const jsonOf = (value: unknown): string => JSON.stringify(value ?? null) ?? 'null'
