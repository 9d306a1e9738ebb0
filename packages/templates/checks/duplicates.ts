import type { Report } from './problem.ts'

/** Reports each value that stood at an earlier place already. `what` finishes the sentence: «"age" is already …». */
export function checkUnique(places: { value: string; path: string }[], what: string, report: Report): void {
  const seen = new Set<string>()
  for (const { value, path } of places) {
    if (seen.has(value)) report(path, `"${value}" is already ${what}; give it another name`)
    seen.add(value)
  }
}
