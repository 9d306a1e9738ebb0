/** What the HTML of a page names beforehand; the build has written it down in `routes.json`. */
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** As `apps/web/build/routes.ts` writes it. */
interface RouteFiles {
  /** `/o/:object`, or `/settings/*` for all below it. */
  path: string
  scripts: string[]
  styles: string[]
  /** By language: each page needs those of one. */
  words: Record<string, string[]>
}

interface PageHtml {
  /** That the address belongs to. */
  pattern: string
  /** Undefined before the page was built. */
  html: string | undefined
}

/** @returns the HTML for an address. */
export function pageParts(directory: string): (path: string) => Promise<PageHtml> {
  const files = ['index.html', 'routes.json'].map((name) => join(directory, name))
  let reading: Promise<[string, RouteFiles[]]> | undefined
  const read = async (): Promise<[string, RouteFiles[]]> => {
    const [html, routes] = await Promise.all(files.map((file) => readFile(file, 'utf8')))
    return [html!, JSON.parse(routes!)]
  }
  return async (path) => {
    if (!files.every(existsSync)) return { pattern: path, html: undefined }
    reading ??= read()
    const [html, routes] = await reading
    const route = routes.find((one) => patternOf(one.path).test(path))
    return { pattern: `route ${route?.path ?? ''}`, html: route ? withParts(html, route) : html }
  }
}

/** `/o/:object` fits `/o/patients` and not what is below it. */
function patternOf(path: string): RegExp {
  const parts = path.replace(/\/?\*$/, '(/.*)?').replaceAll(/:\w+/g, '[^/]+')
  return new RegExp(`^${parts}/?$`)
}

/**
 * The styles stand where index.html has its own: behind the outline, before what they are for. Scripts give way to them
 * and to the first answers.
 */
function withParts(html: string, { scripts, styles, words }: RouteFiles): string {
  const sheets = styles.map((file) => `    <link rel="stylesheet" crossorigin href="${file}">\n`)
  const modules = scripts.map(
    (file) => `    <link rel="modulepreload" crossorigin fetchpriority="low" href="${file}">\n`,
  )
  const told = JSON.stringify(words).replaceAll('"', '&quot;')
  return html
    .replace('data-words=""', `data-words="${told}"`)
    .replace('  </head>', `${modules.join('')}  </head>`)
    .replace(/ *<div id="root">/, (root) => sheets.join('') + root)
}
