import { createRequire } from 'node:module'
import type { Report } from './problem.ts'
import { suggestion } from './suggestion.ts'

// The package's own list of names; it carries no types, and importing the package itself would load 6,000 components.
const { default: names } = createRequire(import.meta.url)('@tabler/icons-react/dist/esm/icons-list.mjs') as {
  default: string[]
}
const icons = new Set(names)

export function checkIcon(icon: string | undefined, path: string, report: Report): void {
  if (icon === undefined || icons.has(icon)) return
  report(path, `"${icon}" is not a Tabler icon${suggestion(icon, icons)}`)
}
