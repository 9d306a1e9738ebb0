import type { ResourceLanguage } from 'i18next'

/** `./en/list.json` becomes the namespace `list`: a new area is a new file in each language, and nothing else. */
export function namespacesOf(files: Record<string, unknown>): ResourceLanguage {
  const named = Object.entries(files).map(([path, texts]) => [path.replace(/^.*\/(.+)\.json$/, '$1'), texts])
  return Object.fromEntries(named) as ResourceLanguage
}
