/** What a run may note of its steps: it is stored, read again each time the run goes on, and shown to people. */
import { validationError } from '@oneforge/kernel/errors'

/** Bytes of JSON of what went into a step, or came of it. */
const mostOfStep = 256 * 1024

/** Bytes of JSON of all variables of a run. */
export const mostOfVariables = 1024 * 1024

/** In JSON: characters that the database does not take, which are NUL and halves of characters. */
const unstorable = /(?:^|[^\\])(?:\\\\)*\\u(?:0000|d[89a-f])/

/** Bytes of JSON of all that a run has noted: beyond it the run has failed. */
const mostOfRun = 8 * 1024 ** 2

/** Bytes of JSON of what the runs of one batch have noted before it: they are in memory at the same time. */
const mostOfBatch = 2 * mostOfRun

/** Beyond it what went into steps is shortened: nobody but people reads it again. */
const amplyNoted = mostOfRun / 2

/** Characters that are kept of it. */
const keptOfInput = 500

/**
 * @returns its bytes as JSON.
 * @throws VALIDATION_ERROR for what is too large, or cannot be stored
 */
export function checkNoted(value: unknown): number {
  const json = jsonOf(value)
  const bytes = Buffer.byteLength(json)
  if (bytes > mostOfStep) {
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
  return bytes
}

/** @throws VALIDATION_ERROR where the run has noted too much */
export function checkWhole(bytes: number): void {
  if (bytes <= mostOfRun) return
  throw validationError(
    [],
    `The steps of this run have noted more than ${mostOfRun / 1024 ** 2} MB together. Let them have less, or leave parts to other workflows.`,
  )
}

/**
 * What is kept of an input.
 *
 * @param before bytes that the run has noted so far.
 */
export function shortened(input: unknown, before: number): unknown {
  if (before < amplyNoted) return input
  const json = jsonOf(input)
  if (json.length <= keptOfInput) return input
  const bytes = Buffer.byteLength(json)
  const why = `This run has noted more than ${amplyNoted / 1024 ** 2} MB: of the ${bytes} bytes that went into the step only the beginning was kept.`
  return { shortened: why, beginning: json.slice(0, keptOfInput).toWellFormed() }
}

/**
 * Those of the runs whose ledgers are loaded together: in their order, the first whatever its size.
 *
 * @param sizes bytes of JSON of their ledgers, by their ids.
 */
export function loadedTogether<R extends { id: string }>(runs: R[], sizes: Map<string, number>): R[] {
  let loaded = 0
  return runs.filter(({ id }) => {
    const bytes = sizes.get(id) ?? 0
    const fits = loaded === 0 || loaded + bytes <= mostOfBatch
    if (fits) loaded += bytes
    return fits
  })
}

/** Bytes of it as JSON. */
export const sizeOf = (value: unknown): number => Buffer.byteLength(jsonOf(value))

const jsonOf = (value: unknown): string => JSON.stringify(value ?? null) ?? 'null'
