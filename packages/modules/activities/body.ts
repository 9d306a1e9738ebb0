/** The text of a note, a comment or what a note begins with. */
import { z } from 'zod'

const controls = /[^\P{Cc}\n\r\t]/u
const inDigits = new Intl.NumberFormat('en')

/** @param most characters, ends without white space not counted. */
export const body = (most: number) =>
  z
    .string({ error: 'is required' })
    .trim()
    .min(1, 'cannot be empty')
    .max(most, `takes at most ${inDigits.format(most)} characters`)
    .refine((text) => text.isWellFormed() && !controls.test(text), 'must not hold control characters')
