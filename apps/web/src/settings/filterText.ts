/** Filters as sentences. */
import type { Filter, FilterCondition } from '@oneforge/client'

interface Words {
  and: string
  or: string
  not: string
}

/** Groups in groups stand in brackets. */
export function sentence(filter: Filter, say: (condition: FilterCondition) => string, words: Words): string {
  const inner = (part: Filter): string => {
    const text = sentence(part, say, words)
    return 'and' in part || 'or' in part ? `(${text})` : text
  }
  if ('and' in filter) return filter.and.map(inner).join(` ${words.and} `)
  if ('or' in filter) return filter.or.map(inner).join(` ${words.or} `)
  if ('not' in filter) return `${words.not} ${inner(filter.not)}`
  return say(filter)
}

/** The fields that it asks for, with their ways. */
export function pathsOf(filter: Filter): string[] {
  if ('and' in filter) return filter.and.flatMap(pathsOf)
  if ('or' in filter) return filter.or.flatMap(pathsOf)
  return 'not' in filter ? pathsOf(filter.not) : [filter.field]
}
