/** Checks the parts of a trigger or step by themselves, in words for the person who builds it. */
import { z } from 'zod'
import type { Report } from './problems.ts'

/** @returns whether nothing is wrong. */
export function checkShape(shape: z.ZodRawShape, given: unknown, report: Report): boolean {
  const { success, error } = z.strictObject(shape).safeParse(given)
  if (success) return true
  for (const issue of error.issues) {
    const place = issue.path.join('.')
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys) report([...issue.path, key].join('.'), 'is no part of this')
    } else report(place, isMissing(given, issue.path) ? 'is missing' : issue.message)
  }
  return false
}

function isMissing(given: unknown, path: PropertyKey[]): boolean {
  let value = given
  for (const part of path) value = (value as Record<PropertyKey, unknown> | null | undefined)?.[part]
  return value === undefined
}
