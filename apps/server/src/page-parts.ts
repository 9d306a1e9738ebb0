/** What the HTML of a page names beforehand; the build has written it down in `routes.json`. */
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** As `apps/web/build/routes.ts` writes it. */
interface RouteFiles {
  /** `/o/:object`, or `/settings/*` for all below it. */
  path: string
  /** What draws its first words, for pages that have some: goes before all others, and the last one begins it. */
  first: string[]
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

/** Scripts of the page itself, as the build writes them. */
const ownScript = / *<script type="module" fetchpriority="low" crossorigin src="([^"]+)"><\/script>\n/g

/**
 * The styles stand where index.html has its own: behind the outline, before what they are for. Scripts give way to them
 * and to the first answers; those of a page with first words are only told to early.js, which asks for them after those.
 */
function withParts(html: string, { first, scripts, styles, words }: RouteFiles): string {
  const sheets = styles.map((file) => `    <link rel="stylesheet" crossorigin href="${file}">\n`)
  const withStyles = html
    .replace('data-words=""', `data-words="${attribute(words)}"`)
    .replace(/ *<div id="root">/, (root) => sheets.join('') + root)
  const begins = first.at(-1)
  if (!begins) {
    const modules = scripts.map(
      (file) => `    <link rel="modulepreload" crossorigin fetchpriority="low" href="${file}">\n`,
    )
    return withStyles.replace('  </head>', `${modules.join('')}  </head>`)
  }
  const own = [...html.matchAll(ownScript)].map(([, file]) => file)
  const before = first.slice(0, -1).map((file) => `    <link rel="modulepreload" crossorigin href="${file}">\n`)
  const drawing = `${before.join('')}    <script type="module" crossorigin src="${begins}"></script>\n`
  return withStyles
    .replaceAll(ownScript, '')
    .replace('data-words=', `data-page="${attribute({ scripts: own, parts: scripts })}" data-words=`)
    .replace('  </head>', `${drawing}  </head>`)
}

const attribute = (value: unknown): string => JSON.stringify(value).replaceAll('"', '&quot;')
