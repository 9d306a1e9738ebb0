/** Template files come from anywhere: what is looked at before anything else is, so that nothing of it can do harm. */
import { checkTemplate } from './check.ts'
import type { Problem } from './checks/problem.ts'

/** The largest template that is shipped has about 400 KB and 20,000 parts. */
export const templateLimits = { bytes: 4_000_000, parts: 200_000, depth: 40, text: 20_000, problems: 200 }

/** Names that mean something to JavaScript's objects. */
const forbiddenNames = new Set(['__proto__', 'constructor', 'prototype'])

/**
 * All that is wrong with a template that somebody hands in: first whether it is of a size and make that can be worked
 * with, then as `checkTemplate`.
 */
export function checkUntrusted(value: unknown): Problem[] {
  const danger = dangerIn(value)
  return danger ? [danger] : checkTemplate(value).slice(0, templateLimits.problems)
}

/** The first part of the value that nothing should look at, without recursion: the value may be as deep as it likes. */
function dangerIn(value: unknown): Problem | undefined {
  const waiting: { value: unknown; path: string; depth: number }[] = [{ value, path: '', depth: 0 }]
  let parts = 0
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { value: part, path, depth } = next
    parts += 1
    if (parts > templateLimits.parts) {
      return { path: '', message: `has more than ${templateLimits.parts} parts; split the template` }
    }
    if (depth > templateLimits.depth) return { path, message: `is nested deeper than ${templateLimits.depth} levels` }
    if (typeof part === 'string') {
      const problem = textProblem(part)
      if (problem) return { path, message: problem }
    }
    if (typeof part !== 'object' || part === null) continue
    for (const [name, inside] of Object.entries(part)) {
      const place = Array.isArray(part) ? `${path}[${name}]` : path === '' ? name : `${path}.${name}`
      if (forbiddenNames.has(name)) return { path: place, message: 'is a name that no part of a template may have' }
      waiting.push({ value: inside, path: place, depth: depth + 1 })
    }
  }
  return undefined
}

function textProblem(text: string): string | undefined {
  if (text.length > templateLimits.text) return `is longer than ${templateLimits.text} characters`
  return text.includes('\u0000') ? 'contains a NUL character, which no text may' : undefined
}
