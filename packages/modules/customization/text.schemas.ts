import { z } from 'zod'

const maxLabel = 100
export const plain = z.string().trim().min(1, 'cannot be empty').max(maxLabel, `takes at most ${maxLabel} characters`)

/** One string, stored under the caller's language, or one per language with English among them. */
export const text = z.union([plain, z.object({ en: plain }).catchall(plain)], {
  error: 'must be a text or an object with a text per language, such as {"en": "Patient", "es": "Paciente"}',
})

const paragraph = z.string().max(500, 'takes at most 500 characters')
export const longText = z.union([paragraph, z.object({ en: paragraph }).catchall(paragraph)])
