/** json: whatever JSON can say, within limits. */
import { accept, type JsonValue, type Parsed, refuse, type StoredValue, type ValueType } from './value-type.ts'

const maxBytes = 65_536
const maxDepth = 20

/** What PostgreSQL's jsonb cannot hold, or we do not want to; depth is checked before anything walks deeper. */
function problemOf(value: unknown, depth: number): string | undefined {
  if (typeof value === 'string') return problemOfText(value)
  if (value === null || typeof value === 'boolean') return undefined
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : 'must hold finite numbers only'
  if (typeof value !== 'object') return 'must be JSON'
  if (depth >= maxDepth) return `must not be nested deeper than ${maxDepth} levels`
  for (const [key, item] of Object.entries(value)) {
    const problem = problemOfText(key) ?? problemOf(item, depth + 1)
    if (problem) return problem
  }
  return undefined
}

const problemOfText = (text: string): string | undefined =>
  text.includes('\0') || !text.isWellFormed() ? 'must not hold NUL or half a character (a lone surrogate)' : undefined

function parseJson(input: unknown): Parsed {
  const problem = problemOf(input, 0)
  if (problem) return refuse(problem)
  if (Buffer.byteLength(JSON.stringify(input)) > maxBytes) return refuse('must be at most 64 KB of JSON')
  return accept(input as Exclude<JsonValue, null>)
}

const written = (value: StoredValue): string => JSON.stringify(value)

export const json: ValueType = { parse: parseJson, search: () => '', display: written, rules: [] }
