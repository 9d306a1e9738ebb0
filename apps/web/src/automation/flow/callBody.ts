/** What a test takes another system to have sent, as a person types it: JSON, or nothing. */

export type CallBody = { body: unknown } | { broken: true }

export function readBody(text: string): CallBody {
  if (text.trim() === '') return { body: null }
  try {
    return { body: JSON.parse(text) }
  } catch {
    return { broken: true }
  }
}
